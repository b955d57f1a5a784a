package read

import (
	"bytes"
	"image"
	"image/jpeg"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

func TestOrient(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 3, 2))
	img.Pix[0] = 200 // top left
	for o, at := range map[int]image.Point{1: {0, 0}, 2: {2, 0}, 3: {2, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 2}, 8: {0, 2}} {
		out := orient(img, o)
		if r, _, _, _ := out.At(at.X, at.Y).RGBA(); r>>8 != 200 {
			t.Errorf("orientation %d: the corner is not at %v", o, at)
		}
	}
}

// spoken reads a file with an engine that says the same word of every picture.
func spoken(t *testing.T, name string, data []byte, lim Limits) *dossier.Document {
	t.Helper()
	docs, err := Bytes(t.Context(), name, data, Options{InProcess: true, OCR: said{"营业执照"}, Limits: lim})
	if err != nil {
		t.Fatal(err)
	}
	return docs[0]
}

func TestImageFormats(t *testing.T) {
	for _, name := range []string{"fax_g3.tif", "jpeg.tif", "tiled.tif", "gray16.png", "cmyk.jpg", "progressive.jpg", "sheet.webp", "sheet.bmp", "sheet.gif"} {
		d := spoken(t, name, fixture(t, "image/"+name), Limits{})
		if d.Format != fmtImage || !d.Scan || len(d.Problems) > 0 || d.Text() != "营业执照" || d.Pages[0].Width != 320 || d.Pages[0].Height != 200 {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestTIFFPages(t *testing.T) {
	data := fixture(t, "image/fax_g4.tif")
	d := spoken(t, "传真.tif", data, Limits{})
	if len(d.Pages) != 2 || len(d.Problems) > 0 || d.Pages[1].Number != 2 || d.Pages[1].Width != 200 || d.Pages[1].Lines[0].Box.X0 != 80 || d.Pages[0].DPI < 299 {
		t.Fatalf("%+v", d)
	}
	if d := spoken(t, "传真.tif", data, Limits{Pages: 1}); len(d.Pages) != 1 || !hasKind(d, dossier.ErrPartial) {
		t.Errorf("limit: %v", d.Problems)
	}
	loop := append([]byte(nil), data...)
	copy(loop[len(loop)-4:], loop[4:8])
	if d := spoken(t, "传真.tif", loop, Limits{}); len(kinds(d)) > 1 || len(d.Pages) == 0 {
		t.Errorf("loop: %v, %d pages", d.Problems, len(d.Pages))
	}
}

func TestPicturesThatBreakOff(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 320, 640))
	for i := range img.Pix {
		img.Pix[i] = byte(i*7 ^ i>>5)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	d := spoken(t, "a.jpg", b.Bytes()[:b.Len()*6/10], Limits{})
	if p := d.Pages[0]; len(kinds(d)) != 1 || !hasKind(d, dossier.ErrPartial) || d.Text() != "营业执照" || p.Height < 320 || p.Height > 400 || len(p.Doubts) != 1 {
		t.Errorf("%v %v %+v", d.Problems, d.Pages[0].Doubts, d.Pages[0])
	}
	for name, c := range map[string]struct {
		data []byte
		lim  Limits
		want dossier.ErrorKind
	}{
		"nothing of it":   {b.Bytes()[:600], Limits{}, dossier.ErrCorrupt},
		"too many pixels": {b.Bytes(), Limits{ImagePixels: 1000}, dossier.ErrTooLarge},
		"bigtiff":         {[]byte("II+\x00\x08\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00"), Limits{}, dossier.ErrUnsupported},
	} {
		d := spoken(t, "a.jpg", c.data, c.lim)
		if len(kinds(d)) != 1 || !hasKind(d, c.want) || strings.Contains(d.Text(), "营业执照") {
			t.Errorf("%s: %v", name, d.Problems)
		}
	}
	docs, err := Bytes(t.Context(), "a.png", fixture(t, "image/gray16.png"), Options{InProcess: true, OCR: ocr.None})
	if err != nil || len(docs[0].Problems) != 1 || !docs[0].Scan {
		t.Errorf("without OCR: %+v %v", docs[0], err)
	}
}

func TestHEIC(t *testing.T) {
	data := fixture(t, "image/sheet.heic")
	t.Run("with a converter", func(t *testing.T) {
		if PhotoConverter() == "" {
			t.Skip("no program here decodes HEIC")
		}
		if d := spoken(t, "照片.heic", data, Limits{}); d.Format != fmtImage || d.Text() != "营业执照" || d.Pages[0].Width != 320 || len(d.Problems) > 0 {
			t.Errorf("%+v", d)
		}
	})
	if d := spoken(t, "照片.heic", data, Limits{ImagePixels: 1000}); len(kinds(d)) != 1 || !hasKind(d, dossier.ErrTooLarge) {
		t.Errorf("too large: %v", d.Problems)
	}
	if d := spoken(t, "照片.heic", data[:100], Limits{}); len(kinds(d)) != 1 || !hasKind(d, dossier.ErrCorrupt) {
		t.Errorf("cut off: %v", d.Problems)
	}
	t.Setenv("PATH", "")
	d := spoken(t, "照片.heic", data, Limits{})
	if len(kinds(d)) != 1 || !hasKind(d, dossier.ErrUnsupported) || !strings.Contains(d.Problems[0].Remedy, "JPG") {
		t.Errorf("without: %v", d.Problems)
	}
}

func TestTIFFOfNothingButBadPages(t *testing.T) {
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	for i := range 60 { // a directory of a width and a height each, and no strips
		next := byte(8 + 30*(i+1))
		if i == 59 {
			next = 0
		}
		tiff = append(tiff, 2, 0, 0, 1, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0, 1, 1, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0, next, byte((8+30*(i+1))>>8), 0, 0)
		if i == 59 {
			copy(tiff[len(tiff)-4:], []byte{0, 0, 0, 0})
		}
	}
	d := spoken(t, "a.tif", tiff, Limits{})
	if !hasKind(d, dossier.ErrPartial) || len(kinds(d)) != badPages+1 {
		t.Errorf("%d problems, %v", len(d.Problems), d.Problems[len(d.Problems)-1])
	}
}
