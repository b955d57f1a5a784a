package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"github.com/xindiao/xindiao/dossier"
)

// maxLayout bounds what a stored layout may unpack to.
const maxLayout = 256 << 20

var (
	packer, _   = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest))
	unpacker, _ = zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxLayout), zstd.WithDecoderConcurrency(1))
)

// Pack makes the JSON of v small; the same value gives the same bytes.
func Pack(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return packer.EncodeAll(b, nil), nil
}

// Unpack reads what Pack wrote.
func Unpack(data []byte, v any) error {
	b, err := unpacker.DecodeAll(data, nil)
	if err != nil {
		return fmt.Errorf("store: unpack: %w", err)
	}
	return json.Unmarshal(b, v)
}

// PackPage packs a page without Number, Name and Text, which are columns of their own.
func PackPage(p dossier.Page) ([]byte, error) {
	p.Number, p.Name, p.Text = 0, "", ""
	return Pack(p)
}

// UnpackPage is the page again.
func UnpackPage(number int, name, text string, layout []byte) (dossier.Page, error) {
	var p dossier.Page
	if err := Unpack(layout, &p); err != nil {
		return p, err
	}
	p.Number, p.Name, p.Text = number, name, text
	return p, nil
}

// PackDocument packs a document without its Pages and Fields.
func PackDocument(d *dossier.Document) ([]byte, error) {
	c := *d
	c.Pages, c.Fields = nil, nil
	return Pack(c)
}

// DocumentHash tells whether a document, as read and cut, is what an earlier intake wrote. Vectors do not count. What
// there is most of is written with its length instead of as JSON, which takes a quarter of an intake.
func DocumentHash(d *dossier.Document, ix FileIndex) (string, error) {
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(d); err != nil {
		return "", err
	}
	var b []byte
	text := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	text(ix.Blob)
	text(ix.Period)
	b = binary.AppendUvarint(b, uint64(len(ix.Segment)))
	h.Write(b)
	h.Write(ix.Segment)
	for i := range ix.Chunks {
		c := &ix.Chunks[i]
		b = b[:0]
		for _, n := range [...]int{c.Page, c.Line, c.Start, c.End, c.FileStart, c.FileEnd} {
			b = binary.AppendVarint(b, int64(n))
		}
		for _, s := range [...]string{c.Kind, c.Cell, c.Clause, c.Period, c.Text, c.Context} {
			text(s)
		}
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
