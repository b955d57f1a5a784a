package postgres

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/postgres/pgtest"
)

// What memory answers is what the server answers, and never what it answered before the other process wrote.
func TestMemoryAnswersAsTheServer(t *testing.T) {
	url := pgtest.Database(t)
	ctx := t.Context()
	open := func(cache int64) *Store {
		s, err := Open(ctx, url, Options{Cache: cache})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	cold, warm := open(-1), open(0)
	const dim, n = 48, 90
	r := rand.New(rand.NewPCG(1, 9))
	space := store.Space{Name: "m", Dim: dim}
	vector := func() []float32 {
		v := make([]float32, dim)
		for i := range v {
			v[i] = r.Float32() - .5
		}
		return v
	}
	row, err := cold.PutCustomer(ctx, "K", "某某公司")
	if err != nil {
		t.Fatal(err)
	}
	intake := func(doc string) {
		ix := store.FileIndex{}
		for i := range n {
			ix.Chunks = append(ix.Chunks, store.Chunk{Page: 1, Text: fmt.Sprintf("%s %d", doc, i), Vector: vector()})
		}
		d := &dossier.Dossier{Documents: []*dossier.Document{{File: doc}}}
		if _, err := cold.Tenant(row.ID).Intake(ctx, store.Intake{Name: "甲", Dossier: d, Files: []store.FileIndex{ix}, Space: space, Actor: "t"}); err != nil {
			t.Fatal(err)
		}
	}
	for _, doc := range []string{"一.pdf", "二.pdf"} {
		intake(doc)
		cat, err := cold.Tenant(row.ID).Catalog(ctx)
		if err != nil {
			t.Fatal(err)
		}
		first := cat.Documents[0].FirstChunk
		for i := range 12 {
			q := store.VectorQuery{Space: space, Vector: vector(), K: 7}
			if i%3 == 2 {
				q.Only = []int64{first + 5, first + 80, first + 5, first + 33, 1 << 40}
			}
			want, err := cold.Tenant(row.ID).SearchVector(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			got, err := warm.Tenant(row.ID).SearchVector(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Hits) != len(want.Hits) || got.Version != want.Version || got.Route != want.Route {
				t.Fatalf("%s query %d: %+v in memory, %+v in the server", doc, i, got, want)
			}
			for k := range want.Hits {
				if got.Hits[k].ID != want.Hits[k].ID || math.Abs(got.Hits[k].Score-want.Hits[k].Score) > 1e-4 {
					t.Errorf("%s query %d hit %d: %+v in memory, %+v in the server", doc, i, k, got.Hits[k], want.Hits[k])
				}
			}
		}
		if _, kept := warm.hot.Used(); kept != 1 {
			t.Errorf("%s: vectors of %d customers in memory", doc, kept)
		}
	}
	if _, kept := cold.hot.Used(); kept != 0 {
		t.Error("something is kept without room")
	}
}
