package sqlite

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

func TestCache(t *testing.T) {
	c := newCache(1000)
	fill := func(collection, version, size int64) bool {
		key := cacheKey{collection, 1}
		if c.wanted(key, version, size) {
			c.put(&cached{key: key, version: version, bytes: size})
			return true
		}
		return false
	}
	if fill(1, 1, 400) {
		t.Error("kept at the first search")
	}
	if fill(1, 2, 400) {
		t.Error("kept at the first search of a new version")
	}
	if !fill(1, 2, 400) || c.get(cacheKey{1, 1}, 2) == nil {
		t.Error("not kept at the second search")
	}
	fill(2, 1, 500)
	fill(2, 1, 500)
	c.get(cacheKey{1, 1}, 2)
	fill(3, 1, 300)
	fill(3, 1, 300)
	if c.get(cacheKey{2, 1}, 1) != nil || c.get(cacheKey{1, 1}, 2) == nil || c.get(cacheKey{3, 1}, 1) == nil || c.used != 700 {
		t.Errorf("the longest unused did not leave: %d bytes", c.used)
	}
	if c.get(cacheKey{1, 1}, 3) != nil || c.used != 300 {
		t.Error("an old version is served or kept")
	}
}

// TestCacheSweep: going round more than there is room for keeps nothing, coming back at once does.
func TestCacheSweep(t *testing.T) {
	c := newCache(1000)
	for round := range 3 {
		for i := range int64(20) {
			if c.wanted(cacheKey{i, 1}, 1, 100) {
				t.Fatalf("round %d keeps %d", round, i)
			}
		}
	}
	if !c.wanted(cacheKey{19, 1}, 1, 100) || c.wanted(cacheKey{2, 1}, 1, 100) {
		t.Error("the last is not wanted, or one long ago is")
	}
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
	if s.cache.used == 0 {
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
	if s.cache.used == 0 {
		t.Error("the corpus is not kept")
	}
	f, err := c.SearchVector(t.Context(), store.VectorQuery{Space: benchSpace, Vector: repealed, K: 1, AsOf: dossier.NewDate(2019, 1, 1)})
	if err != nil || len(f.Hits) != 1 || f.Hits[0].Score < 0.999 {
		t.Errorf("while in force: %+v %v", f, err)
	}
}
