package sqlite

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"
	"github.com/xindiao/xindiao/internal/store"
)

// TestBlock: a block is a map from bit to vector, whatever is put in and taken out.
func TestBlock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dim := rapid.IntRange(1, 40).Draw(t, "dim")
		model := map[int][]float32{}
		var b block
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "put") {
				var in [blockSize][]float32
				for _, bit := range rapid.SliceOfN(rapid.IntRange(0, 63), 1, 10).Draw(t, "bits") {
					in[bit] = rapid.SliceOfN(rapid.Float32Range(-2, 2), dim, dim).Draw(t, "vector")
					in[bit][0] = 1 // never zero
					model[bit] = in[bit]
				}
				b = b.with(&in, dim)
			} else {
				gone := rapid.Uint64().Draw(t, "gone")
				for bit := range blockSize {
					if gone&(1<<bit) != 0 {
						delete(model, bit)
					}
				}
				b = b.without(gone, dim)
			}
			if err := b.check(dim); err != nil || bits.OnesCount64(b.mask) != len(model) {
				t.Fatalf("%d vectors of %d: %v", bits.OnesCount64(b.mask), len(model), err)
			}
		}
		q := rapid.SliceOfN(rapid.Float32Range(-2, 2), dim, dim).Draw(t, "q")
		q[0] = 1
		only := selection{3: rapid.Uint64().Draw(t, "only")}
		all, some := newTop(blockSize), newTop(blockSize)
		b.score(3, q, inverseNorm(q), nil, all)
		b.score(3, q, inverseNorm(q), only, some)
		want := 0
		for bit, v := range model {
			if !slices.Equal(b.vector(bit, dim), v) {
				t.Fatalf("bit %d", bit)
			}
			if only[3]&(1<<bit) != 0 {
				want++
			}
		}
		if len(all.heap) != len(model) || len(some.heap) != want {
			t.Fatalf("%d and %d hits, want %d and %d", len(all.heap), len(some.heap), len(model), want)
		}
		for _, h := range append(all.sorted(), some.sorted()...) {
			if c := cosine(model[int(h.ID-3*blockSize)], q); math.Abs(c-h.Score) > 1e-5 {
				t.Fatalf("chunk %d: %v, want %v", h.ID, h.Score, c)
			}
		}
	})
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

// TestBlockCheck: bytes that the mask does not promise are an error, not a panic.
func TestBlockCheck(t *testing.T) {
	for _, b := range []block{{mask: 1}, {mask: 1, norms: make([]byte, 4), data: make([]byte, 12)}, {norms: make([]byte, 4)}} {
		if b.check(4) == nil {
			t.Errorf("%+v passes", b)
		}
	}
}

func TestSpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 3).Draw(t, "n")
		first := rapid.Int64Range(1, 300).Draw(t, "first")
		last := first + rapid.Int64Range(0, 200).Draw(t, "more")
		var want uint64
		for id := first; id <= last; id++ {
			if id/blockSize == n {
				want |= 1 << (id % blockSize)
			}
		}
		if got := span(n, first, last); got != want {
			t.Fatalf("%b, want %b", got, want)
		}
	})
}

// TestTop: the heap keeps what sorting everything would put first.
func TestTop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOf(rapid.IntRange(0, 20)).Draw(t, "scores") // few, so that many are alike
		k := rapid.IntRange(0, 30).Draw(t, "k")
		top := newTop(k)
		var all []store.Scored
		for i, s := range scores {
			h := store.Scored{ID: int64((i*7)%len(scores)*100 + i), Score: float64(s)}
			all = append(all, h)
			top.push(h.ID, h.Score)
		}
		slices.SortFunc(all, func(a, b store.Scored) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) })
		if got := top.sorted(); !slices.Equal(got, all[:min(k, len(all))]) {
			t.Fatalf("%v, want %v", got, all[:min(k, len(all))])
		}
	})
}
