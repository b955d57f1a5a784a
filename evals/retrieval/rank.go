package retrieval

import (
	"context"
	"fmt"
	"slices"

	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/plan"
)

// wide is how many passages are asked for, so that ten documents are among them.
const wide = 50

var ways = []struct {
	name    string
	planned bool
	legs    []string
}{
	{"search", true, nil},
	{"text", false, nil},
	{"words", false, []string{retrieval.Lexical}},
	{"vectors", false, []string{retrieval.Vector}},
}

// run asks every question in every way.
func (s *set) run(ctx context.Context, o Options) (Set, error) {
	out := Set{Name: s.name, Documents: len(s.docs), Questions: len(s.questions)}
	searcher, err := s.searcher(ctx, o)
	if err != nil {
		return out, err
	}
	for _, w := range ways {
		if o.Progress != nil {
			o.Progress(fmt.Sprintf("%s, %s", s.name, w.name))
		}
		way := Way{Name: w.name}
		ranks := map[bool][]int{} // with the question's own files only, and without
		for _, q := range s.questions {
			for _, among := range s.scopes() {
				query := retrieval.Query{Text: q.ask, AsOf: s.asOf, K: wide, Legs: w.legs}
				if w.planned {
					if p, err := plan.New(q.ask, plan.Options{AsOf: s.asOf}); err == nil {
						query.Plan = &p
					}
				}
				if among {
					query.Files = q.among
				}
				r, err := searcher.Search(ctx, query)
				if err != nil {
					return out, err
				}
				out.Passages = r.Passages
				ranks[among] = append(ranks[among], rank(r.Hits, q.right))
			}
		}
		way.Measures = s.measure(ranks)
		for i, q := range s.questions {
			first := s.measures[0]
			if r := ranks[first.among][i]; r == 0 || r > first.k {
				way.Missed = append(way.Missed, fmt.Sprintf("%s（第%d）", q.ask, r))
			}
		}
		out.Ways = append(out.Ways, way)
	}
	return out, nil
}

// scopes are the scopes that the set's measures need.
func (s *set) scopes() (out []bool) {
	for _, m := range s.measures {
		if !slices.Contains(out, m.among) {
			out = append(out, m.among)
		}
	}
	return out
}

// rank is the place of the first right document among the documents of the hits, 0 when there is none.
func rank(hits []retrieval.Hit, right map[string]bool) int {
	var seen []string
	see := func(file string) bool {
		if !slices.Contains(seen, file) {
			seen = append(seen, file)
		}
		return right[file]
	}
	for _, h := range hits {
		if see(h.Passage.Place.File) {
			return len(seen)
		}
		for _, p := range h.Also {
			if see(p.File) {
				return len(seen)
			}
		}
	}
	return 0
}

// measure makes the set's measures of the ranks, over all questions and by group.
func (s *set) measure(ranks map[bool][]int) (out []Measure) {
	groups := []string{""}
	for _, q := range s.questions {
		if !slices.Contains(groups, q.group) {
			groups = append(groups, q.group)
		}
	}
	for _, g := range groups {
		for _, m := range s.measures {
			var rs []int
			for i, r := range ranks[m.among] {
				if g == "" || s.questions[i].group == g {
					rs = append(rs, r)
				}
			}
			if m.k > 0 {
				out = append(out, share(m.name, g, rs, m.k))
			} else {
				x := mrr(g, rs)
				x.Name = m.name
				out = append(out, x)
			}
		}
	}
	return out
}
