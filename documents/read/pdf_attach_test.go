package read

import (
	"context"
	"fmt"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

func stream(dict, data string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data)
}

// carrier is a PDF of one page with a file of the document and one that hangs on the page.
func carrier(inner string) []byte {
	const show = "BT /F1 12 Tf 50 700 Td (cover) Tj ET"
	return pdfOf("",
		"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(1) 6 0 R] >> >> >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Annots [8 0 R] /Resources << /Font << /F1 5 0 R >> >> >>",
		stream("", show),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		"<< /Type /Filespec /F (a.txt) /UF <FEFF6D416C34002E007400780074> /EF << /F 7 0 R >> >>",
		stream("/Type /EmbeddedFile", inner),
		"<< /Type /Annot /Subtype /FileAttachment /Rect [10 10 30 30] /FS 9 0 R /Contents (see here) >>",
		"<< /Type /Filespec /F (b.csv) /UF (b.csv) /EF << /F 10 0 R >> >>",
		stream("/Type /EmbeddedFile", "1,2"))
}

func TestPDFAttachments(t *testing.T) {
	docs, err := Bytes(t.Context(), "a.pdf", carrier("attached text"), Options{InProcess: true, OCR: ocr.None})
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 3 || docs[0].Format != fmtPDF || docs[0].Type == dossier.TypeArchive || docs[1].File != "a.pdf/b.csv" || docs[2].File != "a.pdf/流水.txt" {
		t.Fatalf("%s", brief(docs))
	}
	if docs[2].Text() != "attached text" || docs[1].Text() != "1\t2" || len(docs[0].Problems) != 0 {
		t.Errorf("%s", brief(docs))
	}
}

// A PDF that carries itself, as deep as the limit goes.
func TestPDFWithinPDF(t *testing.T) {
	data := carrier("deep")
	for range 6 {
		data = carrier(string(data))
	}
	docs, err := Bytes(t.Context(), "a.pdf", data, Options{InProcess: true, OCR: ocr.None})
	if err != nil || !hasKind(docs[len(docs)-1], dossier.ErrTooLarge) && !hasKind(docs[len(docs)-2], dossier.ErrTooLarge) {
		t.Errorf("%s %v", brief(docs), err)
	}
}

// Unpacking alone gives the same files and reads no page.
func TestUnpackPDF(t *testing.T) {
	path := t.TempDir() + "/a"
	writeFile(t, path, carrier("x"))
	var names []string
	answer(context.Background(), request{Op: opUnpack, Path: path, Name: "a.pdf", Limits: Limits{}.filled(), Unpack: (&budget{lim: Limits{}.filled()}).left(0).in(t.TempDir())},
		&counting{}, func(r reply) {
			if r.Member != nil {
				names = append(names, r.Member.Name)
			}
			if r.Page != nil {
				t.Error("a page was read")
			}
		})
	if fmt.Sprint(names) != "[流水.txt b.csv]" {
		t.Errorf("%v", names)
	}
}
