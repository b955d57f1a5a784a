package storetest

import (
	"errors"
	"fmt"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// item is an article of a corpus with two chunks.
func item(key, text string) store.CorpusItem {
	it := store.CorpusItem{Key: key, File: key + ".yaml", Title: "管理办法", Label: key, Type: "law", SHA256: "sha of " + text, Segment: []byte(text)}
	for i := range 2 {
		c := store.Chunk{Page: 1, Line: i + 1, Kind: "clause", Clause: key, Text: fmt.Sprintf("%s %d", text, i)}
		c.Vector = vector(space, store.EmbedText(it.Heading(), c))
		it.Chunks = append(it.Chunks, c)
	}
	return it
}

func corpus(name, sha string, items ...store.CorpusItem) store.CorpusIntake {
	return store.CorpusIntake{Items: items, Space: space, Actor: "张三", Corpus: store.Corpus{Name: name, Title: "资料 " + name, Kind: "law", Owner: "合规部",
		Date: dossier.NewDate(2026, 9, 30), SHA256: sha}}
}

func corpora(t *testing.T, e *env) {
	ctx := t.Context()
	if _, err := e.s.Corpus(ctx, "nothing"); !errors.Is(err, store.ErrNotFound) || dossier.KindOf(err) != dossier.ErrNotFound {
		t.Errorf("unknown corpus: %v", err)
	}
	for what, in := range map[string]store.CorpusIntake{
		"no name": corpus("", "1"), "bad name": corpus("Law/..", "1"), "equal keys": corpus("suite", "1", item("一", "a"), item("一", "b")),
	} {
		if _, err := e.s.PutCorpus(ctx, in); dossier.KindOf(err) != dossier.ErrInput {
			t.Errorf("%s: %v", what, err)
		}
	}
	in := corpus("suite", "v1", item("第一条", "甲"), item("第二条", "乙"), item("第三条", "丙"))
	n := len(corporaChain(t, e))
	put := must[store.Corpus](t)(e.s.PutCorpus(ctx, in))
	if put.Items != 3 || put.Chunks != 6 || put.Title != in.Corpus.Title || put.Owner != "合规部" || put.Date != in.Corpus.Date || put.SHA256 != "v1" || put.Updated.IsZero() {
		t.Errorf("put %+v", put)
	}
	c := must[store.Collection](t)(e.s.Corpus(ctx, "suite"))
	first := must[store.Catalog](t)(c.Catalog(ctx))
	corpusBack(t, c, in)

	must[store.Corpus](t)(e.s.PutCorpus(ctx, in))
	if got := must[int64](t)(c.Version(ctx)); got != first.Version {
		t.Errorf("the same corpus again: version %d after %d", got, first.Version)
	}
	if got := len(corporaChain(t, e)); got != n+1 {
		t.Errorf("%d entries for one change", got-n)
	}
	in = corpus("suite", "v2", item("第零条", "新"), item("第一条", "甲"), item("第三条", "丙改"))
	must[store.Corpus](t)(e.s.PutCorpus(ctx, in))
	corpusBack(t, c, in)
	after := must[store.Catalog](t)(c.Catalog(ctx))
	if was, is := byLabel(first, "第一条"), byLabel(after, "第一条"); was.FirstChunk != is.FirstChunk || is.Chunks != 2 {
		t.Errorf("an unchanged item moved from chunk %d to %d", was.FirstChunk, is.FirstChunk)
	}
	if after.Version <= first.Version || byLabel(after, "第二条").Chunks != 0 {
		t.Errorf("version %d after %d", after.Version, first.Version)
	}
	corpusFilters(t, e)
	corpusSpaces(t, e, c)

	other := corpus("suite-2", "x", item("第一条", "甲"), item("第二条", "另")) // the first is in both, to the byte
	must[store.Corpus](t)(e.s.PutCorpus(ctx, other))
	if len(must[[]store.Corpus](t)(e.s.Corpora(ctx))) < 2 {
		t.Error("corpora are not listed")
	}
	if err := e.s.DropCorpus(ctx, "suite", "李四"); err != nil {
		t.Fatal(err)
	}
	if err := e.s.DropCorpus(ctx, "suite", "李四"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("dropped twice: %v", err)
	}
	if _, err := e.s.Corpus(ctx, "suite"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("dropped corpus: %v", err)
	}
	corpusBack(t, must[store.Collection](t)(e.s.Corpus(ctx, "suite-2")), other)
	entries := corporaChain(t, e)
	if err := store.Verify(0, "", entries); err != nil {
		t.Error(err)
	}
	if last := entries[len(entries)-1]; last.Action != "corpus.drop" || last.Actor != "李四" {
		t.Errorf("last entry %+v", last)
	}
}

func corporaChain(t *testing.T, e *env) []store.Entry {
	t.Helper()
	return must[[]store.Entry](t)(e.s.CorporaAudit(t.Context(), 0, 1000))
}

func byLabel(c store.Catalog, label string) store.CatalogDoc {
	for _, d := range c.Documents {
		if d.Label == label {
			return d
		}
	}
	return store.CatalogDoc{}
}

// corpusBack compares a corpus with what was put in, searches included.
func corpusBack(t *testing.T, c store.Collection, in store.CorpusIntake) {
	t.Helper()
	cat := must[store.Catalog](t)(c.Catalog(t.Context()))
	if len(cat.Documents) != len(in.Items) || cat.Space != in.Space || cat.Embedded != 2*len(in.Items) {
		t.Fatalf("%d items, space %v, %d vectors", len(cat.Documents), cat.Space, cat.Embedded)
	}
	for _, it := range in.Items {
		d := byLabel(cat, it.Label)
		if d.ID == 0 || d.Dossier != 0 || d.File != it.File || d.Title != it.Title || d.Type != it.Type || d.Industry != it.Industry || d.From != it.From || d.To != it.To ||
			!d.Current || d.Chunks != len(it.Chunks) || string(d.Segment) != string(it.Segment) {
			t.Errorf("item %s: %+v", it.Key, d)
		}
		for k, row := range must[[]store.ChunkRow](t)(c.Chunks(t.Context(), []int64{d.FirstChunk, d.FirstChunk + 1})) {
			want := store.ChunkRow{ID: d.FirstChunk + int64(k), Document: d.ID, Chunk: it.Chunks[k]}
			want.Vector = nil
			same(t, "chunk of "+it.Key, row, want)
		}
	}
	vectors := collect(t, c, in.Space)
	if len(vectors) != cat.Embedded {
		t.Errorf("%d vectors by hash", len(vectors))
	}
	for _, d := range cat.Documents {
		if !serves(d, "", dossier.Date{}) {
			for k := range int64(d.Chunks) {
				delete(vectors, d.FirstChunk+k)
			}
		}
	}
	compare(t, c, store.VectorQuery{Space: in.Space, Vector: vector(in.Space, "q"), K: 4}, vectors)
}

// corpusSpaces re-embeds a corpus.
func corpusSpaces(t *testing.T, e *env, c store.Collection) {
	ctx := t.Context()
	var vs []store.ChunkVector
	for _, x := range unembedded(t, c, next, 4) {
		vs = append(vs, store.ChunkVector{ID: x.ID, Vector: vector(next, x.Text)})
	}
	if len(vs) != 6 {
		t.Fatalf("%d chunks to embed", len(vs))
	}
	if err := c.Switch(ctx, next, "张三"); !errors.Is(err, store.ErrIncomplete) {
		t.Errorf("switch before: %v", err)
	}
	if err := c.PutVectors(ctx, next, vs); err != nil {
		t.Fatal(err)
	}
	n := len(corporaChain(t, e))
	if err := c.Switch(ctx, next, "张三"); err != nil {
		t.Fatal(err)
	}
	if entries := corporaChain(t, e); len(entries) != n+1 || entries[n].Action != "space.switch" {
		t.Errorf("the switch added %d entries", len(entries)-n)
	}
	if err := c.DropSpaces(ctx); err != nil {
		t.Fatal(err)
	}
	compare(t, c, store.VectorQuery{Space: next, Vector: vector(next, "q"), K: 4}, collect(t, c, next))
	if _, err := c.SearchVector(ctx, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 4}); !errors.Is(err, store.ErrSpace) {
		t.Errorf("search in a dropped space: %v", err)
	}
}

