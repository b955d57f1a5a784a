package retrieval

import (
	"fmt"
	"testing"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval/plan"
)

// BenchmarkCustomer searches one customer with cached postings: hybrid beside vector only, with the same fetch of texts.
func BenchmarkCustomer(b *testing.B) {
	p, err := plan.New("2026年9月支付的货款和发票", plan.Options{})
	if err != nil {
		b.Fatal(err)
	}
	engines := map[string]func(b *testing.B) store.Store{"sqlite": func(b *testing.B) store.Store { return embedded(b) },
		"postgres": func(b *testing.B) store.Store { return server(b) }}
	for engine, st := range engines {
		b.Run(engine, func(b *testing.B) {
			st := st(b)
			for _, n := range []int{60, 300, 1000, 3000} {
				tn := tenant(b, st)
				intake(b, tn, "卷", big(n), nil)
				s := opened(b, tn, Options{Cache: NewCache(1 << 30)})
				for name, q := range map[string]Query{"hybrid": {}, "vector": {Legs: []string{Vector}}, "lexical": {Legs: []string{Lexical}}, "planned": {Plan: &p}} {
					q.Text = "2026年9月支付的货款和发票"
					b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
						for b.Loop() {
							search(b, s, q)
						}
					})
				}
			}
		})
	}
}

// BenchmarkOverhead is what the searcher adds to the store's own search.
func BenchmarkOverhead(b *testing.B) {
	s := open(b, big(1000), small)
	q := Query{Text: "2026年9月支付的货款和发票"}
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			search(b, s, q)
		}
	})
	v, err := s.embedder(s.own.Load().space).Embed(b.Context(), []string{q.Text})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("scan", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.c.SearchVector(b.Context(), store.VectorQuery{Space: s.own.Load().space, Vector: v[0], K: 50}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
