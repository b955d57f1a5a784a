package read

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	_ "image/png"
	"os"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

func TestPDFText(t *testing.T) {
	d := inProcess(t, "a.pdf", pagePDF(0, "BT /F1 12 Tf 50 700 Td (Total 1,234.56) Tj 200 0 Td (2025-12-31) Tj ET"))
	if d.Format != fmtPDF || len(d.Pages) != 1 || d.Scan {
		t.Fatalf("%+v", d)
	}
	p := d.Pages[0]
	if p.Text != "Total 1,234.56  2025-12-31" || p.Width != 600 || p.Height != 800 {
		t.Errorf("%q %vx%v", p.Text, p.Width, p.Height)
	}
	if b := p.Lines[0].Box; b == nil || b.X0 < 49 || b.X0 > 52 || b.Y0 < 80 || b.Y1 > 110 {
		t.Errorf("box %+v", b)
	}
	if len(p.Doubts) != 0 || len(d.Problems) != 0 {
		t.Errorf("%v %v", p.Doubts, d.Problems)
	}
}

func TestPDFTurnedPage(t *testing.T) {
	// Landscape as printers make it: the page is turned and so is the text.
	d := inProcess(t, "a.pdf", pagePDF(90, "BT /F1 12 Tf 0 1 -1 0 100 50 Tm (first) Tj ET BT /F1 12 Tf 0 1 -1 0 130 50 Tm (second) Tj ET"))
	if p := d.Pages[0]; p.Text != "first\nsecond" || p.Width != 800 {
		t.Errorf("%q %v", p.Text, p.Width)
	}
}

func TestPDFRuledTable(t *testing.T) {
	// One line as a stroke, the others as thin rectangles, and an outer box.
	const c = `0.5 w 50 600 300 100 re S 50 650 m 350 650 l S 200 600 0.6 100 re f
BT /F1 10 Tf 60 670 Td (Name) Tj ET BT /F1 10 Tf 210 670 Td (Amount) Tj ET
BT /F1 10 Tf 60 630 Td (some long) Tj ET BT /F1 10 Tf 60 618 Td (company) Tj ET BT /F1 10 Tf 210 624 Td (480.00) Tj ET`
	d := inProcess(t, "a.pdf", pagePDF(0, c))
	if p := d.Pages[0]; len(p.Tables) != 1 || p.Text != "Name\tAmount\nsome long company\t480.00" {
		t.Errorf("%q %d tables", p.Text, len(p.Tables))
	}
}

