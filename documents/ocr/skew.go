package ocr

import (
	"image"
	"math"
)

// skew finds by how much the lines of a page slope, in radians, positive when they fall to the right. Every angle is
// tried on the dark pixels of a reduced image: at the right one they gather in the fewest rows.
func skew(g *image.Gray) float64 {
	step := max(max(g.Rect.Dx(), g.Rect.Dy())/1000, 1)
	t := threshold(g)
	var xs, ys []float64
	for y := 0; y < g.Rect.Dy(); y += step {
		for x := 0; x < g.Rect.Dx(); x += step {
			if g.Pix[y*g.Stride+x] <= t {
				xs, ys = append(xs, float64(x/step)), append(ys, float64(y/step))
			}
		}
	}
	if len(xs) < 200 || len(xs)*3 > (g.Rect.Dx()/step)*(g.Rect.Dy()/step) {
		return 0 // nothing to go by, or a photo
	}
	for thin := len(xs)/60000 + 1; thin > 1; thin = 1 {
		n := 0
		for i := 0; i < len(xs); i += thin {
			xs[n], ys[n] = xs[i], ys[i]
			n++
		}
		xs, ys = xs[:n], ys[:n]
	}
	rows := g.Rect.Dy()/step + 1
	width := float64(g.Rect.Dx()/step + 1)
	score := func(a float64) float64 {
		reach := int(math.Abs(math.Tan(a))*width) + 2
		hist := make([]float64, rows+2*reach)
		for i := range xs {
			hist[int(ys[i]-math.Tan(a)*xs[i])+reach]++
		}
		var s float64
		for i := 1; i < len(hist); i++ {
			d := hist[i] - hist[i-1]
			s += d * d
		}
		return s
	}
	best, top := 0.0, score(0)
	flat := top
	try := func(from, to, by float64) {
		for d := from; d <= to+1e-9; d += by {
			a := d * math.Pi / 180
			if s := score(a); s > top {
				best, top = a, s
			}
		}
	}
	try(-5, 5, 0.25)
	c := best * 180 / math.Pi
	try(c-0.2, c+0.2, 0.05)
	if math.Abs(best) < 0.05*math.Pi/180 || top < 1.05*flat {
		return 0
	}
	return best
}
