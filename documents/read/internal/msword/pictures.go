package msword

import "bytes"

// maxPictures bounds how many pictures are taken out of a document.
const maxPictures = 60

// Pictures finds the JPEG, PNG and TIFF pictures of a document: drawing records (MS-ODRAW 2.2.23, OfficeArtBlip) in the
// Data stream, where pictures in the text lie, and behind the text, where floating ones do.
func Pictures(s Streams) (out [][]byte) {
	for _, b := range [][]byte{s.Data, s.Word} {
		for at := 0; len(out) < maxPictures; {
			i := bytes.IndexByte(b[at:], 0xF0) // the high byte of a drawing record's type
			if i < 0 {
				break
			}
			at += i + 1
			if pic, next := blip(b, at-4); pic != nil {
				out, at = append(out, pic), next
			}
		}
	}
	return out
}

// blip reads the picture record at a place, nil when there is none.
func blip(b []byte, at int) (pic []byte, next int) {
	var magic string
	switch u16(b, at+2) {
	case 0xF01D, 0xF02A:
		magic = "\xff\xd8\xff"
	case 0xF01E:
		magic = "\x89PNG"
	case 0xF029:
		magic = "II*\x00"
	default:
		return nil, 0
	}
	size := int(u32(b, at+4))
	if at < 0 || size < 64 || size > len(b)-at-8 {
		return nil, 0
	}
	body := b[at+8 : at+8+size]
	for _, head := range []int{17, 33} { // one or two identifiers and a tag
		if bytes.HasPrefix(body[head:], []byte(magic)) {
			return body[head:], at + 8 + size
		}
	}
	return nil, 0
}
