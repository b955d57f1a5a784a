package raster

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"testing"
)

const plenty = 10_000_000

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("../../testdata/image/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// grey is how bright a pixel is, 0..255.
func grey(img image.Image, x, y int) int {
	b := img.Bounds()
	return int(color.GrayModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.Gray).Y)
}

// sheet checks the bar of testdata/image/make.sh: the first on a sheet of 320 x 200, the second on 200 x 320.
func sheet(t *testing.T, name string, img image.Image) {
	t.Helper()
	b := img.Bounds()
	black, white := image.Pt(80, 30), image.Pt(80, 60)
	if b.Dx() == 200 && b.Dy() == 320 {
		black, white = image.Pt(100, 220), image.Pt(100, 60)
	} else if b.Dx() != 320 || b.Dy() != 200 {
		t.Errorf("%s: %v", name, b)
		return
	}
	if g := grey(img, black.X, black.Y); g > 40 {
		t.Errorf("%s: the bar is %d", name, g)
	}
	if g := grey(img, white.X, white.Y); g < 215 {
		t.Errorf("%s: the paper is %d", name, g)
	}
}

func TestFormats(t *testing.T) {
	for name, c := range map[string]struct {
		pages int
		dpi   float64
	}{
		"fax_g4.tif": {2, 300}, "fax_g3.tif": {1, 0}, "jpeg.tif": {1, 0}, "mixed.tif": {2, 300}, "tiled.tif": {1, 0},
		"gray16.png": {1, 150}, "cmyk.jpg": {1, 0}, "progressive.jpg": {1, 0}, "baseline.jpg": {1, 0}, "sheet.webp": {1, 0}, "sheet.bmp": {1, 300}, "sheet.gif": {1, 0},
	} {
		f, err := Open(file(t, name), plenty)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		n, cut := f.Pages()
		if n != c.pages || cut {
			t.Errorf("%s: %d pages", name, n)
		}
		for i := range n {
			img, info, err := f.Picture(i)
			if err != nil {
				t.Errorf("%s %d: %v", name, i, err)
				continue
			}
			sheet(t, name, img)
			if d := info.DPI - c.dpi; i == 0 && (d > 1 || d < -1) {
				t.Errorf("%s: %g dpi", name, info.DPI)
			}
		}
	}
}

func TestOrientation(t *testing.T) {
	exif := "\xff\xd8\xff\xe1\x00\x22Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00"
	if _, o := resolution("jpeg", []byte(exif)); o != 6 {
		t.Errorf("orientation %d", o)
	}
	for _, bad := range []string{"", "\xff\xd8", exif[:30], strings.Replace(exif, "\x08\x00\x00\x00\x01", "\xff\xff\xff\xff\x01", 1)} {
		if _, o := resolution("jpeg", []byte(bad)); o != 1 {
			t.Errorf("%q: %d", bad, o)
		}
	}
}

