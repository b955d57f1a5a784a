package storebench

import (
	"maps"
	"math"
	"slices"
	"time"

	"github.com/xindiao/xindiao/internal/store"
)

// Times are latencies.
type Times []time.Duration

// At returns the quantile in milliseconds, rounded to a thousandth; NaN without measurements.
func (t Times) At(q float64) float64 {
	if len(t) == 0 {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(t))
	d := s[min(len(s)-1, int(q*float64(len(s))))]
	return math.Round(float64(d.Nanoseconds())/1000) / 1000
}

// clock measures one call.
func clock(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

// scored is a row with its cosine.
type scored struct {
	row int
	dot float64
}

// Exact ranks rows by cosine in double precision and returns the best k: what recall is measured against.
func Exact(rows [][]float32, q []float32, k int) []int {
	all := make([]scored, len(rows))
	for i, v := range rows {
		var dot, norm float64
		for j, x := range v {
			dot += float64(x) * float64(q[j])
			norm += float64(x) * float64(x)
		}
		all[i] = scored{i, dot / math.Sqrt(norm)}
	}
	slices.SortFunc(all, func(a, b scored) int {
		if a.dot != b.dot {
			if a.dot > b.dot {
				return -1
			}
			return 1
		}
		return a.row - b.row
	})
	out := make([]int, min(k, len(all)))
	for i := range out {
		out[i] = all[i].row
	}
	return out
}

// Flat is the flat float32 scan that the stores are held against: unit vectors, the best k by insertion.
func Flat(rows [][]float32, q []float32, k int) []int {
	best := make([]struct {
		row int
		dot float32
	}, 0, k+1)
	for i, v := range rows {
		dot := store.Dot(v, q)
		if len(best) == k && dot <= best[k-1].dot {
			continue
		}
		at := len(best)
		for at > 0 && best[at-1].dot < dot {
			at--
		}
		best = slices.Insert(best, at, struct {
			row int
			dot float32
		}{i, dot})
		best = best[:min(len(best), k)]
	}
	out := make([]int, len(best))
	for i, s := range best {
		out[i] = s.row
	}
	return out
}

// Overlap is how many of want are in got.
func Overlap(want, got []int) int {
	n := 0
	for _, w := range want {
		if slices.Contains(got, w) {
			n++
		}
	}
	return n
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
