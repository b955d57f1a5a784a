package finance

import (
	"github.com/xindiao/xindiao/dossier"
)

// table reads every statement that stands in the grid, one under another or side by side.
func (r *reader) table(page int, t dossier.Table, g grid) {
	type part struct {
		head, from, to int
		regs           []region
	}
	var parts []part
	for i := 0; i < len(g.rows); i++ {
		if regs, n, ok := g.head(i); ok {
			if len(parts) > 0 {
				parts[len(parts)-1].to = i
			}
			parts = append(parts, part{i, i + n, len(g.rows), regs})
			i += n - 1
		}
	}
	if len(parts) == 0 {
		r.runOn(page, g)
		return
	}
	if from := parts[0].head; from > 3 { // the rest of the statement before stands above the first header
		r.runOn(page, g.cut(from))
	}
	floor := 0
	for _, b := range parts {
		h := r.context(page, t, g, floor, b.head)
		n := len(r.blocks)
		r.part(page, g, h, b.regs, b.from, b.to)
		if len(r.blocks) > n { // a row of two dates is no header: what it says belongs to the next block
			floor = max(b.from, b.to-8)
		}
	}
}

// part reads rows from..to under one header.
func (r *reader) part(page int, g grid, h header, regs []region, from, to int) {
	s := r.which(g, h, regs, from, to)
	if s == "" {
		return
	}
	r.rows(page, g, h, s, regs, from, to)
	h.run = &run{kind: s, regs: regs, width: g.width(), page: page + g.span(page, r.doc.Pages)}
	r.last = h
}

// runOn reads a table without a header that continues the one before it: its columns match, and most of its rows are
// lines of that statement.
func (r *reader) runOn(page int, g grid) {
	c := r.last.run
	if c == nil || len(g.rows) > 200 || page > c.page+1 {
		return
	}
	if !g.anyAmount() { // empty lines of the statement, or words
		c.page = page + g.span(page, r.doc.Pages)
		return
	}
	regs := c.regs
	if g.width() != c.width {
		if regs = g.realign(c.regs); regs == nil {
			if len(g.rows) > 2 {
				r.last.run = nil
			}
			return
		}
	}
	known, named := 0, 0
	for i := range g.rows {
		for _, reg := range regs {
			n := g.name(i, reg)
			if n != "" {
				named++
			}
			if _, ok := r.find(c.kind, n); ok {
				known++
				break
			}
		}
	}
	if known*2 > min(named, len(g.rows)) {
		c.page = page + g.span(page, r.doc.Pages)
		n := len(r.blocks)
		r.rows(page, g, r.last, c.kind, regs, 0, len(g.rows))
		if len(r.blocks) > n {
			r.blocks[n].runs = true
		}
	} else if len(g.rows) > 2 { // another table stands between
		r.last.run = nil
	}
}

// realign gives the columns of one region to a part of the table that was cut into more or fewer columns, by counting
// those that hold amounts; nil when their number differs.
func (g grid) realign(regs []region) []region {
	if len(regs) != 1 {
		return nil
	}
	var at []int
	for c := 1; c < g.width(); c++ {
		nums, others := 0, 0
		for r := range g.rows {
			if _, blank, ok := ParseAmount(g.text(r, c)); ok {
				nums++
			} else if !blank {
				others++
			}
		}
		if nums > 0 && nums > others {
			at = append(at, c)
		}
	}
	reg := regs[0]
	if len(at) == 0 || len(at) != len(reg.cols) {
		return nil
	}
	cols := make([]column, len(at))
	for i, c := range reg.cols {
		cols[i] = c
		cols[i].at = at[i]
	}
	return []region{{from: 0, to: at[0] - 1, cols: cols}}
}

// rows reads the lines from..to; a column in which everything is zero was never filled in.
func (r *reader) rows(page int, g grid, h header, s Statement, regs []region, from, to int) {
	b := r.begin(s, h)
	for _, reg := range regs {
		blank := r.blankColumns(g, s, reg, from, to)
		for i := from; i < to; i++ {
			hit, name, at, n := r.line(g, s, reg, i, to)
			if n == 0 {
				continue
			}
			for _, c := range reg.cols {
				if blank[c.at] || c.at >= len(g.rows[at]) {
					continue
				}
				b.scoped = b.scoped || c.scope != ""
				cell := g.rows[at][c.at]
				v, _, ok := ParseAmount(cell.Text)
				if !ok {
					continue
				}
				no := g.page(at, r.doc.Pages[page].Number)
				r.figure(s, h, c, reg.cols, hit, v, cell.Text, func(q string) dossier.Place { return g.place(r.doc.File, no, cell, q) }, name)
			}
			i += n - 1
		}
	}
	r.end()
}

// line finds the statement line that begins in row i: its name may wrap over up to three rows, of which one has the
// amounts. It returns the row of the amounts and how many rows it takes, 0 when it is no line.
func (r *reader) line(g grid, s Statement, reg region, i, to int) (hit lineHit, name string, at, n int) {
	name = g.name(i, reg)
	if name == "" {
		return hit, "", 0, 0
	}
	hit, ok := r.find(s, name)
	if ok && (g.amounts(i, reg) || i+1 >= to || g.name(i+1, reg) != "") {
		return hit, name, i, 1
	}
	first, firstOK := hit, ok
	at, whole := -1, ""
	for k := i; k < to && k < i+3; k++ {
		part := g.name(k, reg)
		if g.amounts(k, reg) {
			if at >= 0 {
				break
			}
			at = k
		} else if part == "" {
			break
		}
		whole += part
		if k == i || at < 0 {
			continue
		}
		if hit, ok := r.find(s, whole); ok && !(k > i && part != "" && r.known(s, part)) {
			return hit, whole, at, k - i + 1
		}
	}
	if firstOK {
		return first, name, i, 1
	}
	return hit, "", 0, 0
}

func (r *reader) known(s Statement, name string) bool {
	_, ok := r.c.byName[s][r.key(name)]
	return ok
}

func (r *reader) blankColumns(g grid, s Statement, reg region, from, to int) map[int]bool {
	out := map[int]bool{}
	for _, c := range reg.cols {
		zeros, others := 0, 0
		for i := from; i < to; i++ {
			if c.at >= len(g.rows[i]) {
				continue
			}
			if v, _, num := ParseAmount(g.rows[i][c.at].Text); num {
				if _, ok := r.find(s, g.name(i, reg)); ok && v.IsZero() {
					zeros++
				} else if ok {
					others++
				}
			}
		}
		out[c.at] = others == 0 && zeros >= 5
	}
	return out
}

// which decides the statement by its rows; a title settles ties and lets a short table count.
func (r *reader) which(g grid, h header, regs []region, from, to int) Statement {
	best, most := Statement(""), 0
	for _, s := range []Statement{BalanceSheet, IncomeStatement, CashFlow} {
		n := 0
		for _, reg := range regs {
			for i := from; i < to; i++ {
				if _, ok := r.find(s, g.name(i, reg)); ok {
					n++
				}
			}
		}
		if s == h.title && n > 0 {
			n += 3
		}
		if n > most {
			best, most = s, n
		}
	}
	if most < 5 {
		return ""
	}
	return best
}
