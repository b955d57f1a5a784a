package read

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/ole"
	"github.com/xindiao/xindiao/documents/read/internal/xmlscan"
)

// attached hands over the files that an office file holds as objects: whole documents that a borrower dropped into a
// letter. The data behind its charts are none.
func (r *reading) attached(parts map[string]*zip.File, names []string, root string) error {
	charts := chartData(parts, names, root)
	for _, n := range names {
		f := parts[n]
		if path.Dir(n) != root+"/embeddings" || charts[n] || f.UncompressedSize64 == 0 || f.UncompressedSize64 > uint64(r.lim.FileBytes) {
			continue
		}
		data, err := readPart(f, r.lim.FileBytes)
		if err != nil {
			continue // what of the object is broken is no part of the text
		}
		name, body := path.Base(f.Name), io.Reader(data)
		if path.Ext(n) == ".bin" {
			if name, body = unwrap(data, name, r.lim.FileBytes); body == nil {
				continue
			}
		}
		if err := r.member(name, body); err != nil {
			if errors.Is(err, errEnough) {
				return nil // said already; the document itself is read
			}
			return err
		}
	}
	return nil
}

// chartData lists the parts that charts refer to.
func chartData(parts map[string]*zip.File, names []string, root string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		if path.Dir(n) != root+"/charts/_rels" {
			continue
		}
		src, err := parts[n].Open()
		if err != nil {
			continue
		}
		for s := xmlscan.New(io.LimitReader(src, 1<<20)); ; {
			kind, err := s.Next()
			if err != nil {
				break
			}
			if kind == xmlscan.Start && len(out) < maxPictures*100 {
				out[strings.ToLower(path.Join(root+"/charts", string(s.Attr("Target"))))] = true
			}
		}
		src.Close()
	}
	return out
}

// unwrap takes the file out of an OLE object: a package as Windows makes one, a PDF, an OOXML file, or a document that
// is the object itself. The body is nil for anything else, such as a formula.
func unwrap(data *bytes.Reader, name string, limit int64) (string, io.Reader) {
	c, err := ole.Open(data, data.Size())
	if err != nil {
		return "", nil
	}
	name = strings.TrimSuffix(name, path.Ext(name))
	switch {
	case c.Has("WordDocument"):
		return name + ".doc", io.NewSectionReader(data, 0, data.Size())
	case c.Has("Workbook"):
		return name + ".xls", io.NewSectionReader(data, 0, data.Size())
	}
	for _, stream := range []string{"Package", "CONTENTS", "Ole10Native"} {
		b, _ := c.Stream(stream, limit)
		switch {
		case stream == "Ole10Native":
			if label, body := oleNative(b); body != nil {
				return label, bytes.NewReader(body)
			}
		case bytes.HasPrefix(b, []byte("%PDF-")):
			return name + ".pdf", bytes.NewReader(b)
		case bytes.HasPrefix(b, []byte("PK\x03\x04")):
			return name, bytes.NewReader(b)
		}
	}
	return "", nil
}

// oleNative reads an Ole10Native stream: a label, two paths, and the file's bytes.
func oleNative(b []byte) (label string, body []byte) {
	text := func() string {
		s, rest, ok := bytes.Cut(b, []byte{0})
		if !ok {
			rest = nil
		}
		b = rest
		out, _ := decode(s)
		return out
	}
	if len(b) < 6 {
		return "", nil
	}
	b = b[6:] // size and flags
	label = text()
	text()
	if len(b) < 8 {
		return "", nil
	}
	b = b[8:] // kind, and the length of the next path
	text()
	if len(b) < 4 {
		return "", nil
	}
	n := binary.LittleEndian.Uint32(b)
	if n == 0 || uint64(n) > uint64(len(b)-4) {
		return "", nil
	}
	label = path.Base(strings.ReplaceAll(Clean(label), `\`, "/"))
	return label, b[4 : 4+n]
}
