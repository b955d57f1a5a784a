package hot

import "testing"

type size int64

func (s size) Bytes() int64 { return int64(s) }

func TestCache(t *testing.T) {
	c := New[size](1000)
	fill := func(collection, version, n int64) bool {
		key := Key{collection, 1}
		if c.Wanted(key, version, n) {
			c.Put(key, version, size(n))
			return true
		}
		return false
	}
	have := func(key Key, version int64) bool {
		_, ok := c.Get(key, version)
		return ok
	}
	if fill(1, 1, 400) {
		t.Error("kept at the first search")
	}
	if fill(1, 2, 400) {
		t.Error("kept at the first search of a new version")
	}
	if !fill(1, 2, 400) || !have(Key{1, 1}, 2) {
		t.Error("not kept at the second search")
	}
	fill(2, 1, 500)
	fill(2, 1, 500)
	have(Key{1, 1}, 2)
	fill(3, 1, 300)
	fill(3, 1, 300)
	if have(Key{2, 1}, 1) || !have(Key{1, 1}, 2) || !have(Key{3, 1}, 1) || c.used != 700 {
		t.Errorf("the longest unused did not leave: %d bytes", c.used)
	}
	if have(Key{1, 1}, 3) || c.used != 300 {
		t.Error("an old version is served or kept")
	}
}

// TestCacheSweep: going round more than there is room for keeps nothing, coming back at once does.
func TestCacheSweep(t *testing.T) {
	c := New[size](1000)
	for round := range 3 {
		for i := range int64(20) {
			if c.Wanted(Key{i, 1}, 1, 100) {
				t.Fatalf("round %d keeps %d", round, i)
			}
		}
	}
	if !c.Wanted(Key{19, 1}, 1, 100) || c.Wanted(Key{2, 1}, 1, 100) {
		t.Error("the last is not wanted, or one long ago is")
	}
}

func TestTooLarge(t *testing.T) {
	c := New[size](1000)
	c.Put(Key{1, 1}, 1, 800)
	c.Put(Key{2, 1}, 1, 1001)
	if _, n := c.Used(); n != 0 || c.Has(Key{2, 1}) {
		t.Errorf("%d kept", n)
	}
	none := New[size](-1)
	for range 2 {
		if none.Wanted(Key{1, 1}, 1, 1) {
			t.Error("something is wanted without room")
		}
	}
}
