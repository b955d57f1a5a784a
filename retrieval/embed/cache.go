package embed

import (
	"context"
	"slices"

	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
)

// Cache keeps vectors by space and fingerprint of the text. Losing it costs time and money, never a wrong answer:
// its errors are passed over.
type Cache interface {
	// Get returns what it has; the caller may change the vectors.
	Get(ctx context.Context, space store.Space, hashes []store.Hash) (map[store.Hash][]float32, error)
	// Put keeps copies.
	Put(ctx context.Context, space store.Space, vectors map[store.Hash][]float32) error
}

// Cached asks e only for texts that the cache does not have, and for each text once.
func Cached(e llm.Embedder, c Cache) llm.QueryEmbedder { return &cached{e, c} }

type cached struct {
	llm.Embedder
	cache Cache
}

// Total is the inner embedder's usage.
func (c *cached) Total() llm.Usage {
	if m, ok := c.Embedder.(llm.Meter); ok {
		return m.Total()
	}
	return llm.Usage{}
}

func (c *cached) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	return c.through(ctx, texts, "", c.Embedder.Embed)
}

// EmbedQueries keeps questions apart from passages when the model wants them put otherwise.
func (c *cached) EmbedQueries(ctx context.Context, questions []string) ([][]float32, error) {
	q, ok := c.Embedder.(llm.QueryEmbedder)
	if !ok {
		return c.Embed(ctx, questions)
	}
	return c.through(ctx, questions, "question\x00", q.EmbedQueries)
}

func (c *cached) through(ctx context.Context, texts []string, mark string, embed func(context.Context, []string) ([][]float32, error)) ([][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	space := Space(c.Embedder)
	hashes := make([]store.Hash, len(texts))
	for i, t := range texts {
		hashes[i] = store.HashText(mark + t)
	}
	known, err := c.cache.Get(ctx, space, hashes)
	if err != nil || known == nil {
		known = map[store.Hash][]float32{}
	}
	var missing []string
	var at []store.Hash
	asked := map[store.Hash]bool{}
	for i, h := range hashes {
		if v := known[h]; len(v) != space.Dim {
			if !asked[h] {
				asked[h] = true
				missing, at = append(missing, texts[i]), append(at, h)
			}
		}
	}
	if len(missing) > 0 {
		vs, err := embed(ctx, missing)
		if err != nil {
			return nil, err
		}
		fresh := make(map[store.Hash][]float32, len(vs))
		for i, v := range vs {
			fresh[at[i]], known[at[i]] = v, v
		}
		_ = c.cache.Put(ctx, space, fresh) // a cache that cannot keep them asks again
	}
	out := make([][]float32, len(texts))
	used := map[store.Hash]bool{}
	for i, h := range hashes {
		if out[i] = known[h]; used[h] {
			out[i] = slices.Clone(out[i]) // one text twice: each its own memory
		}
		used[h] = true
	}
	return out, nil
}
