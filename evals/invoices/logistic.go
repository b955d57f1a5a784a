package invoices

import "math"

// logit is a logistic regression over standardised features with an L2 penalty on the weights, not on the intercept.
type logit struct {
	mean, dev []float64
	w         []float64 // w[0] is the intercept
}

// fitSigned fits and leaves out, one at a time, the worst of the features whose weight has the wrong sign: a weight
// that nobody could explain to the borrower has no place in a ranking. sign[j] is -1, 1 or 0 for either.
func fitSigned(x [][]float64, y []bool, lambda, sign []float64) logit {
	lambda = append([]float64(nil), lambda...)
	for {
		m := fit(x, y, lambda)
		worst, at := 0.0, -1
		for j, s := range sign {
			if v := m.w[j+1] * s; v < worst {
				worst, at = v, j
			}
		}
		if at < 0 || lambda[at] >= left {
			return m
		}
		lambda[at] = left
	}
}

// left is the penalty of a feature that is left out: its weight vanishes.
const left = 1e9

// fit finds the weights by Newton's method; the penalised likelihood is concave, so there is one answer.
func fit(x [][]float64, y []bool, lambda []float64) logit {
	n, d := len(x), len(x[0])
	m := logit{make([]float64, d), make([]float64, d), make([]float64, d+1)}
	for j := range d {
		for _, r := range x {
			m.mean[j] += r[j] / float64(n)
		}
		for _, r := range x {
			m.dev[j] += (r[j] - m.mean[j]) * (r[j] - m.mean[j]) / float64(n)
		}
		if m.dev[j] = math.Sqrt(m.dev[j]); m.dev[j] < 1e-9 {
			m.dev[j] = 1
		}
	}
	for range 50 {
		grad := make([]float64, d+1)
		hess := make([][]float64, d+1)
		for a := range hess {
			hess[a] = make([]float64, d+1)
		}
		for i, r := range x {
			z := m.z(r)
			p := 1 / (1 + math.Exp(-m.dot(z)))
			t := 0.0
			if y[i] {
				t = 1
			}
			for a := range z {
				grad[a] += (t - p) * z[a]
				for b := range z {
					hess[a][b] += p * (1 - p) * z[a] * z[b]
				}
			}
		}
		for a := 1; a <= d; a++ {
			grad[a] -= lambda[a-1] * m.w[a]
			hess[a][a] += lambda[a-1]
		}
		hess[0][0] += 1e-9
		step := solve(hess, grad)
		size := 0.0
		for a := range m.w {
			s := max(-2, min(2, step[a])) // no leap at the first steps
			m.w[a] += s
			size += math.Abs(s)
		}
		if size < 1e-10 {
			break
		}
	}
	return m
}

// z is the standardised row behind a one for the intercept.
func (m logit) z(r []float64) []float64 {
	out := make([]float64, len(r)+1)
	out[0] = 1
	for j, v := range r {
		out[j+1] = (v - m.mean[j]) / m.dev[j]
	}
	return out
}

func (m logit) dot(z []float64) (s float64) {
	for a, v := range z {
		s += m.w[a] * v
	}
	return s
}

func (m logit) score(r []float64) float64 { return m.dot(m.z(r)) }

// solve is Gaussian elimination with pivots; a is positive definite and small.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for c := range n {
		p := c
		for r := c + 1; r < n; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[p][c]) {
				p = r
			}
		}
		a[c], a[p], b[c], b[p] = a[p], a[c], b[p], b[c]
		for r := c + 1; r < n; r++ {
			f := a[r][c] / a[c][c]
			for k := c; k < n; k++ {
				a[r][k] -= f * a[c][k]
			}
			b[r] -= f * b[c]
		}
	}
	for c := n - 1; c >= 0; c-- {
		for k := c + 1; k < n; k++ {
			b[c] -= a[c][k] * b[k]
		}
		b[c] /= a[c][c]
	}
	return b
}
