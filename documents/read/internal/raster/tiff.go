package raster

import (
	"bytes"
	"errors"
	"image"
	"io"
	"sort"

	"golang.org/x/image/tiff"
)

const maxPages = 5_000

// tiffFile is a TIFF whose pages are decoded one by one.
type tiffFile struct {
	data  []byte
	pages []*directory
	cut   bool
}

func isTIFF(b []byte) bool {
	return bytes.HasPrefix(b, []byte("II*\x00")) || bytes.HasPrefix(b, []byte("MM\x00*")) ||
		bytes.HasPrefix(b, []byte("II+\x00")) || bytes.HasPrefix(b, []byte("MM\x00+"))
}

// openTIFF lists the pages. A list that leads back on itself or out of the file ends there.
func openTIFF(b []byte) (*tiffFile, error) {
	if len(b) < 8 {
		return nil, ErrCorrupt
	}
	if b[2] == '+' || b[3] == '+' {
		return nil, ErrUnsupported // BigTIFF, for pictures beyond 4 GB
	}
	t := &tiffFile{data: b}
	seen := map[uint32]bool{}
	for at := byteOrder(b).Uint32(b[4:]); at != 0; {
		if seen[at] || len(t.pages) >= maxPages {
			t.cut = true
			break
		}
		seen[at] = true
		d, err := readIFD(b, at)
		if err != nil {
			t.cut = true
			break
		}
		if d.value(tagWidth, 0, 0) > 0 && d.value(254, 0, 0)&1 == 0 { // NewSubfileType bit 0: a smaller copy of another page
			t.pages = append(t.pages, d)
		}
		at = d.next
	}
	if len(t.pages) == 0 {
		return nil, ErrCorrupt
	}
	return t, nil
}

func (t *tiffFile) picture(i, pixels int) (image.Image, Info, error) {
	if i < 0 || i >= len(t.pages) {
		return nil, Info{}, ErrCorrupt
	}
	d := t.pages[i]
	info := Info{Width: d.value(tagWidth, 0, 0), Height: d.value(tagHeight, 0, 0), DPI: d.dpi(), Orientation: d.orientation()}
	if err := allowed(info.Width, info.Height, pixels); err != nil {
		return nil, info, err
	}
	if d.value(tagPlanar, 0, 1) == 2 && d.value(tagSamples, 0, 1) > 1 {
		return nil, info, ErrUnsupported
	}
	var img image.Image
	var err error
	switch options := d.value(tagT4Options, 0, 0); d.value(tagCompression, 0, 1) {
	case 3:
		switch {
		case options&1 != 0:
			err = ErrUnsupported // two-dimensional coding
		case options&4 != 0:
			img, err = d.fax(info.Width, info.Height)
		default:
			img, err = t.plain(d, info)
		}
	case 6:
		img, err = d.oldJPEG(pixels)
	case 7:
		img, err = d.jpeg(info.Width, info.Height)
	default:
		img, err = t.plain(d, info)
	}
	if err != nil {
		return nil, info, err
	}
	return img, info, nil
}

// plain decodes by x/image, which knows one page only, wants its tags in order and believes the sizes of strips and
// tiles: it is given a directory of our own behind the file's bytes.
func (t *tiffFile) plain(d *directory, info Info) (image.Image, error) {
	if w, h := d.value(tagTileWidth, 0, 0), d.value(tagTileHeight, 0, 0); w != 0 || h != 0 {
		if w <= 0 || h <= 0 || w > max(2*info.Width, 4096) || h > max(2*info.Height, 4096) {
			return nil, ErrCorrupt
		}
	}
	v := view{head: append([]byte(nil), t.data[:8]...), body: t.data, tail: d.rewritten(info.Height)}
	v.tailAt = int64(len(t.data)+1) &^ 1
	d.order.PutUint32(v.head[4:], uint32(v.tailAt))
	if v.tailAt > 1<<32-1 {
		return nil, ErrUnsupported
	}
	img, err := tiff.Decode(&struct {
		io.ReaderAt
		io.Reader
	}{v, nil})
	switch {
	case errors.As(err, new(tiff.UnsupportedError)):
		return nil, ErrUnsupported
	case err != nil:
		return nil, ErrCorrupt
	}
	if n, ok := img.(*image.NRGBA); ok && d.value(tagExtraSamples, 0, 0) == 0 { // a fourth sample that nobody named is no opacity
		for i := 3; i < len(n.Pix); i += 4 {
			n.Pix[i] = 0xff
		}
	}
	return img, nil
}

// rewritten is the directory as x/image wants it.
func (d *directory) rewritten(height int) []byte {
	var tags []int
	for tag := range d.list {
		tags = append(tags, int(tag))
	}
	sort.Ints(tags)
	out := make([]byte, 2+12*len(tags)+4)
	d.order.PutUint16(out, uint16(len(tags)))
	for i, tag := range tags {
		e := d.list[uint16(tag)]
		p := out[2+12*i:]
		d.order.PutUint16(p, e.tag)
		d.order.PutUint16(p[2:], e.kind)
		d.order.PutUint32(p[4:], e.count)
		copy(p[8:12], e.raw[:])
		switch {
		case e.tag == tagRowsPerStrip && d.value(tagRowsPerStrip, 0, height) > height:
			d.long(p, height) // "all rows" as 2^32-1 would allow as many bytes
		case e.tag == tagExtraSamples && d.value(tagExtraSamples, 0, 2) == 0:
			d.long(p, 2)
		}
	}
	return out
}

// long makes an entry one LONG.
func (d *directory) long(p []byte, v int) {
	d.order.PutUint16(p[2:], 4)
	d.order.PutUint32(p[4:], 1)
	d.order.PutUint32(p[8:], uint32(v))
}

// view is a file with another head and a tail.
type view struct {
	head, body, tail []byte
	tailAt           int64
}

func (v view) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) {
		at := off + int64(n)
		var src []byte
		switch {
		case at < 0:
			return n, io.ErrUnexpectedEOF
		case at < 8:
			src = v.head[at:]
		case at < int64(len(v.body)):
			src = v.body[at:]
		case at >= v.tailAt && at < v.tailAt+int64(len(v.tail)):
			src = v.tail[at-v.tailAt:]
		case at < v.tailAt:
			src = []byte{0}
		default:
			return n, io.EOF
		}
		n += copy(p[n:], src)
	}
	return n, nil
}
