package read

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

// A file that was cut off in its second page keeps the first, and says what is missing.
func TestPDFCutOff(t *testing.T) {
	contents := func(s string) string { return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(s), s) }
	page := func(c int) string {
		return fmt.Sprintf("<< /Type /Page /Parent 7 0 R /MediaBox [0 0 600 800] /Contents %d 0 R /Resources << /Font << /F1 1 0 R >> >> >>", c)
	}
	data := pdfOf("", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", contents("BT /F1 12 Tf 50 700 Td (first 1,234.50) Tj ET"), page(2),
		contents("BT /F1 12 Tf 50 700 Td (second) Tj ET"), page(4), "<< /Type /Catalog /Pages 7 0 R >>", "<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>")
	cut := data[:bytes.Index(data, []byte("(second)"))]
	d := inProcess(t, "a.pdf", cut)
	if len(d.Pages) != 1 || d.Pages[0].Text != "first 1,234.50" || !hasKind(d, dossier.ErrPartial) || hasKind(d, "without words") {
		t.Errorf("%v %v", d.Pages, d.Problems)
	}
}

func TestPDFForm(t *testing.T) {
	const c = "BT /F1 10 Tf 50 700 Td (Sales) Tj 0 -50 Td (VAT payer) Tj ET"
	data := pdfOf("", "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R 7 0 R] >> >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Annots [6 0 R 7 0 R 8 0 R] /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(c), c), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (48215036.72) /Rect [100 695 300 713] /F 4 >>",
		"<< /Type /Annot /Subtype /Widget /FT /Btn /T (b) /AS /Yes /V /Yes /Rect [110 648 120 658] /F 4 >>",
		"<< /Type /Annot /Subtype /Text /Contents (please check) /T (reviewer) /Rect [400 690 420 710] >>")
	p := inProcess(t, "a.pdf", data).Pages[0]
	if p.Text != "Sales  48215036.72\nVAT payer  ☑\n[批注] reviewer：please check" {
		t.Errorf("%q", p.Text)
	}
	if b := p.Lines[2].Box; b == nil || b.X0 != 400 || b.Y0 != 90 {
		t.Errorf("%+v", b)
	}
}

// scanPDF is a page of a picture at the given place, with text of the given render mode drawn before and behind it.
func scanPDF(t *testing.T, place, before, behind string) []byte {
	t.Helper()
	var pic bytes.Buffer
	img := image.NewGray(image.Rect(0, 0, 60, 80))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	if err := jpeg.Encode(&pic, img, nil); err != nil {
		t.Fatal(err)
	}
	c := before + " q " + place + " cm /I Do Q " + behind
	return pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> /Font << /F1 6 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(c), c),
		fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width 60 /Height 80 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream", pic.Len(), pic.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
}

// Text without ink, or under a picture of the whole page, is somebody's OCR; text on a picture is not.
func TestPDFOldOCR(t *testing.T) {
	const full, text = "600 0 0 800 0 0", "BT /F1 12 Tf %s 50 700 Td (loan contract number 1234567890) Tj ET"
	invisible, visible := fmt.Sprintf(text, "3 Tr"), fmt.Sprintf(text, "")
	for name, c := range map[string]struct {
		before, behind string
		doubt          bool
	}{"no ink": {"", invisible, true}, "covered": {visible, "", true}, "on a background": {"", visible, false}} {
		d := inProcess(t, "a.pdf", scanPDF(t, full, c.before, c.behind))
		p := d.Pages[0]
		if !strings.Contains(p.Text, "1234567890") || p.Scan || (len(p.Doubts) == 1) != c.doubt {
			t.Errorf("%s: %q %v %v", name, p.Text, p.Scan, p.Doubts)
		}
	}
}

// A scan with a printed heading: the picture goes to OCR, the heading stays as it is printed.
func TestPDFMixedPage(t *testing.T) {
	docs, err := Bytes(context.Background(), "a.pdf", scanPDF(t, "500 0 0 600 50 50", "", "BT /F1 12 Tf 50 770 Td (Printed heading of the page) Tj ET"), Options{InProcess: true, OCR: &stub{}})
	if err != nil {
		t.Fatal(err)
	}
	p := docs[0].Pages[0]
	if !p.Scan || !strings.Contains(p.Text, "扫描") || !strings.Contains(p.Text, "Printed heading of the page") {
		t.Errorf("%v %q", p.Scan, p.Text)
	}
	// Without an engine what is printed is kept.
	docs, err = Bytes(context.Background(), "a.pdf", scanPDF(t, "500 0 0 600 50 50", "", "BT /F1 12 Tf 50 770 Td (Printed heading of the page) Tj ET"), Options{InProcess: true, OCR: ocr.None})
	if err != nil {
		t.Fatal(err)
	}
	if p := docs[0].Pages[0]; !strings.Contains(p.Text, "Printed heading") {
		t.Errorf("%q", p.Text)
	}
}

// A text layer that says nonsense where Chinese stands is read from the picture of the page instead.
func TestPDFGarbledText(t *testing.T) {
	const c = "BT /F1 12 Tf 50 700 Td (\\357\\350\\377\\317\\374\\376\\337\\370\\326\\373\\357\\350 48215036.72) Tj ET"
	data := pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(c), c), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	docs, err := Bytes(context.Background(), "a.pdf", data, Options{InProcess: true, OCR: &stub{}})
	if err != nil {
		t.Fatal(err)
	}
	if p := docs[0].Pages[0]; !p.Scan || p.Text != "扫描" || len(p.Doubts) == 0 {
		t.Errorf("%v %q %v", p.Scan, p.Text, p.Doubts)
	}
	if p := inProcess(t, "a.pdf", data).Pages[0]; !strings.Contains(p.Text, "48215036.72") || p.Scan || len(p.Doubts) == 0 {
		t.Errorf("%v %q %v", p.Scan, p.Text, p.Doubts)
	}
}