// corpusFilters searches by industry and by day.
func corpusFilters(t *testing.T, e *env) {
	ctx := t.Context()
	var items []store.CorpusItem
	for i, industry := range []string{"", "C", "C35", "C3525", "C3526", "F51", "A"} {
		for k, span := range [][2]dossier.Date{{}, {dossier.NewDate(2020, 1, 1), {}}, {dossier.NewDate(2010, 1, 1), dossier.NewDate(2024, 6, 30)}, {{}, dossier.NewDate(2015, 1, 1)}} {
			it := item(fmt.Sprintf("%d-%d", i, k), fmt.Sprintf("条文%d.%d", i, k))
			it.Industry, it.From, it.To = industry, span[0], span[1]
			items = append(items, it)
		}
	}
	in := corpus("suite-filters", "1", items...)
	must[store.Corpus](t)(e.s.PutCorpus(ctx, in))
	c := must[store.Collection](t)(e.s.Corpus(ctx, "suite-filters"))
	corpusBack(t, c, in)
	vectors, cat := collect(t, c, space), must[store.Catalog](t)(c.Catalog(ctx))
	for _, industry := range []string{"", "C3525", "C35", "F5199", "Z", "C'--"} {
		for _, day := range []dossier.Date{{}, dossier.NewDate(2009, 12, 31), dossier.NewDate(2010, 1, 1), dossier.NewDate(2015, 1, 1), dossier.NewDate(2015, 1, 2),
			dossier.NewDate(2024, 6, 30), dossier.NewDate(2024, 7, 1), dossier.NewDate(2026, 9, 30)} {
			served := map[int64][]float32{}
			for _, d := range cat.Documents {
				if serves(d, industry, day) {
					for k := range int64(d.Chunks) {
						served[d.FirstChunk+k] = vectors[d.FirstChunk+k]
					}
				}
			}
			compare(t, c, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 12, Industry: industry, AsOf: day}, served)
		}
	}
}
