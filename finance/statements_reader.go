package finance

import (
	"slices"

	"github.com/xindiao/xindiao/dossier"
)

// reader gathers one document's statements.
type reader struct {
	doc     *dossier.Document
	c       *chart
	basis   dossier.Basis
	blocks  []*block
	cur     *block // that figures go to
	assumed bool
	undated bool   // amounts were left out for want of a period
	last    header // of the statement before, for tables that run on

	keys    map[string]string // normalName of names met
	anchors *anchors          // where tables stand among the lines of a page without geometry
}

// block is what was read under one header: a statement, a part of one, or a summary.
type block struct {
	stmt   Statement
	head   header
	scoped bool // says itself whether 合并 or 母公司
	lines  bool // read line by line, not from a table
	runs   bool // goes on from the block before, without a header of its own
	figs   []readFigure
	ids    map[string]bool
}

type readFigure struct {
	dossier.Figure
	exact bool // by the standard's own name, not by an alias
}

// begin starts a block; what figure adds goes there.
func (r *reader) begin(s Statement, h header) *block {
	r.cur = &block{stmt: s, head: h, scoped: h.scope != "", ids: map[string]bool{}}
	return r.cur
}

// end keeps the block when anything was read.
func (r *reader) end() {
	if r.cur != nil && len(r.cur.figs) > 0 {
		r.blocks = append(r.blocks, r.cur)
	}
	r.cur = nil
}

// joined is a table with the parts of it on later pages, where it starts.
type joined struct {
	dossier.Joined
	first dossier.Table
}

// pages reads the document page by page; a table that runs over pages is read where it starts.
func (r *reader) pages() {
	r.basis = basisOf(r.doc)
	starts := make([][]joined, len(r.doc.Pages))
	all, k := r.doc.JoinedTables(), 0
	for i, p := range r.doc.Pages {
		for _, t := range p.Tables {
			if t.Continues && k > 0 {
				continue
			}
			starts[i] = append(starts[i], joined{all[k], t})
			k++
		}
	}
	r.anchors = &anchors{}
	for i := range r.doc.Pages {
		r.page(i, starts[i])
	}
}

func (r *reader) page(i int, tables []joined) {
	p := &r.doc.Pages[i]
	r.anchors.reset(p)
	for _, t := range tables {
		g := newGrid(*p, t.Table)
		g.pages = t.Pages
		r.anchors.find(t.first)
		if r.trial(i, t.Table, g) {
			continue
		}
		r.table(i, t.Table, g)
	}
	if sheetOnly(p) {
		return
	}
	r.linesOf(i)
}

// linesOf reads the page line by line as well and keeps what gives more.
func (r *reader) linesOf(i int) {
	p, n, last := &r.doc.Pages[i], len(r.blocks), r.last
	r.lines(p)
	byLine := slices.Clone(r.blocks[n:])
	r.blocks = r.blocks[:n]
	have := map[string]bool{}
	for _, b := range r.blocks {
		for _, f := range b.figs {
			if f.Source.Page == p.Number {
				have[figKey(f.Figure)] = true
			}
		}
	}
	got := map[string]bool{}
	for _, b := range byLine {
		for _, f := range b.figs {
			got[figKey(f.Figure)] = true
		}
	}
	if len(got) <= len(have)+len(have)/4 { // a table knows which column is empty
		r.last = last
		return
	}
	for _, b := range r.blocks {
		b.figs = slices.DeleteFunc(b.figs, func(f readFigure) bool { return f.Source.Page == p.Number })
	}
	r.blocks = append(slices.DeleteFunc(r.blocks, func(b *block) bool { return len(b.figs) == 0 }), byLine...)
}

func sheetOnly(p *dossier.Page) bool {
	for _, t := range p.Tables {
		if t.Sheet {
			return true
		}
	}
	return false
}

func filledNotes(s ...string) []string {
	return slices.DeleteFunc(s, func(s string) bool { return s == "" })
}
