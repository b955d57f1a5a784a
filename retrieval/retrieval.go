// Package retrieval finds passages in what a store.Collection holds: a customer's dossiers, a shared corpus, or one
// dossier in memory. BM25 over packed postings and exact vector search give rankings, which are fused, spread over the
// documents and, where there is one, put in order by a reranker. The same collection and question give the same answer
// every time.
//
// Prepare makes of documents what a store's intake needs; Open searches a collection; New does both in memory.
// chunk cuts, lexical ranks words, embed and rerank ask models, plan turns a section's questions into searches, corpus
// holds the shared corpora, memory the collections without a store.
package retrieval

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval/chunk"
	"github.com/xindiao/xindiao/retrieval/embed"
	"github.com/xindiao/xindiao/retrieval/lexical"
	"github.com/xindiao/xindiao/retrieval/memory"
)

// Options of a searcher. The zero value is right without a model.
type Options struct {
	Embedder  llm.Embedder   // embed.Hash when nil
	Embedders []llm.Embedder // more of them, for collections that another one embedded: the space's name decides
	Reranker  llm.Reranker   // none when nil
	Name      string         // of the collection, for Hit.Source
	Cache     *Cache         // shared by searchers; one of its own when nil
	Key       string         // with Cache: names the corpus, or the database that customers are of; a customer's id is added
	Chunk     chunk.Options  // of New
}

// Cache keeps what searchers know of the collections in work, the least recently used leaving first.
type Cache struct{ c *lexical.Cache[*snapshot] }

// NewCache makes a cache of about so many bytes.
func NewCache(bytes int) *Cache { return &Cache{lexical.NewCache[*snapshot](bytes)} }

// Used is the bytes kept, and the number of collections.
func (c *Cache) Used() (bytes, collections int) { return c.c.Used() }

// Searcher searches one collection. It is safe for concurrent use, and cheap: what it knows is in the cache.
type Searcher struct {
	c     store.Collection
	o     Options
	f     *fusion
	notes []string // of Prepare, for New

	hint atomic.Int64             // version under which the cache was asked last, 0 before the first search
	own  atomic.Pointer[snapshot] // without a cache
}

// Open makes a searcher of the collection. Nothing is read yet. With a Cache, two collections must not share a Key,
// but for customers of one store.
func Open(c store.Collection, o Options) (*Searcher, error) {
	f, err := configured()
	if err != nil {
		return nil, err
	}
	if o.Embedder == nil {
		o.Embedder = embed.Hash{}
	}
	if t, ok := c.(store.Tenant); ok {
		o.Key = fmt.Sprintf("%s/customer:%d", o.Key, t.ID())
	} else if o.Cache != nil && o.Key == "" {
		return nil, errors.New("retrieval: a collection in a cache needs a key")
	}
	return &Searcher{c: c, o: o, f: f}, nil
}

// New cuts, indexes and embeds the documents in memory. When the embedder fails it searches by words alone and says
// so in every Result.
func New(ctx context.Context, docs []*dossier.Document, o Options) (*Searcher, error) {
	p, err := Prepare(ctx, docs, PrepareOptions{Embedder: o.Embedder, Chunk: o.Chunk})
	if err != nil {
		return nil, err
	}
	m := make([]memory.Doc, len(docs))
	for i, d := range docs {
		ix := p.Files[i]
		m[i] = memory.Doc{CatalogDoc: store.CatalogDoc{File: d.File, Title: d.TypeName, Type: d.Type, Party: d.Party.Name,
			Current: d.Current(), Period: ix.Period, Segment: ix.Segment}, Chunks: ix.Chunks}
	}
	c, err := memory.New(p.Space, m)
	if err != nil {
		return nil, err
	}
	o.Cache = nil
	s, err := Open(c, o)
	if err == nil {
		s.notes = p.Notes
	}
	return s, err
}

// at returns the collection as it was at the version or later; 0 asks what the version is.
func (s *Searcher) at(ctx context.Context, version int64) (snap *snapshot, fresh bool, err error) {
	if version == 0 {
		if version, err = s.c.Version(ctx); err != nil {
			return nil, false, err
		}
		fresh = true
	}
	s.hint.Store(version)
	open := func() (*snapshot, error) { return load(ctx, s.c) }
	if s.o.Cache != nil {
		snap, err = s.o.Cache.c.Get(s.o.Key, version, open)
		if err != nil && ctx.Err() == nil && errors.Is(err, context.Canceled) {
			snap, err = open() // somebody else's load was given up
		}
	} else if snap = s.own.Load(); snap == nil || snap.version < version {
		if snap, err = open(); err == nil {
			s.own.Store(snap)
		}
	}
	return snap, fresh, err
}

// embedder returns the one that made the space's vectors, nil when nobody here can.
func (s *Searcher) embedder(space store.Space) llm.Embedder {
	if space.IsZero() {
		return nil
	}
	for _, e := range append([]llm.Embedder{s.o.Embedder}, s.o.Embedders...) {
		if e != nil && e.Name() == space.Name && e.Dim() == space.Dim {
			return e
		}
	}
	return nil
}
