package embed

import (
	"container/list"
	"context"
	"slices"
	"sync"

	"github.com/xindiao/xindiao/internal/store"
)

// LRU is a Cache in memory that forgets what was not asked for longest. It is safe for concurrent use.
type LRU struct {
	most int64

	mu    sync.Mutex
	bytes int64
	order *list.List // of *entry, the newest first
	at    map[slot]*list.Element
}

type slot struct {
	space store.Space
	hash  store.Hash
}

type entry struct {
	slot
	vector []float32
}

// overhead is what an entry takes beside its numbers, about.
const overhead = 256

// NewLRU makes a cache of at most that many bytes; 64 MiB when 0.
func NewLRU(bytes int64) *LRU {
	if bytes <= 0 {
		bytes = 64 << 20
	}
	return &LRU{most: bytes, order: list.New(), at: map[slot]*list.Element{}}
}

func size(v []float32) int64 { return int64(len(v))*4 + overhead }

// Get returns copies of what it has.
func (l *LRU) Get(_ context.Context, space store.Space, hashes []store.Hash) (map[store.Hash][]float32, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := map[store.Hash][]float32{}
	for _, h := range hashes {
		if e, ok := l.at[slot{space, h}]; ok {
			l.order.MoveToFront(e)
			out[h] = slices.Clone(e.Value.(*entry).vector)
		}
	}
	return out, nil
}

// Put keeps copies; what alone is larger than the cache is not kept.
func (l *LRU) Put(_ context.Context, space store.Space, vectors map[store.Hash][]float32) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for h, v := range vectors {
		s := slot{space, h}
		if e, ok := l.at[s]; ok {
			l.drop(e)
		}
		if size(v) > l.most {
			continue
		}
		l.at[s] = l.order.PushFront(&entry{s, slices.Clone(v)})
		l.bytes += size(v)
		for l.bytes > l.most {
			l.drop(l.order.Back())
		}
	}
	return nil
}

func (l *LRU) drop(e *list.Element) {
	x := l.order.Remove(e).(*entry)
	delete(l.at, x.slot)
	l.bytes -= size(x.vector)
}
