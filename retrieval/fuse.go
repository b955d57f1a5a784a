package retrieval

import (
	"cmp"
	"slices"
)

// candidate is a chunk that a ranking named.
type candidate struct {
	chunk    int
	doc      int
	score    float64 // sum over the rankings
	strength float64 // 0..1: how near it comes to the best of the ranking in which it comes nearest
	rerank   float64
	legs     []Leg
}

// fuse sums the rankings by reciprocal ranks, best first, equals by number.
func (x *attempt) fuse(rankings []ranking) []candidate {
	n := 0
	for _, r := range rankings {
		n += len(r.list)
	}
	at, out := make(map[int]int, n), make([]candidate, 0, n)
	several := len(x.r.Queries) > 1
	for _, r := range rankings {
		for i, p := range r.list {
			k, ok := at[p.chunk]
			if !ok {
				k = len(out)
				at[p.chunk] = k
				out = append(out, candidate{chunk: p.chunk, doc: x.snap.doc(p.chunk)})
			}
			c := &out[k]
			c.score += r.weight / (x.s.f.Constant + float64(i+1))
			if top := r.list[0].score - r.floor; top > 0 && r.weight > 0.1 {
				c.strength = max(c.strength, (p.score-r.floor)/top)
			}
			leg := Leg{Name: r.name, Rank: i + 1, Score: p.score}
			if several {
				leg.Query = r.query
			}
			c.say(leg, x.q.Explain)
		}
	}
	slices.SortFunc(out, func(a, b candidate) int {
		if c := cmp.Compare(b.score, a.score); c != 0 {
			return c
		}
		return cmp.Compare(a.chunk, b.chunk)
	})
	return out
}

// say adds a leg's word; without all of them the best rank of each leg is kept.
func (c *candidate) say(l Leg, all bool) {
	if !all {
		for i := range c.legs {
			if c.legs[i].Name == l.Name {
				if l.Rank < c.legs[i].Rank {
					c.legs[i] = l
				}
				return
			}
		}
	}
	c.legs = append(c.legs, l)
}

// spread puts the candidates in an order in which one document gives at most each of the first k, as long as a later
// one of another document is comparable to what yields. What yields comes right after.
func (f *fusion) spread(in []candidate, k int) []candidate {
	each := f.each(k)
	out := make([]candidate, 0, len(in))
	taken := make([]bool, len(in))
	count := map[int]int{}
	take := func(i int) {
		taken[i] = true
		count[in[i].doc]++
		out = append(out, in[i])
	}
	for i := range in {
		for !taken[i] && len(out) < k && count[in[i].doc] >= each {
			j := i + 1
			for j < len(in) && (taken[j] || count[in[j].doc] >= each || in[j].strength < f.Diversity.Comparable*in[i].strength) {
				j++
			}
			if j == len(in) {
				break
			}
			take(j)
		}
		if !taken[i] {
			take(i)
		}
	}
	return out
}
