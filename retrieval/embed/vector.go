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

// Dot is the inner product of two vectors of one length: of unit vectors, their cosine. It panics when b is shorter.
func Dot(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32 // four sums that do not wait for each other
	i := 0
	for ; i+4 <= len(a); i += 4 {
		x, y := a[i:i+4:i+4], b[i:i+4:i+4]
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}
