package extract

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/documents/ident"
	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// finder is a way to find a field that no data rule can say.
type finder func(*reader, *types.Field, *types.Finder) []found

// funcs are the finders that a catalogue file may name.
var funcs = map[string]finder{}

func add(name string, f finder) bool { funcs[name] = f; return true }

// HasFunc tells whether a catalogue file may name this finder.
func HasFunc(name string) bool { return funcs[name] != nil }

// said makes a candidate out of a line.
func (r *reader) said(l *plain.Line, raw string, conf float64) []found {
	return []found{{raw: raw, at: l.Place(r.d.File), conf: r.certainty(l, conf), method: "pattern"}}
}

var _ = add("borrower", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	if r.d.Party.Role != dossier.RoleBorrower || r.d.Party.Name == "" {
		return nil
	}
	i := strings.Index(r.text.Flow, plain.Tight(r.d.Party.Name))
	if i < 0 {
		return nil
	}
	return r.said(r.text.LineAt(i), r.d.Party.Name, 0.7)
})

var _ = add("yuan", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	if len(r.text.Lines) == 0 || strings.Contains(r.text.Flow, "万元") {
		return nil
	}
	return r.said(&r.text.Lines[0], "元", 0.6)
})

var _ = add("any_date", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	for i := range r.text.Lines {
		if d, ok := FindDate(r.text.Lines[i].Fold); ok {
			return r.said(&r.text.Lines[i], d.String(), 0.6)
		}
	}
	return nil
})

// total_row takes the last number of the row that begins with 合计.
var _ = add("total_row", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	for gi := range r.tabs {
		g := &r.tabs[gi]
		for ri := len(g.rows) - 1; ri >= 0; ri-- {
			row := g.rows[ri]
			if t := plain.Tight(rowText(row)); !strings.HasPrefix(t, "合计") && !strings.HasPrefix(t, "总计") {
				continue
			}
			for ci := len(row) - 1; ci > 0; ci-- {
				if _, ok := Number(number.FindString(plain.Tight(row[ci].Text))); ok {
					return []found{{raw: row[ci].Text, at: g.place(r.d.File, ri, row[ci]), conf: 0.92, method: "table"}}
				}
			}
		}
	}
	return nil
})

// total_of takes the cell of the row that begins with 合计 in the column of a table read before: Take is rows.column.
var _ = add("total_of", func(r *reader, _ *types.Field, fi *types.Finder) []found {
	key, col, _ := strings.Cut(fi.Take, ".")
	first := r.keep[key].Rows
	if len(first) == 0 {
		return nil
	}
	at := first[0].Cells[col].At
	for gi := range r.tabs {
		g := &r.tabs[gi]
		from, ci := g.find(at, first[0].Cells[col].Raw, r.d.File)
		if ci < 0 {
			continue
		}
		for ri := from + 1; ri < len(g.rows); ri++ {
			row := g.rows[ri]
			if t := plain.Tight(rowText(row)); !strings.HasPrefix(t, "合计") && !strings.HasPrefix(t, "总计") {
				continue
			}
			if ci < len(row) && number.MatchString(plain.Tight(row[ci].Text)) {
				return []found{{raw: row[ci].Text, at: g.place(r.d.File, ri, row[ci]), conf: 0.95 * r.rowConfidence(row), method: "table"}}
			}
			return nil
		}
	}
	return nil
})

// second_side takes the value behind the second of two labels, which Take names, in one row: vouchers print the payer on the left
// and the payee on the right.
var _ = add("second_side", func(r *reader, _ *types.Field, fi *types.Finder) []found {
	for gi := range r.tabs {
		g := &r.tabs[gi]
		for ri, row := range g.rows {
			if len(g.rows) > 60 {
				break
			}
			n := 0
			for ci := range row {
				if !fi.TakeRe().MatchString(plain.Tight(row[ci].Text)) {
					continue
				}
				if n++; n < 2 {
					continue
				}
				for _, c := range row[ci+1:] {
					if strings.TrimSpace(c.Text) == "" {
						continue
					}
					if r.isLabel(c.Text) {
						break
					}
					return []found{{raw: c.Text, at: g.place(r.d.File, ri, c), conf: 0.95 * r.rowConfidence(row), method: "table"}}
				}
			}
		}
	}
	return nil
})

