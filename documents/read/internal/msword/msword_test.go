package msword

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
	"github.com/xindiao/xindiao/documents/read/internal/ole"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func letter(t testing.TB) Streams {
	t.Helper()
	b, err := os.ReadFile("../../testdata/letter.doc")
	if err != nil {
		t.Fatal(err)
	}
	c, err := ole.Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var s Streams
	for name, to := range map[string]*[]byte{"WordDocument": &s.Word, "0Table": &s.T0, "1Table": &s.T1, "Data": &s.Data} {
		if *to, err = c.Stream(name, 1<<20); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func lines(blocks []flow.Block) (out []string) {
	for _, b := range blocks {
		out = append(out, b.Text)
	}
	return out
}

// Pieces in another order than their bytes, one of them in single bytes, as saving fast leaves them.
func TestPieces(t *testing.T) {
	word := make([]byte, 0x1AA)
	word = append(word, "\x57\x53\x0d\x00"...) // 0x1AA: 南 and a paragraph mark, wide
	word = append(word, "(No.\x201)\xa0"...)   // 0x1AE: single bytes
	binary.LittleEndian.PutUint16(word, 0xA5EC)
	binary.LittleEndian.PutUint16(word[2:], 0xC1)
	binary.LittleEndian.PutUint32(word[76:], 10)
	plc := []byte{2, 28, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 10, 0, 0, 0}
	for _, fc := range []uint32{0x1AE*2 | 1<<30, 0x1AA} {
		plc = append(plc, 0, 0)
		plc = binary.LittleEndian.AppendUint32(plc, fc)
		plc = append(plc, 0, 0)
	}
	binary.LittleEndian.PutUint32(word[154+8*clx+4:], uint32(len(plc)))
	d, err := Read(Streams{Word: word, T0: plc}, 1000)
	if err != nil || d.Cut || strings.Join(lines(d.Body), "|") != "(No. 1)\u00a0南" {
		t.Errorf("%q %+v %v", lines(d.Body), d, err)
	}
	binary.LittleEndian.PutUint32(word[76:], 1<<20)
	binary.LittleEndian.PutUint32(plc[9:], 1<<20)
	binary.LittleEndian.PutUint32(plc[13:], 1<<20)
	if d, err = Read(Streams{Word: word, T0: plc}, 1000); err != nil || !d.Cut {
		t.Errorf("a piece longer than the file: %+v %v", d, err)
	}
}

func TestWord95(t *testing.T) {
	text, err := simplifiedchinese.GBK.NewEncoder().String("借款申请\r金额\x07叁拾万\x07\x07\r")
	if err != nil {
		t.Fatal(err)
	}
	word := append(make([]byte, 0x200), text...)
	binary.LittleEndian.PutUint16(word, 0xA5DC)
	binary.LittleEndian.PutUint16(word[2:], 104)
	binary.LittleEndian.PutUint32(word[24:], 0x200)
	binary.LittleEndian.PutUint32(word[28:], uint32(len(word)))
	if d, err := Read(Streams{Word: word}, 1000); err != nil || strings.Join(lines(d.Body), "|") != "借款申请|金额\t叁拾万\t\t" {
		t.Errorf("%q %v", lines(d.Body), err)
	}
}

// Tables are told by the marks alone when the pages of properties are lost.
func TestTablesWithoutProperties(t *testing.T) {
	s := letter(t)
	binary.LittleEndian.PutUint32(s.Word[154+8*plcPapx+4:], 0)
	d, err := Read(s, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]flow.Cell
	for _, b := range d.Body {
		rows = append(rows, b.Rows...)
	}
	if len(rows) < 2 || rows[0][0].Text != "担保人" {
		t.Errorf("%+v", rows)
	}
}

func TestTextLimit(t *testing.T) {
	if d, err := Read(letter(t), 30); err != nil || len(lines(d.Body)) == 0 || len(d.Notes) > 0 {
		t.Errorf("%+v %v", d, err)
	}
	if _, err := Read(Streams{Word: []byte("short")}, 10); !errors.Is(err, ErrFormat) {
		t.Error(err)
	}
}

func TestPictures(t *testing.T) {
	blip := func(kind uint16, head int, body string) []byte {
		b := binary.LittleEndian.AppendUint16([]byte{0xA0, 0x46}, kind)
		b = binary.LittleEndian.AppendUint32(b, uint32(head+len(body)))
		return append(append(b, make([]byte, head)...), body...)
	}
	jpg, png := "\xff\xd8\xff"+strings.Repeat("j", 80), "\x89PNG"+strings.Repeat("p", 80)
	data := append(append([]byte("\xf0\x1d\xf0 noise"), blip(0xF01D, 17, jpg)...), blip(0xF01E, 33, png)...)
	data = append(data, blip(0xF01E, 17, "no picture at all, but long enough to look like one in its record's length")...)
	if got := Pictures(Streams{Data: data}); len(got) != 2 || string(got[0]) != jpg || string(got[1]) != png {
		t.Errorf("%q", got)
	}
}

func FuzzRead(f *testing.F) {
	s := letter(f)
	f.Add(s.Word[:min(len(s.Word), 20_000)], append(s.T0, s.T1...), s.Data)
	f.Fuzz(func(t *testing.T, word, table, data []byte) {
		if len(word)+len(table)+len(data) > 64<<10 {
			t.Skip()
		}
		in := Streams{Word: word, T0: table, T1: table, Data: data}
		_, _ = Read(in, 1<<20)
		_ = Pictures(in)
	})
}
