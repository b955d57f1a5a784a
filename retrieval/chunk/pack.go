package chunk

import (
	"github.com/xindiao/xindiao/dossier"
)

// span of units that make one chunk.
type span struct {
	from, to int
	size     size
}

// pack gathers the page's units into chunks: up to the size aimed at, without parting a heading, a caption or a header
// row from what follows; a clause stays alone.
func (c *cutter) pack(p *dossier.Page, us []unit) []span {
	var out []span
	cur := span{}
	for i := 0; i < len(us); {
		g := c.group(p, us, i)
		i = g.to
		if cur.to == cur.from {
			cur = g
			continue
		}
		joined := span{cur.from, g.to, cur.size.plus(c.gap(p, us, cur.to)).plus(g.size)}
		if c.parted(us, cur, g, joined) {
			out = append(out, cur)
			cur = g
			continue
		}
		cur = joined
	}
	if cur.to > cur.from {
		out = append(out, cur)
	}
	return c.mend(p, us, out)
}

// group is unit i with those that must go with it.
func (c *cutter) group(p *dossier.Page, us []unit, i int) span {
	g := span{i, i + 1, us[i].size}
	whole := span{} // up to where the chain may be broken: before a label among rows
	for (us[g.to-1].keep || us[g.to-1].margin) && g.to < len(us) {
		z := g.size.plus(c.gap(p, us, g.to)).plus(us[g.to].size)
		last := !us[g.to].keep && z.within(c.hard, 4) && (z.within(c.limit, 6) || g.size.within(c.limit, 2))
		if !z.within(c.limit, 4) && !last {
			if whole.to > whole.from {
				return whole
			}
			return g
		}
		if us[g.to].label {
			whole = g
		}
		g.to, g.size = g.to+1, z
	}
	return g
}

// gap is the size of the blanks before unit i.
func (c *cutter) gap(p *dossier.Page, us []unit, i int) size {
	return c.measure(p.Text[us[i-1].end:us[i].start])
}

// parted tells whether a chunk ends between cur and g.
func (c *cutter) parted(us []unit, cur, g, joined span) bool {
	if !joined.size.within(c.hard, 4) {
		return true
	}
	if us[g.from].margin && g.to == g.from+1 {
		return false // a running foot
	}
	a, b := clauseOf(us, cur), clauseOf(us, g)
	limit := 4
	if a != nil && a == b {
		limit = 4 * c.o.Config.Sizes.Clause
	}
	share := cur.size.share(c.limit)
	switch {
	case !joined.size.within(c.limit, limit):
		return true
	case a != b:
		return a != nil || share >= 25 || !headingsOnly(us, cur)
	case a != nil:
		return false
	case us[g.from].opens && share >= 25 && !headingsOnly(us, cur):
		return true
	}
	return us[g.to-1].tabular() != us[cur.to-1].tabular() && share > 50
}

// clauseOf is the clause that the span's last unit belongs to.
func clauseOf(us []unit, s span) *clause {
	for i := s.to - 1; i >= s.from; i-- {
		if !us[i].margin {
			return us[i].clause
		}
	}
	return nil
}

func headingsOnly(us []unit, s span) bool {
	for _, u := range us[s.from:s.to] {
		if u.kind != Heading && !u.margin {
			return false
		}
	}
	return true
}

// mend joins to the chunk before what was left over: headings and captions at the end of the page, seals, the last
// words of a section.
func (c *cutter) mend(p *dossier.Page, us []unit, in []span) []span {
	out := in[:0]
	for _, s := range in {
		if n := len(out); n > 0 {
			before := &out[n-1]
			joined := before.size.plus(c.gap(p, us, s.from)).plus(s.size)
			rest := us[s.from]
			little := s.size.share(c.limit) < 20 && joined.within(c.limit, 5)
			same := clauseOf(us, *before) == clauseOf(us, s) && rest.tabular() == us[before.to-1].tabular() && !(rest.opens && rest.table != nil)
			if little && joined.within(c.hard, 4) && (same && (len(rest.path) == 0 || samePath(us[before.to-1].path, rest.path)) || clauseOf(us, *before) == nil && (rest.kind == Seal || s.to == len(us) && headingsOnly(us, s))) {
				before.to, before.size = s.to, joined
				continue
			}
		}
		out = append(out, s)
	}
	return out
}

func samePath(a, b []title) bool {
	return len(a) == len(b) && (len(a) == 0 || a[len(a)-1] == b[len(b)-1])
}
