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

// region is a name column with the amount columns that belong to it.
type region struct {
	from, to int // columns that may hold the name
	cols     []column
}

// head reads row r as the header of a statement; rows tells how many rows it takes.
func (g grid) head(r int) (regs []region, rows int, ok bool) {
	var cur *region
	names, amounts := 0, 0
	for c := range g.rows[r] {
		t := g.text(r, c)
		if isNameHead(t) {
			if _, isCol := columnOf(t); !isCol {
				names++
				if cur != nil {
					regs = append(regs, *cur)
				}
				cur = &region{from: c, to: c}
				continue
			}
		}
		if col, isCol := columnOf(t); isCol {
			amounts++
			if cur == nil {
				cur = &region{}
			}
			col.at = c
			cur.cols = append(cur.cols, col)
		} else if cur != nil && len(cur.cols) == 0 {
			cur.to = c
		}
	}
	if cur != nil {
		regs = append(regs, *cur)
	}
	if amounts == 0 || names == 0 && amounts < 2 {
		return nil, 0, false
	}
	rows = 1
	if r+1 < len(g.rows) && g.scopeRow(r+1) {
		regs, rows = g.withScopes(regs, r+1), 2
	}
	for i := range regs {
		for k := range regs[i].cols {
			if c := &regs[i].cols[k]; c.scope == "" && r > 0 {
				c.scope = g.scopeAbove(r-1, c.at)
			}
		}
		if len(regs[i].cols) > 0 {
			regs[i].to = regs[i].cols[0].at - 1
		}
	}
	return regs, rows, true
}

// scopeRow tells whether row r only splits the columns above it into 合并 and 母公司.
func (g grid) scopeRow(r int) bool {
	n := 0
	for c := range g.rows[r] {
		switch t := squeeze(g.text(r, c)); {
		case t == "":
		case strings.Contains(t, "合并") || strings.Contains(t, "公司"):
			if len([]rune(t)) > 8 {
				return false
			}
			n++
		default:
			return false
		}
	}
	return n >= 2
}

// scopeAbove reads the scope of column c from a row of merged cells that spans the amounts below it: 合并, 母公司.
func (g grid) scopeAbove(r, c int) dossier.Scope {
	found := map[int]dossier.Scope{}
	for i := range g.rows[r] {
		switch t := squeeze(g.text(r, i)); {
		case t == "" || isNameHead(t) || skipColRE.MatchString(t):
		case len([]rune(t)) > 8:
			return ""
		case strings.Contains(t, "合并"):
			found[i] = dossier.ScopeConsolidated
		case strings.Contains(t, "公司") || strings.Contains(t, "单体") || strings.Contains(t, "本部"):
			found[i] = dossier.ScopeSingle
		default:
			return ""
		}
	}
	if len(found) < 2 {
		return ""
	}
	for i := c; i >= 0; i-- {
		if s, ok := found[i]; ok {
			return s
		}
	}
	for i := c + 1; i < len(g.rows[r]); i++ {
		if s, ok := found[i]; ok {
			return s
		}
	}
	return ""
}

func (g grid) withScopes(regs []region, r int) []region {
	for i, reg := range regs {
		var cols []column
		for k, c := range reg.cols {
			end := len(g.rows[r])
			if k+1 < len(reg.cols) {
				end = reg.cols[k+1].at
			} else if i+1 < len(regs) {
				end = regs[i+1].from
			}
			for j := c.at; j < end; j++ {
				t := squeeze(g.text(r, j))
				if t == "" {
					continue
				}
				d := c
				d.at, d.scope = j, dossier.ScopeSingle
				if strings.Contains(t, "合并") {
					d.scope = dossier.ScopeConsolidated
				}
				cols = append(cols, d)
			}
		}
		if len(cols) > 0 {
			regs[i].cols = cols
		}
	}
	return regs
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