// chunked is a PNG of a head that says this size, and a body that does not matter.
func chunked(w, h uint32) []byte {
	head := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)...)
	head = append(head, 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

// tiffOf makes a little TIFF of these tags; every value is one LONG.
func tiffOf(next uint32, tags ...uint32) []byte {
	out := []byte("II*\x00\x08\x00\x00\x00")
	out = binary.LittleEndian.AppendUint16(out, uint16(len(tags)/2))
	for i := 0; i < len(tags); i += 2 {
		out = binary.LittleEndian.AppendUint16(out, uint16(tags[i]))
		out = append(out, 4, 0, 1, 0, 0, 0)
		out = binary.LittleEndian.AppendUint32(out, tags[i+1])
	}
	return binary.LittleEndian.AppendUint32(out, next)
}

func TestHostile(t *testing.T) {
	var large *TooLarge
	for name, data := range map[string][]byte{
		"png of 10^9 pixels": chunked(40_000, 40_000), "tiff of 10^9 pixels": tiffOf(0, tagWidth, 60_000, tagHeight, 60_000),
		"bmp of 10^9 pixels": append([]byte("BM\x00\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00\x00\x00\x01\x00\x00\x00\x01\x00\x01\x00\x18\x00"), make([]byte, 24)...),
	} {
		f, err := Open(data, plenty)
		if err == nil {
			_, _, err = f.Picture(0)
		}
		if !errors.As(err, &large) {
			t.Errorf("%s: %v", name, err)
		}
	}
	loop := tiffOf(8, tagWidth, 8, tagHeight, 8)
	f, err := Open(loop, plenty)
	if err != nil {
		t.Fatal(err)
	}
	if n, cut := f.Pages(); n != 1 || !cut {
		t.Errorf("loop: %d pages, cut %v", n, cut)
	}
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"empty tiff": {[]byte("II*\x00"), ErrCorrupt}, "bigtiff": {[]byte("II+\x00\x08\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00"), ErrUnsupported},
		"directory outside": {[]byte("II*\x00\xff\xff\xff\x7f"), ErrCorrupt}, "no strips": {tiffOf(0, tagWidth, 8, tagHeight, 8, tagBits, 8), ErrCorrupt},
		"huge tiles":   {tiffOf(0, tagWidth, 8, tagHeight, 8, tagBits, 8, tagCompression, 8, tagTileWidth, 1<<31, tagTileHeight, 1<<31), ErrCorrupt},
		"odd coding":   {tiffOf(0, tagWidth, 8, tagHeight, 8, tagBits, 8, tagCompression, 34_712, tagPhotometric, 1, tagStrips, 8, tagStripBytes, 4), ErrUnsupported},
		"no jpeg":      {tiffOf(0, tagWidth, 8, tagHeight, 8, tagCompression, 7, tagStrips, 8, tagStripBytes, 9), ErrCorrupt},
		"other planes": {tiffOf(0, tagWidth, 8, tagHeight, 8, tagSamples, 3, tagPlanar, 2), ErrUnsupported},
		"bmp of runs":  {append([]byte("BM\x00\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00\x08\x00\x00\x00\x08\x00\x00\x00\x01\x00\x08\x00\x01"), make([]byte, 1200)...), ErrUnsupported},
		"cut off png":  {chunked(8, 8), ErrCorrupt}, "no picture": {[]byte("no picture at all"), ErrCorrupt}, "jpeg head": {encoded(t, photo(32, 32))[:200], ErrCorrupt},
	} {
		f, err := Open(c.data, plenty)
		if err == nil {
			_, _, err = f.Picture(0)
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzTIFF(f *testing.F) {
	for _, name := range []string{"fax_g4.tif", "fax_g3.tif", "jpeg.tif", "mixed.tif", "tiled.tif"} {
		f.Add(file(f, name))
	}
	f.Add(tiffOf(8, tagWidth, 8, tagHeight, 8))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 || !isTIFF(data) {
			t.Skip()
		}
		everything(data)
	})
}

func FuzzPicture(f *testing.F) {
	for _, name := range []string{"gray16.png", "cmyk.jpg", "progressive.jpg", "baseline.jpg", "sheet.webp", "sheet.gif"} {
		f.Add(file(f, name))
	}
	whole := encoded(f, photo(64, 64))
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	r := restarted(f, photo(64, 64))
	f.Add(r[:len(r)*2/3])
	var b bytes.Buffer
	if err := png.Encode(&b, photo(16, 16)); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 || isTIFF(data) {
			t.Skip()
		}
		everything(data)
	})
}

// everything decodes within a million pixels.
func everything(data []byte) {
	f, err := Open(data, 1_000_000)
	if err != nil {
		return
	}
	n, _ := f.Pages()
	for i := range min(n, 20) {
		if img, _, err := f.Picture(i); err == nil {
			img.At(img.Bounds().Min.X, img.Bounds().Min.Y)
		}
	}
}
