package xlsx

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"github.com/xindiao/xindiao/documents/read/internal/sheet"
	"github.com/xindiao/xindiao/documents/read/internal/xmlscan"
)

// Each reads sheet i row by row. Rows and cells without an address follow the one before, as the schema allows.
func (b *Book) Each(i int, visit func(*sheet.Row) error) (sheet.Tail, error) {
	r := &rows{b: b, visit: visit}
	err := b.open(b.sheets[i].part, func(s *xmlscan.Scanner) error {
		r.s = s
		return r.read()
	})
	return r.tail, err
}

type rows struct {
	b     *Book
	s     *xmlscan.Scanner
	visit func(*sheet.Row) error
	row   sheet.Row
	tail  sheet.Tail
}

func (r *rows) read() error {
	for {
		kind, err := r.s.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if kind != xmlscan.Start {
			continue
		}
		switch string(r.s.Name()) {
		case "col":
			if truth(r.s.Attr("hidden")) && len(r.tail.HiddenCols) < 1000 {
				from, to := number(r.s.Attr("min")), number(r.s.Attr("max"))
				if from >= 1 && from <= to && from <= sheet.MaxCols {
					r.tail.HiddenCols = append(r.tail.HiddenCols, sheet.Span{From: from - 1, To: min(to, sheet.MaxCols) - 1})
				}
			}
		case "row":
			if err := r.oneRow(); err != nil {
				return err
			}
		case "mergeCell":
			r.merge(r.s.Attr("ref"))
		}
	}
}

func (r *rows) merge(ref []byte) {
	a, z, ok := bytes.Cut(ref, []byte(":"))
	if !ok || len(r.tail.Merges) >= sheet.MaxMerges {
		return
	}
	c0, r0, ok0 := sheet.Place(a)
	c1, r1, ok1 := sheet.Place(z)
	if ok0 && ok1 && c0 <= c1 && r0 <= r1 {
		r.tail.Merges = append(r.tail.Merges, sheet.Merge{Row0: r0, Col0: c0, Row1: r1, Col1: c1})
	}
}

var errRow = errors.New("xlsx: row number beyond the sheet")

func (r *rows) oneRow() error {
	n := r.row.Number + 1
	if at := number(r.s.Attr("r")); at > 0 {
		n = at
	}
	if n > sheet.MaxRows {
		return errRow
	}
	r.row = sheet.Row{Number: n, Hidden: truth(r.s.Attr("hidden")), Cells: r.row.Cells[:0]}
	next := 0
	for floor := r.s.Depth() - 1; ; {
		kind, err := r.s.Next()
		if err != nil {
			if len(r.row.Cells) > 0 && (err == io.EOF || err == io.ErrUnexpectedEOF) {
				_ = r.visit(&r.row) // cut off: what there is of the row
			}
			return err
		}
		switch {
		case kind == xmlscan.Start && string(r.s.Name()) == "c":
			c, err := r.cell(next)
			if err != nil {
				return err
			}
			if c.Col < sheet.MaxCols && len(r.row.Cells) < sheet.MaxCols {
				r.row.Cells = append(r.row.Cells, c)
			}
			next = c.Col + 1
		case kind == xmlscan.End && r.s.Depth() <= floor:
			return r.visit(&r.row)
		}
	}
}

// cell reads one c element (18.3.1.4).
func (r *rows) cell(next int) (sheet.Cell, error) {
	c := sheet.Cell{Col: next, Style: number(r.s.Attr("s"))}
	if col, _, ok := sheet.Place(r.s.Attr("r")); ok {
		c.Col = col
	}
	kind := kindOf(r.s.Attr("t"))
	in, stored := byte(0), false
	for floor := r.s.Depth() - 1; ; {
		tok, err := r.s.Next()
		if err != nil {
			return c, err
		}
		switch tok {
		case xmlscan.Start:
			switch string(r.s.Name()) {
			case "v":
				in, stored = 'v', true
			case "f":
				c.Formula, in = true, 'f'
			case "is":
				if c.Raw, err = richText(r.s); err != nil {
					return c, err
				}
				kind = 't'
			}
		case xmlscan.Text:
			if in == 'v' && len(c.Raw) < maxCellText {
				c.Raw += string(r.s.Text())
			}
		case xmlscan.End:
			in = 0
			if r.s.Depth() <= floor {
				if c.Raw == "" && kind == 't' && stored {
					c.Formula = false // a result that is empty in earnest
				}
				r.settle(&c, kind)
				return c, nil
			}
		}
	}
}

// kindOf reads ST_CellType: b, d, e, n, s (shared), t (str and inlineStr).
func kindOf(t []byte) byte {
	switch {
	case len(t) == 0:
		return 'n'
	case len(t) == 1:
		return t[0]
	}
	return 't'
}

func (r *rows) settle(c *sheet.Cell, kind byte) {
	if c.Raw == "" {
		return
	}
	switch kind {
	case 's':
		c.Kind = sheet.Text
		n, err := strconv.Atoi(c.Raw)
		c.Raw = ""
		if err == nil && n >= 0 && n < len(r.b.strings) {
			c.Raw = r.b.strings[n]
		}
	case 't':
		c.Kind = sheet.Text
		c.Raw = unescape(c.Raw)
	case 'b':
		c.Kind = sheet.Bool
	case 'e':
		c.Kind = sheet.Error
	case 'd':
		c.Kind = sheet.ISODate
	default:
		c.Kind = sheet.Number
	}
}

func truth(b []byte) bool { return string(b) == "1" || string(b) == "true" }

// number reads a small count, 0 when it is none.
func number(b []byte) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > 1<<27 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}
