package pdfium

import (
	"encoding/binary"
	"unicode/utf16"
)

// File is a file within the document.
type File struct {
	Name string
	Data []byte // nil when it is larger than the limit or cannot be taken out
}

// Files takes out the files that the document carries as a whole, at most that many, none of more than limit bytes.
func (r *Raw) Files(most int, limit int64) (out []File, err error) {
	count, err := r.call("FPDFDoc_GetAttachmentCount", r.doc)
	n := int(int32(uint32(count)))
	if err != nil || n <= 0 {
		return nil, err
	}
	for i := range min(n, most) {
		a, err := r.call("FPDFDoc_GetAttachment", r.doc, uint64(i))
		if err != nil {
			return out, err
		}
		if a == 0 {
			continue
		}
		f, err := r.file(a, limit)
		if err != nil {
			return out, err
		}
		out = append(out, f)
	}
	return out, nil
}

// file reads name and contents of one.
func (r *Raw) file(a uint64, limit int64) (f File, err error) {
	n, err := r.call("FPDFAttachment_GetName", a, r.at(0), bufSize)
	if err != nil {
		return f, err
	}
	if n := min(uint32(n), bufSize); n > 2 {
		b := r.read(n - 2)
		w := make([]uint16, len(b)/2)
		for i := range w {
			w[i] = binary.LittleEndian.Uint16(b[2*i:])
		}
		f.Name = string(utf16.Decode(w))
	}
	ok, err := r.call("FPDFAttachment_GetFile", a, 0, 0, r.at(0))
	if err != nil {
		return f, err
	}
	size := u32(r.read(4), 0)
	if uint32(ok) == 0 || int64(size) > limit {
		return f, nil
	}
	if size == 0 {
		f.Data = []byte{}
		return f, nil
	}
	p, err := r.call("malloc", uint64(size))
	if err != nil || p == 0 {
		return f, err
	}
	ok, err = r.call("FPDFAttachment_GetFile", a, p, uint64(size), r.at(0))
	if err != nil {
		return f, err
	}
	if b, in := r.mod.Memory().Read(uint32(p), size); in && uint32(ok) != 0 {
		f.Data = append([]byte{}, b...)
	}
	_, err = r.call("free", p)
	return f, err
}
