package finance

import (
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Bounds on hostile tables.
const (
	maxRows = 200_000
	maxCols = 200
)

// grid is a table with its cells put into columns by their addresses.
type grid struct {
	rows  [][]dossier.Cell
	sheet string // name for "sheet!C7", "" on printed pages
	pages []int  // of each row, nil where all stand on one page
}

func newGrid(p dossier.Page, t dossier.Table) grid {
	g := grid{}
	if t.Sheet {
		g.sheet = p.Name
		if g.sheet == "" {
			g.sheet = t.Name
		}
	}
	for i, r := range t.Rows {
		if i >= maxRows {
			break
		}
		var row []dossier.Cell
		for j, c := range r {
			k := j
			if n := refColumn(c.Ref); n >= 0 {
				k = n
			}
			if k >= maxCols {
				continue
			}
			for len(row) <= k {
				row = append(row, dossier.Cell{})
			}
			if row[k].Text == "" {
				row[k] = c
			}
		}
		g.rows = append(g.rows, row)
	}
	return g
}

// refColumn reads the column of C7 or r3c2 as 2 or 1, -1 when ref is neither.
func refColumn(ref string) int {
	if ref == "" || len(ref) > 20 {
		return -1
	}
	if ref[0] == 'r' {
		if _, c, ok := strings.Cut(ref, "c"); ok {
			if n, err := strconv.Atoi(c); err == nil && n > 0 {
				return n - 1
			}
		}
		return -1
	}
	n, i := 0, 0
	for ; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' && i < 4; i++ {
		n = n*26 + int(ref[i]-'A') + 1
	}
	if i == 0 || i == len(ref) {
		return -1
	}
	return n - 1
}

// width is the number of columns of the widest row.
func (g grid) width() int {
	n := 0
	for _, r := range g.rows {
		n = max(n, len(r))
	}
	return n
}

func (g grid) text(r, c int) string {
	if r < 0 || r >= len(g.rows) || c < 0 || c >= len(g.rows[r]) {
		return ""
	}
	return g.rows[r][c].Text
}

func (g grid) rowText(r int) string {
	var b strings.Builder
	for c := range g.rows[r] {
		if t := g.text(r, c); t != "" {
			b.WriteString(t)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// page is the number of the page that row r stands on.
func (g grid) page(r, one int) int {
	if r < len(g.pages) {
		return g.pages[r]
	}
	return one
}

// span is how many pages after the one with that index the grid reaches.
func (g grid) span(page int, pages []dossier.Page) int {
	if len(g.pages) == 0 || page >= len(pages) {
		return 0
	}
	n := 0
	for page+n+1 < len(pages) && pages[page+n].Number < g.pages[len(g.pages)-1] {
		n++
	}
	return n
}

// cut is the grid without the rows from n on.
func (g grid) cut(n int) grid {
	g.rows = g.rows[:min(n, len(g.rows))]
	return g
}

// amounts tells whether row r has an amount in one of the region's columns.
func (g grid) amounts(r int, reg region) bool {
	for _, c := range reg.cols {
		if _, _, ok := ParseAmount(g.text(r, c.at)); ok {
			return true
		}
	}
	return false
}

func (g grid) anyAmount() bool {
	for r := range g.rows {
		for c := range g.rows[r] {
			if _, _, ok := ParseAmount(g.text(r, c)); ok {
				return true
			}
		}
	}
	return false
}

// place makes the place of a cell; quote is what stands there.
func (g grid) place(file string, page int, c dossier.Cell, quote string) dossier.Place {
	p := dossier.Place{File: file, Page: page, Box: c.Box, Quote: clip(quote, 60)}
	switch {
	case g.sheet != "" && c.Ref != "":
		p.Cell = g.sheet + "!" + c.Ref
	case c.Ref != "":
		p.Cell = c.Ref
	}
	return p
}

func clip(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// name returns the row's label within the region.
func (g grid) name(r int, reg region) string {
	for c := reg.from; c <= reg.to; c++ {
		t := g.text(r, c)
		if t == "" {
			continue
		}
		if _, _, num := ParseAmount(t); !num {
			return t
		}
	}
	return ""
}
