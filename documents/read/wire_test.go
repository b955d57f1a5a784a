package read

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func replies() []reply {
	p := dossier.Page{Number: 3, Text: "一行", Width: 595, Scan: true, Lines: []dossier.Line{{Text: "一行", Confidence: 0.5,
		Box: &dossier.Box{X1: 1}, Words: []dossier.Word{{Text: "一", Doubtful: true}}}},
		Tables: []dossier.Table{{Name: "表", Rows: [][]dossier.Cell{{{Text: "甲", Ref: "A1"}, {Text: "", Ref: "B1"}}}}}}
	fault := problem(dossier.ErrPartial, "msg", "remedy")
	return []reply{{Format: fmtPDF}, {Span: 5}, {Page: &p, Number: 3, Pages: 5}, {Member: &member{Name: "a", Problem: &fault}},
		{Done: &result{Scan: true, Problems: []dossier.Problem{fault}, Doubts: map[int][]string{1: {"x"}}, Next: 4}}}
}

func TestWire(t *testing.T) {
	var b bytes.Buffer
	w := newWire(&b, &b)
	for _, r := range replies() {
		if err := w.send(r); err != nil {
			t.Fatal(err)
		}
	}
	budget := int64(1 << 20)
	for _, want := range replies() {
		var got reply
		if err := w.receive(&got, &budget); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v: %v", got, want, err)
		}
	}
	if budget >= 1<<20 {
		t.Error("nothing was counted")
	}
	if err := w.send(reply{Format: strings.Repeat("x", 2000)}); err != nil {
		t.Fatal(err)
	}
	budget = 1000
	var got reply
	if err := w.receive(&got, &budget); !errors.Is(err, errFrame) {
		t.Errorf("over the budget: %v", err)
	}
}

// A worker that a hostile file has taken over may send anything.
func FuzzWire(f *testing.F) {
	var b bytes.Buffer
	w := newWire(&b, &b)
	for _, r := range replies() {
		_ = w.send(r)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip()
		}
		w := newWire(bytes.NewReader(data), nil)
		budget := int64(1 << 20)
		for range 20 {
			var r reply
			if w.receive(&r, &budget) != nil {
				return
			}
		}
	})
}
