// Package embed holds what stands between texts and their vectors: the embedded hashing embedder, the cache by
// content, long runs with progress, and the change of a whole store from one model to another in the background.
package embed

import "math"

// Normalize scales v to length one in place and returns it; false when it cannot be: zero, NaN or infinite.
func Normalize(v []float32) ([]float32, bool) {
	var s float64
	for _, x := range v {
		s += float64(x) * float64(x)
	}
	if s == 0 || math.IsNaN(s) || math.IsInf(s, 0) {
		return v, false
	}
	k := 1 / math.Sqrt(s)
	for i, x := range v {
		v[i] = float32(float64(x) * k)
	}
	return v, true
}
