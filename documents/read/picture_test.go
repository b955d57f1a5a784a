package read

import (
	"archive/zip"
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

// half is a picture whose left half is red, so that its turning and scaling can be seen.
func half(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 255, 255, 255}
			if x < w/2 {
				c = color.RGBA{200, 0, 0, 255}
			}
			img.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipped(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPictures(t *testing.T) {
	root := t.TempDir()
	files := map[string][]byte{
		"a.png":   half(t, 1600, 800),
		"in.zip":  zipped(t, "夹/深.zip", zipped(t, "b.png", half(t, 300, 200))),
		"c.txt":   []byte("没有页面"),
		"bad.png": half(t, 1600, 800)[:120],
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(root, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	outside := filepath.Join(t.TempDir(), "out.png")
	if err := os.WriteFile(outside, half(t, 300, 300), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(root, "link.png")); err != nil {
		t.Fatal(err)
	}
	p, err := NewPictures(root, nil, Options{OCR: ocr.None})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	for _, c := range []struct {
		file    string
		w, h    int
		refused dossier.ErrorKind
		page    int
	}{
		{"a.png", 800, 400, "", 1},
		{"in.zip/夹/深.zip/b.png", 300, 200, "", 1},
		{"in.zip/夹/深.zip/b.png", 300, 200, "", 1}, // out of what is kept
		{"a.png", 0, 0, dossier.ErrPartial, 2},
		{"bad.png", 0, 0, dossier.ErrPartial, 1},
		{"c.txt", 0, 0, dossier.ErrUnsupported, 1},
		{"in.zip/夹/none.png", 0, 0, dossier.ErrNotFound, 1},
		{"link.png", 0, 0, dossier.ErrNotFound, 1},
		{"../out.png", 0, 0, dossier.ErrNotFound, 1},
	} {
		data, err := p.Draw(context.Background(), c.file, c.page, 800)
		if c.refused != "" {
			if dossier.KindOf(err) != c.refused {
				t.Errorf("%s page %d: %v, want %s", c.file, c.page, err, c.refused)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		img, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil || img.Bounds().Dx() != c.w || img.Bounds().Dy() != c.h {
			t.Fatalf("%s: %v, size %v", c.file, err, img.Bounds())
		}
		if r, g, _, _ := img.At(c.w/4, c.h/2).RGBA(); r < 0xa000 || g > 0x4000 {
			t.Errorf("%s: left half is not red", c.file)
		}
	}
}

// A turned page is drawn as its boxes lie: red at the top left of the upright page.
func TestPictureOfPDF(t *testing.T) {
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "f.pdf"), pagePDF(90, "0.9 0 0 rg 0 0 300 400 re f"), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := NewPictures("", map[string]string{"f.pdf": filepath.Join(root, "f.pdf")}, Options{OCR: ocr.None})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	out, err := p.Draw(context.Background(), "f.pdf#1-1", 1, 640)
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(out))
	if err != nil || img.Bounds().Dx() != 640 || img.Bounds().Dy() != 480 {
		t.Fatalf("%v %v", err, img.Bounds())
	}
	red := func(x, y int) bool { r, g, _, _ := img.At(x, y).RGBA(); return r > 0xa000 && g < 0x4000 }
	if !red(160, 120) || red(480, 120) || red(160, 360) {
		t.Error("the page is not turned as it is read")
	}
	if _, err := p.Draw(context.Background(), "f.pdf", 99, 600); dossier.KindOf(err) != dossier.ErrPartial {
		t.Errorf("a page that is not there: %v", err)
	}
}
