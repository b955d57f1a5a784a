package sqlite

import (
	"cmp"
	"slices"

	"github.com/xindiao/xindiao/internal/store"
)

// top keeps the k best as a heap with the worst of them first.
type top struct {
	k    int
	heap []store.Scored
}

func newTop(k int) *top { return &top{k: max(k, 0), heap: make([]store.Scored, 0, max(min(k, 64), 0))} }

// worse orders by score, and of two alike the later id is worse.
func worse(a, b store.Scored) bool { return a.Score < b.Score || a.Score == b.Score && a.ID > b.ID }

func (t *top) push(id int64, score float64) {
	h := store.Scored{ID: id, Score: score}
	if len(t.heap) < t.k {
		t.heap = append(t.heap, h)
		for i := len(t.heap) - 1; i > 0 && worse(t.heap[i], t.heap[(i-1)/2]); i = (i - 1) / 2 {
			t.heap[i], t.heap[(i-1)/2] = t.heap[(i-1)/2], t.heap[i]
		}
		return
	}
	if t.k == 0 || !worse(t.heap[0], h) {
		return
	}
	t.heap[0] = h
	for i := 0; ; {
		least := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < len(t.heap) && worse(t.heap[child], t.heap[least]) {
				least = child
			}
		}
		if least == i {
			return
		}
		t.heap[i], t.heap[least] = t.heap[least], t.heap[i]
		i = least
	}
}

// sorted is the best first.
func (t *top) sorted() []store.Scored {
	slices.SortFunc(t.heap, func(a, b store.Scored) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return t.heap
}