// find returns row and column of the cell that stands at a place with these words, -1 when it is not of this grid.
func (g *grid) find(at dossier.Place, raw, file string) (int, int) {
	for ri, row := range g.rows {
		for ci := range row {
			if strings.TrimSpace(row[ci].Text) != raw {
				continue
			}
			if p := g.place(file, ri, row[ci]); p.Page == at.Page && p.Cell == at.Cell && p.Quote == at.Quote {
				return ri, ci
			}
		}
	}
	return -1, -1
}

// total_checked takes the sum of the rows when it is printed too; on a scan a printed total that the rows do not give
// is the likelier misreading, and the sum counts with less certainty.
var _ = add("total_checked", func(r *reader, _ *types.Field, fi *types.Finder) []found {
	src, ok := r.keep["rows"]
	if !ok || len(src.Rows) == 0 {
		return nil
	}
	h := reduce("sum", "amount", src, src.Rows)
	if len(h) == 0 {
		return nil
	}
	want, _ := decimal.NewFromString(h[0].raw)
	for _, m := range fi.TakeRe().FindAllStringSubmatch(r.text.Flow, 4) {
		if v, ok := Number(m[1]); ok && v.Equal(want) {
			h[0].conf = 0.97
			return h
		}
	}
	if !r.d.Scan {
		return nil
	}
	h[0].conf = 0.6
	return h
})

// row_value takes the last number of the row or line whose words end in Take.
var _ = add("row_value", func(r *reader, _ *types.Field, fi *types.Finder) []found {
	h, ok := r.rowNumber(fi.TakeRe(), -1)
	if !ok {
		return nil
	}
	return []found{h}
})

// rowNumber finds the row named by re and returns its n-th money-like number, -1 for the last.
func (r *reader) rowNumber(re *regexp.Regexp, n int) (found, bool) {
	for gi := range r.tabs {
		g := &r.tabs[gi]
		for ri, row := range g.rows {
			label, from := "", 0
			for ci, c := range row {
				if hasHan(c.Text) {
					label, from = label+plain.Tight(c.Text), ci+1
				} else if label != "" {
					break
				}
			}
			if m := re.FindStringIndex(label); m == nil {
				continue
			}
			var cells []dossier.Cell
			for _, c := range row[from:] {
				if amountLike(c.Text) {
					cells = append(cells, c)
				}
			}
			if c, ok := nth(cells, n); ok {
				return found{raw: c.Text, at: g.place(r.d.File, ri, c), conf: 0.93, method: "table"}, true
			}
		}
	}
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		m := re.FindStringIndex(l.Fold)
		if m == nil {
			continue
		}
		var nums []string
		for _, s := range number.FindAllString(l.Fold[m[1]:], -1) {
			if amountLike(s) {
				nums = append(nums, s)
			}
		}
		if s, ok := nth(nums, n); ok {
			return found{raw: s, at: l.Place(r.d.File), conf: r.certainty(l, 0.88), method: "pattern"}, true
		}
	}
	return found{}, false
}

func nth[T any](xs []T, n int) (T, bool) {
	var zero T
	if n < 0 {
		n += len(xs)
	}
	if n < 0 || n >= len(xs) {
		return zero, false
	}
	return xs[n], true
}

var amountShape = regexp.MustCompile(`^-?[\d,]+[.,]\d{2}$|^-?\d{1,3}(,\d{3})+$`)

// amountLike tells amounts from row numbers and percentages.
func amountLike(s string) bool { return amountShape.MatchString(plain.Tight(s)) }

// none_rows reads a sentence that says there is nothing as an empty list.
var _ = add("none_rows", func(r *reader, _ *types.Field, fi *types.Finder) []found {
	m := fi.TakeRe().FindStringIndex(r.text.Flow)
	if m == nil {
		return nil
	}
	h := r.said(r.text.LineAt(m[0]), "", 0.9)
	h[0].rows = []dossier.Row{}
	return h
})

func (r *reader) idNumber() (ident.Card, *plain.Line, bool) {
	for i := range r.text.Lines {
		m := cardRe.FindString(plain.Tight(r.text.Lines[i].Fold))
		if c, ok := ident.ReadCard(m); ok {
			return c, &r.text.Lines[i], true
		}
	}
	return ident.Card{}, nil, false
}

// The number on an identity card repeats birth date and sex, and is read better than the small print.
var _ = add("birth_by_number", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	c, l, ok := r.idNumber()
	if !ok {
		return nil
	}
	return r.said(l, c.Birth.String(), 0.7)
})

var _ = add("sex_by_number", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	c, l, ok := r.idNumber()
	if !ok {
		return nil
	}
	if c.Male {
		return r.said(l, "男", 0.7)
	}
	return r.said(l, "女", 0.7)
})
