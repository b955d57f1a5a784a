// Package hot keeps the vectors of collections that are being worked on in memory, by version, within a budget.
package hot

import (
	"container/list"
	"sync"
)

// maxSeen bounds what is remembered of collections that were searched once.
const maxSeen = 10_000

// Key is a collection in one embedding space.
type Key struct{ Collection, Space int64 }

// Value is what is kept of a collection as of a version, which names it for good.
type Value interface{ Bytes() int64 }

// Cache is safe for concurrent use. The longest unused leaves first. Only what would still be there had it been kept
// the last time comes in: who goes round more customers than there is room for does not pay for copies that leave
// before they serve.
type Cache[V Value] struct {
	mu     sync.Mutex
	budget int64
	used   int64
	order  list.List // of *entry[V], the last used in front
	items  map[Key]*list.Element
	read   int64 // bytes searched outside so far
	seen   map[Key]glimpse
}

type entry[V Value] struct {
	key     Key
	version int64
	value   V
}

// glimpse is a search that was answered outside.
type glimpse struct{ version, read int64 }

// New makes a cache of so many bytes; with none, nothing is ever wanted.
func New[V Value](budget int64) *Cache[V] {
	return &Cache[V]{budget: budget, items: map[Key]*list.Element{}, seen: map[Key]glimpse{}}
}

// Budget is the most bytes that are kept.
func (c *Cache[V]) Budget() int64 { return c.budget }

// Used is the bytes kept, and of how many collections.
func (c *Cache[V]) Used() (bytes int64, collections int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.used, len(c.items)
}

// Get returns what is kept of this version; another version of it leaves.
func (c *Cache[V]) Get(key Key, version int64) (v V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.items[key]
	if e == nil {
		return v, false
	}
	x := e.Value.(*entry[V])
	if x.version != version {
		c.remove(e)
		return v, false
	}
	c.order.MoveToFront(e)
	return x.value, true
}

// Has tells whether some version is kept: whether it pays to ask which one is in force.
func (c *Cache[V]) Has(key Key) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.items[key] != nil
}

// Wanted tells whether to keep what is about to be read, some so many bytes.
func (c *Cache[V]) Wanted(key Key, version, bytes int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.budget <= 0 {
		return false
	}
	if g, ok := c.seen[key]; ok && g.version == version && c.read-g.read <= c.budget {
		return true
	}
	if len(c.seen) >= maxSeen {
		clear(c.seen)
	}
	c.seen[key] = glimpse{version, c.read}
	c.read += bytes
	return false
}

// Put makes room for a value; one that is larger than the budget is not kept.
func (c *Cache[V]) Put(key Key, version int64, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.seen, key)
	if e := c.items[key]; e != nil {
		c.remove(e)
	}
	for c.used+v.Bytes() > c.budget {
		last := c.order.Back()
		if last == nil {
			return
		}
		c.remove(last)
	}
	c.items[key] = c.order.PushFront(&entry[V]{key, version, v})
	c.used += v.Bytes()
}

func (c *Cache[V]) remove(e *list.Element) {
	x := c.order.Remove(e).(*entry[V])
	delete(c.items, x.key)
	c.used -= x.value.Bytes()
}
