package embed

import (
	"context"

	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
)

// Space is where e's vectors live in a store; zero for no embedder.
func Space(e llm.Embedder) store.Space {
	if e == nil {
		return store.Space{}
	}
	return store.Space{Name: e.Name(), Dim: e.Dim()}
}

// Queries embeds questions as e wants them put; passages go through e.Embed.
func Queries(ctx context.Context, e llm.Embedder, questions []string) ([][]float32, error) {
	if q, ok := e.(llm.QueryEmbedder); ok {
		return q.EmbedQueries(ctx, questions)
	}
	return e.Embed(ctx, questions)
}
