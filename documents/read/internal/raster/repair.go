package raster

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
	"image/jpeg"
	"io"
)

// repair decodes what is there of a JPEG that breaks off or is damaged within its picture data. missing is the part of
// the picture, from below, that is not there; ok is false when hardly anything is.
//
// The decoder gives nothing of a picture that it cannot finish, so the data is filled up for it: once with this, once
// with that. Where the two pictures begin to differ, the file's own data ends.
func repair(data []byte) (img image.Image, missing float64, ok bool) {
	f, ok := frameOf(data)
	if !ok {
		return nil, 0, false
	}
	if f.progressive {
		return earlier(data)
	}
	// Where the decoder stumbles is where it has read to, give or take its buffer.
	end := len(data)
	for range 3 {
		c := &counter{r: bytes.NewReader(data[:end])}
		if _, err := jpeg.Decode(c); err == nil {
			break
		}
		body := bytes.TrimSuffix(data[:min(c.n, end)], []byte{0xff, 0xd9})
		if len(body) <= f.scan {
			return nil, 0, false
		}
		a, err1 := jpeg.Decode(f.filled(body, 0x00))
		b, err2 := jpeg.Decode(f.filled(body, 0x55))
		if err1 == nil && err2 == nil {
			rows := same(a, b) / f.mcu * f.mcu
			if rows < 16 || 20*rows < f.height {
				return nil, 0, false
			}
			return top(a, rows), 1 - float64(rows)/float64(f.height), true
		}
		end = len(body) - 4096 // its buffer: the fault lies before what it had read
		if end <= f.scan {
			break
		}
	}
	return nil, 0, false
}

// frame is what the head of a JPEG says of its picture.
type frame struct {
	width, height int
	progressive   bool
	parts         int // components
	mcu           int // rows of pixels that are coded together
	interval      int // units between restart markers, 0: none
	perUnit       int // blocks of a unit, at most
	scan          int // where the first scan's data begins
}

func frameOf(data []byte) (f frame, ok bool) {
	at := 2
	segments(data, func(marker byte, seg []byte) bool {
		at += 4 + len(seg)
		switch marker {
		case 0xc0, 0xc1, 0xc2:
			if len(seg) < 6 {
				return false
			}
			f.height, f.width, f.parts = int(binary.BigEndian.Uint16(seg[1:])), int(binary.BigEndian.Uint16(seg[3:])), int(seg[5])
			f.progressive = marker == 0xc2
			f.mcu, f.perUnit = 8, 0
			for i := range f.parts {
				if 6+3*i+1 < len(seg) {
					h, v := int(seg[7+3*i]>>4), int(seg[7+3*i]&15)
					f.mcu = max(f.mcu, 8*v)
					f.perUnit += h * v
				}
			}
		case 0xdd:
			if len(seg) >= 2 {
				f.interval = int(binary.BigEndian.Uint16(seg))
			}
		case 0xda:
			f.scan, ok = at, f.width > 0 && f.height > 0 && f.parts > 0 && f.perUnit > 0 && f.perUnit <= 64
		}
		return marker != 0xda
	})
	return f, ok
}

// filled is the data, then as much filling as the rest of the picture may want, restart markers in their places, then
// end markers.
func (f frame) filled(body []byte, fill byte) io.Reader {
	blocks := (f.width/8 + 2) * (f.height/8 + 2) * max(f.parts, f.perUnit)
	p := &padding{fill: fill, left: blocks*128 + 1024}
	if f.interval > 0 {
		p.every = f.interval*f.perUnit*128 + 64
		p.restart = restarts(body[f.scan:])
	}
	// Half a marker at the end would make one with the filling.
	return io.MultiReader(bytes.NewReader(bytes.TrimRight(body, "\xff")), p)
}

// restarts is how many restart markers the data holds.
func restarts(b []byte) (n int) {
	for i := 0; i+1 < len(b); i++ {
		if b[i] == 0xff && b[i+1] >= 0xd0 && b[i+1] <= 0xd7 {
			n++
		}
	}
	return n
}

type padding struct {
	fill           byte
	left           int
	every, restart int
	run            int
	half           byte // second byte of a marker that is still owed
	ends           int
}

func (p *padding) Read(b []byte) (int, error) {
	for i := range b {
		switch {
		case p.half != 0:
			b[i], p.half = p.half, 0
		case p.left <= 0:
			if p.ends++; p.ends > 1024 {
				return i, io.EOF
			}
			b[i], p.half = 0xff, 0xd9
		case p.every > 0 && p.run >= p.every:
			b[i], p.half = 0xff, 0xd0+byte(p.restart&7)
			p.run = 0
			p.restart++
		default:
			b[i] = p.fill
			p.left--
			p.run++
		}
	}
	return len(b), nil
}

// earlier decodes a progressive picture from the scans that are whole: all of it is there, only coarser.
func earlier(data []byte) (image.Image, float64, bool) {
	for end := len(data); ; {
		at := bytes.LastIndex(data[:end], []byte{0xff, 0xda})
		if at < 0 {
			return nil, 0, false
		}
		cut := append(append([]byte(nil), data[:at]...), 0xff, 0xd9)
		img, err := jpeg.Decode(bytes.NewReader(cut))
		if err == nil {
			f, _ := frameOf(data)
			if at <= f.scan { // no scan at all: an empty picture
				return nil, 0, false
			}
			return img, 0, true
		}
		if end = at; len(data)-end > 64<<20 {
			return nil, 0, false
		}
	}
}

// same counts the rows from the top in which two pictures are equal.
func same(a, b image.Image) int {
	r := a.Bounds()
	if r != b.Bounds() {
		return 0
	}
	x, ok1 := a.(*image.YCbCr)
	y, ok2 := b.(*image.YCbCr)
	for row := range r.Dy() {
		if ok1 && ok2 {
			i, j := x.YOffset(r.Min.X, r.Min.Y+row), y.YOffset(r.Min.X, r.Min.Y+row)
			c, d := x.COffset(r.Min.X, r.Min.Y+row), y.COffset(r.Min.X, r.Min.Y+row)
			n := x.COffset(r.Max.X-1, r.Min.Y+row) - c + 1
			if !bytes.Equal(x.Y[i:i+r.Dx()], y.Y[j:j+r.Dx()]) || !bytes.Equal(x.Cb[c:c+n], y.Cb[d:d+n]) || !bytes.Equal(x.Cr[c:c+n], y.Cr[d:d+n]) {
				return row
			}
			continue
		}
		for col := r.Min.X; col < r.Max.X; col++ {
			if a.At(col, r.Min.Y+row) != b.At(col, r.Min.Y+row) {
				return row
			}
		}
	}
	return r.Dy()
}

// top copies the upper rows.
func top(img image.Image, rows int) image.Image {
	b := img.Bounds()
	b.Max.Y = min(b.Max.Y, b.Min.Y+rows)
	if s, ok := img.(interface {
		SubImage(image.Rectangle) image.Image
	}); ok {
		return s.SubImage(b)
	}
	out := image.NewRGBA(b)
	draw.Draw(out, b, img, b.Min, draw.Src)
	return out
}

type counter struct {
	r io.Reader
	n int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}
