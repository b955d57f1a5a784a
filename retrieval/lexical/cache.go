package lexical

import (
	lru "container/list"
	"errors"
	"sync"
)

var errLoadPanicked = errors.New("cache: the load did not return")

// Sized is a value that knows about what it takes in memory.
type Sized interface{ Bytes() int }

// Cache keeps what was opened of the customers in work, the least recently used leaving first once the bytes exceed
// the budget. It is safe for concurrent use.
type Cache[T Sized] struct {
	mu      sync.Mutex
	budget  int
	used    int
	entries map[string]*lru.Element
	order   *lru.List // of *entry[T], the most recently used in front
	flights map[flight]*call[T]
}

type entry[T Sized] struct {
	key     string
	version int64
	value   T
	bytes   int
}

type flight struct {
	key     string
	version int64
}

type call[T Sized] struct {
	done  chan struct{}
	value T
	err   error
}

// NewCache makes a cache of about so many bytes.
func NewCache[T Sized](bytes int) *Cache[T] {
	return &Cache[T]{budget: bytes, entries: map[string]*lru.Element{}, order: lru.New(), flights: map[flight]*call[T]{}}
}

// Get gives the value kept for the key in that version, or loads it: once, however many ask at the same time. A value
// of another version is replaced; one that does not fit into the budget is given and not kept. A failed load is not
// kept either.
func (c *Cache[T]) Get(key string, version int64, load func() (T, error)) (T, error) {
	c.mu.Lock()
	if e, ok := c.entries[key]; ok && e.Value.(*entry[T]).version == version {
		c.order.MoveToFront(e)
		v := e.Value.(*entry[T]).value
		c.mu.Unlock()
		return v, nil
	}
	f := flight{key, version}
	if w, ok := c.flights[f]; ok {
		c.mu.Unlock()
		<-w.done
		return w.value, w.err
	}
	w := &call[T]{done: make(chan struct{}), err: errLoadPanicked}
	c.flights[f] = w
	c.mu.Unlock()

	defer func() {
		c.mu.Lock()
		delete(c.flights, f)
		if w.err == nil {
			c.keep(key, version, w.value)
		}
		c.mu.Unlock()
		close(w.done)
	}()
	w.value, w.err = load()
	return w.value, w.err
}

func (c *Cache[T]) keep(key string, version int64, value T) {
	if e, ok := c.entries[key]; ok {
		if e.Value.(*entry[T]).version > version {
			return // a slow load of an old version
		}
		c.drop(e)
	}
	n := value.Bytes()
	if n > c.budget {
		return
	}
	c.entries[key] = c.order.PushFront(&entry[T]{key, version, value, n})
	for c.used += n; c.used > c.budget; {
		c.drop(c.order.Back())
	}
}

func (c *Cache[T]) drop(e *lru.Element) {
	x := c.order.Remove(e).(*entry[T])
	delete(c.entries, x.key)
	c.used -= x.bytes
}

// Forget drops what is kept for the key.
func (c *Cache[T]) Forget(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries[key]; ok {
		c.drop(e)
	}
}

// Used is the bytes kept, and the number of values.
func (c *Cache[T]) Used() (bytes, values int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.used, len(c.entries)
}
