package raster

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"io"
)

const maxRaw = 400 << 20 // bytes of rows that are held for mending

// repairPNG decodes the rows that are there of a PNG that breaks off or whose checksums are wrong: they are packed
// into a whole file again, with empty rows for the rest, which is then cut away. Interlaced ones are not mended.
func repairPNG(data []byte) (img image.Image, missing float64, ok bool) {
	const sign = "\x89PNG\r\n\x1a\n"
	var head, body []byte
	out := bytes.NewBufferString(sign)
	for at := len(sign); at+8 <= len(data); {
		n, kind := int(binary.BigEndian.Uint32(data[at:])), string(data[at+4:at+8])
		end := at + 8 + n
		if n < 0 || end < at || end > len(data) {
			if kind != "IDAT" {
				break
			}
			end = len(data) // the chunk that breaks off
		}
		chunk := data[at+8 : end]
		switch kind {
		case "IHDR":
			head = chunk
			write(out, kind, chunk)
		case "PLTE", "tRNS":
			write(out, kind, chunk)
		case "IDAT":
			body = append(body, chunk...)
		}
		at = end + 4
	}
	if len(head) != 13 || head[12] != 0 {
		return nil, 0, false
	}
	w, h := int(binary.BigEndian.Uint32(head)), int(binary.BigEndian.Uint32(head[4:]))
	samples := map[byte]int{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[head[9]]
	row := 1 + (w*samples*int(head[8])+7)/8
	if samples == 0 || w <= 0 || h <= 0 || row > maxRaw/h {
		return nil, 0, false
	}
	z, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, 0, false
	}
	pixels, _ := io.ReadAll(io.LimitReader(z, int64(row)*int64(h)))
	rows := len(pixels) / row
	if rows < 16 && rows < h || 20*rows < h {
		return nil, 0, false
	}
	var packed bytes.Buffer
	pack, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	if err != nil {
		return nil, 0, false
	}
	_, err = pack.Write(pixels[:rows*row])
	for empty, y := make([]byte, row), rows; y < h && err == nil; y++ {
		_, err = pack.Write(empty)
	}
	if err != nil || pack.Close() != nil {
		return nil, 0, false
	}
	write(out, "IDAT", packed.Bytes())
	write(out, "IEND", nil)
	if img, err = png.Decode(out); err != nil {
		return nil, 0, false
	}
	return top(img, rows), 1 - float64(rows)/float64(h), true
}

// write adds a chunk with its checksum.
func write(out *bytes.Buffer, kind string, body []byte) {
	b := append([]byte(kind), body...)
	_ = binary.Write(out, binary.BigEndian, uint32(len(body)))
	out.Write(b)
	_ = binary.Write(out, binary.BigEndian, crc32.ChecksumIEEE(b))
}
