package read

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

// fuzzReader runs one reader over bytes, small limits, no program around it. A panic is the failure; so is text beyond
// the limits, a cell without an address, and a Problem without words.
func fuzzReader(f *testing.F, read func(*reading) error, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	path := filepath.Join(f.TempDir(), "file")
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 64<<10 {
			t.Skip()
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		d := &dossier.Document{}
		r := &reading{ctx: context.Background(), path: path, lim: Limits{TextBytes: 1 << 20, Cells: 50_000, Rows: 5000}.filled(), ocr: ocr.None, doc: d,
			page: func(p dossier.Page, _ int) { d.Pages = append(d.Pages, p) }, rows: func(x *sheetRows) { addRows(d, x) }, count: func(int, int) {}}
		_ = read(r)
		closeRows(d)
		if len(d.Text()) > 8<<20 {
			t.Errorf("%d bytes of text", len(d.Text()))
		}
		for _, p := range d.Pages {
			for _, tab := range p.Tables {
				for _, row := range tab.Rows {
					for _, c := range row {
						if c.Ref == "" {
							t.Fatalf("cell %q has no address", c.Text)
						}
					}
				}
			}
		}
		for _, p := range d.Problems {
			if p.Msg == "" || p.Remedy == "" {
				t.Fatalf("%+v", p)
			}
		}
	})
}

func FuzzHTML(f *testing.F) {
	fuzzReader(f, readHTML, `<meta charset=big5><style>.x{display:none}</style><table><tr><td rowspan=3 colspan=2>a<td>b<tr class=x><td>c</table><select><option selected>d</select><div hidden>e`,
		"<html><body><div><p>甲\n乙<table><caption>c</caption><tr><td><table><tr><td>x")
}

func FuzzCSV(f *testing.F) {
	fuzzReader(f, readCSV, "sep=;\na;\"b\"\"c\";='d\n\"x\ny\";2", "日期\t金额\n2026-01-02\t1,5\n", "a\x00b\x00,\x00\n\x00")
}

func FuzzMHT(f *testing.F) { fuzzReader(f, readMHT, webArchive) }
