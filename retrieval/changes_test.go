package retrieval

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval/embed"
)

// What an intake removed is not shown, and what it brought is, by a searcher that was open all the time.
func TestNothingStale(t *testing.T) { onEach(t, nothingStale) }

func nothingStale(t *testing.T, st store.Store) {
	tn := tenant(t, st)
	cache := NewCache(1 << 20)
	s := opened(t, tn, Options{Cache: cache, Key: "1"})
	for i := range 6 {
		text := fmt.Sprintf("第%d版 注册资本%d万元。", i, 100+i)
		intake(t, tn, "卷", []*dossier.Document{doc("章程.docx", "articles", text), doc("不变.txt", "x", "住所 新港路18号")}, nil)
		for _, legs := range [][]string{nil, {Lexical}, {Vector}} {
			r := search(t, s, Query{Text: "注册资本", Legs: legs, K: 9})
			if len(r.Hits) == 0 || r.Hits[0].Passage.Text != text || r.Passages != 2 {
				t.Fatalf("version %d by %v: %+v", i, legs, r)
			}
		}
	}
	if _, n := cache.Used(); n != 1 {
		t.Errorf("%d snapshots of one customer are kept", n)
	}
}

// Customers share a cache and never each other's snapshot, whatever the key says.
func TestOneCacheManyCustomers(t *testing.T) { onEach(t, oneCache) }

func oneCache(t *testing.T, st store.Store) {
	cache := NewCache(1 << 20)
	for round := range 2 {
		for i := range 5 {
			c, err := st.PutCustomer(t.Context(), fmt.Sprint(i), "客户")
			if err != nil {
				t.Fatal(err)
			}
			file := fmt.Sprintf("%d.txt", i)
			if round == 0 {
				intake(t, st.Tenant(c.ID), "卷", []*dossier.Document{doc(file, "x", "注册资本一百万元。")}, nil)
			}
			r := search(t, opened(t, st.Tenant(c.ID), Options{Cache: cache}), Query{Text: "注册资本"})
			if len(r.Hits) != 1 || r.Hits[0].Passage.Place.File != file {
				t.Errorf("customer %d: %+v", i, r.Hits)
			}
		}
	}
	if _, n := cache.Used(); n != 5 {
		t.Errorf("%d snapshots", n)
	}
	corpus := brokenCollection{Collection: tenant(t, st)}
	if _, err := Open(corpus, Options{Cache: cache}); err == nil {
		t.Error("a corpus without a key was let into the cache")
	}
}

func TestSearchDuringIntakes(t *testing.T) { onEach(t, duringIntakes) }

func duringIntakes(t *testing.T, st store.Store) {
	tn := tenant(t, st)
	version := func(i int) []*dossier.Document {
		return []*dossier.Document{doc("章程.docx", "articles", fmt.Sprintf("第%d版 注册资本100万元。", i))}
	}
	intake(t, tn, "卷", version(0), nil)
	s := opened(t, tn, Options{})
	var wg sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				r, err := s.Search(t.Context(), Query{Text: "注册资本"})
				if err != nil || len(r.Hits) > 1 {
					t.Errorf("%d hits, %v", len(r.Hits), err)
					return
				}
			}
		})
	}
	for i := range 20 {
		intake(t, tn, "卷", version(i+1), nil)
	}
	close(done)
	wg.Wait()
	if r := search(t, s, Query{Text: "注册资本"}); len(r.Hits) != 1 || !strings.HasPrefix(r.Hits[0].Passage.Text, "第20版") {
		t.Errorf("%+v", r.Hits)
	}
}

// The model changes in the middle: the old space serves until the switch, the new one after it, never both.
func TestModelSwitch(t *testing.T) { onEach(t, modelSwitch) }

