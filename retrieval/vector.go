package retrieval

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"

	"github.com/xindiao/xindiao/internal/llm"
)

// HashEmbedder hashes a text's bigrams, words and numbers into a fixed number of signed buckets. It knows no
// meaning: it is a second lexical opinion that costs no model and no network, and it stands in for a real
// Embedder (see llm.Embedder) where none is configured.
type HashEmbedder struct{ Buckets int }

// Name is hash-1024.
func (h HashEmbedder) Name() string { return fmt.Sprintf("hash-%d", h.Dim()) }

// Dim is the number of buckets, 1024 by default.
func (h HashEmbedder) Dim() int {
	if h.Buckets <= 0 {
		return 1024
	}
	return h.Buckets
}

// Embed returns unit vectors; a text without terms gives a zero vector.
func (h HashEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		v := make([]float32, h.Dim())
		counts := map[string]int{}
		for _, t := range Tokens(text) {
			counts[t]++
		}
		for t, n := range counts {
			f := fnv.New64a()
			f.Write([]byte(t)) // never fails
			sum := f.Sum64()
			w := float32(1 + math.Log(float64(n)))
			// integers below 2^24 would add exactly; logs of small counts are rounded to keep the sum's order out of it
			w = float32(math.Round(float64(w)*64) / 64)
			if sum>>63 == 1 {
				w = -w
			}
			v[sum%uint64(len(v))] += w
		}
		out[i] = normal(v)
	}
	return out, nil
}

func normal(v []float32) []float32 {
	var s float64
	for _, x := range v {
		s += float64(x) * float64(x)
	}
	if s == 0 {
		return v
	}
	k := float32(1 / math.Sqrt(s))
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = x * k
	}
	return out
}

// vectors is an exact scan: one dossier has hundreds of chunks, not millions.
type vectors struct {
	e    llm.Embedder
	dim  int
	data []float32
}

func newVectors(ctx context.Context, e llm.Embedder, texts []string) (*vectors, error) {
	vs, err := e.Embed(ctx, texts)
	if err != nil {
		return nil, err
	}
	v := &vectors{e: e, dim: e.Dim()}
	for i, x := range vs {
		if len(x) != v.dim {
			return nil, fmt.Errorf("%s: vector %d has %d numbers, want %d", e.Name(), i, len(x), v.dim)
		}
		v.data = append(v.data, normal(x)...)
	}
	return v, nil
}

func (v *vectors) scores(ctx context.Context, query string, n int, allowed func(int) bool, depth int) ([]scored, error) {
	qs, err := v.e.Embed(ctx, []string{query})
	if err != nil {
		return nil, err
	}
	if len(qs) != 1 || len(qs[0]) != v.dim {
		return nil, fmt.Errorf("%s: query vector has the wrong size", v.e.Name())
	}
	q := normal(qs[0])
	var out []scored
	for i := range n {
		if !allowed(i) {
			continue
		}
		var dot float32
		for k, x := range v.data[i*v.dim : (i+1)*v.dim] {
			dot += x * q[k]
		}
		if dot > 0 {
			out = append(out, scored{i, float64(dot)})
		}
	}
	return top(out, depth), nil
}
