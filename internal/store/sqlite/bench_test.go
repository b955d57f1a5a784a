package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite/vec" // for BenchmarkVec0

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

var benchSpace = store.Space{Name: "bench", Dim: 1024}

// synthetic is a dossier of n chunks with random vectors, 20 chunks a document.
func synthetic(seed int64, n int) store.Intake {
	r := rand.New(rand.NewPCG(uint64(seed), 7))
	in := store.Intake{Name: "合成卷宗", Dossier: &dossier.Dossier{}, Space: benchSpace, Actor: "测试"}
	for at := 0; at < n; at += 20 {
		doc := &dossier.Document{File: fmt.Sprintf("%d-%d.txt", seed, at), Type: "other", TypeName: "其他", Pages: []dossier.Page{{Number: 1, Text: "正文"}}}
		ix := store.FileIndex{Segment: make([]byte, 2000)}
		for i := at; i < min(at+20, n); i++ {
			v := make([]float32, benchSpace.Dim)
			for j := range v {
				v[j] = float32(r.NormFloat64())
			}
			ix.Chunks = append(ix.Chunks, store.Chunk{Page: 1, Kind: "prose", Vector: v,
				Text: fmt.Sprintf("第%d段。%0300d", i, r.Uint64()), Context: "合成"})
		}
		in.Dossier.Documents = append(in.Dossier.Documents, doc)
		in.Files = append(in.Files, ix)
	}
	return in
}

func customerOf(t testing.TB, s *Store) store.Tenant {
	t.Helper()
	c, err := s.PutCustomer(context.Background(), "k", "甲")
	if err != nil {
		t.Fatal(err)
	}
	return s.Tenant(c.ID)
}

var benchSizes = []int{50, 250, 1000, 5000}

func benchStore(b *testing.B, n int, o Options) (store.Tenant, []float32) {
	s, err := Open(context.Background(), filepath.Join(b.TempDir(), "x.db"), o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	tn := customerOf(b, s)
	in := synthetic(1, n)
	if _, err := tn.Intake(context.Background(), in); err != nil {
		b.Fatal(err)
	}
	return tn, in.Files[0].Chunks[0].Vector
}

// BenchmarkSearchVector searches a customer that is in work (its vectors in memory), and one that comes from the file.
func BenchmarkSearchVector(b *testing.B) {
	for _, n := range benchSizes {
		for name, o := range map[string]Options{"cached": {}, "file": {Cache: -1}} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				tn, v := benchStore(b, n, o)
				for b.Loop() {
					if f, err := tn.SearchVector(b.Context(), store.VectorQuery{Space: benchSpace, Vector: v, K: 10}); err != nil || len(f.Hits) != 10 {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkCatalog(b *testing.B) {
	for _, n := range benchSizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			tn, _ := benchStore(b, n, Options{})
			for b.Loop() {
				if _, err := tn.Catalog(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkIntake(b *testing.B) {
	const n = 5000
	s := open(b, filepath.Join(b.TempDir(), "x.db"))
	in := synthetic(1, n)
	for i := 0; b.Loop(); i++ {
		c, err := s.PutCustomer(context.Background(), fmt.Sprint(i), "甲")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Tenant(c.ID).Intake(b.Context(), in); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "chunks/s")
}

// BenchmarkVec0 is the same search by the engine's own vector table with the customer as partition key, 64 rows a
// chunk: why blocks are compared in Go.
func BenchmarkVec0(b *testing.B) {
	db, err := raw(filepath.Join(b.TempDir(), "x.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE VIRTUAL TABLE v USING vec0(customer INTEGER PARTITION KEY, v FLOAT[1024] DISTANCE_METRIC=cosine, CHUNK_SIZE=64)"); err != nil {
		b.Fatal(err)
	}
	var all [blockSize][]float32
	id := 0
	for customer, n := range benchSizes {
		in := synthetic(1, n)
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range in.Files {
			for _, c := range f.Chunks {
				all[0] = c.Vector
				id++
				if _, err := tx.Exec("INSERT INTO v (rowid, customer, v) VALUES (?, ?, ?)", id, customer, (block{}).with(&all, benchSpace.Dim).data); err != nil {
					b.Fatal(err)
				}
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	for customer, n := range benchSizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			st, err := db.Prepare("SELECT rowid, distance FROM v WHERE v MATCH ? AND k = 10 AND customer = ?")
			if err != nil {
				b.Fatal(err)
			}
			defer st.Close()
			all[0] = synthetic(1, 1).Files[0].Chunks[0].Vector
			q := (block{}).with(&all, benchSpace.Dim).data
			for b.Loop() {
				rows, err := st.Query(q, customer)
				if err != nil {
					b.Fatal(err)
				}
				if err := drain(rows, func(*sql.Rows) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPutCorpus replaces every second of 5,000 items with one chunk each, and searches with a filter on industries.
func BenchmarkPutCorpus(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "x.db"))
	var chunks []store.Chunk
	for _, f := range synthetic(1, 5000).Files {
		chunks = append(chunks, f.Chunks...)
	}
	in := store.CorpusIntake{Corpus: store.Corpus{Name: "law", SHA256: "0"}, Space: benchSpace}
	for i := range chunks {
		in.Items = append(in.Items, store.CorpusItem{Key: fmt.Sprint(i), SHA256: "0", Industry: []string{"", "C", "C35", "F", "A01"}[i%5],
			Chunks: chunks[i : i+1], Segment: make([]byte, 200)})
	}
	if _, err := s.PutCorpus(context.Background(), in); err != nil {
		b.Fatal(err)
	}
	b.Run("put", func(b *testing.B) {
		for round := 0; b.Loop(); round++ {
			in.Corpus.SHA256 = fmt.Sprint(b.N, round)
			for i := round % 2; i < len(in.Items); i += 2 {
				in.Items[i].SHA256 = in.Corpus.SHA256
			}
			if _, err := s.PutCorpus(b.Context(), in); err != nil {
				b.Fatal(err)
			}
		}
	})
	c, err := s.Corpus(context.Background(), "law")
	if err != nil {
		b.Fatal(err)
	}
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			if _, err := c.SearchVector(b.Context(), store.VectorQuery{Space: benchSpace, Vector: chunks[0].Vector, K: 10, Industry: "A0112"}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
