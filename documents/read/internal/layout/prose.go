package layout

import (
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// gutter is a white stripe between two columns of running text, from y0 to y1.
type gutter struct{ x, y0, y1 float64 }

const (
	proseLines = 5  // of a column, at least
	proseWidth = 10 // of a column in em, at least
)

// findGutter looks for the stripe in the middle of the page that parts most lines into two columns of running text.
// Tables and label/value forms have white stripes too: in running text most lines fill their column, and few
// characters are digits.
func findGutter(glyphs []Glyph, lines []textLine, width float64) (gutter, bool) {
	if len(glyphs) < 2*proseLines*proseWidth {
		return gutter{}, false
	}
	var segs []dossier.Box
	for _, l := range lines {
		for _, s := range l.segs {
			segs = append(segs, s.box)
		}
	}
	em := middleSize(glyphs)
	white := blanks(segs, 3*em)
	type candidate struct {
		gutter
		n int
	}
	var all []candidate
	for x := 0.35 * width; x <= 0.65*width; x += max(em/3, width/100) {
		for _, g := range stripes(segs, white, x, 0.5*em) {
			left, right := 0, 0
			for _, b := range segs {
				switch mid := (b.Y0 + b.Y1) / 2; {
				case mid < g.y0 || mid > g.y1:
				case b.X1 <= x:
					left++
				default:
					right++
				}
			}
			if n := min(left, right); n >= proseLines {
				all = append(all, candidate{g, n})
			}
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].n > all[j].n })
	tried := 0
	for i, c := range all {
		if i > 0 && c.y0 == all[i-1].y0 && c.y1 == all[i-1].y1 {
			continue // the same stripe a little further on
		}
		left, right := c.split(glyphs)
		if prose(left, em) && prose(right, em) {
			return c.gutter, true
		}
		if tried++; tried == 3 {
			break
		}
	}
	return gutter{}, false
}

// stripes are the stretches of the page that nothing within reach of x stands in, and no white band crosses.
func stripes(segs []dossier.Box, white [][2]float64, x, reach float64) (out []gutter) {
	ys := append([][2]float64(nil), white...)
	top, bottom := 1e18, -1e18
	for _, b := range segs {
		top, bottom = min(top, b.Y0), max(bottom, b.Y1)
		if b.X1 > x-reach && b.X0 < x+reach {
			ys = append(ys, [2]float64{b.Y0, b.Y1})
		}
	}
	sort.Slice(ys, func(i, j int) bool { return ys[i][0] < ys[j][0] })
	from := top
	for _, y := range append(ys, [2]float64{bottom, bottom}) {
		if y[0] > from {
			out = append(out, gutter{x, from, y[0]})
		}
		from = max(from, y[1])
	}
	return out
}

// blanks are the bands of the page, higher than least, that nothing stands in.
func blanks(segs []dossier.Box, least float64) (out [][2]float64) {
	segs = append([]dossier.Box(nil), segs...)
	sort.Slice(segs, func(i, j int) bool { return segs[i].Y0 < segs[j].Y0 })
	to := 0.0
	for i, b := range segs {
		if i > 0 && b.Y0-to > least {
			out = append(out, [2]float64{to, b.Y0})
		}
		to = max(to, b.Y1)
	}
	return out
}

// split gives the glyphs left and right of the gutter.
func (g gutter) split(glyphs []Glyph) (left, right []Glyph) {
	for _, gl := range glyphs {
		switch mid := (gl.Y0 + gl.Y1) / 2; {
		case mid < g.y0 || mid > g.y1:
		case (gl.X0+gl.X1)/2 < g.x:
			left = append(left, gl)
		default:
			right = append(right, gl)
		}
	}
	return left, right
}

// prose tells whether glyphs look like one column of running text.
func prose(glyphs []Glyph, em float64) bool {
	if len(glyphs) < proseLines*proseWidth {
		return false
	}
	digits, n := 0, 0
	x0, x1 := 1e18, -1e18
	for _, g := range glyphs {
		if g.R == ' ' {
			continue
		}
		n++
		x0, x1 = min(x0, g.X0), max(x1, g.X1)
		for _, r := range g.text() {
			if digit(r) {
				digits++
			}
		}
	}
	if x1-x0 < proseWidth*em || 5*digits > n {
		return false
	}
	lines := makeLines(glyphs)
	full, single := 0, 0
	for _, l := range lines {
		if l.box.X1-l.box.X0 > 0.8*(x1-x0) {
			full++
		}
		if len(l.segs) == 1 {
			single++
		}
	}
	return len(lines) >= proseLines && 10*full >= 5*len(lines) && 10*single >= 9*len(lines)
}

func middleSize(glyphs []Glyph) float64 {
	sizes := make([]float64, len(glyphs))
	for i, g := range glyphs {
		sizes[i] = g.size()
	}
	sort.Float64s(sizes)
	return max(sizes[len(sizes)/2], 1)
}
