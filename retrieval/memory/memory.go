// Package memory is a store.Collection that lives in memory: one dossier's passages while a draft is made without a
// database, or a shared corpus without a store.
package memory

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval/embed"
)

// Doc is a document, or an item of a corpus, with its chunks. New fills in ID, FirstChunk, Chunks and Periods of the
// CatalogDoc.
type Doc struct {
	store.CatalogDoc
	Chunks []store.Chunk
}

// Collection holds chunks and their vectors. It is safe for concurrent use and gives the same answer every time.
type Collection struct {
	mu      sync.RWMutex
	version int64
	active  store.Space
	docs    []store.CatalogDoc
	titles  []string // that EmbedText puts before each document's chunks
	rows    []store.ChunkRow
	owner   []int32 // document of each row
	vectors map[store.Space][][]float32
}

var _ store.Collection = (*Collection)(nil)

// New makes a collection of the documents in their order. The chunks' vectors, where there are any, are of the space;
// a zero space leaves them out.
func New(space store.Space, docs []Doc) (*Collection, error) {
	if !space.IsZero() {
		if err := store.CheckSpace(space); err != nil {
			return nil, err
		}
	}
	c := &Collection{version: 1, active: space, vectors: map[store.Space][][]float32{}}
	var vecs [][]float32
	for i, d := range docs {
		m := d.CatalogDoc
		m.ID, m.FirstChunk, m.Chunks, m.Periods = int64(i+1), int64(len(c.rows)+1), len(d.Chunks), store.Periods(d.Chunks)
		c.docs, c.titles = append(c.docs, m), append(c.titles, heading(m))
		for _, ch := range d.Chunks {
			v, err := unit(space, ch.Vector)
			if err != nil {
				return nil, fmt.Errorf("memory: %s: %w", m.File, err)
			}
			vecs = append(vecs, v)
			ch.Vector = nil
			c.rows = append(c.rows, store.ChunkRow{ID: int64(len(c.rows) + 1), Document: m.ID, Chunk: ch})
			c.owner = append(c.owner, int32(i))
		}
	}
	if !space.IsZero() {
		c.vectors[space] = vecs
	}
	return c, nil
}

// FromItems makes a collection of a corpus.
func FromItems(space store.Space, items []store.CorpusItem) (*Collection, error) {
	docs := make([]Doc, len(items))
	for i, it := range items {
		docs[i] = Doc{store.CatalogDoc{File: it.File, Title: it.Title, Label: it.Label, Type: it.Type, Current: true,
			Industry: it.Industry, From: it.From, To: it.To, Segment: it.Segment}, it.Chunks}
	}
	return New(space, docs)
}

// unit is v as a vector of length one, of its own memory; nil for none.
func unit(space store.Space, v []float32) ([]float32, error) {
	if v == nil || space.IsZero() {
		return nil, nil
	}
	if err := store.CheckVector(space, v); err != nil {
		return nil, err
	}
	out, _ := embed.Normalize(slices.Clone(v))
	return out, nil
}

// Version rises when vectors are switched.
func (c *Collection) Version(ctx context.Context) (int64, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.version, ctx.Err()
}

// Catalog lists the documents with their postings.
func (c *Collection) Catalog(ctx context.Context) (store.Catalog, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	cat := store.Catalog{Version: c.version, Space: c.active, Documents: slices.Clone(c.docs)}
	for _, v := range c.vectors[c.active] {
		if v != nil {
			cat.Embedded++
		}
	}
	return cat, ctx.Err()
}

// Chunks reads chunks by id.
func (c *Collection) Chunks(ctx context.Context, ids []int64) ([]store.ChunkRow, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	out := make([]store.ChunkRow, 0, len(ids))
	for _, id := range ids {
		if id >= 1 && id <= int64(len(c.rows)) {
			out = append(out, c.rows[id-1])
		}
	}
	return out, ctx.Err()
}
