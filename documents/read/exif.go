package read

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"io"
	"os"
)

func openSeeker(path string) (*os.File, error) { return os.Open(path) }

func readPart(f *zip.File, limit int64) (*bytes.Reader, error) {
	src, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer src.Close()
	data, err := io.ReadAll(io.LimitReader(src, limit))
	return bytes.NewReader(data), err
}

// orientation reads the EXIF tag 0x0112 of a JPEG: 1 upright, 3, 6, 8 turned, the even ones mirrored. 1 when there is none.
func orientation(r io.Reader) int {
	head := make([]byte, 64<<10)
	n, _ := io.ReadFull(r, head)
	b := head[:n]
	if !bytes.HasPrefix(b, []byte{0xff, 0xd8}) {
		return 1
	}
	for b = b[2:]; len(b) > 4 && b[0] == 0xff; {
		size := int(binary.BigEndian.Uint16(b[2:]))
		if size < 2 || size+2 > len(b) || b[1] == 0xda {
			return 1
		}
		if seg := b[4 : 2+size]; b[1] == 0xe1 && bytes.HasPrefix(seg, []byte("Exif\x00\x00")) {
			return tiffOrientation(seg[6:])
		}
		b = b[2+size:]
	}
	return 1
}

func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if b[0] == 'M' {
		order = binary.BigEndian
	}
	at := order.Uint32(b[4:])
	if uint64(at)+2 > uint64(len(b)) {
		return 1
	}
	n := int(order.Uint16(b[at:]))
	for i := range n {
		e := uint64(at) + 2 + uint64(i)*12
		if e+12 > uint64(len(b)) {
			return 1
		}
		if order.Uint16(b[e:]) == 0x0112 {
			if v := int(order.Uint16(b[e+8:])); v >= 1 && v <= 8 {
				return v
			}
		}
	}
	return 1
}

// orient turns and mirrors an image as its EXIF orientation asks.
func orient(img image.Image, o int) image.Image {
	if o <= 1 || o > 8 {
		return img
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	ow, oh := w, h
	if o >= 5 {
		ow, oh = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, ow, oh))
	for y := range h {
		for x := range w {
			var dx, dy int
			switch o {
			case 2:
				dx, dy = w-1-x, y
			case 3:
				dx, dy = w-1-x, h-1-y
			case 4:
				dx, dy = x, h-1-y
			case 5:
				dx, dy = y, x
			case 6:
				dx, dy = h-1-y, x
			case 7:
				dx, dy = h-1-y, w-1-x
			case 8:
				dx, dy = y, w-1-x
			}
			out.SetRGBA(dx, dy, color.RGBAModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.RGBA))
		}
	}
	return out
}
