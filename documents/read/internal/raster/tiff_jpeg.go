package raster

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
)

// jpeg decodes a page whose strips or tiles are JPEG streams that share the tables of tag 347 (technical note 2).
func (d *directory) jpeg(width, height int) (image.Image, error) {
	offsets, sizes := uint16(tagStrips), uint16(tagStripBytes)
	w, h := width, min(max(d.value(tagRowsPerStrip, 0, height), 1), height)
	if tw := d.value(tagTileWidth, 0, 0); tw > 0 {
		offsets, sizes, w, h = tagTiles, tagTileBytes, tw, d.value(tagTileHeight, 0, 0)
		if h <= 0 {
			return nil, ErrCorrupt
		}
	}
	across, down := (width+w-1)/w, (height+h-1)/h
	if across > 1<<16 || down > 1<<16 || uint32(across*down) > d.list[offsets].count {
		return nil, ErrCorrupt
	}
	var out draw.Image = image.NewRGBA(image.Rect(0, 0, width, height))
	if d.value(tagPhotometric, 0, 6) <= 1 {
		out = image.NewGray(image.Rect(0, 0, width, height))
	}
	tables := stripped(d.bytes(tagJPEGTables))
	read := 0
	for i := range across * down {
		at, n := d.value(offsets, i, 0), d.value(sizes, i, 0)
		if at <= 0 || n <= 0 || n > len(d.b) || at > len(d.b)-n {
			continue
		}
		stream := d.stream(d.b[at:at+n], tables)
		cfg, err := jpeg.DecodeConfig(bytes.NewReader(stream))
		if err != nil || cfg.Width > 2*w+16 || cfg.Height > 2*h+16 {
			continue
		}
		img, err := jpeg.Decode(bytes.NewReader(stream))
		if err != nil {
			continue
		}
		x, y := i%across*w, i/across*h
		draw.Draw(out, image.Rect(x, y, x+w, y+h), img, img.Bounds().Min, draw.Src)
		read++
	}
	if read == 0 {
		return nil, ErrCorrupt
	}
	return out, nil
}

// stream puts the shared tables before a strip's own data. Three samples that the TIFF calls RGB need the marker that
// keeps the decoder from taking them for YCbCr.
func (d *directory) stream(strip, tables []byte) []byte {
	out := []byte{0xff, 0xd8}
	if d.value(tagPhotometric, 0, 6) == 2 {
		out = append(out, 0xff, 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0)
	}
	out = append(out, tables...)
	if len(strip) > 2 && strip[0] == 0xff && strip[1] == 0xd8 {
		strip = strip[2:]
	}
	return append(out, strip...)
}

// stripped takes the start and end markers off a tables-only stream.
func stripped(b []byte) []byte {
	b = bytes.TrimPrefix(b, []byte{0xff, 0xd8})
	return bytes.TrimSuffix(b, []byte{0xff, 0xd9})
}

// oldJPEG decodes the JPEG of TIFF 6.0 where it is one whole stream, which is what most writers made of it.
func (d *directory) oldJPEG(pixels int) (image.Image, error) {
	at, n := d.value(tagJPEGStart, 0, 0), d.value(tagJPEGLength, 0, 0)
	if at == 0 && d.list[tagStrips].count == 1 {
		at, n = d.value(tagStrips, 0, 0), d.value(tagStripBytes, 0, 0)
	}
	if at <= 0 || at >= len(d.b) {
		return nil, ErrUnsupported
	}
	if n <= 0 || n > len(d.b)-at {
		n = len(d.b) - at
	}
	b := d.b[at : at+n]
	cfg, err := jpeg.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return nil, ErrUnsupported
	}
	if err := allowed(cfg.Width, cfg.Height, pixels); err != nil {
		return nil, err
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, ErrCorrupt
	}
	return img, nil
}
