package retrieval

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/postgres"
	"github.com/xindiao/xindiao/internal/store/postgres/pgtest"
	"github.com/xindiao/xindiao/internal/store/sqlite"
)

// onEach runs a test over each engine; the one over Postgres skips where there is none.
func onEach(t *testing.T, run func(t *testing.T, s store.Store)) {
	t.Run("sqlite", func(t *testing.T) { run(t, embedded(t)) })
	t.Run("postgres", func(t *testing.T) { run(t, server(t)) })
}

func server(t testing.TB) store.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), pgtest.Database(t), postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func embedded(t testing.TB) store.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), sqlite.Memory, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func tenant(t testing.TB, s store.Store) store.Tenant {
	t.Helper()
	c, err := s.PutCustomer(t.Context(), "91000000MA0000000X", "乙州云帆包装有限公司")
	if err != nil {
		t.Fatal(err)
	}
	return s.Tenant(c.ID)
}

func intake(t testing.TB, tn store.Tenant, name string, docs []*dossier.Document, e llm.Embedder) *Prepared {
	t.Helper()
	p, err := Prepare(t.Context(), docs, PrepareOptions{Embedder: e, Known: tn, Chunk: small.Chunk})
	if err != nil {
		t.Fatal(err)
	}
	put := func(p *Prepared) error {
		_, err := tn.Intake(t.Context(), store.Intake{Name: name, Dossier: &dossier.Dossier{Documents: docs}, Files: p.Files, Space: p.Space, Actor: "试"})
		return err
	}
	if err = put(p); errors.Is(err, store.ErrSpace) {
		p = p.WithoutVectors()
		err = put(p)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func opened(t testing.TB, c store.Collection, o Options) *Searcher {
	t.Helper()
	s, err := Open(c, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A search over a store and one in memory are the same search.
func TestStoreEqualsMemory(t *testing.T) { onEach(t, equalsMemory) }

func equalsMemory(t *testing.T, st store.Store) {
	docs := append(folder(), big(100)...)
	info, err := st.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	half := info.Engine != "sqlite" // half precision ranks near ties in another way
	if half {
		docs = folder()
	}
	tn := tenant(t, st)
	intake(t, tn, "卷", docs, nil)
	over, in := opened(t, tn, Options{}), open(t, docs, small)
	for _, q := range []Query{{Text: "应收账款期末余额"}, {Text: "违约金 货款 住所", K: 20}, {Text: "采购支付货款", K: 30, Types: []string{"contract"}},
		{Text: "应收账款", All: true, K: 40}, {Text: "贷款余额900万元", Legs: []string{Vector}}, {Text: "货款", Files: []string{"3.txt", "合同.docx"}}} {
		if half {
			q.K = 40 // everything, in whatever order
		}
		a, b := search(t, over, q), search(t, in, q)
		if len(a.Hits) == 0 || len(a.Hits) != len(b.Hits) || a.Searched != b.Searched {
			t.Fatalf("%+v: %d hits over the store, %d in memory", q, len(a.Hits), len(b.Hits))
		}
		for i, x := range a.Hits {
			y := b.Hits[i]
			if half {
				y = b.Hits[slices.IndexFunc(b.Hits, func(h Hit) bool {
					return h.Passage.Start == x.Passage.Start && h.Passage.Place.File == x.Passage.Place.File && h.Passage.Place.Page == x.Passage.Place.Page
				})]
			}
			for k := range min(len(x.Legs), len(y.Legs)) {
				if math.Abs(x.Legs[k].Score-y.Legs[k].Score) > 1e-3 {
					t.Errorf("%+v: leg %+v, in memory %+v", q, x.Legs[k], y.Legs[k])
				}
				x.Legs[k].Score = y.Legs[k].Score // stores round
				if half {
					x.Legs[k], x.Score = y.Legs[k], y.Score
				}
			}
			x.Document, x.Chunk, x.Dossier, x.Passage.ID = y.Document, y.Chunk, y.Dossier, y.Passage.ID
			if !reflect.DeepEqual(x, y) {
				t.Errorf("%+v, hit %d:\n%+v\n%+v", q, i, x, y)
			}
		}
	}
}

// brokenCollection fails where it is told to.
type brokenCollection struct {
	store.Collection
	catalog func(*store.Catalog)
	vector  error
}

func (b brokenCollection) Catalog(ctx context.Context) (store.Catalog, error) {
	c, err := b.Collection.Catalog(ctx)
	if err == nil && b.catalog != nil {
		b.catalog(&c)
	}
	return c, err
}

func (b brokenCollection) SearchVector(ctx context.Context, q store.VectorQuery) (store.Found, error) {
	if b.vector != nil {
		return store.Found{}, b.vector
	}
	return b.Collection.SearchVector(ctx, q)
}

func TestBrokenPostingsAreNamed(t *testing.T) {
	tn := tenant(t, embedded(t))
	intake(t, tn, "卷", folder(), nil)
	s := opened(t, brokenCollection{Collection: tn, catalog: func(c *store.Catalog) { c.Documents[0].Segment = []byte("broken") }}, Options{})
	r := search(t, s, Query{Text: "住所 应收账款", Legs: []string{Lexical}})
	if len(r.Hits) == 0 || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "合同.docx") {
		t.Errorf("%+v", r)
	}
}

// Even a store that says at every search that the space is gone gives what the words find.
func TestSpaceThatIsAlwaysGone(t *testing.T) {
	tn := tenant(t, embedded(t))
	intake(t, tn, "卷", folder(), nil)
	s := opened(t, brokenCollection{Collection: tn, vector: store.WrongSpace(store.Space{}, store.Space{})}, Options{})
	if r := search(t, s, Query{Text: "住所"}); len(r.Hits) == 0 || len(r.Notes) == 0 {
		t.Errorf("%+v", r)
	}
}

// Any filter gives what going through the catalog by hand gives, in both legs.
func TestFiltersAgainstTheCatalog(t *testing.T) {
	var docs []*dossier.Document
	for i := range 40 {
		d := doc(fmt.Sprintf("%d.txt", i), []string{"a", "b", "c"}[i%3], "截至2025年，共同的词 "+fmt.Sprint(i), "另一页 共同的词")
		d.Party.Name = []string{"甲公司", "乙公司", ""}[i%5%3]
		if i%7 == 0 {
			d.SupersededBy = "0.txt"
		}
		docs = append(docs, d)
	}
	tn := tenant(t, embedded(t))
	intake(t, tn, "卷", docs, nil)
	s := opened(t, tn, Options{})
	rapid.Check(t, func(r *rapid.T) {
		q := Query{Text: "共同的词", K: 200, All: rapid.Bool().Draw(r, "all")}
		q.Types = rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 0, 2).Draw(r, "types")
		q.Parties = rapid.SliceOfN(rapid.SampledFrom([]string{"甲", "乙公司", "丙"}), 0, 2).Draw(r, "parties")
		q.Files = rapid.SliceOfN(rapid.SampledFrom([]string{"1.txt", "7.txt", "8.txt", "9.txt"}), 0, 4).Draw(r, "files")
		q.Legs = rapid.SampledFrom([][]string{nil, {Lexical}, {Vector}}).Draw(r, "legs")
		has := func(list []string, is func(string) bool) bool { return len(list) == 0 || slices.ContainsFunc(list, is) }
		want := map[string]bool{}
		for _, d := range docs {
			if (q.All || d.Current()) && has(q.Types, func(x string) bool { return x == d.Type }) && has(q.Files, func(x string) bool { return x == d.File }) &&
				has(q.Parties, func(x string) bool { return strings.Contains(d.Party.Name, x) }) {
				want[d.File] = true
			}
		}
		res, err := s.Search(context.Background(), q)
		if err != nil {
			r.Fatal(err)
		}
		got := map[string]bool{}
		for _, h := range res.Hits {
			got[h.Passage.Place.File] = true
			for _, p := range h.Also {
				got[p.File] = true
			}
		}
		if !reflect.DeepEqual(got, want) || res.Searched != 2*len(want) {
			r.Fatalf("%+v: %d files, want %d; %d searched", q, len(got), len(want), res.Searched)
		}
	})
}
