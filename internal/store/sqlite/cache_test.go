package sqlite

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// used is the bytes of vectors kept.
func used(s *Store) int64 {
	n, _ := s.cache.Used()
	return n
}

// TestCacheStale: what another process changed is never searched as it was.
func TestCacheStale(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	s, other := open(t, path), open(t, path)
	tn := customerOf(t, s)
	in := synthetic(1, 100)
	if _, err := tn.Intake(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	q := store.VectorQuery{Space: benchSpace, Vector: in.Files[2].Chunks[1].Vector, K: 3}
	find := func() store.Found {
		t.Helper()
		f, err := tn.SearchVector(t.Context(), q)
		if err != nil || len(f.Hits) == 0 {
			t.Fatalf("%+v %v", f, err)
		}
		return f
	}
	fromFile := find()
	find()
	if used(s) == 0 {
		t.Fatal("nothing is cached after two searches")
	}
	fromCache := find()
	if len(fromFile.Hits) != 3 || fromFile.Hits[0] != fromCache.Hits[0] || fromFile.Hits[2] != fromCache.Hits[2] || fromFile.Version != fromCache.Version {
		t.Errorf("%+v from the file, %+v from the cache", fromFile, fromCache)
	}
	if fromFile.Hits[0].Score < 0.9999 {
		t.Errorf("a chunk is not nearest to itself: %+v", fromFile.Hits)
	}
	in.Dossier.Documents, in.Files = in.Dossier.Documents[:2], in.Files[:2]
	if _, err := other.Tenant(tn.ID()).Intake(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	if f := find(); f.Version == fromCache.Version || f.Hits[0].Score > 0.9 {
		t.Errorf("after another process took the document out: %+v", f)
	}
}

// TestScanFunction: nobody gets at a search's blocks by SQL, and nothing is left of a search.
func TestScanFunction(t *testing.T) {
	s := open(t, Memory)
	tn := customerOf(t, s)
	in := synthetic(1, 70)
	if _, err := tn.Intake(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	if _, err := tn.SearchVector(t.Context(), store.VectorQuery{Space: benchSpace, Vector: in.Files[0].Chunks[0].Vector, K: 3}); err != nil {
		t.Fatal(err)
	}
	scans.Range(func(ticket, _ any) bool {
		t.Errorf("search %v is still there", ticket)
		return true
	})
	for _, args := range []string{"1, 2, 3, x'00', x'00'", "'x', 2, 3, x'00', x'00'", "NULL, NULL, NULL, NULL, NULL"} {
		var v any
		if err := s.r.QueryRow("SELECT " + scanFunction + "(" + args + ")").Scan(&v); err == nil {
			t.Errorf("%s gives %v", args, v)
		}
	}
}

// TestCacheFiltered: a corpus with items out of force is kept too, and serves from memory what it serves from the file.
func TestCacheFiltered(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "x.db"))
	in := store.CorpusIntake{Corpus: store.Corpus{Name: "law", SHA256: "1"}, Space: benchSpace, Actor: "测试"}
	files := synthetic(1, 400).Files
	for i, f := range files {
		it := store.CorpusItem{Key: string(rune('a' + i)), SHA256: "1", Chunks: f.Chunks, Segment: f.Segment}
		if i == 1 {
			it.To = dossier.NewDate(2020, 1, 1)
		}
		in.Items = append(in.Items, it)
	}
	if _, err := s.PutCorpus(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	c, err := s.Corpus(t.Context(), "law")
	if err != nil {
		t.Fatal(err)
	}
	repealed := files[1].Chunks[0].Vector
	var first store.Found
	for i := range 4 {
		f, err := c.SearchVector(t.Context(), store.VectorQuery{Space: benchSpace, Vector: repealed, K: 5})
		if err != nil || len(f.Hits) != 5 || f.Hits[0].Score > 0.9 {
			t.Fatalf("search %d: %+v %v", i, f, err)
		}
		if i == 0 {
			first = f
		} else if !slices.Equal(f.Hits, first.Hits) {
			t.Errorf("search %d: %+v, at first %+v", i, f.Hits, first.Hits)
		}
	}
	if used(s) == 0 {
		t.Error("the corpus is not kept")
	}
	f, err := c.SearchVector(t.Context(), store.VectorQuery{Space: benchSpace, Vector: repealed, K: 1, AsOf: dossier.NewDate(2019, 1, 1)})
	if err != nil || len(f.Hits) != 1 || f.Hits[0].Score < 0.999 {
		t.Errorf("while in force: %+v %v", f, err)
	}
}
