package pdfium

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	pdf "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
)

// document opens a PDF made of bodies of objects, numbered from 1; object 1 is the catalogue.
func document(t *testing.T, objects ...string) *Raw {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\n%%%%EOF\n", len(objects)+1)
	pool, err := webassembly.Init(webassembly.Config{MaxIdle: 1, MaxTotal: 1, Stdout: io.Discard, Stderr: io.Discard,
		FSConfig: wazero.NewFSConfig().WithFSMount(Root(), "/"), RuntimeConfig: wazero.NewRuntimeConfig().WithCompilationCache(cache)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pool.Close() })
	inst, err := pool.GetInstanceWithContext(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	doc, err := inst.OpenDocument(&requests.OpenDocument{FileReader: bytes.NewReader(b.Bytes()), FileReaderSize: int64(b.Len())})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Attach(inst, doc.Document)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var cache = wazero.NewCompilationCache()

// onePage is a document of one page with these contents, Helvetica as F1 and a Chinese font that is not embedded as F2.
func onePage(t *testing.T, contents, more string, others ...string) *Page {
	t.Helper()
	r := document(t, append([]string{"<< /Type /Catalog /Pages 2 0 R " + more + " >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Annots [9 0 R 10 0 R 11 0 R 12 0 R 13 0 R] /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(contents), contents),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /GBK-EUC-H /DescendantFonts [7 0 R] >>",
		"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> /DW 1000 /FontDescriptor 8 0 R >>",
		"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"},
		others...)...)
	p, err := r.Load(0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func read(t *testing.T, p *Page) ([]Char, string) {
	t.Helper()
	chars, err := p.Chars(1000, nil)
	if err != nil {
		t.Fatal(err)
	}
	var s strings.Builder
	for _, c := range chars {
		s.WriteRune(c.R)
	}
	return chars, s.String()
}

func TestChars(t *testing.T) {
	p := onePage(t, "1 0 0 rg BT /F1 20 Tf 50 700 Td (A) Tj ET BT 3 Tr 0 1 -1 0 300 400 Tm /F1 10 Tf (b) Tj ET", "")
	b, turn, err := p.Bounds()
	if err != nil || turn != 0 || b != (Box{0, 0, 600, 800}) {
		t.Error(b, turn, err)
	}
	chars, _ := read(t, p)
	var a, u Char
	for _, c := range chars {
		switch c.R {
		case 'A':
			a = c
		case 'b':
			u = c
		}
	}
	if a.OX != 50 || a.OY != 700 || a.Size != 20 || a.Color != 0xff0000 || a.Invisible || a.A != 1 || a.B != 0 || a.Box.L != 50 || a.Box.T <= 710 || a.Box.B >= 700 {
		t.Errorf("%+v", a)
	}
	if !u.Invisible || u.A != 0 || u.B != 1 || u.Size != 10 || u.Object == a.Object {
		t.Errorf("%+v", u)
	}
	if some, err := p.Chars(1, nil); err != nil || len(some) != 1 {
		t.Error("the limit holds", len(some), err)
	}
}

// Without the stand-in fonts these characters have no extent and PDFium leaves them out.
func TestSingleGlyphsOfFontsThatAreNotThere(t *testing.T) {
	p := onePage(t, "BT /F2 11 Tf 60 780 Td <BFCD> Tj 11 0 Td <BBA7> Tj 11 0 Td <38> Tj 5.5 0 Td <2E> Tj 5.5 0 Td <35> Tj ET", "")
	if _, s := read(t, p); s != "客户8.5" {
		t.Errorf("%q", s)
	}
}

func TestWalk(t *testing.T) {
	p := onePage(t, "0.5 w 50 600 300 100 re S 10 10 m 20 30 40 50 60 70 c S 100 100 m 200 100 l n BT /F1 9 Tf (x) Tj ET q 2 0 0 2 10 10 cm 0 0 50 1 re f Q", "")
	var paths [][]Segment
	texts := 0
	err := p.Walk(Visitor{Text: func() { texts++ }, Image: func(Box) {}, Path: func(s []Segment, stroke, fill bool) {
		paths = append(paths, append([]Segment(nil), s...))
	}}, 1000)
	if err != nil || texts != 1 || len(paths) != 2 {
		t.Fatal(err, texts, paths)
	}
	if s := paths[0][0]; s.X != 50 || s.Y != 600 || s.Kind != MoveTo {
		t.Errorf("%+v", paths[0])
	}
	far := 0.0
	for _, s := range paths[1] {
		far = max(far, s.X)
	}
	if far != 110 {
		t.Errorf("the matrix applies: %+v", paths[1])
	}
}

func TestAnnotations(t *testing.T) {
	look := "<< /Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F1 5 0 R >> >> /Length 36 >>\nstream\nBT /F1 10 Tf 5 5 Td (RECEIVED) Tj ET   \nendstream"
	p := onePage(t, "BT /F1 10 Tf 50 700 Td (Name) Tj ET", "/AcroForm << /Fields [9 0 R 10 0 R] >>",
		"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V <FEFF91D1989D00350030> /Rect [100 690 200 710] /F 4 >>",
		"<< /Type /Annot /Subtype /Widget /FT /Btn /T (c) /V /Yes /AS /Yes /AP << /N << /Yes 15 0 R /Off 15 0 R >> >> /Rect [100 650 110 660] /F 4 >>",
		"<< /Type /Annot /Subtype /Text /Contents (check this) /T (reviewer) /Rect [300 690 320 710] >>",
		"<< /Type /Annot /Subtype /Stamp /AP << /N 14 0 R >> /Rect [300 100 400 120] /F 4 >>",
		"<< /Type /Annot /Subtype /FreeText /Contents (gone) /Rect [0 0 9 9] /F 2 >>",
		look, "<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Length 0 >>\nstream\n\nendstream")
	notes, err := p.Annotations()
	if err != nil || len(notes) != 3 {
		t.Fatalf("%+v %v", notes, err)
	}
	if n := notes[0]; n.Kind != Field || n.Text != "金额50" || n.Box != (Box{100, 690, 200, 710}) {
		t.Errorf("%+v", n)
	}
	if n := notes[1]; n.Kind != CheckBox || !n.Checked {
		t.Errorf("%+v", n)
	}
	if n := notes[2]; n.Kind != Comment || n.Text != "check this" || n.Author != "reviewer" {
		t.Errorf("%+v", n)
	}
	if _, s := read(t, p); s != "NameRECEIVED" {
		t.Errorf("%q", s)
	}
	if kind, err := p.r.FormType(); kind != 1 || err != nil {
		t.Error(kind, err)
	}
}

type noInstance struct{ pdf.Pdfium }

func (noInstance) GetImplementation() interface{} { return &struct{ Module int }{} }

func TestAttachToAnotherLibrary(t *testing.T) {
	if _, err := Attach(noInstance{}, references.FPDF_DOCUMENT("x")); err == nil {
		t.Error("handles that are not where they should be must be told")
	}
}
