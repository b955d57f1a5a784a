package raster

import (
	"encoding/binary"
)

// The tags that are looked at (TIFF 6.0, part 1 and technical note 2).
const (
	tagWidth        = 256
	tagHeight       = 257
	tagBits         = 258
	tagCompression  = 259
	tagPhotometric  = 262
	tagStrips       = 273
	tagOrientation  = 274
	tagSamples      = 277
	tagRowsPerStrip = 278
	tagStripBytes   = 279
	tagXResolution  = 282
	tagPlanar       = 284
	tagT4Options    = 292
	tagUnit         = 296
	tagTileWidth    = 322
	tagTileHeight   = 323
	tagTiles        = 324
	tagTileBytes    = 325
	tagExtraSamples = 338
	tagJPEGTables   = 347
	tagJPEGStart    = 513
	tagJPEGLength   = 514
)

const maxEntries = 2_000

// entry is one entry of an image file directory; at is where its values stand in the file.
type entry struct {
	tag, kind uint16
	count     uint32
	at        int
	raw       [4]byte
}

// directory is one page of a TIFF, or the head of EXIF data.
type directory struct {
	b     []byte
	order binary.ByteOrder
	list  map[uint16]entry
	next  uint32
}

var kindSize = [...]int{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8}

func byteOrder(b []byte) binary.ByteOrder {
	if len(b) > 0 && b[0] == 'M' {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// readIFD reads the directory at an offset. Entries whose values lie outside the file are left out.
func readIFD(b []byte, offset uint32) (*directory, error) {
	d := &directory{b: b, order: byteOrder(b), list: map[uint16]entry{}}
	if uint64(offset)+2 > uint64(len(b)) || offset < 8 {
		return nil, ErrCorrupt
	}
	n := int(d.order.Uint16(b[offset:]))
	at := int(offset) + 2
	if n == 0 || n > maxEntries || at+12*n > len(b) {
		return nil, ErrCorrupt
	}
	for i := range n {
		p := b[at+12*i:]
		e := entry{tag: d.order.Uint16(p), kind: d.order.Uint16(p[2:]), count: d.order.Uint32(p[4:])}
		copy(e.raw[:], p[8:12])
		if int(e.kind) >= len(kindSize) || kindSize[e.kind] == 0 {
			continue
		}
		size := uint64(kindSize[e.kind]) * uint64(e.count)
		e.at = at + 12*i + 8
		if size > 4 {
			v := uint64(d.order.Uint32(p[8:]))
			if v+size > uint64(len(b)) {
				continue
			}
			e.at = int(v)
		}
		if _, there := d.list[e.tag]; !there {
			d.list[e.tag] = e
		}
	}
	if end := at + 12*n; end+4 <= len(b) {
		d.next = d.order.Uint32(b[end:])
	}
	return d, nil
}

// firstIFD reads the first directory of EXIF data or a TIFF.
func firstIFD(b []byte) (*directory, error) {
	if len(b) < 8 {
		return nil, ErrCorrupt
	}
	return readIFD(b, byteOrder(b).Uint32(b[4:]))
}

// value is the i-th value of a tag of whole numbers, otherwise when it is not there.
func (d *directory) value(tag uint16, i int, otherwise int) int {
	e, ok := d.list[tag]
	if !ok || i < 0 || uint32(i) >= e.count {
		return otherwise
	}
	switch e.kind {
	case 1, 6, 7:
		return int(d.b[e.at+i])
	case 3, 8:
		return int(d.order.Uint16(d.b[e.at+2*i:]))
	case 4, 9:
		return int(d.order.Uint32(d.b[e.at+4*i:]))
	}
	return otherwise
}

// bytes are the values of a tag as they stand.
func (d *directory) bytes(tag uint16) []byte {
	e, ok := d.list[tag]
	if !ok {
		return nil
	}
	return d.b[e.at : e.at+kindSize[e.kind]*int(e.count)]
}

func (d *directory) orientation() int {
	if o := d.value(tagOrientation, 0, 1); o >= 1 && o <= 8 {
		return o
	}
	return 1
}

// dpi is the resolution across; unit 3 is centimetres, 1 none.
func (d *directory) dpi() float64 {
	e, ok := d.list[tagXResolution]
	if !ok || e.kind != 5 || e.count < 1 {
		return 0
	}
	over := d.order.Uint32(d.b[e.at+4:])
	if over == 0 {
		return 0
	}
	v := float64(d.order.Uint32(d.b[e.at:])) / float64(over)
	switch d.value(tagUnit, 0, 2) {
	case 3:
		v *= 2.54
	case 1:
		return 0
	}
	return sane(v)
}
