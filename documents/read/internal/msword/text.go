package msword

import (
	"strings"
	"unicode/utf16"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Document is what was read.
type Document struct {
	Body     []flow.Block
	Notes    []flow.Block // footnotes and endnotes
	Boxes    []flow.Block // text boxes
	Headers  []flow.Block // headers and footers, and text boxes in them
	Comments bool         // there are comments; they are no part of the text
	Changes  bool         // there are tracked changes; what is deleted was left out
	Hidden   string       // text formatted as hidden, left out
	Cut      bool         // the text breaks off
}

// Read reads a document; limit bounds the text, in bytes.
func Read(s Streams, limit int) (*Document, error) {
	f, err := open(s)
	if err != nil {
		return nil, err
	}
	d := &Document{}
	r := &reader{doc: d, left: limit, paras: &lookup{}, chars: &lookup{}}
	if f.old {
		r.oldText(f)
		return d, nil
	}
	pieces, err := f.pieces()
	if len(pieces) == 0 {
		return nil, err
	}
	d.Cut = err != nil
	r.pieces, r.word = pieces, f.word
	r.paras.runs, r.chars.runs = f.runs(plcPapx, true), f.runs(plcChpx, false)
	r.lists, r.styles = f.lists(), f.styles()
	at := 0
	for i, to := range []*[]flow.Block{&d.Body, &d.Notes, &d.Headers, nil, nil, &d.Notes, &d.Boxes, &d.Headers} {
		from := at
		at += f.parts[i]
		if i == 4 {
			d.Comments = f.parts[i] > 1
		}
		if to != nil {
			r.part(to, from, at)
		}
	}
	return d, nil
}

// oldText reads Word 6 and 95: bytes of the code page, here 936, paragraphs ended by a carriage return.
func (r *reader) oldText(f *fib) {
	raw := f.word[f.min:min(f.mac, f.min+r.left)]
	text, err := simplifiedchinese.GBK.NewDecoder().Bytes(raw)
	if err != nil {
		text, _ = charmap.Windows1252.NewDecoder().Bytes(raw)
	}
	for _, l := range strings.FieldsFunc(string(text), func(c rune) bool { return c == '\r' || c == '\f' || c == '\v' }) {
		r.out(&r.doc.Body, strings.ReplaceAll(l, "\x07", "\t"))
	}
}

func (r *reader) out(to *[]flow.Block, text string) {
	if strings.TrimSpace(text) != "" {
		*to = append(*to, flow.Block{Text: text})
	}
}

// windows maps the bytes 0x80-0x9F of a compressed piece (2.9.73).
var windows = func() (m [256]rune) {
	for i := range m {
		m[i] = charmap.Windows1252.DecodeByte(byte(i))
	}
	return m
}()

// each calls visit for the characters [from, to), with the byte that each lies at.
func (r *reader) each(from, to int, visit func(c rune, fc int)) {
	for _, p := range r.pieces {
		a, z := max(from, p.from), min(to, p.to)
		for cp := a; cp < z && r.left > 0; cp++ {
			if !p.wide {
				at := p.at + cp - p.from
				visit(windows[r.word[at]], at)
				continue
			}
			at := p.at + 2*(cp-p.from)
			c := rune(u16(r.word, at))
			if utf16.IsSurrogate(c) && cp+1 < z {
				if both := utf16.DecodeRune(c, rune(u16(r.word, at+2))); both != 0xFFFD {
					c = both
					cp++
				}
			}
			visit(c, at)
		}
	}
}
