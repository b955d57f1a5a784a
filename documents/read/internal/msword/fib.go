// Package msword reads the text and tables of Word 97-2003 documents (DOC, and WPS's own .wps): MS-DOC, by piece table.
package msword

import (
	"encoding/binary"
	"errors"
)

// Errors of a document that cannot be read.
var (
	ErrFormat    = errors.New("msword: not a Word document")
	ErrEncrypted = errors.New("msword: encrypted")
)

// Streams are what of the container is needed.
type Streams struct {
	Word []byte // WordDocument
	T0   []byte // 0Table
	T1   []byte // 1Table
	Data []byte // pictures
}

// fib is what of the File Information Block (MS-DOC 2.5) is needed.
type fib struct {
	word, table, data []byte

	parts    [8]int // characters of body, footnotes, headers, macros, comments, endnotes, text boxes, boxes in headers
	old      bool   // Word 6 and 95: bytes of a code page
	min, mac int    // where the text of such a document lies
}

// Places in fibRgFcLcb97 (2.5.6).
const (
	plcChpx = 12
	plcPapx = 13
	clx     = 33
)

func open(s Streams) (*fib, error) {
	w := s.Word
	if len(w) < 0x1AA {
		return nil, ErrFormat
	}
	ident, version, flags := u16(w, 0), u16(w, 2), u16(w, 10)
	if ident != 0xA5EC && ident != 0xA5DC {
		return nil, ErrFormat
	}
	if flags&0x0100 != 0 {
		return nil, ErrEncrypted
	}
	f := &fib{word: w, table: s.T0, data: s.Data}
	if flags&0x0200 != 0 {
		f.table = s.T1
	}
	if version < 0xC1 {
		f.old = true
		f.min, f.mac = int(u32(w, 24)), int(u32(w, 28))
		if f.min < 0 || f.min >= f.mac || f.min >= len(w) {
			return nil, ErrFormat
		}
		f.mac = min(f.mac, len(w))
		return f, nil
	}
	for i := range f.parts {
		n := int32(u32(w, 76+4*i))
		if n < 0 || n > 1<<28 {
			return nil, ErrFormat
		}
		f.parts[i] = int(n)
	}
	return f, nil
}

// block returns the part of the table stream that entry i of fibRgFcLcb names.
func (f *fib) block(i int) []byte {
	at, n := int64(u32(f.word, 154+8*i)), int64(u32(f.word, 158+8*i))
	if n == 0 || at+n > int64(len(f.table)) {
		return nil
	}
	return f.table[at : at+n]
}

// piece is a stretch of text as it lies in the file: characters [from, to) at byte at.
type piece struct {
	from, to int
	at       int
	wide     bool
}

// pieces reads the piece table (2.8.35, 2.9.38): the order of the text, whatever order saving fast left in the file.
func (f *fib) pieces() ([]piece, error) {
	b := f.block(clx)
	for len(b) >= 3 && b[0] == 1 { // Prc: properties of pieces
		n := 3 + u16(b, 1)
		if n > len(b) {
			return nil, ErrFormat
		}
		b = b[n:]
	}
	if len(b) < 5 || b[0] != 2 {
		return nil, ErrFormat
	}
	b = b[5:min(len(b), 5+int(u32(b, 1)))]
	n := (len(b) - 4) / 12
	var out []piece
	for i := range max(n, 0) {
		p := piece{from: int(u32(b, 4*i)), to: int(u32(b, 4*i+4))}
		at := u32(b, 4*(n+1)+8*i+2)
		p.wide = at&(1<<30) == 0
		p.at = int(at &^ (3 << 30))
		size := 2
		if !p.wide {
			p.at, size = p.at/2, 1
		}
		if p.from > p.to || i > 0 && p.from != out[i-1].to || p.at > len(f.word) {
			return out, ErrFormat
		}
		if room := (len(f.word) - p.at) / size; p.to-p.from > room {
			p.to = p.from + room
			return append(out, p), ErrFormat
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		return nil, ErrFormat
	}
	return out, nil
}

// u16 and u32 read little-endian numbers, 0 behind the end.
func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func u32(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}
