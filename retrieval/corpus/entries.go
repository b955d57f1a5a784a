package corpus

import (
	"context"
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval/chunk"
	"github.com/xindiao/xindiao/retrieval/lexical"
	"github.com/xindiao/xindiao/retrieval/memory"
)

// Known returns vectors that are there already, by the hash of the text; see store.Collection.
type Known func(ctx context.Context, space store.Space, hashes []store.Hash) (map[store.Hash][]float32, error)

// Progress is told how many chunks of how many have their vectors.
type Progress func(done, total int)

// Entries cuts, packs and embeds the items as the store takes them. A nil embedder leaves vectors out. Known vectors
// are not asked for again; it may be nil, and so may progress.
func (c *Corpus) Entries(ctx context.Context, e llm.Embedder, known Known, progress Progress) ([]store.CorpusItem, store.Space, error) {
	out := make([]store.CorpusItem, len(c.Items))
	var texts []string
	for i, it := range c.Items {
		entry := store.CorpusItem{Key: it.ID, File: it.File, Title: it.Title, Label: it.Label, Type: it.Type, Industry: it.Industry, From: it.From, To: it.To, SHA256: it.SHA256}
		var packed []string
		for _, ch := range chunk.Cut([]*dossier.Document{it.Doc}, chunk.Options{}) {
			s := store.Chunk{Page: ch.Page, Line: ch.Line, Start: ch.Start, End: ch.End, FileStart: ch.FileStart, FileEnd: ch.FileEnd,
				Kind: string(ch.Kind), Cell: ch.Cell, Clause: ch.Clause, Period: ch.Period, Text: ch.Text, Context: ch.Context}
			packed = append(packed, store.EmbedText(entry.Heading(), s))
			entry.Chunks = append(entry.Chunks, s)
		}
		if err := ctx.Err(); err != nil {
			return nil, store.Space{}, err
		}
		entry.Segment = lexical.Pack(packed)
		texts = append(texts, packed...)
		out[i] = entry
	}
	if e == nil || len(texts) == 0 {
		return out, store.Space{}, nil
	}
	space := store.Space{Name: e.Name(), Dim: e.Dim()}
	vectors, err := embedAll(ctx, e, space, texts, known, progress)
	if err != nil {
		return nil, store.Space{}, err
	}
	n := 0
	for i := range out {
		for k := range out[i].Chunks {
			out[i].Chunks[k].Vector = vectors[n]
			n++
		}
	}
	return out, space, nil
}

// batch is how many texts are embedded between two words of progress; the embedder has limits of its own.
const batch = 256

func embedAll(ctx context.Context, e llm.Embedder, space store.Space, texts []string, known Known, progress Progress) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	var open []int
	if known == nil {
		known = func(context.Context, store.Space, []store.Hash) (map[store.Hash][]float32, error) { return nil, nil }
	}
	hashes := make([]store.Hash, len(texts))
	for i, t := range texts {
		hashes[i] = store.HashText(t)
	}
	have, err := known(ctx, space, hashes)
	if err != nil {
		return nil, err
	}
	for i, h := range hashes {
		if v, ok := have[h]; ok {
			vectors[i] = v
		} else {
			open = append(open, i)
		}
	}
	for at := 0; at < len(open); at += batch {
		part := open[at:min(at+batch, len(open))]
		asked := make([]string, len(part))
		for k, i := range part {
			asked[k] = texts[i]
		}
		vs, err := e.Embed(ctx, asked)
		if err != nil {
			return nil, err
		}
		if len(vs) != len(part) {
			return nil, fmt.Errorf("%s: %d vectors for %d texts", e.Name(), len(vs), len(part))
		}
		for k, i := range part {
			vectors[i] = vs[k]
		}
		if progress != nil {
			progress(len(texts)-len(open)+at+len(part), len(texts))
		}
	}
	return vectors, nil
}

// Collection is the corpus in memory, to be searched without a store.
func (c *Corpus) Collection(ctx context.Context, e llm.Embedder) (store.Collection, error) {
	items, space, err := c.Entries(ctx, e, nil, nil)
	if err != nil {
		return nil, err
	}
	return memory.FromItems(space, items)
}

// Sync puts the corpus into the store: what is there already, by hash, keeps its chunks and vectors, what is gone is
// deleted, all in one transaction; a corpus that has not changed costs no embedding and writes nothing.
func (c *Corpus) Sync(ctx context.Context, st store.Store, e llm.Embedder, actor string, progress Progress) (store.Corpus, error) {
	corpora, err := st.Corpora(ctx)
	if err != nil {
		return store.Corpus{}, err
	}
	var known Known
	for _, old := range corpora {
		if old.Name != c.Name {
			continue
		}
		view, err := st.Corpus(ctx, c.Name)
		if err != nil {
			return store.Corpus{}, err
		}
		if unchanged, err := same(ctx, view, e); err != nil || unchanged && old.SHA256 == c.SHA256() {
			return old, err
		}
		known = view.VectorsByHash
	}
	items, space, err := c.Entries(ctx, e, known, progress)
	if err != nil {
		return store.Corpus{}, err
	}
	return st.PutCorpus(ctx, store.CorpusIntake{Actor: actor, Items: items, Space: space,
		Corpus: store.Corpus{Name: c.Name, Title: c.Title, Kind: string(c.Kind), Owner: c.Owner, Date: c.Date, SHA256: c.SHA256()}})
}

// same tells whether the corpus is searched with this embedder's vectors.
func same(ctx context.Context, view store.Collection, e llm.Embedder) (bool, error) {
	cat, err := view.Catalog(ctx)
	if err != nil {
		return false, err
	}
	return e == nil || cat.Space == store.Space{Name: e.Name(), Dim: e.Dim()}, nil
}
