package retrieval

import (
	"context"
	"fmt"
	"slices"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/plan"
)

// wide is how many passages are asked for, so that ten documents are among them.
const wide = 200

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
		ranks := map[scope][]int{}
		for _, q := range s.questions {
			for _, in := range s.scopes() {
				query := retrieval.Query{Text: q.ask, AsOf: s.asOf, K: wide, Repeats: true, Legs: w.legs}
				if w.planned {
					if p, err := plan.New(q.ask, plan.Options{AsOf: s.asOf}); err == nil {
						query.Plan = &p
					}
				}
				switch in {
				case among:
					query.Files = q.among
				case shown:
					query.K, query.Repeats = 10, false
				}
				r, err := searcher.Search(ctx, query)
				if err != nil {
					return out, err
				}
				out.Passages = r.Passages
				at := rank(r.Hits, q.right)
				if in == shown {
					at = rankShown(r.Hits, q.right)
				}
				ranks[in] = append(ranks[in], at)
			}
		}
		way.Measures = s.measure(ranks)
		for i, q := range s.questions {
			first := s.measures[0]
			if r := ranks[first.scope][i]; r == 0 || r > first.k {
				way.Missed = append(way.Missed, fmt.Sprintf("%s（第%d）", q.ask, r))
			}
		}
		out.Ways = append(out.Ways, way)
	}
	return out, nil
}

// scopes are the scopes that the set's measures need.
func (s *set) scopes() (out []scope) {
	for _, m := range s.measures {
		if !slices.Contains(out, m.scope) {
			out = append(out, m.scope)
		}
	}
	return out
}

// rank is the place of the first right document among the documents of the hits, 0 when there is none.
func rank(hits []retrieval.Hit, right map[string]bool) int {
	seen := map[string]bool{}
	for _, h := range hits {
		seen[h.Passage.Place.File] = true
		if right[h.Passage.Place.File] {
			return len(seen)
		}
	}
	return 0
}

// rankShown is the place of the first hit that names a right document, by itself or as one where the same words stand.
func rankShown(hits []retrieval.Hit, right map[string]bool) int {
	return 1 + slices.IndexFunc(hits, func(h retrieval.Hit) bool {
		return right[h.Passage.Place.File] || slices.ContainsFunc(h.Also, func(p dossier.Place) bool { return right[p.File] })
	})
}

// measure makes the set's measures of the ranks, over all questions and by group.
func (s *set) measure(ranks map[scope][]int) (out []Measure) {
	groups := []string{""}
	for _, q := range s.questions {
		if !slices.Contains(groups, q.group) {
			groups = append(groups, q.group)
		}
	}
	for _, g := range groups {
		for _, m := range s.measures {
			var rs []int
			for i, r := range ranks[m.scope] {
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
