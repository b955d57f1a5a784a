package read

import (
	"context"
	"os"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

// FuzzPDF reads any bytes as a PDF with the reader of record, in process. The second engine is left out: it is known
// to hang and to end the process, which is why it has a worker of its own.
func FuzzPDF(f *testing.F) {
	f.Add(pagePDF(0, "BT /F1 12 Tf 50 700 Td (Total 1,234.56) Tj ET 50 600 300 100 re S"))
	f.Add(pagePDF(90, "q 2 0 0 2 0 0 cm BT 3 Tr /F1 12 Tf 0 1 -1 0 100 50 Tm (x) Tj ET Q 0 0 m 10 10 20 20 30 30 c S"))
	f.Add(pdfOf("", "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Annots [4 0 R 5 0 R] >>",
		"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (12) /Rect [100 690 200 710] >>",
		"<< /Type /Annot /Subtype /Text /Contents (check) /T (me) /Rect [300 690 320 710] >>"))
	f.Add([]byte("%PDF-1.7\ntrailer << /Root 1 0 R >>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip()
		}
		path := t.TempDir() + "/a.pdf"
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		doc := &dossier.Document{}
		r := &reading{ctx: context.Background(), path: path, name: "a.pdf", lim: Limits{Pages: 20}.filled(), ocr: ocr.None, doc: doc,
			page:  func(p dossier.Page, _ int) { doc.Pages = append(doc.Pages, p) },
			count: func(int, int) {}}
		r.read(fmtPDF)
		wholePDF(doc)
		for _, p := range doc.Problems {
			if p.Kind == dossier.ErrCrashed {
				t.Fatalf("a panic was caught: %+v", p)
			}
		}
		for _, j := range doc.JoinedTables() {
			if len(j.Rows) != len(j.Pages) {
				t.Fatal("rows without a page")
			}
		}
	})
}

// FuzzPopplerWords reads whatever a program might print for pdftotext.
func FuzzPopplerWords(f *testing.F) {
	f.Add([]byte(`<page width="595.0" height="842.0"><word xMin="60.0" yMin="50.0" xMax="104.0" yMax="62.0">付款</word></page>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip()
		}
		glyphs, _, _ := parseWords(data)
		for _, g := range glyphs {
			if !g.Finite() {
				t.Fatalf("%+v", g)
			}
		}
	})
}
