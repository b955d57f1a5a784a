package layout

import "math"

const thin = 2.5 // points; a filled rectangle up to this is a line

// Drawn takes the straight lines of a drawn polygon as rules, in points: those that are stroked, and thin filled
// rectangles, which is how many programs draw them. Corners stand in their order, the first once more where the
// polygon is closed.
func Drawn(poly [][2]float64, stroke bool) (out []Rule) {
	if len(poly) < 2 {
		return nil
	}
	add := func(horizontal bool, pos, from, to float64) {
		if s := pos + from + to; to-from >= 1 && pos > -50 && !math.IsNaN(s) && math.Abs(s) < 1e7 {
			out = append(out, Rule{Horizontal: horizontal, Pos: pos, From: from, To: to})
		}
	}
	x0, y0, x1, y1 := poly[0][0], poly[0][1], poly[0][0], poly[0][1]
	for _, p := range poly[1:] {
		x0, y0, x1, y1 = min(x0, p[0]), min(y0, p[1]), max(x1, p[0]), max(y1, p[1])
	}
	switch {
	case y1-y0 <= thin && x1-x0 > 2*(y1-y0):
		add(true, (y0+y1)/2, x0, x1)
	case x1-x0 <= thin && y1-y0 > 2*(x1-x0):
		add(false, (x0+x1)/2, y0, y1)
	case stroke:
		for i := 1; i < len(poly); i++ {
			a, b := poly[i-1], poly[i]
			if math.Abs(a[1]-b[1]) < 0.5 {
				add(true, (a[1]+b[1])/2, min(a[0], b[0]), max(a[0], b[0]))
			} else if math.Abs(a[0]-b[0]) < 0.5 {
				add(false, (a[0]+b[0])/2, min(a[1], b[1]), max(a[1], b[1]))
			}
		}
	}
	return out
}
