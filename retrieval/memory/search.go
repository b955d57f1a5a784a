package memory

import (
	"container/heap"
	"context"
	"slices"

	"github.com/xindiao/xindiao/internal/store"
)

// maxK is the most that VectorQuery.K may ask for.
const maxK = 1000

// SearchVector scans every chunk that is asked for: it is exact.
func (c *Collection) SearchVector(ctx context.Context, q store.VectorQuery) (store.Found, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	found := store.Found{Version: c.version, Route: "exact"}
	if len(c.rows) == 0 {
		return found, ctx.Err()
	}
	vecs, ok := c.vectors[q.Space]
	if !ok || q.Space.IsZero() || q.Space != c.active && slices.ContainsFunc(vecs, func(v []float32) bool { return v == nil }) {
		return store.Found{}, store.WrongSpace(q.Space, c.active)
	}
	if err := store.CheckVector(q.Space, q.Vector); err != nil {
		return store.Found{}, err
	}
	k := min(q.K, maxK)
	if k <= 0 {
		return found, ctx.Err()
	}
	v, err := unit(q.Space, q.Vector)
	if err != nil {
		return store.Found{}, err
	}
	serves := c.served(q)
	best := worstFirst{}
	look := func(i int) {
		if x := vecs[i]; x != nil && serves[c.owner[i]] {
			best.offer(store.Scored{ID: int64(i + 1), Score: float64(store.Dot(v, x))}, k)
		}
	}
	if q.Only == nil {
		for i := range vecs {
			look(i)
		}
	} else {
		only := slices.Clone(q.Only)
		slices.Sort(only)
		for _, id := range slices.Compact(only) {
			if id >= 1 && id <= int64(len(vecs)) {
				look(int(id - 1))
			}
		}
	}
	found.Hits = best
	slices.SortFunc(found.Hits, better)
	return found, ctx.Err()
}

// served tells of each document whether the query's day and industry let it be shown.
func (c *Collection) served(q store.VectorQuery) []bool {
	out := make([]bool, len(c.docs))
	for i, d := range c.docs {
		out[i] = Serves(d, q.Industry, q.AsOf)
	}
	return out
}

// better sorts by score, best first, ties by id.
func better(a, b store.Scored) int {
	switch {
	case a.Score > b.Score:
		return -1
	case a.Score < b.Score:
		return 1
	case a.ID < b.ID:
		return -1
	case a.ID > b.ID:
		return 1
	}
	return 0
}

// worstFirst is a heap with the worst hit on top.
type worstFirst []store.Scored

func (h worstFirst) Len() int           { return len(h) }
func (h worstFirst) Less(i, j int) bool { return better(h[i], h[j]) > 0 }
func (h worstFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *worstFirst) Push(x any)        { *h = append(*h, x.(store.Scored)) }
func (h *worstFirst) Pop() any {
	s := *h
	x := s[len(s)-1]
	*h = s[:len(s)-1]
	return x
}

func (h *worstFirst) offer(s store.Scored, k int) {
	if len(*h) < k {
		heap.Push(h, s)
	} else if better(s, (*h)[0]) < 0 {
		(*h)[0] = s
		heap.Fix(h, 0)
	}
}