func modelSwitch(t *testing.T, st store.Store) {
	tn := tenant(t, st)
	old, next := embed.Hash{Buckets: 64}, embed.Hash{Buckets: 48}
	intake(t, tn, "卷", folder(), old)
	both := opened(t, tn, Options{Embedder: next, Embedders: []llm.Embedder{old}})
	only := opened(t, tn, Options{Embedder: next})
	check := func(step string, s *Searcher, space store.Space, note string) {
		t.Helper()
		r := search(t, s, Query{Text: "违约金 货款", K: 5})
		for _, h := range r.Hits {
			for _, l := range h.Legs {
				if l.Name != "bm25" && l.Name != space.Name {
					t.Errorf("%s: leg %s", step, l.Name)
				}
			}
		}
		if len(r.Hits) == 0 || r.Space != space || note == "" != (len(r.Notes) == 0) || note != "" && !strings.Contains(r.Notes[0], note) {
			t.Errorf("%s: space %v, notes %v, %d hits", step, r.Space, r.Notes, len(r.Hits))
		}
	}
	check("before", both, embed.Space(old), "")
	check("before, without the old model", only, store.Space{}, "没有配置")

	p := intake(t, tn, "另卷", []*dossier.Document{doc("新.txt", "x", "新材料的违约金条款。")}, next)
	if !p.Space.IsZero() || len(p.Notes) == 0 {
		t.Errorf("an intake by another model: %+v", p)
	}
	check("an intake without vectors", both, embed.Space(old), "部分段落")
	reembed(t, tn, next)
	check("beside", both, embed.Space(old), "部分段落")
	if err := tn.Switch(t.Context(), embed.Space(next), "试"); err != nil {
		t.Fatal(err)
	}
	check("switched", both, embed.Space(next), "")
	check("switched, without the old model", only, embed.Space(next), "")
	if err := tn.DropSpaces(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("dropped", both, embed.Space(next), "")
	if p := intake(t, tn, "三卷", folder(), next); p.Paid != 0 || p.Reused == 0 {
		t.Errorf("the same texts again: %d paid, %d reused", p.Paid, p.Reused)
	}
}

func reembed(t *testing.T, tn store.Tenant, e llm.Embedder) {
	t.Helper()
	todo, err := tn.Unembedded(t.Context(), embed.Space(e), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var put []store.ChunkVector
	for _, c := range todo {
		vs, err := e.Embed(t.Context(), []string{c.Text})
		if err != nil {
			t.Fatal(err)
		}
		put = append(put, store.ChunkVector{ID: c.ID, Vector: vs[0]})
	}
	if err := tn.PutVectors(t.Context(), embed.Space(e), put); err != nil {
		t.Fatal(err)
	}
}

// A corpus that is dropped and made again under its name is another one, though its versions may begin alike.
func TestCorpusMadeAgain(t *testing.T) { onEach(t, corpusAgain) }

func corpusAgain(t *testing.T, st store.Store) {
	cache := NewCache(1 << 20)
	words := []string{"期限", "用途", "利率", "担保", "展期", "回款"}
	put := func(i int) {
		t.Helper()
		d := doc("办法.txt", "policy", "关于"+words[i]+"。")
		p, err := Prepare(t.Context(), []*dossier.Document{d}, PrepareOptions{})
		if err != nil {
			t.Fatal(err)
		}
		it := store.CorpusItem{Key: "1", File: d.File, Title: d.TypeName, Type: d.Type, SHA256: fmt.Sprint(i), Chunks: p.Files[0].Chunks, Segment: p.Files[0].Segment}
		if _, err := st.PutCorpus(t.Context(), store.CorpusIntake{Corpus: store.Corpus{Name: "policy", Title: "制度", Kind: "policy", SHA256: fmt.Sprint(i)},
			Items: []store.CorpusItem{it}, Space: p.Space, Actor: "试"}); err != nil {
			t.Fatal(err)
		}
	}
	for i, word := range words {
		put(i)
		c, err := st.Corpus(t.Context(), "policy")
		if err != nil {
			t.Fatal(err)
		}
		r := search(t, opened(t, c, Options{Cache: cache, Key: "policy", Name: "policy"}), Query{Text: word, Legs: []string{Lexical}})
		if len(r.Hits) != 1 || !strings.Contains(r.Hits[0].Passage.Text, word) {
			t.Errorf("%s: %+v", word, r)
		}
		if i%2 == 1 {
			if err := st.DropCorpus(t.Context(), "policy", "试"); err != nil {
				t.Fatal(err)
			}
		}
	}
}
