package raster

import (
	"encoding/binary"
)

// IsHEIF tells HEIC and HEIF photos by their file type box (ISO/IEC 14496-12 clause 4.3, 23008-12 annex B).
func IsHEIF(b []byte) bool {
	if len(b) < 16 || string(b[4:8]) != "ftyp" {
		return false
	}
	n := min(int(binary.BigEndian.Uint32(b)), len(b), 256)
	for at := 8; at+4 <= n; at += 4 {
		switch string(b[at : at+4]) {
		case "heic", "heix", "heim", "heis", "hevc", "hevx":
			return true
		}
	}
	return false
}

// HEIFSize is the size of the largest picture that a HEIF file describes, before any of it is decoded; ok is false
// when it describes none.
func HEIFSize(b []byte) (width, height int, ok bool) {
	left := 10_000
	var walk func(b []byte, depth int)
	walk = func(b []byte, depth int) {
		for len(b) >= 8 && depth < 8 && left > 0 {
			left--
			n, head := uint64(binary.BigEndian.Uint32(b)), 8
			kind := string(b[4:8])
			switch {
			case n == 0: // up to the end
				n = uint64(len(b))
			case n == 1 && len(b) >= 16:
				n, head = binary.BigEndian.Uint64(b[8:]), 16
			}
			if n < uint64(head) || n > uint64(len(b)) {
				return
			}
			body := b[head:n]
			switch kind {
			case "meta":
				if len(body) > 4 {
					walk(body[4:], depth+1) // version and flags come first
				}
			case "iprp", "ipco", "moov", "trak", "mdia", "minf", "stbl":
				walk(body, depth+1)
			case "ispe":
				if len(body) >= 12 {
					w, h := binary.BigEndian.Uint32(body[4:]), binary.BigEndian.Uint32(body[8:])
					if uint64(w)*uint64(h) > uint64(width)*uint64(height) {
						width, height, ok = int(w), int(h), true
					}
				}
			}
			b = b[n:]
		}
	}
	walk(b, 0)
	return width, height, ok
}
