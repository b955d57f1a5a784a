package sqlite

import (
	"bytes"
	"container/list"
	"sync"
)

// defaultCache keeps the vectors of some 30,000 chunks of 1024 dimensions.
const defaultCache = 128 << 20

// maxSeen bounds what is remembered of collections that were searched once.
const maxSeen = 10_000

// cacheKey is a collection in its active space.
type cacheKey struct{ collection, space int64 }

// cached is the vectors of a collection as of a version, which names them for good.
type cached struct {
	key     cacheKey
	version int64
	numbers []int64
	blocks  []block
	bytes   int64
}

// add copies a block; false when it would not fit into the budget.
func (c *cached) add(number int64, b block, budget int64) bool {
	c.bytes += int64(len(b.data) + len(b.norms) + 64)
	if c.bytes > budget {
		return false
	}
	c.numbers = append(c.numbers, number)
	c.blocks = append(c.blocks, block{b.mask, bytes.Clone(b.norms), bytes.Clone(b.data)})
	return true
}

// cache keeps the vectors of the collections that are being worked on, the longest unused one leaves first. Only what
// would still be there had it been kept the last time comes in: who goes round more customers than there is room for
// does not pay for copies that leave before they serve.
type cache struct {
	mu     sync.Mutex
	budget int64
	used   int64
	order  list.List // of *cached, the last used in front
	items  map[cacheKey]*list.Element
	read   int64 // bytes searched in the file so far
	seen   map[cacheKey]glimpse
}

// glimpse is a search that was answered from the file.
type glimpse struct{ version, read int64 }

func newCache(budget int64) *cache {
	return &cache{budget: budget, items: map[cacheKey]*list.Element{}, seen: map[cacheKey]glimpse{}}
}

// get is nil when the vectors of this version are not there.
func (c *cache) get(key cacheKey, version int64) *cached {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.items[key]
	if e == nil {
		return nil
	}
	v := e.Value.(*cached)
	if v.version != version {
		c.remove(e)
		return nil
	}
	c.order.MoveToFront(e)
	return v
}

// wanted tells whether to keep what is about to be read, some so many bytes.
func (c *cache) wanted(key cacheKey, version, bytes int64) bool {
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

// put makes room for v, which must fit.
func (c *cache) put(v *cached) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.seen, v.key)
	if e := c.items[v.key]; e != nil {
		c.remove(e)
	}
	for c.used+v.bytes > c.budget {
		last := c.order.Back()
		if last == nil {
			return
		}
		c.remove(last)
	}
	c.items[v.key] = c.order.PushFront(v)
	c.used += v.bytes
}

func (c *cache) remove(e *list.Element) {
	v := c.order.Remove(e).(*cached)
	delete(c.items, v.key)
	c.used -= v.bytes
}
