package embed

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"

	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/llmtest"
	"github.com/xindiao/xindiao/internal/store"
)

// counting is a scripted embedder: Hash under another name, with a count of the texts it was asked for.
type counting struct {
	Hash
	name string
	fail func(text string) error

	mu    sync.Mutex
	texts []string
}

func (c *counting) Name() string { return c.name }

func (c *counting) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	for _, t := range texts {
		if c.fail != nil {
			if err := c.fail(t); err != nil {
				return nil, err
			}
		}
	}
	c.mu.Lock()
	c.texts = append(c.texts, texts...)
	c.mu.Unlock()
	return c.Hash.Embed(ctx, texts)
}

// asking puts questions another way.
type asking struct{ *counting }

func (a asking) EmbedQueries(ctx context.Context, qs []string) ([][]float32, error) {
	put := make([]string, len(qs))
	for i, q := range qs {
		put[i] = "问：" + q
	}
	return a.Embed(ctx, put)
}

func TestContract(t *testing.T) {
	llmtest.CheckEmbedder(t, Hash{})
	llmtest.CheckEmbedder(t, Cached(Hash{Buckets: 64}, NewLRU(0)))
	llmtest.CheckEmbedder(t, Cached(Hash{Buckets: 64}, NewLRU(4000)))
	llmtest.CheckEmbedder(t, Cached(Hash{}, brokenCache{}))
}

type brokenCache struct{}

func (brokenCache) Get(context.Context, store.Space, []store.Hash) (map[store.Hash][]float32, error) {
	return nil, errors.New("down")
}

func (brokenCache) Put(context.Context, store.Space, map[store.Hash][]float32) error {
	return errors.New("down")
}

func TestCachedAsksOnce(t *testing.T) {
	inner := &counting{name: "a", Hash: Hash{Buckets: 32}}
	lru := NewLRU(0)
	e := Cached(asking{inner}, lru)
	a, err := e.Embed(t.Context(), []string{"甲", "乙", "甲"})
	if err != nil || !slices.Equal(inner.texts, []string{"甲", "乙"}) || !slices.Equal(a[0], a[2]) {
		t.Fatalf("asked %v, %v", inner.texts, err)
	}
	a[0][0] = 99 // the caller may do what it likes
	if a[2][0] == 99 {
		t.Error("one memory for two answers")
	}
	b, err := e.Embed(t.Context(), []string{"乙", "丙", "甲"})
	if err != nil || len(inner.texts) != 3 || b[2][0] == 99 {
		t.Fatalf("asked %v, got %v, %v", inner.texts, b[2][0], err)
	}
	for range 2 {
		if _, err := Queries(t.Context(), e, []string{"甲"}); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(inner.texts[3:], []string{"问：甲"}) {
		t.Errorf("questions asked %v", inner.texts[3:])
	}
	other := &counting{name: "b", Hash: Hash{Buckets: 32}}
	if _, err := Cached(other, lru).Embed(t.Context(), []string{"甲"}); err != nil || len(other.texts) != 1 {
		t.Error("another model got this one's vector")
	}
	inner.fail = func(string) error { return &llm.Error{Kind: llm.ErrUnavailable} }
	if vs, err := e.Embed(t.Context(), []string{"甲", "丁"}); err == nil || vs != nil {
		t.Error("a failure must be one")
	}
	if _, err := e.Embed(t.Context(), []string{"甲", "乙"}); err != nil {
		t.Errorf("what is known needs no server: %v", err)
	}
}

// The cache never holds more than it may, and never another text's or space's vector.
func TestLRU(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.Int64Range(0, 3000).Draw(t, "most") + 1
		l := NewLRU(most)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			dim := rapid.IntRange(1, 3).Draw(t, "dim")
			n := rapid.IntRange(0, 9).Draw(t, "text")
			s, h := store.Space{Name: "m", Dim: dim}, store.HashText(fmt.Sprint(n))
			v := make([]float32, dim)
			v[0] = float32(n)
			if rapid.Bool().Draw(t, "put") {
				_ = l.Put(t.Context(), s, map[store.Hash][]float32{h: v})
			}
			got, _ := l.Get(t.Context(), s, []store.Hash{h})
			if x, ok := got[h]; ok && !slices.Equal(x, v) {
				t.Fatalf("got %v, want %v", x, v)
			}
			if l.bytes > most || l.order.Len() != len(l.at) || l.bytes < 0 {
				t.Fatalf("%d bytes of %d, %d and %d entries", l.bytes, most, l.order.Len(), len(l.at))
			}
		}
	})
	l := NewLRU(2*size(make([]float32, 2)) + 1)
	s := store.Space{Name: "m", Dim: 2}
	put := func(text string) { _ = l.Put(t.Context(), s, map[store.Hash][]float32{store.HashText(text): {1, 2}}) }
	has := func(text string) bool {
		got, _ := l.Get(t.Context(), s, []store.Hash{store.HashText(text)})
		return len(got) == 1
	}
	put("一")
	put("二")
	has("一")
	put("三")
	if !has("一") || has("二") || !has("三") {
		t.Error("the oldest must go first")
	}
}
