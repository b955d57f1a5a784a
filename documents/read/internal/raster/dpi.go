package raster

import (
	"bytes"
	"encoding/binary"
)

// resolution reads dots per inch across and the EXIF orientation from a file's head; 0 and 1 where it says nothing.
func resolution(format string, b []byte) (dpi float64, orientation int) {
	orientation = 1
	switch format {
	case "png":
		dpi = pngDPI(b)
	case "bmp":
		if len(b) >= 42 {
			dpi = sane(float64(int32(binary.LittleEndian.Uint32(b[38:]))) * 0.0254)
		}
	case "jpeg":
		jfif, exif := 0.0, 0.0
		segments(b, func(marker byte, seg []byte) bool {
			switch {
			case marker == 0xe0 && len(seg) >= 12 && bytes.HasPrefix(seg, []byte("JFIF\x00")):
				per := float64(binary.BigEndian.Uint16(seg[8:]))
				if seg[7] == 1 {
					jfif = sane(per)
				} else if seg[7] == 2 {
					jfif = sane(per * 2.54)
				}
			case marker == 0xe1 && bytes.HasPrefix(seg, []byte("Exif\x00\x00")):
				if d, err := firstIFD(seg[6:]); err == nil {
					exif, orientation = d.dpi(), d.orientation()
				}
			}
			return marker != 0xda
		})
		if dpi = jfif; exif > 0 && (dpi == 0 || dpi == 72) { // 72 is what writers put that know of none
			dpi = exif
		}
	}
	return dpi, orientation
}

// sane drops resolutions that no scanner or camera has.
func sane(dpi float64) float64 {
	if dpi < 20 || dpi > 10_000 {
		return 0
	}
	return dpi
}

// pngDPI reads the pHYs chunk, pixels a metre.
func pngDPI(b []byte) float64 {
	for at := 8; at+12 <= len(b); {
		n := int(binary.BigEndian.Uint32(b[at:]))
		kind := string(b[at+4 : at+8])
		if n < 0 || n > len(b)-at-12 || kind == "IDAT" {
			return 0
		}
		if kind == "pHYs" && n >= 9 && b[at+16] == 1 {
			return sane(float64(binary.BigEndian.Uint32(b[at+8:])) * 0.0254)
		}
		at += 12 + n
	}
	return 0
}

// segments walks over the marker segments of a JPEG up to its first scan, as long as visit wants more.
func segments(b []byte, visit func(marker byte, seg []byte) bool) {
	if !bytes.HasPrefix(b, []byte{0xff, 0xd8}) {
		return
	}
	for at := 2; at+4 <= len(b); {
		if b[at] != 0xff {
			return
		}
		marker := b[at+1]
		if marker == 0xff { // fill
			at++
			continue
		}
		n := int(binary.BigEndian.Uint16(b[at+2:]))
		if n < 2 || at+2+n > len(b) || !visit(marker, b[at+4:at+2+n]) {
			return
		}
		at += 2 + n
	}
}
