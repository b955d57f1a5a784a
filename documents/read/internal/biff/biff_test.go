package biff

import (
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/read/internal/sheet"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// rec makes a record of little-endian parts: int is two bytes, uint32 four, float64 eight, string and []byte as they are.
func rec(kind int, parts ...any) []byte {
	var body []byte
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			body = binary.LittleEndian.AppendUint16(body, uint16(p))
		case uint32:
			body = binary.LittleEndian.AppendUint32(body, p)
		case float64:
			body = binary.LittleEndian.AppendUint64(body, math.Float64bits(p))
		case string:
			body = append(body, p...)
		case []byte:
			body = append(body, p...)
		}
	}
	head := binary.LittleEndian.AppendUint16(nil, uint16(kind))
	return append(binary.LittleEndian.AppendUint16(head, uint16(len(body))), body...)
}

// book joins globals and one sheet into a stream; version is 0x500 or 0x600.
func book(version int, globals, cells [][]byte) []byte {
	name := "\x03tab" // BIFF5: length and bytes
	if version == 0x600 {
		name = "\x03\x00tab"
	}
	head := rec(recBOF, version, 5, 0, 0)
	var mid []byte
	for _, g := range globals {
		mid = append(mid, g...)
	}
	at := len(head) + len(mid) + len(rec(recBoundSheet, uint32(0), 0, name)) + len(rec(recEOF))
	out := append(append(head, mid...), rec(recBoundSheet, uint32(at), 0, name)...)
	out = append(append(out, rec(recEOF)...), rec(recBOF, version, 0x10, 0, 0)...)
	for _, c := range cells {
		out = append(out, c...)
	}
	return append(out, rec(recEOF)...)
}

func values(t *testing.T, data []byte) (out []string) {
	t.Helper()
	b, err := Open(data, 1000, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Each(0, func(r *sheet.Row) error {
		for _, c := range r.Cells {
			out = append(out, sheet.Column(c.Col)+string(rune('0'+r.Number))+"="+c.Spell(b.Format(c.Style), b.Date1904()))
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	return out
}

func TestExcel5InGBK(t *testing.T) {
	gbk := func(s string) string {
		out, err := simplifiedchinese.GBK.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	text := gbk("余额")
	got := values(t, book(0x500, [][]byte{rec(recCodePage, 936), rec(recFormat, 200, "\x0ayyyy-mm-dd"), rec(recXF, 0, 0), rec(recXF, 0, 200)}, [][]byte{
		rec(recNumber, 1, 2, 1, 46022.0), // rows out of order
		rec(recLabel, 0, 0, 0, len(text), text),
		rec(recRString, 0, 1, 0, len(text), text, "\x00"),
		rec(recMulRK, 2, 0, 0, uint32(100<<2|2), 0, uint32(12345<<2|3), 1),
	}))
	if want := "A1=余额 B1=余额 C2=2025-12-31 A3=100 B3=123.45"; strings.Join(got, " ") != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// A shared string that goes on in a CONTINUE record, there in the other width, with runs and phonetics to skip.
func TestStringOverRecords(t *testing.T) {
	sst := append(rec(recSST, uint32(2), uint32(2), 6, "\x0d", 1, uint32(3), "甲\x4e"[:0]+"\x32\x75\x59\x4e"),
		rec(recContinue, "\x00", "ABCD", "RRRRxyz", 2, "\x00", "ok")...)
	got := values(t, book(0x600, [][]byte{sst}, [][]byte{
		rec(recLabelSST, 0, 0, 0, uint32(0)), rec(recLabelSST, 0, 1, 0, uint32(1)), rec(recLabelSST, 0, 2, 0, uint32(9)),
		rec(recFormula, 0, 3, 0, "\x00\x00\x00\x00\x00\x00\xff\xff", 0, 0, 0), rec(0x04BC, "shared"), rec(recString, 2, "\x01", "\x32\x75\x59\x4e"),
		rec(recFormula, 0, 4, 0, "\x02\x00\x2a\x00\x00\x00\xff\xff", 0, 0, 0), rec(recBoolErr, 0, 5, 0, "\x01\x00")}))
	if want := "A1=甲乙ABCD B1=ok C1= D1=甲乙 E1=#N/A F1=TRUE"; strings.Join(got, " ") != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"empty":     {nil, ErrFormat},
		"no sheets": {append(rec(recBOF, 0x600, 5), rec(recEOF)...), ErrFormat},
		"locked":    {append(rec(recBOF, 0x600, 5), rec(recFilePass, 1)...), ErrEncrypted},
		"Excel 2":   {rec(0x0009, 2, 0x10), ErrOld},
		"no Excel":  {[]byte("not a workbook at all"), ErrFormat},
	} {
		if _, err := Open(c.data, 10, 10); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestManyCellsAndNoEnd(t *testing.T) {
	var cells [][]byte
	for i := range 50 {
		cells = append(cells, rec(recRK, i, 0, 0, uint32(4)))
	}
	data := book(0x600, nil, cells)
	b, err := Open(data, 20, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	if _, err := b.Each(0, func(*sheet.Row) error { n++; return nil }); err == nil || n != 21 {
		t.Errorf("%d rows, %v", n, err)
	}
	if b, err = Open(data[:len(data)-6], 100, 1<<20); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Each(0, func(*sheet.Row) error { return nil }); !errors.Is(err, ErrFormat) {
		t.Errorf("cut off: %v", err)
	}
}

func FuzzBook(f *testing.F) {
	f.Add(book(0x500, [][]byte{rec(recCodePage, 936)}, [][]byte{rec(recLabel, 0, 0, 0, 2, "ab"), rec(recMulRK, 2, 0, 0, uint32(7), 1)}))
	f.Add(book(0x600, [][]byte{rec(recSST, uint32(1), uint32(1), 3, "\x0d", 1, uint32(3), "\x32\x75"), rec(recContinue, "\x00AB")},
		[][]byte{rec(recLabelSST, 0, 0, 0, uint32(0)), rec(recFormula, 0, 3, 0, "\x00\x00\x00\x00\x00\x00\xff\xff", 0, 0, 0), rec(recString, 2, "\x01ab"),
			rec(recMergedCells, 1, 0, 1, 0, 1), rec(recBoolErr, 0, 5, 0, "\x01\x00"), rec(recRow, 0, 0, 0, 0, 0, 0, 0x20, 0)}))
	f.Add(append(rec(recBOF, 0x600, 5, 0, 0), rec(recFilePass, 1, 1, 1, make([]byte, 48))...))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip()
		}
		b, err := Open(data, 10_000, 1<<20)
		if err != nil {
			return
		}
		for i := range b.Sheets()[:min(len(b.Sheets()), 20)] {
			_, _ = b.Each(i, func(r *sheet.Row) error {
				for _, c := range r.Cells {
					_ = c.Spell(b.Format(c.Style), b.Date1904())
				}
				return nil
			})
		}
	})
}
