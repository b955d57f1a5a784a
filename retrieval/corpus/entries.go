package corpus

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/embed"
	"github.com/xindiao/xindiao/retrieval/memory"
)

// Entries cuts, packs and embeds the items as the store takes them; see retrieval.Prepare, also for what happens when
// the embedder fails.
func (c *Corpus) Entries(ctx context.Context, o retrieval.PrepareOptions) ([]store.CorpusItem, *retrieval.Prepared, error) {
	docs := make([]*dossier.Document, len(c.Items))
	for i, it := range c.Items {
		docs[i] = it.Doc
	}
	p, err := retrieval.Prepare(ctx, docs, o)
	if err != nil {
		return nil, nil, err
	}
	out := make([]store.CorpusItem, len(c.Items))
	for i, it := range c.Items {
		out[i] = store.CorpusItem{Key: it.ID, File: it.File, Title: it.Title, Label: it.Label, Type: it.Type, Industry: it.Industry,
			From: it.From, To: it.To, Chunks: p.Files[i].Chunks, Segment: p.Files[i].Segment}
		out[i].SHA256 = entryHash(it.SHA256, out[i])
	}
	return out, p, nil
}

// entryHash is the hash of an item as it is stored: a new way to cut or to pack makes another entry of the same text.
// Vectors have spaces of their own, and are left out.
func entryHash(text string, it store.CorpusItem) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %q %d\n", text, it.File, len(it.Segment))
	h.Write(it.Segment) // never fails
	for _, c := range it.Chunks {
		c.Vector = nil
		fmt.Fprintf(h, "%+q\n", fmt.Sprint(c))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Collection is the corpus in memory, to be searched without a store.
func (c *Corpus) Collection(ctx context.Context, e llm.Embedder) (store.Collection, error) {
	items, p, err := c.Entries(ctx, retrieval.PrepareOptions{Embedder: e})
	if err != nil {
		return nil, err
	}
	return memory.FromItems(p.Space, items)
}

// Sync puts the corpus into the store in one transaction: items that are there as they are keep their chunks and
// vectors, those that are gone from the corpus are deleted. A corpus that has not changed costs no embedding and
// writes nothing; a nil embedder is embed.Hash. The notes are for the user. Progress may be nil.
func (c *Corpus) Sync(ctx context.Context, st store.Store, e llm.Embedder, actor string, progress func(done, total int)) (store.Corpus, []string, error) {
	if e == nil {
		e = embed.Hash{}
	}
	corpora, err := st.Corpora(ctx)
	if err != nil {
		return store.Corpus{}, nil, err
	}
	o := retrieval.PrepareOptions{Embedder: e, Progress: progress}
	head := store.Corpus{Name: c.Name, Title: c.Title, Kind: string(c.Kind), Owner: c.Owner, Date: c.Date}
	for _, old := range corpora {
		if old.Name != c.Name {
			continue
		}
		if o.Known, err = st.Corpus(ctx, c.Name); err != nil {
			return store.Corpus{}, nil, err
		}
		items, _, err := c.Entries(ctx, retrieval.PrepareOptions{}) // the embedded embedder: costs no model
		if err != nil || old.SHA256 == corpusHash(head, items) {
			return old, nil, err
		}
	}
	items, p, err := c.Entries(ctx, o)
	if err != nil {
		return store.Corpus{}, nil, err
	}
	head.SHA256 = corpusHash(head, items)
	put, err := st.PutCorpus(ctx, store.CorpusIntake{Actor: actor, Items: items, Space: p.Space, Corpus: head})
	return put, p.Notes, err
}

func corpusHash(head store.Corpus, items []store.CorpusItem) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q %s\n", head.Name, head.Title, head.Kind, head.Owner, head.Date)
	for _, it := range items {
		fmt.Fprintf(h, "%q %s\n", it.Key, it.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}
