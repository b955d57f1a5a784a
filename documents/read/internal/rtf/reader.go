package rtf

import (
	"strings"
	"unicode/utf16"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// reader makes blocks of control words and bytes.
type reader struct {
	data  []byte
	at    int
	left  int
	cells int
	doc   *Document
	out   *[]flow.Block

	state       state
	stack       []state
	first, star bool // at a group's beginning; behind \*

	page  int         // code page of bytes whose font says nothing
	fonts map[int]int // charset by font
	raw   []byte      // of the code page, not yet decoded
	high  rune        // first half of a pair of \u
	drop  int         // characters of fallback still to pass over

	labelAt    int  // where in the paragraph the label begins
	open, kept text // what is being gathered; the body's while a footnote or header is read
	hidden     strings.Builder
	pic        []byte
	half       bool // of a hexadecimal byte of a picture
}

// text is a paragraph, and the table around it.
type text struct {
	para  []byte
	cell  string
	row   []string
	edges []int
	merge []byte
	next  byte // merge mark of the cell whose edge comes next
	rows  []flow.Row
}

// byte takes one byte of text, or a digit of a picture.
func (r *reader) byte(c byte) {
	switch {
	case r.state.picture:
		r.digit(c)
	case r.drop > 0:
		r.drop--
	case !r.state.skip:
		r.raw = append(r.raw, c)
	}
}

// flush decodes the bytes gathered in the charset of their font.
func (r *reader) flush() {
	r.high = 0
	if len(r.raw) == 0 {
		return
	}
	var enc encoding.Encoding = simplifiedchinese.GB18030
	charset, known := r.fonts[r.state.font]
	switch {
	case known && charset == 136, charset != 134 && r.page == 950:
		enc = traditionalchinese.Big5
	case charset != 134 && r.page >= 1250 && r.page <= 1258:
		enc = charmap.Windows1252
	}
	out, err := enc.NewDecoder().Bytes(r.raw)
	if err != nil {
		out = r.raw
	}
	r.raw = r.raw[:0]
	r.say(string(out))
}

func (r *reader) rune(c rune) {
	r.flush()
	if !r.state.skip && !r.state.picture {
		r.say(string(c))
	}
}

// say adds decoded text to the paragraph.
func (r *reader) say(s string) {
	switch r.left -= len(s); {
	case r.left < 0:
	case r.state.deleted:
		r.doc.Changes = true
	case r.state.hidden:
		if r.hidden.Len() < maxTell {
			r.hidden.WriteString(s)
		}
	default:
		r.open.para = append(r.open.para, s...)
	}
}

// unicode takes a \u character, negative above 0x7FFF, and passes over its fallback.
func (r *reader) unicode(n int) {
	if r.state.skip || r.state.picture {
		return
	}
	high := r.high
	if len(r.raw) > 0 {
		r.flush()
		high = 0
	}
	c := rune(uint16(n))
	r.drop = r.state.uc
	switch {
	case utf16.IsSurrogate(c) && high == 0:
		r.high = c
		return
	case high != 0:
		if both := utf16.DecodeRune(high, c); both != 0xFFFD {
			c = both
		}
	}
	r.high = 0
	r.say(string(c))
}

// paragraph ends a paragraph, in a cell or on the page.
func (r *reader) paragraph() {
	s := string(r.open.para)
	r.open.para = nil
	switch {
	case r.state.table || len(r.open.row) > 0:
		if r.open.cell != "" && s != "" {
			r.open.cell += "\n"
		}
		r.open.cell += s
	case strings.TrimSpace(s) != "":
		r.table()
		*r.out = append(*r.out, flow.Block{Text: s})
	}
}

// maxCols is how many cells a row can have.
const maxCols = 64

func (r *reader) endCell() {
	s := r.open.cell
	if len(r.open.para) > 0 {
		if s != "" {
			s += "\n"
		}
		s += string(r.open.para)
	}
	r.open.para, r.open.cell = nil, ""
	r.cells--
	if len(r.open.row) < maxCols {
		r.open.row = append(r.open.row, strings.TrimSpace(s))
	}
}

func (r *reader) endRow() {
	if len(r.open.row) == 0 {
		return
	}
	x := flow.Row{Cells: r.open.row}
	if len(r.open.edges) == len(x.Cells)+1 {
		x.Edges = append(x.Edges, r.open.edges...)
		x.Merge = append(x.Merge, r.open.merge...)
	}
	r.open.rows = append(r.open.rows, x)
	r.open.row = nil
}

// table closes the rows gathered so far.
func (r *reader) table() {
	if r.open.cell != "" {
		r.endCell()
	}
	r.endRow()
	if len(r.open.rows) > 0 {
		*r.out = append(*r.out, flow.Block{Rows: flow.Lay(r.open.rows)})
		r.open.rows = nil
	}
}
