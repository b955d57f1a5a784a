package store

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

func intake() Intake {
	d := &dossier.Dossier{Documents: []*dossier.Document{{
		File: "甲.pdf", Pages: []dossier.Page{{Number: 1, Text: "资产\x00总计\xff", Tables: []dossier.Table{{Rows: [][]dossier.Cell{{{Text: "a\x00b"}}}}}}},
		Fields: map[string]dossier.Field{"na\x00me": {Value: "x\xc3", Rows: []dossier.Row{{Cells: map[string]dossier.Field{"c": {Raw: "\x00"}}}}}},
	}}}
	chunk := Chunk{Page: 1, Text: "资产\x00", Vector: []float32{1, 0, 0}}
	return Intake{Name: "一", Dossier: d, Files: []FileIndex{{Chunks: []Chunk{chunk}, Segment: []byte{0, 0xff}}}, Space: Space{"m", 3}}
}

func TestCleanKeepsLength(t *testing.T) {
	for _, s := range []string{"", "正常", "a\x00b", "\xff\xfe\xc3", "好\x00\xe5\xa5", "\xf0\x9f\x98\x80\x00"} {
		got := CleanText(s)
		if len(got) != len(s) || !utf8.ValidString(got) || strings.Contains(got, "\x00") {
			t.Errorf("CleanText(%q) = %q", s, got)
		}
	}
}

func TestCheckIntakeCleansACopy(t *testing.T) {
	in := intake()
	out, err := CheckIntake(in)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(in, intake()) {
		t.Error("the caller's intake was changed")
	}
	if dirty(reflect.ValueOf(out)) {
		t.Errorf("still dirty: %+v", out.Dossier.Documents[0])
	}
	d := out.Dossier.Documents[0]
	if d.Pages[0].Text != "资产 总计?" || d.Pages[0].Tables[0].Rows[0][0].Text != "a b" || d.Fields["na me"].Value != "x?" ||
		d.Fields["na me"].Rows[0].Cells["c"].Raw != " " || out.Files[0].Segment[1] != 0xff {
		t.Errorf("cleaned to %+v", d)
	}
	if again, err := CheckIntake(out); err != nil || again.Dossier != out.Dossier {
		t.Error("a clean intake was copied")
	}
}

func TestCheckIntakeRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*Intake){
		"no dossier":    func(in *Intake) { in.Dossier = nil },
		"files missing": func(in *Intake) { in.Files = nil },
		"nil document":  func(in *Intake) { in.Dossier.Documents[0] = nil },
		"no name":       func(in *Intake) { in.Name = "" },
		"long name":     func(in *Intake) { in.Name = strings.Repeat("长", MaxName) },
		"short vector":  func(in *Intake) { in.Files[0].Chunks[0].Vector = []float32{1} },
		"zero vector":   func(in *Intake) { in.Files[0].Chunks[0].Vector = make([]float32, 3) },
		"empty vector":  func(in *Intake) { in.Files[0].Chunks[0].Vector = []float32{} },
		"NaN":           func(in *Intake) { in.Files[0].Chunks[0].Vector[1] = float32(math.NaN()) },
		"Inf":           func(in *Intake) { in.Files[0].Chunks[0].Vector[1] = float32(math.Inf(1)) },
		"too large":     func(in *Intake) { in.Files[0].Chunks[0].Vector[1] = 1e6 },
		"page twice":    func(in *Intake) { d := in.Dossier.Documents[0]; d.Pages = append(d.Pages, d.Pages[0]) },
		"no space":      func(in *Intake) { in.Space = Space{} },
		"wide space":    func(in *Intake) { in.Space.Dim = MaxDim + 1 },
	} {
		in := intake()
		spoil(&in)
		if _, err := CheckIntake(in); dossier.KindOf(err) != dossier.ErrInput {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzCleanText(f *testing.F) {
	for _, s := range []string{"正常", "a\x00b", "\xff\xfe\xc3", "\xf0\x9f\x98", "\ufffd"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 64<<10 {
			t.Skip()
		}
		got := CleanText(s)
		if len(got) != len(s) || !utf8.ValidString(got) || strings.Contains(got, "\x00") || CleanText(got) != got {
			t.Errorf("CleanText(%q) = %q", s, got)
		}
		if utf8.ValidString(s) && strings.ReplaceAll(s, "\x00", " ") != got {
			t.Errorf("CleanText(%q) = %q: more was changed than had to be", s, got)
		}
	})
}

// FuzzUnpack reads pages out of whatever a damaged row may hold: an error at worst.
func FuzzUnpack(f *testing.F) {
	page := dossier.Page{Number: 3, Name: "表", Text: "资产", Lines: []dossier.Line{{Text: "资产"}}}
	b, err := PackPage(page)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{})
	f.Add(b[:len(b)/2])
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip()
		}
		p, err := UnpackPage(3, "表", "资产", data)
		if err != nil {
			return
		}
		again, err := PackPage(p)
		if err != nil {
			t.Fatal(err)
		}
		if q, err := UnpackPage(3, "表", "资产", again); err != nil || !reflect.DeepEqual(p, q) {
			t.Errorf("%+v became %+v: %v", p, q, err)
		}
	})
}
