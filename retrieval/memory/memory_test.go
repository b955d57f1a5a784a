package memory

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

var space = store.Space{Name: "test", Dim: 3}

func item(key, industry string, from, to dossier.Date, vs ...[]float32) store.CorpusItem {
	it := store.CorpusItem{Key: key, File: key, Title: "办法", Label: key, Industry: industry, From: from, To: to}
	for _, v := range vs {
		it.Chunks = append(it.Chunks, store.Chunk{Text: key, Vector: v})
	}
	return it
}

func TestServes(t *testing.T) {
	y := func(n int) dossier.Date { return dossier.NewDate(n, 7, 1) }
	old, now, later := store.CatalogDoc{To: y(2024)}, store.CatalogDoc{From: y(2024)}, store.CatalogDoc{From: y(2027)}
	for _, c := range []struct {
		d        store.CatalogDoc
		industry string
		asOf     dossier.Date
		want     bool
	}{
		{old, "", y(2024), true}, {old, "", y(2024).AddDays(1), false}, {old, "", dossier.Date{}, false},
		{now, "", y(2024), true}, {now, "", y(2024).AddDays(-1), false}, {now, "", dossier.Date{}, true},
		{later, "", y(2026), false},
		{store.CatalogDoc{Industry: "C35"}, "C3525", y(2026), true}, {store.CatalogDoc{Industry: "C3525"}, "C35", y(2026), false},
		{store.CatalogDoc{Industry: "E"}, "C3525", y(2026), false}, {store.CatalogDoc{}, "C3525", y(2026), true},
		{store.CatalogDoc{Industry: "E"}, "", y(2026), true},
	} {
		if got := Serves(c.d, c.industry, c.asOf); got != c.want {
			t.Errorf("%+v for %q on %s: %v", c.d, c.industry, c.asOf, got)
		}
	}
}

func TestSearchAndSpaces(t *testing.T) {
	var none dossier.Date
	c, err := FromItems(space, []store.CorpusItem{
		item("第一条", "", none, none, []float32{1, 0, 0}, []float32{0, 2, 0}),
		item("第二条", "C35", none, none, []float32{3, 0.1, 0}),
		item("第三条", "", none, dossier.NewDate(2020, 1, 1), []float32{1, 0, 0})})
	if err != nil {
		t.Fatal(err)
	}
	ids := func(q store.VectorQuery) (out []int64) {
		t.Helper()
		q.Space, q.Vector = space, []float32{2, 0, 0}
		f, err := c.SearchVector(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range f.Hits {
			out = append(out, h.ID)
		}
		return out
	}
	for _, w := range []struct {
		q    store.VectorQuery
		want []int64
	}{
		{store.VectorQuery{K: 9}, []int64{1, 3, 2}},
		{store.VectorQuery{K: 2}, []int64{1, 3}},
		{store.VectorQuery{K: 9, Industry: "E48"}, []int64{1, 2}},
		{store.VectorQuery{K: 9, AsOf: dossier.NewDate(2019, 1, 1)}, []int64{1, 4, 3, 2}},
		{store.VectorQuery{K: 9, Only: []int64{2, 99, 3, 3, -1}}, []int64{3, 2}},
		{store.VectorQuery{K: 9, Only: []int64{}}, nil},
	} {
		if got := ids(w.q); !slices.Equal(got, w.want) {
			t.Errorf("%+v: %v, want %v", w.q, got, w.want)
		}
	}
	other := store.Space{Name: "other", Dim: 2}
	ask := store.VectorQuery{Space: other, Vector: []float32{1, 1}, K: 3}
	if _, err := c.SearchVector(t.Context(), ask); !errors.Is(err, store.ErrSpace) {
		t.Errorf("a space that is not there: %v", err)
	}
	todo, _ := c.Unembedded(t.Context(), other, 0, 3)
	if len(todo) != 3 || todo[0].Text != "办法 第一条\n第一条" {
		t.Fatalf("%+v", todo)
	}
	put := func(id int64) {
		t.Helper()
		if err := c.PutVectors(t.Context(), other, []store.ChunkVector{{ID: id, Vector: []float32{1, float32(id)}}, {ID: 999, Vector: []float32{1, 1}}}); err != nil {
			t.Fatal(err)
		}
	}
	put(1)
	put(2)
	if err := c.Switch(t.Context(), other, "x"); !errors.Is(err, store.ErrIncomplete) {
		t.Errorf("half a space: %v", err)
	}
	if _, err := c.SearchVector(t.Context(), ask); !errors.Is(err, store.ErrSpace) {
		t.Errorf("half a space is no space: %v", err)
	}
	put(3)
	put(4)
	if f, err := c.SearchVector(t.Context(), ask); err != nil || len(f.Hits) != 3 { // 4 is no longer in force
		t.Errorf("beside the active one: %v %v", f, err)
	}
	before, _ := c.Version(t.Context())
	if err := c.Switch(t.Context(), other, "x"); err != nil {
		t.Fatal(err)
	}
	if after, _ := c.Version(t.Context()); after <= before {
		t.Error("the switch does not show")
	}
	if err := c.DropSpaces(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.SearchVector(t.Context(), store.VectorQuery{Space: space, Vector: []float32{1, 0, 0}, K: 1}); !errors.Is(err, store.ErrSpace) {
		t.Errorf("dropped: %v", err)
	}
}

func TestBadVectors(t *testing.T) {
	nan := float32(math.NaN())
	for _, v := range [][]float32{{1, 2}, {0, 0, 0}, {nan, 1, 1}} {
		if _, err := New(space, []Doc{{Chunks: []store.Chunk{{Vector: v}}}}); err == nil {
			t.Errorf("%v was taken", v)
		}
	}
}

// The scan returns what sorting everything would.
func TestSearchIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nums := rapid.SliceOfN(rapid.Float32Range(-3, 3), 3, 3)
		n := rapid.IntRange(1, 40).Draw(t, "n")
		var d Doc
		for range n {
			v := nums.Draw(t, "v")
			v[0] += 4 // never zero
			d.Chunks = append(d.Chunks, store.Chunk{Vector: v})
		}
		c, err := New(space, []Doc{d})
		if err != nil {
			t.Fatal(err)
		}
		q := store.VectorQuery{Space: space, Vector: []float32{1, 2, 3}, K: rapid.IntRange(1, 50).Draw(t, "k")}
		all := q
		all.K = 1000
		some, err1 := c.SearchVector(t.Context(), q)
		every, err2 := c.SearchVector(t.Context(), all)
		if err1 != nil || err2 != nil || len(every.Hits) != n || !slices.IsSortedFunc(every.Hits, better) {
			t.Fatalf("%v %v %d", err1, err2, len(every.Hits))
		}
		if !reflect.DeepEqual([]store.Scored(some.Hits), []store.Scored(every.Hits[:min(q.K, n)])) {
			t.Fatalf("top %d differ: %v, %v", q.K, some.Hits, every.Hits)
		}
	})
}
