package storebench

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval"
)

// given answers with the vectors that a question was drawn with: the benchmark is not about a model.
type given struct {
	space store.Space
	of    map[string][]float32
}

func (g given) Name() string { return g.space.Name }
func (g given) Dim() int     { return g.space.Dim }
func (g given) Embed(_ context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, text := range texts {
		if out[i] = g.of[text]; out[i] == nil {
			return nil, errors.New("a question without a vector")
		}
	}
	return out, nil
}

// legs are the ways to ask a Searcher; all fetch the texts of their hits.
var legs = []struct {
	name string
	legs []string
}{{"vector only", []string{retrieval.Vector}}, {"lexical only", []string{retrieval.Lexical}}, {"hybrid", nil}}

// hybrids measures whole searches, postings cached, in turns.
func hybrids(t testing.TB, engine string, d *Data, tenants []store.Tenant, queries int, card *Card) {
	for _, n := range Sizes {
		r := rand.New(rand.NewPCG(17, uint64(n)))
		type asked struct {
			s    *retrieval.Searcher
			text string
		}
		g := given{d.Space(), map[string][]float32{}}
		searchers := map[int]*retrieval.Searcher{}
		var members []int
		for i, c := range d.Customers {
			if len(c.Vectors) == n {
				s, err := retrieval.Open(tenants[i], retrieval.Options{Embedder: g})
				if err != nil {
					t.Fatal(err)
				}
				members, searchers[i] = append(members, i), s
			}
		}
		if len(members) == 0 {
			continue
		}
		var asks []asked
		for range queries + queries/10 {
			c := members[r.IntN(len(members))]
			k := r.IntN(n)
			text := Words(r, d.Customers[c].Texts[k])
			g.of[text] = Near(r, d.Customers[c].Vectors[k])
			asks = append(asks, asked{searchers[c], text})
		}
		times := make([]Times, len(legs))
		for at := 0; at < len(asks); at += block {
			for _, l := range r.Perm(len(legs)) {
				for i, a := range asks[at:min(at+block, len(asks))] {
					took := clock(func() {
						if _, err := a.s.Search(context.Background(), retrieval.Query{Text: a.text, K: best, Legs: legs[l].legs}); err != nil {
							t.Fatal(err)
						}
					})
					if i >= warm && at > 0 {
						times[l] = append(times[l], took)
					}
				}
			}
		}
		for l, x := range legs {
			card.Search = append(card.Search, SearchRow{Engine: engine + ", " + x.name, Chunks: n, P50: times[l].At(.5), P99: times[l].At(.99)})
		}
	}
}
