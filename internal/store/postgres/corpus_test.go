package postgres_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/postgres"
	"github.com/xindiao/xindiao/internal/store/postgres/pgtest"
)

// library is a corpus of n items of one chunk; industries get so many parts of a thousand, the rest is for all.
func library(r *rand.Rand, n, dim int, parts map[string]int) (store.CorpusIntake, [][]float32) {
	var codes []string
	for code, p := range parts {
		codes = append(codes, slices.Repeat([]string{code}, n*p/1000)...)
	}
	slices.Sort(codes)
	codes = append(codes, make([]string, n-len(codes))...)
	r.Shuffle(n, func(i, j int) { codes[i], codes[j] = codes[j], codes[i] })
	topics := make([][]float32, max(4, n/200))
	for i := range topics {
		topics[i] = vector(r, dim, 1)
	}
	in := store.CorpusIntake{Corpus: store.Corpus{Name: "library", SHA256: fmt.Sprint(n)}, Space: store.Space{Name: "test", Dim: dim}}
	vectors := make([][]float32, n)
	for i := range n {
		vectors[i] = vector(r, dim, .9)
		for k, x := range topics[r.IntN(len(topics))] {
			vectors[i][k] += x
		}
		in.Items = append(in.Items, store.CorpusItem{Key: fmt.Sprint(i), SHA256: "1", Title: "条目", Industry: codes[i],
			Chunks: []store.Chunk{{Page: 1, Text: "文", Vector: vectors[i]}}})
	}
	return in, vectors
}

func vector(r *rand.Rand, dim int, scale float64) []float32 {
	v := make([]float32, dim)
	for i := range v {
		v[i] = float32(r.NormFloat64() * scale)
	}
	return v
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab, aa, bb = ab+float64(a[i])*float64(b[i]), aa+float64(a[i])*float64(a[i]), bb+float64(b[i])*float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

// recall asks for the best ten within an industry and compares with the exact answer.
func recall(t testing.TB, col store.Collection, in store.CorpusIntake, vectors [][]float32, code string, queries int) (float64, string, time.Duration) {
	t.Helper()
	r := rand.New(rand.NewPCG(9, uint64(len(code))))
	first, err := col.Catalog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var members []int
	for i, it := range in.Items {
		if code == "" || it.Industry == code || it.Industry == "" {
			members = append(members, i)
		}
	}
	hits, wanted := 0, 0
	var took []time.Duration
	route := ""
	for range queries {
		q := vector(r, in.Space.Dim, .7)
		for k, x := range vectors[members[r.IntN(len(members))]] {
			q[k] += x
		}
		start := time.Now()
		f, err := col.SearchVector(t.Context(), store.VectorQuery{Space: in.Space, Vector: q, K: 10, Industry: code})
		if took = append(took, time.Since(start)); err != nil {
			t.Fatal(err)
		}
		route = f.Route
		near := make([]float64, len(vectors))
		for _, i := range members {
			near[i] = cosine(q, vectors[i])
		}
		best := slices.SortedFunc(slices.Values(members), func(a, b int) int { return cmp.Compare(near[b], near[a]) })[:10]
		for _, b := range best {
			wanted++
			if slices.ContainsFunc(f.Hits, func(h store.Scored) bool { return h.ID == first.Documents[b].FirstChunk }) {
				hits++
			}
		}
	}
	slices.Sort(took)
	return float64(hits) / float64(wanted), route, took[len(took)/2]
}

// TestCorpusRoutes: an industry is searched exactly, by its own graph, or by the graph over everything, as its rows
// were counted, and finds what there is to find; so it does after a replacement and without any graph.
func TestCorpusRoutes(t *testing.T) {
	s, err := postgres.Open(t.Context(), pgtest.Database(t), postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	n := 12_000
	if testing.Short() {
		n = 6_000
	}
	in, vectors := library(rand.New(rand.NewPCG(3, 4)), n, 24, map[string]int{"A01": 5, "C17": 80, "C34": 90, "E47": 300, "F51": 525})
	if _, err := s.PutCorpus(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	col, err := s.Corpus(t.Context(), "library")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"": "hnsw", "A01": "exact", "C17": "hnsw", "C34": "hnsw", "E47": "hnsw", "F51": "hnsw"}
	if testing.Short() {
		want["C17"], want["C34"] = "exact", "exact"
	}
	for code, route := range want {
		if got, by, _ := recall(t, col, in, vectors, code, 30); got < .99 || by != route {
			t.Errorf("industry %q by %s, want %s: recall %.3f", code, by, route, got)
		}
	}
	f, err := col.SearchVector(t.Context(), store.VectorQuery{Space: in.Space, Vector: vectors[0], K: 10, Industry: "Z"})
	if err != nil || len(f.Hits) != 0 {
		t.Errorf("an industry that nothing is for: %d hits, %v", len(f.Hits), err)
	}

	// A change of a few items goes in beside the graphs, one of all drops and builds them.
	for _, changed := range []int{10, n} {
		in.Corpus.SHA256 += "x"
		for i := range changed {
			in.Items[i].SHA256 += "x"
		}
		if _, err := s.PutCorpus(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		for _, code := range []string{"", "C34", "F51"} {
			if got, _, _ := recall(t, col, in, vectors, code, 10); got < .99 {
				t.Errorf("%d changed, industry %q: recall %.3f", changed, code, got)
			}
		}
	}
}

// BenchmarkCorpus prints latency and recall by industry.
func BenchmarkCorpus(b *testing.B) {
	s, _ := benchStore(b)
	parts := map[string]int{"A01": 2, "C13": 5, "C17": 10, "C26": 20, "C34": 39, "C35": 60, "E47": 100, "F51": 200, "Z99": 560}
	in, vectors := library(rand.New(rand.NewPCG(5, 6)), 20_000, 1024, parts)
	start := time.Now()
	if _, err := s.PutCorpus(b.Context(), in); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d items in %.1f s", len(in.Items), time.Since(start).Seconds())
	col, err := s.Corpus(b.Context(), "library")
	if err != nil {
		b.Fatal(err)
	}
	for _, code := range []string{"", "A01", "C13", "C17", "C26", "C34", "C35", "E47", "F51"} {
		r, route, p50 := recall(b, col, in, vectors, code, 20)
		b.Logf("industry %-4s %-6s recall %.3f p50 %v", code, route, r, p50)
	}
}
