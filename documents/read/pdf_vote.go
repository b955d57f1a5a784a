package read

import (
	"slices"
	"sync"

	"github.com/xindiao/xindiao/dossier"
)

const alonePages = 40 // up to so many pages one worker cross-checks; of a longer file each takes its part

// vote has a PDF's text read by a second engine, each page by itself, and the pages on which the two differ, or on
// which the first saw glyphs that it could not name, by a third where that is installed. Two against one wins: a third
// reading that agrees with the first lifts the doubt, one that agrees with the second takes the page's place.
func (r *runner) vote(n *node) {
	if n.doc.Format != fmtPDF || n.size > checkBytes || r.ctx.Err() != nil {
		return
	}
	first := map[int]*dossier.Page{}
	last := 0
	for i := range n.doc.Pages {
		if p := &n.doc.Pages[i]; !p.Scan && (len(p.Lines) > 0 || slices.Contains(p.Doubts, lostGlyphs)) {
			first[p.Number] = p
			last = max(last, p.Number)
		}
	}
	if len(first) == 0 {
		return
	}
	second := map[int]tally{}
	for k, p := range r.again(n, opSecond, nil, last) {
		second[k] = count2(p.Text)
	}
	doubts := map[int]string{}
	var unsure []int
	for k, p := range first {
		if t, ok := second[k]; ok {
			doubts[k] = compare(pageTally(*p), t)
		}
		if doubts[k] != "" || slices.Contains(p.Doubts, lostGlyphs) {
			unsure = append(unsure, k)
		}
	}
	if len(unsure) == 0 {
		return
	}
	slices.Sort(unsure)
	third := r.again(n, opThird, unsure, last)
	for _, k := range unsure {
		t, ok := second[k]
		settle(first[k], t, ok, third[k], doubts[k])
	}
}

// again asks other engines for pages of n: those listed, or all up to last. What does not come back is missing.
func (r *runner) again(n *node, op string, pages []int, last int) map[int]dossier.Page {
	out := map[int]dossier.Page{}
	var mu sync.Mutex
	ask := func(from, to int) {
		req := request{Op: op, Path: n.path, Name: n.name, Format: fmtPDF, From: from, To: to, Pages: pages, Limits: r.opt.Limits}
		_, _ = r.readers.ask(r.ctx, req, 2*checkTime, func(a reply) {
			if a.Page != nil {
				mu.Lock()
				out[a.Page.Number] = *a.Page
				mu.Unlock()
			}
		})
	}
	parts := 1
	if op == opSecond && last > alonePages {
		parts = max(r.opt.Workers, 1)
	}
	var wg sync.WaitGroup
	for i := range parts {
		wg.Go(func() { ask(1+i*last/parts, 1+(i+1)*last/parts) })
	}
	wg.Wait()
	return out
}

// settle decides on a page: a is what the first engine read, second what the second did, doubt how they differ.
func settle(p *dossier.Page, second tally, hasSecond bool, third dossier.Page, doubt string) {
	lost := slices.Contains(p.Doubts, lostGlyphs)
	if third.Number == 0 { // nobody to ask
		if doubt != "" {
			p.Doubts = append(p.Doubts, doubt)
		}
		return
	}
	a, c := pageTally(*p), pageTally(third)
	more := c.digits > a.digits || c.hans > a.hans
	p.Doubts = slices.DeleteFunc(p.Doubts, func(d string) bool { return d == lostGlyphs })
	switch {
	case agrees(a, c):
	case more && hasSecond && agrees(second, c), more && lost:
		p.Lines, p.Tables, p.Text = third.Lines, third.Tables, third.Text
		if !hasSecond || !agrees(second, c) {
			p.Doubts = append(p.Doubts, byThird)
		}
	case doubt != "":
		p.Doubts = append(p.Doubts, doubt)
	case more:
		p.Doubts = append(p.Doubts, lostGlyphs)
	}
}
