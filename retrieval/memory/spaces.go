package memory

import (
	"context"
	"fmt"

	"github.com/xindiao/xindiao/internal/store"
)

// VectorsByHash finds vectors by the text that was embedded.
func (c *Collection) VectorsByHash(ctx context.Context, space store.Space, hashes []store.Hash) (map[store.Hash][]float32, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	want := make(map[store.Hash]bool, len(hashes))
	for _, h := range hashes {
		want[h] = true
	}
	out := map[store.Hash][]float32{}
	for i, v := range c.vectors[space] {
		if v == nil {
			continue
		}
		if h := store.HashText(c.text(i)); want[h] {
			out[h] = v
		}
	}
	return out, ctx.Err()
}

func (c *Collection) text(i int) string {
	return store.EmbedText(c.titles[c.owner[i]], c.rows[i].Chunk)
}

// Unembedded lists chunks without a vector in the space.
func (c *Collection) Unembedded(ctx context.Context, space store.Space, after int64, limit int) ([]store.ChunkText, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	vecs := c.vectors[space]
	var out []store.ChunkText
	for i := max(after, 0); i < int64(len(c.rows)) && len(out) < limit; i++ {
		if vecs == nil || vecs[i] == nil {
			text := c.text(int(i))
			out = append(out, store.ChunkText{ID: i + 1, Hash: store.HashText(text), Text: text})
		}
	}
	return out, ctx.Err()
}

// PutVectors writes vectors of the space, all or none.
func (c *Collection) PutVectors(ctx context.Context, space store.Space, vectors []store.ChunkVector) error {
	if err := store.CheckVectors(space, vectors); err != nil {
		return err
	}
	units := make([][]float32, len(vectors))
	for i, v := range vectors {
		u, err := unit(space, v.Vector)
		if err != nil {
			return err
		}
		units[i] = u
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	vecs := make([][]float32, len(c.rows)) // a fresh slice: a search may still read the one before
	copy(vecs, c.vectors[space])
	for i, v := range vectors {
		if v.ID >= 1 && v.ID <= int64(len(vecs)) {
			vecs[v.ID-1] = units[i]
		}
	}
	c.vectors[space] = vecs
	if space == c.active {
		c.version++
	}
	return ctx.Err()
}

// Switch makes the space the active one.
func (c *Collection) Switch(ctx context.Context, space store.Space, _ string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	vecs := c.vectors[space]
	for i := range c.rows {
		if vecs == nil || vecs[i] == nil {
			return fmt.Errorf("%w: %s", store.ErrIncomplete, space.Name)
		}
	}
	if space != c.active {
		c.active = space
		c.version++
	}
	return nil
}

// DropSpaces forgets the vectors of all spaces but the active one.
func (c *Collection) DropSpaces(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for s := range c.vectors {
		if s != c.active {
			delete(c.vectors, s)
		}
	}
	return ctx.Err()
}
