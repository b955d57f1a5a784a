package lexical

import (
	"errors"
	"sync"
	"testing"
)

type sized int

func (s sized) Bytes() int { return int(s) }

func TestCache(t *testing.T) {
	c := NewCache[sized](100)
	loads := 0
	get := func(key string, version int64, n int) sized {
		v, err := c.Get(key, version, func() (sized, error) { loads++; return sized(n), nil })
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	get("a", 1, 40)
	get("b", 1, 40)
	get("a", 1, 0) // kept, and now the more recent
	get("c", 1, 40)
	if loads != 3 {
		t.Errorf("%d loads, want 3", loads)
	}
	if get("a", 1, 0) != 40 || get("b", 1, 41) != 41 || loads != 4 {
		t.Errorf("b should have left: %d loads", loads)
	}
	if get("a", 2, 7) != 7 || get("a", 2, 0) != 7 {
		t.Error("a new version was not loaded or not kept")
	}
	if get("huge", 1, 101) != 101 {
		t.Error("what does not fit is given all the same")
	}
	if used, n := c.Used(); used > 100 || n != 2 {
		t.Errorf("%d bytes of %d values", used, n)
	}
	if _, err := c.Get("x", 1, func() (sized, error) { return 0, errors.New("down") }); err == nil {
		t.Error("the error is lost")
	}
	if c.Forget("a"); get("a", 2, 9) != 9 {
		t.Error("a was not forgotten")
	}
}

func TestCacheLoadsOnce(t *testing.T) {
	c := NewCache[sized](100)
	var mu sync.Mutex
	loads := 0
	gate := make(chan struct{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if v, err := c.Get("a", 1, func() (sized, error) {
				mu.Lock()
				loads++
				mu.Unlock()
				<-gate
				return 5, nil
			}); v != 5 || err != nil {
				t.Errorf("%v %v", v, err)
			}
		})
	}
	close(gate)
	wg.Wait()
	if loads != 1 {
		t.Errorf("%d loads", loads)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(Pack([]string{"应收账款 5,420.78万元", "存货 存货"}), "存货")
	f.Add([]byte{}, "")
	f.Fuzz(func(t *testing.T, segment []byte, query string) {
		if len(segment)+len(query) > 1<<16 {
			t.Skip()
		}
		p, err := Open(seal(segment))
		if err != nil {
			return
		}
		if p.Bytes() > 1000+64*len(segment) {
			t.Fatalf("%d bytes opened to %d", len(segment), p.Bytes())
		}
		p.Search(query, nil, 10)
		if _, err := p.Add(Pack([]string{query})); err != nil && p.Len() < maxChunks-1 {
			t.Fatal(err)
		}
	})
}