func TestPDFFaults(t *testing.T) {
	good := pagePDF(0, "BT /F1 12 Tf 50 700 Td (x) Tj ET")
	locked := pdfOf("/Encrypt 3 0 R /ID [<00><00>]", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>",
		"<< /Filter /Standard /V 1 /R 2 /P -4 /O <"+strings.Repeat("41", 32)+"> /U <"+strings.Repeat("42", 32)+"> >>")
	for name, c := range map[string]struct {
		data []byte
		want dossier.ErrorKind
	}{
		"cut off":     {good[:40], dossier.ErrCorrupt},
		"garbage":     {[]byte("%PDF-1.7\n" + strings.Repeat("\x01\x02garbage", 500)), dossier.ErrCorrupt},
		"password":    {locked, dossier.ErrEncrypted},
		"no pages":    {pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"), dossier.ErrEmpty},
		"empty page":  {pagePDF(0, " "), dossier.ErrEmpty},
		"not a pdf":   {[]byte("\x00\x01\x02\x03 something else \x00"), dossier.ErrCorrupt},
		"wild object": {pdfOf("", "<< /Type /Catalog /Pages 1 0 R >>"), dossier.ErrCorrupt},
	} {
		d := inProcess(t, "a.pdf", c.data)
		if name == "wild object" && len(d.Problems) > 0 {
			continue // engines call it corrupt or empty: either is told
		}
		if !hasKind(d, c.want) || hasKind(d, "without words") {
			t.Errorf("%s: %v", name, d.Problems)
		}
	}
}

func TestPDFPageLimit(t *testing.T) {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", ""}
	var kids strings.Builder
	for i := range 5 {
		fmt.Fprintf(&kids, "%d 0 R ", i+3)
		objects = append(objects, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>")
	}
	objects[1] = "<< /Type /Pages /Kids [" + kids.String() + "] /Count 5 >>"
	docs, err := Bytes(t.Context(), "a.pdf", pdfOf("", objects...), Options{InProcess: true, OCR: ocr.None, Limits: Limits{Pages: 3}})
	if err != nil {
		t.Fatal(err)
	}
	if len(docs[0].Pages) != 3 || !hasKind(docs[0], dossier.ErrPartial) {
		t.Errorf("%d pages %v", len(docs[0].Pages), docs[0].Problems)
	}
}

// stub reads one word wherever it is shown something.
type stub struct{ seen image.Rectangle }

func (*stub) Name() string { return "stub" }
func (s *stub) Read(_ context.Context, img image.Image) (ocr.Result, error) {
	s.seen = img.Bounds()
	return ocr.Result{Words: []ocr.Word{{Text: "扫描", Box: dossier.Box{X0: 100, Y0: 50, X1: 150, Y1: 75}, Confidence: 0.9}}}, nil
}

// A page that is one JPEG is rendered and read; its words stand in the page's points. JPEG goes through setjmp in
// PDFium, which not every version of the WebAssembly runtime can do.
func TestPDFScan(t *testing.T) {
	var pic bytes.Buffer
	img := image.NewGray(image.Rect(0, 0, 60, 80))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	if err := jpeg.Encode(&pic, img, nil); err != nil {
		t.Fatal(err)
	}
	const show = "q 600 0 0 800 0 0 cm /I Do Q"
	data := pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(show), show),
		fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width 60 /Height 80 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream", pic.Len(), pic.String()))
	eye := &stub{}
	docs, err := Bytes(t.Context(), "scan.pdf", data, Options{InProcess: true, OCR: eye})
	if err != nil {
		t.Fatal(err)
	}
	d := docs[0]
	if !d.Scan || len(d.Problems) != 0 || d.Text() != "扫描" || !d.Pages[0].Scan {
		t.Fatalf("%+v", d)
	}
	if eye.seen.Dx() < 1900 || eye.seen.Dy() < 2600 {
		t.Errorf("rendered at %v", eye.seen)
	}
	if b := d.Pages[0].Lines[0].Box; b.X0 < 25 || b.X0 > 35 {
		t.Errorf("box %+v", b)
	}
}

func TestImages(t *testing.T) {
	for _, c := range []struct {
		name, data string
		lim        Limits
		want       dossier.ErrorKind
	}{
		{"a.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Limits{}, dossier.ErrCorrupt},
		{"b.jpg", string(slipBytes(t)), Limits{ImagePixels: 1000}, dossier.ErrTooLarge},
		{"c.jpg", string(slipBytes(t)[:700]), Limits{}, dossier.ErrCorrupt},
		{"d.jpg", string(slipBytes(t)), Limits{}, dossier.ErrPartial}, // no OCR: said, not silent
	} {
		docs, err := Bytes(t.Context(), c.name, []byte(c.data), Options{InProcess: true, OCR: ocr.None, Limits: c.lim})
		if err != nil {
			t.Fatal(err)
		}
		if d := docs[0]; d.Format != fmtImage || !hasKind(d, c.want) || hasKind(d, "without words") {
			t.Errorf("%s: %s %v", c.name, d.Format, d.Problems)
		}
	}
}

func slipBytes(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile("../ocr/testdata/slip.jpg")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// From a photo to a table, through a worker process and the engine in the binary.
func TestScannedTable(t *testing.T) {
	docs, err := Bytes(t.Context(), "slip.jpg", slipBytes(t), Options{OCR: ocr.Find("embedded")})
	if err != nil {
		t.Fatal(err)
	}
	d := docs[0]
	if !d.Scan || len(d.Problems) != 0 || len(d.Pages[0].Tables) != 1 {
		t.Fatalf("%v %q", d.Problems, d.Text())
	}
	if !strings.Contains(d.Text(), "缴款日期\t2025年11月26日") || !strings.Contains(d.Text(), "\t8801234567") {
		t.Errorf("%q", d.Text())
	}
}

func TestCompare(t *testing.T) {
	words := "宁静的湖面上停着一只白色的小船岸边有人在钓鱼"
	a := count2(words, "123 456 789 000")
	for name, c := range map[string]struct {
		b    tally
		want string
	}{
		"same":         {count2(words, "123 456 789 000"), ""},
		"weaker":       {count2("123"), ""},
		"other fonts":  {count2("囗囗囗囗囗囗囗囗囗囗囗囗囗囗囗囗囗囗囗囗", "999 999 999 999"), ""},
		"other digits": {count2(words, "999 999 999 999"), "不一致"},
		"more digits":  {count2(words, strings.Repeat("123 456 789 000 ", 3)), "数字更多"},
		"more words":   {count2(words, words, "123 456 789 000"), "文字更多"},
	} {
		if got := compare(a, c.b); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
