package raster

import (
	"bytes"
	"image"
	"math/bits"

	"golang.org/x/image/ccitt"
)

// fax decodes Group 3 data whose rows end on byte boundaries, as fax programs and libtiff write it (T4Options bit 2,
// TIFF 6.0 section 11): x/image does not know the filling before an end of line. Every row is decoded by itself, so
// that a damaged one costs only itself.
func (d *directory) fax(width, height int) (image.Image, error) {
	rows := max(d.value(tagRowsPerStrip, 0, height), 1)
	dark := byte(0)
	if d.value(tagPhotometric, 0, 0) == 1 {
		dark = 0xff // black runs stand for ones, and ones are white
	}
	out := image.NewGray(image.Rect(0, 0, width, height))
	for i := range out.Pix {
		out.Pix[i] = ^dark
	}
	read := 0
	for y, i := 0, 0; y < height && i < 1<<16; y, i = y+min(rows, height), i+1 {
		at, n := d.value(tagStrips, i, 0), d.value(tagStripBytes, i, 0)
		if at <= 0 || n <= 0 || n > len(d.b) || at > len(d.b)-n {
			break
		}
		strip := d.b[at : at+n]
		if d.value(266, 0, 1) == 2 { // FillOrder: the lowest bit first
			strip = append([]byte(nil), strip...)
			for j, b := range strip {
				strip[j] = bits.Reverse8(b)
			}
		}
		for k, row := range lines(strip, min(rows, height-y)) {
			line := image.NewGray(image.Rect(0, 0, width, 1))
			err := ccitt.DecodeIntoGray(line, bytes.NewReader(row), ccitt.MSB, ccitt.Group3, &ccitt.Options{Invert: dark == 0xff})
			if err == nil {
				copy(out.Pix[(y+k)*out.Stride:], line.Pix)
				read++
			}
		}
	}
	if read == 0 {
		return nil, ErrCorrupt
	}
	return out, nil
}

// lines cuts a strip at its ends of line, eleven zeros and a one that end on a byte boundary, and puts one before
// every row, where the decoder wants it: the row is moved by half a byte.
func lines(b []byte, most int) (out [][]byte) {
	start := -1
	cut := func(end int) {
		if start < 0 || end <= start || len(out) >= most {
			return
		}
		row := make([]byte, 0, end-start+4)
		row = append(row, 0, 0x10|b[start]>>4)
		for i := start; i < end; i++ {
			next := byte(0)
			if i+1 < end {
				next = b[i+1] >> 4
			}
			row = append(row, b[i]<<4|next)
		}
		out = append(out, append(row, 0))
	}
	for i := 0; i+1 < len(b); i++ {
		if b[i]&0x0f == 0 && b[i+1] == 1 {
			cut(i + 1) // the upper half may still belong to the row
			start = i + 2
			i++
		}
	}
	cut(len(b))
	return out
}
