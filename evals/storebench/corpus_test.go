package storebench

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval/lexical"
)

// shares are the industries' parts of the corpus; the rest belongs to codes of its own and is never filtered on.
var shares = map[string]float64{"A01": .002, "C13": .005, "C17": .01, "C26": .02, "C34": .039, "C35": .06, "E47": .1, "F51": .2}

// corpusOf draws items of one chunk each; vectors gather around topics, and a topic belongs to an industry, as rules and
// cases about one do.
func corpusOf(n, dim int) (store.CorpusIntake, [][]float32) {
	r := rand.New(rand.NewPCG(11, 13))
	var codes []string
	for _, code := range sortedKeys(shares) {
		for range int(shares[code] * float64(n)) {
			codes = append(codes, code)
		}
	}
	for len(codes) < n {
		codes = append(codes, "Z99")
	}
	r.Shuffle(n, func(i, j int) { codes[i], codes[j] = codes[j], codes[i] })
	topics := map[string][][]float32{}
	for _, code := range append(sortedKeys(shares), "Z99") {
		for range max(2, int(math.Max(shares[code], .1)*float64(n)/200)) {
			topics[code] = append(topics[code], noise(r, dim, 1))
		}
	}
	in := store.CorpusIntake{Corpus: store.Corpus{Name: "bench", Title: "基准", Kind: "policy", SHA256: fmt.Sprint(n)}, Space: store.Space{Name: "bench", Dim: dim}, Actor: "bench"}
	own := func(of [][]float32) []float32 { return of[r.IntN(len(of))] }
	vectors := make([][]float32, n)
	for i := range n {
		v := noise(r, dim, 0.9)
		for j, x := range own(topics[codes[i]]) {
			v[j] += x
		}
		vectors[i] = unit(v)
		body := text(r, 40)
		in.Items = append(in.Items, store.CorpusItem{Key: fmt.Sprint(i), Title: "条目", Industry: codes[i], SHA256: fmt.Sprint(i),
			Segment: lexical.Pack([]string{body}), Chunks: []store.Chunk{{Page: 1, Text: body, End: len(body), FileEnd: len(body), Kind: "clause", Vector: vectors[i]}}})
	}
	return in, vectors
}

// corpora measures every industry filter against the exact answer, and a whole scan as the yardstick.
func corpora(t testing.TB, engine string, s store.Store, n, dim, queries int, card *Card, scan func([]float32) time.Duration) {
	in, vectors := corpusOf(n, dim)
	start := time.Now()
	if _, err := s.PutCorpus(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	card.intake(engine+" corpus, indexes included", n, time.Since(start))
	col, err := s.Corpus(t.Context(), in.Corpus.Name)
	if err != nil {
		t.Fatal(err)
	}
	cat, err := col.Catalog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := map[int64]int{} // chunk id -> item
	for i, d := range cat.Documents {
		at[d.FirstChunk] = i
	}
	rows := &CorpusRows{Engine: engine, Chunks: n}
	r := rand.New(rand.NewPCG(5, 5))
	var scans Times
	for _, code := range append([]string{""}, sortedKeys(shares)...) {
		var members []int
		for i, it := range in.Items {
			if code == "" || it.Industry == code {
				members = append(members, i)
			}
		}
		var own [][]float32
		for _, m := range members {
			own = append(own, vectors[m])
		}
		var times Times
		hit, want := 0, 0
		route := ""
		for i := range queries {
			q := Near(r, vectors[members[r.IntN(len(members))]]) // one asks about the borrower's industry
			var found store.Found
			took := clock(func() {
				found, err = col.SearchVector(context.Background(), store.VectorQuery{Space: in.Space, Vector: q, K: best, Industry: code})
			})
			if err != nil {
				t.Fatal(err)
			}
			if i >= queries/10 {
				times = append(times, took)
			}
			route = found.Route
			var got []int
			for _, h := range found.Hits {
				got = append(got, at[h.ID])
			}
			var exact []int
			for _, e := range Exact(own, q, best) {
				exact = append(exact, members[e])
			}
			hit, want = hit+Overlap(exact, got), want+len(exact)
			if scan != nil && i < 12 && code == "" {
				scans = append(scans, scan(q))
			}
		}
		rows.Industries = append(rows.Industries, IndustryRow{Share: math.Round(1e4*float64(len(members))/float64(n)) / 1e4, Route: route, P50: times.At(.5),
			Recall: math.Round(1e4*float64(hit)/float64(want)) / 1e4})
	}
	rows.ScanP50 = scans.At(.5)
	card.Corpus = rows
}

// corpusScan looks at every row of the shared corpora: what an index has to beat.
const corpusScan = `select id from xindiao.corpus_vec order by (v <=> $1) + 0, id limit 10`
