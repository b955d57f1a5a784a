package msword

import (
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
)

// reader makes blocks of characters.
type reader struct {
	doc          *Document
	pieces       []piece
	word         []byte
	paras, chars *lookup
	lists        []*flow.List
	styles       []props
	left         int // bytes of text still allowed

	fields []bool // open fields: whether their result has begun
	text   strings.Builder
	cell   strings.Builder
	cells  []string
	rows   []flow.Row
	hidden strings.Builder
	marks  int // cell marks in a row with nothing between, where there are no properties to tell a row's end
}

// Characters with a meaning (2.4.1).
const (
	cellMark   = 0x07
	lineBreak  = 0x0B
	pageBreak  = 0x0C
	paraEnd    = 0x0D
	fieldBegin = 0x13
	fieldSep   = 0x14
	fieldEnd   = 0x15
)

// part reads the characters [from, to) as blocks.
func (r *reader) part(to *[]flow.Block, from, end int) {
	r.fields = r.fields[:0]
	r.each(from, end, func(c rune, fc int) { r.take(to, c, fc) })
	r.paragraph(to, &none, 0)
	r.table(to)
	r.doc.Hidden = r.hidden.String()
}

func (r *reader) take(to *[]flow.Block, c rune, fc int) {
	ch := r.chars.at(fc)
	r.doc.Changes = r.doc.Changes || ch.deleted || ch.inserted
	switch c {
	case cellMark, paraEnd, pageBreak:
		r.paragraph(to, r.paras.at(fc), c)
		return
	case fieldBegin:
		r.fields = append(r.fields, false)
		return
	case fieldSep:
		if n := len(r.fields); n > 0 {
			r.fields[n-1] = true
		}
		return
	case fieldEnd:
		if n := len(r.fields); n > 0 {
			r.fields = r.fields[:n-1]
		}
		return
	}
	if len(r.fields) > 1000 {
		r.fields = r.fields[:0]
	}
	for _, result := range r.fields {
		if !result {
			return // a field's instruction
		}
	}
	if ch.deleted {
		return
	}
	switch {
	case c == '(' && ch.special:
		c = tick(ch.symbol)
	case c == lineBreak:
		c = '\n'
	case c == 0x1E:
		c = '-'
	case c < 0x20 && c != '\t', c == 0x1F:
		return
	}
	if c == 0 {
		return
	}
	if ch.hidden {
		if r.hidden.Len() < 4096 {
			r.hidden.WriteRune(c)
		}
		return
	}
	r.text.WriteRune(c)
	r.left -= 3
}

// tick reads the boxes of Wingdings; other symbols have no text.
func tick(symbol rune) rune {
	switch symbol | 0xF000 {
	case 0xF0FE, 0xF052, 0xF0FC:
		return '☑'
	case 0xF0A8, 0xF06F, 0xF0A3, 0xF071:
		return '☐'
	}
	return 0
}

// paragraph ends a paragraph, a cell or a row, by its mark and the properties of the mark; mark 0 is the end of a part.
func (r *reader) paragraph(to *[]flow.Block, p *props, mark rune) {
	text := r.text.String()
	r.text.Reset()
	if strings.TrimSpace(text) != "" {
		text = r.label(p) + text
	}
	blind := len(r.paras.runs) == 0
	switch {
	case p.rowEnd && p.depth <= 1, blind && mark == cellMark && text == "" && r.marks > 0:
		r.marks = 0
		r.endRow(p)
	case mark == cellMark && p.depth <= 1:
		r.marks++
		r.say(text)
		r.cells = append(r.cells, strings.TrimSpace(r.cell.String()))
		r.cell.Reset()
	case p.inTable || p.depth > 0:
		if p.innerEnd == 'r' {
			r.cell.WriteByte('\n')
			return
		}
		if p.innerEnd == 'c' {
			r.cell.WriteString(text + "\t")
			return
		}
		r.say(text)
	default:
		r.table(to)
		r.out(to, text)
	}
	r.left--
}

// label is the number that Word shows before a paragraph of a list.
func (r *reader) label(p *props) string {
	list, level := p.list, p.level
	if !p.listed && p.style < len(r.styles) {
		list, level = r.styles[p.style].list, max(level, r.styles[p.style].level)
	}
	if list < 1 || list > len(r.lists) || r.lists[list-1] == nil {
		return ""
	}
	return r.lists[list-1].Next(level)
}

// say adds a paragraph to the open cell.
func (r *reader) say(text string) {
	if s := r.cell.String(); s != "" && !strings.HasSuffix(s, "\n") && !strings.HasSuffix(s, "\t") && text != "" {
		r.cell.WriteByte('\n')
	}
	r.cell.WriteString(text)
}

// maxCols is how many cells a row can have (2.9.320); WPS keeps to it too.
const maxCols = 64

func (r *reader) endRow(p *props) {
	x := flow.Row{Cells: r.cells}
	r.cells = nil
	r.cell.Reset()
	if n := 0; len(p.row) > 0 {
		if n = int(p.row[0]); n > maxCols {
			n = 0
		}
		for i := 0; i <= n && 1+2*i+2 <= len(p.row); i++ {
			x.Edges = append(x.Edges, int(int16(u16(p.row, 1+2*i))))
		}
		for i := range n {
			kind, grf := byte(0), u16(p.row, 1+2*(n+1)+20*i)
			switch vertical := grf >> 5 & 3; {
			case grf&3 == 1:
				kind = flow.MergeLeft
			case vertical == 1:
				kind = flow.MergeOn
			case vertical == 3:
				kind = flow.MergeDown
			}
			x.Merge = append(x.Merge, kind)
		}
	}
	if len(x.Cells) > 0 {
		r.rows = append(r.rows, x)
	}
}
