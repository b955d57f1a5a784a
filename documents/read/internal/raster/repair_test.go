package raster

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"image/png"
	"testing"
)

// photo is a picture with something to tell in every block.
func photo(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = byte(i*7 ^ i>>5 ^ i>>11)
	}
	return img
}

func encoded(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// restarted is a JPEG with a restart marker after every row of units: strips are encoded one by one and joined.
func restarted(t testing.TB, img *image.RGBA) []byte {
	t.Helper()
	b := img.Bounds()
	var out []byte
	for y := 0; y < b.Dy(); y += 16 {
		strip := encoded(t, img.SubImage(image.Rect(0, y, b.Dx(), y+16)))
		f, ok := frameOf(strip)
		if !ok {
			t.Fatal("no frame")
		}
		if y == 0 {
			sof := bytes.Index(strip, []byte{0xff, 0xc0})
			binary.BigEndian.PutUint16(strip[sof+5:], uint16(b.Dy()))
			out = append(out, strip[:sof]...)
			out = append(out, 0xff, 0xdd, 0, 4, 0, byte(b.Dx()/16))
			out = append(out, strip[sof:f.scan]...)
		} else {
			out = append(out, 0xff, 0xd0+byte(y/16-1)&7)
		}
		out = append(out, strip[f.scan:len(strip)-2]...)
	}
	return append(out, 0xff, 0xd9)
}

func TestTruncatedJPEG(t *testing.T) {
	img := photo(320, 640)
	grey := image.NewGray(img.Bounds())
	for i := range grey.Pix {
		grey.Pix[i] = img.Pix[4*i]
	}
	for name, whole := range map[string][]byte{"colour": encoded(t, img), "grey": encoded(t, grey), "restarts": restarted(t, img)} {
		want, err := jpeg.Decode(bytes.NewReader(whole))
		if err != nil {
			t.Fatal(name, err)
		}
		for _, part := range []float64{0.9, 0.5, 0.2} {
			f, err := Open(whole[:int(part*float64(len(whole)))], plenty)
			if err != nil {
				t.Fatal(err)
			}
			got, info, err := f.Picture(0)
			if err != nil {
				t.Errorf("%s %g: %v", name, part, err)
				continue
			}
			rows := got.Bounds().Dy()
			if d := 1 - info.Missing - part; d > 0.08 || d < -0.12 || same(got, top(want, rows)) != rows {
				t.Errorf("%s: %g of the file gives %g, %d rows, %d of them right", name, part, 1-info.Missing, rows, same(got, top(want, rows)))
			}
		}
	}
	broken := encoded(t, img)
	copy(broken[len(broken)*2/3:], bytes.Repeat([]byte{0xff, 0xc4}, 40))
	f, err := Open(broken, plenty)
	if err != nil {
		t.Fatal(err)
	}
	if got, info, err := f.Picture(0); err != nil || info.Missing < 0.2 || info.Missing > 0.6 || got == nil {
		t.Errorf("broken within: %v, %g missing", err, info.Missing)
	}
	coarse := file(t, "progressive.jpg")
	if f, err = Open(coarse[:len(coarse)-100], plenty); err != nil {
		t.Fatal(err)
	}
	if got, _, err := f.Picture(0); err != nil || got.Bounds().Dy() != 200 {
		t.Errorf("progressive: %v", err)
	}
}

func TestDamagedPNG(t *testing.T) {
	img := photo(64, 400)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	want, err := png.Decode(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	sums := append([]byte(nil), whole...)
	sums[len(sums)-14] ^= 0xff // within the checksum of the last IDAT
	for name, c := range map[string]struct {
		data     []byte
		from, to float64
	}{"half": {whole[:len(whole)/2], 0.3, 0.7}, "no end": {whole[:len(whole)-12], 0, 0}, "checksum": {sums, 0, 0}} {
		f, err := Open(c.data, plenty)
		if err != nil {
			t.Fatal(err)
		}
		got, info, err := f.Picture(0)
		if err != nil || info.Missing < c.from || info.Missing > c.to || same(got, top(want, got.Bounds().Dy())) != got.Bounds().Dy() {
			t.Errorf("%s: %v, %g missing", name, err, info.Missing)
		}
	}
}
