package storetest

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// search compares vector search with the same sums in float64.
func search(t *testing.T, e *env) {
	ctx := t.Context()
	tn, other := e.tenant(t), e.tenant(t)
	if f, err := tn.SearchVector(ctx, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 5}); err != nil || len(f.Hits) != 0 {
		t.Errorf("empty collection: %+v %v", f, err)
	}
	var docs []*dossier.Document
	for i := range 12 {
		docs = append(docs, paper(fmt.Sprintf("%d.pdf", i), fmt.Sprint("第", i%10), 4)) // two pairs of documents with equal vectors: ties
	}
	must[store.Receipt](t)(tn.Intake(ctx, reading("卷", "一", docs...)))
	must[store.Receipt](t)(other.Intake(ctx, reading("卷", "他人", paper("他.pdf", "他人", 60))))
	vectors := collect(t, tn, space)
	if len(vectors) != 12*4*3 {
		t.Fatalf("%d vectors", len(vectors))
	}
	var ids []int64
	for id := range vectors {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for i := range 40 {
		q := store.VectorQuery{Space: space, Vector: vector(space, fmt.Sprint("query", i)), K: []int{1, 3, 10, 500}[i%4]}
		switch i % 5 {
		case 3:
			q.Only = []int64{ids[i], ids[2*i], ids[0], ids[0], 1 << 50, -3}
		case 4:
			q.Only = slices.Clone(ids[i : 2*i])
			slices.Reverse(q.Only)
		}
		compare(t, tn, q, vectors)
	}
	t.Run("only", func(t *testing.T) {
		foreign := must[store.Catalog](t)(other.Catalog(ctx)).Documents[0]
		var beyond []int64
		for k := range int64(foreign.Chunks) {
			if id := foreign.FirstChunk + k; vectors[id] == nil {
				beyond = append(beyond, id)
			}
		}
		if len(beyond) == 0 {
			t.Fatal("no id that only the other customer has")
		}
		for _, only := range [][]int64{{}, {1 << 40}, beyond} {
			f, err := tn.SearchVector(ctx, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 5, Only: only})
			if err != nil || len(f.Hits) != 0 {
				t.Errorf("only %d ids that are not there: %+v %v", len(only), f.Hits, err)
			}
		}
	})
	t.Run("bounds", func(t *testing.T) {
		for _, k := range []int{0, -1} {
			if f, err := tn.SearchVector(ctx, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: k}); err != nil || len(f.Hits) != 0 {
				t.Errorf("K %d: %d hits, %v", k, len(f.Hits), err)
			}
		}
		if f, err := tn.SearchVector(ctx, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 1 << 30}); err != nil || len(f.Hits) != len(ids) {
			t.Errorf("huge K: %d hits, %v", len(f.Hits), err)
		}
		nan := vector(space, "q")
		nan[3] = float32(math.NaN())
		for what, v := range map[string][]float32{"short": {1, 2}, "none": nil, "zero": make([]float32, space.Dim), "NaN": nan} {
			if _, err := tn.SearchVector(ctx, store.VectorQuery{Space: space, Vector: v, K: 5}); dossier.KindOf(err) != dossier.ErrInput {
				t.Errorf("%s vector: %v", what, err)
			}
		}
	})
	t.Run("wrong space", func(t *testing.T) {
		for _, s := range []store.Space{{Name: space.Name, Dim: space.Dim + 1}, {Name: "suite-z", Dim: space.Dim}} {
			_, err := tn.SearchVector(ctx, store.VectorQuery{Space: s, Vector: vector(s, "q"), K: 5})
			if !errors.Is(err, store.ErrSpace) || dossier.KindOf(err) == "" {
				t.Errorf("%v: %v", s, err)
			}
		}
	})
	if f := must[store.Found](t)(tn.SearchVector(ctx, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 5})); f.Route == "" ||
		f.Version != 0 && f.Version != must[int64](t)(tn.Version(ctx)) {
		t.Errorf("route %q, version %d", f.Route, f.Version)
	}
}

// collect reads every vector of a collection through its hashes.
func collect(t *testing.T, c store.Collection, s store.Space) map[int64][]float32 {
	t.Helper()
	ctx := t.Context()
	out, cat := map[int64][]float32{}, must[store.Catalog](t)(c.Catalog(ctx))
	for _, d := range cat.Documents {
		var ids []int64
		for k := range int64(d.Chunks) {
			ids = append(ids, d.FirstChunk+k)
		}
		var hashes []store.Hash
		rows := must[[]store.ChunkRow](t)(c.Chunks(ctx, ids))
		title := store.CorpusItem{Title: d.Title, Label: d.Label}.Heading()
		for _, r := range rows {
			hashes = append(hashes, store.HashText(store.EmbedText(title, r.Chunk)))
		}
		vs := must[map[store.Hash][]float32](t)(c.VectorsByHash(ctx, s, hashes))
		for i, r := range rows {
			if v := vs[hashes[i]]; v != nil {
				out[r.ID] = v
			}
		}
	}
	return out
}

// compare runs a query and checks ids, order and scores. Neighbours that are closer than single precision tells may
// change places; equal vectors may not.
func compare(t *testing.T, c store.Collection, q store.VectorQuery, vectors map[int64][]float32) {
	t.Helper()
	const eps = 2e-6
	score := map[int64]float64{}
	var want []int64
	for id, v := range vectors {
		if q.Only == nil || slices.Contains(q.Only, id) {
			score[id] = cosine(q.Vector, v)
			want = append(want, id)
		}
	}
	slices.SortFunc(want, func(a, b int64) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
	want = want[:min(len(want), q.K)]
	found := must[store.Found](t)(c.SearchVector(t.Context(), q))
	if len(found.Hits) != len(want) {
		t.Fatalf("%d hits, want %d", len(found.Hits), len(want))
	}
	seen := map[int64]bool{}
	for i, h := range found.Hits {
		s, ok := score[h.ID]
		switch {
		case !ok:
			t.Fatalf("rank %d: chunk %d does not belong here", i, h.ID)
		case seen[h.ID]:
			t.Fatalf("rank %d: chunk %d twice", i, h.ID)
		case math.Abs(h.Score-s) > 1e-4:
			t.Fatalf("rank %d: score %v of chunk %d, want %v", i, h.Score, h.ID, s)
		case h.ID != want[i] && (s == score[want[i]] || math.Abs(s-score[want[i]]) > eps):
			t.Fatalf("rank %d: chunk %d (%v), want %d (%v)", i, h.ID, s, want[i], score[want[i]])
		}
		seen[h.ID] = true
	}
}

func cosine(a, b []float32) float64 {
	var dot, x, y float64
	for i := range a {
		dot, x, y = dot+float64(a[i])*float64(b[i]), x+float64(a[i])*float64(a[i]), y+float64(b[i])*float64(b[i])
	}
	return dot / math.Sqrt(x*y)
}
