package layout

import (
	"math"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// splitSeals takes slanted and turned glyphs out of the flow. Those of one place and ink make a seal; upright glyphs
// of the same ink within it (the middle of the arc, the words across it) belong to it.
func splitSeals(glyphs []Glyph) (seals []dossier.Line, rest []Glyph) {
	var slanted []Glyph
	for _, g := range glyphs {
		switch {
		case quarter(g.DX, g.DY) == 0 || g.DX == 0 && g.DY == 0:
			rest = append(rest, g)
		case g.R != ' ':
			slanted = append(slanted, g)
		}
	}
	size := square(slanted)
	for _, c := range clusters(slanted, size) {
		x, y, r, round := circle(c)
		b := bounds(c)
		arc := len(c)
		var kept []Glyph
		for _, g := range rest {
			gx, gy := (g.X0+g.X1)/2, (g.Y0+g.Y1)/2
			in := gx > b.X0-size && gx < b.X1+size && gy > b.Y0-size && gy < b.Y1+size
			if round {
				in = math.Hypot(gx-x, gy-y) < r+size
			}
			if in && g.Color == c[0].Color && coloured(g.Color) {
				c = append(c, g)
			} else {
				kept = append(kept, g)
			}
		}
		rest = kept
		box := bounds(c)
		seals = append(seals, dossier.Line{Text: SealMark + sealText(c, arc), Box: &box, Confidence: 1})
	}
	return seals, rest
}

// sealText reads a seal: around its circle from where the ring is open, then what stands across it from top to bottom.
// The first arc glyphs are slanted. Without a circle, the file's order is as good as any.
func sealText(c []Glyph, arc int) string {
	x, y, r, ok := circle(c[:arc])
	order := map[int]bool{}
	for _, g := range c[:arc] {
		order[g.Seq] = true
	}
	var ring, across []Glyph
	for i, g := range c {
		d := math.Hypot((g.X0+g.X1)/2-x, (g.Y0+g.Y1)/2-y)
		switch {
		case ok && i < arc && abs(d-r) < 0.25*r:
			ring = append(ring, g)
		case ok && abs(d-r) < 0.25*r && (order[g.Seq-1] || order[g.Seq+1]):
			ring = append(ring, g) // the one at the very top stands upright
		default:
			across = append(across, g)
		}
	}
	at := func(g Glyph) float64 { return math.Atan2((g.Y0+g.Y1)/2-y, (g.X0+g.X1)/2-x) }
	sort.SliceStable(ring, func(i, j int) bool { return at(ring[i]) < at(ring[j]) }) // clockwise as shown
	start, widest := 0, -1.0
	for i := range ring {
		gap := at(ring[i]) - at(ring[(i+len(ring)-1)%len(ring)])
		if gap < 0 {
			gap += 2 * math.Pi
		}
		if gap > widest {
			start, widest = i, gap
		}
	}
	var s strings.Builder
	for i := range ring {
		s.WriteString(ring[(start+i)%len(ring)].text())
	}
	if !ok {
		sort.SliceStable(across, func(i, j int) bool { return across[i].Seq < across[j].Seq })
		for _, g := range across {
			s.WriteString(g.text())
		}
		return s.String()
	}
	for _, l := range makeLines(across) {
		s.WriteString(" " + l.text())
	}
	return strings.TrimSpace(s.String())
}

// circle fits a circle to the glyphs' centres by least squares (Kåsa); ok when they lie on it.
func circle(gs []Glyph) (x, y, r float64, ok bool) {
	if len(gs) < 5 {
		return 0, 0, 0, false
	}
	var sx, sy, sxx, syy, sxy, sz, sxz, syz float64
	n := float64(len(gs))
	bx, by := gs[0].X0, gs[0].Y0 // near the origin the sums stay exact
	for _, g := range gs {
		px, py := (g.X0+g.X1)/2-bx, (g.Y0+g.Y1)/2-by
		z := px*px + py*py
		sx, sy, sxx, syy, sxy = sx+px, sy+py, sxx+px*px, syy+py*py, sxy+px*py
		sz, sxz, syz = sz+z, sxz+px*z, syz+py*z
	}
	a, b, c := sxx-sx*sx/n, sxy-sx*sy/n, syy-sy*sy/n
	d, e := (sxz-sx*sz/n)/2, (syz-sy*sz/n)/2
	det := a*c - b*b
	if abs(det) < 1e-6 {
		return 0, 0, 0, false
	}
	x, y = (d*c-e*b)/det, (a*e-b*d)/det
	r = math.Sqrt(max((sz-2*x*sx-2*y*sy)/n+x*x+y*y, 0))
	x, y = x+bx, y+by
	off, worst, at := 0.0, 0.0, 0
	for i, g := range gs {
		d := abs(math.Hypot((g.X0+g.X1)/2-x, (g.Y0+g.Y1)/2-y) - r)
		if off += d; d > worst {
			worst, at = d, i
		}
	}
	if size := gs[0].X1 - gs[0].X0; r > 0 && off/n < 0.1*r && r < max(6, n/2)*size {
		return x, y, r, true
	}
	if worst > 2*off/n { // once more without the one that lies off
		less := append(append([]Glyph(nil), gs[:at]...), gs[at+1:]...)
		return circle(less)
	}
	return x, y, r, false
}

func coloured(c uint32) bool {
	r, g, b := int(c>>16), int(c>>8&255), int(c&255)
	return max(r, g, b)-min(r, g, b) > 60
}

// square gives every slanted glyph a box of the same size about its origin, and returns that size: the engine's boxes
// of turned glyphs cannot be relied on.
func square(glyphs []Glyph) float64 {
	if len(glyphs) == 0 {
		return 0
	}
	sizes := make([]float64, len(glyphs))
	for i, g := range glyphs {
		sizes[i] = max(g.X1-g.X0, g.Y1-g.Y0)
	}
	sort.Float64s(sizes)
	size := sizes[len(sizes)/2]
	for i := range glyphs {
		g := &glyphs[i]
		g.X0, g.Y0, g.X1, g.Y1 = g.OX-size/2, g.OY-size/2, g.OX+size/2, g.OY+size/2
	}
	return size
}

// clusters groups glyphs of one ink whose origins lie within a few glyphs' distance of each other.
func clusters(glyphs []Glyph, size float64) [][]Glyph {
	if len(glyphs) > 2000 {
		glyphs = glyphs[:2000] // a watermark all over, not seals
	}
	group := make([]int, len(glyphs))
	for i := range group {
		group[i] = i
	}
	find := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	for i, a := range glyphs {
		for j, b := range glyphs[:i] {
			if a.Color == b.Color && abs(a.OX-b.OX) < 4*size && abs(a.OY-b.OY) < 4*size {
				group[find(i)] = find(j)
			}
		}
	}
	at := map[int]int{}
	var out [][]Glyph
	for i, g := range glyphs {
		k, ok := at[find(i)]
		if !ok {
			k = len(out)
			at[find(i)] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], g)
	}
	return adopt(out, size)
}

// adopt gives crumbs, groups of up to three glyphs, to the group that the glyph before them in the file belongs to.
// Engines misplace single glyphs of an arc at times: one that lies far off moves to where the glyph before it is.
func adopt(groups [][]Glyph, size float64) [][]Glyph {
	type member struct{ group, index int }
	at := map[int]member{}
	for k, c := range groups {
		if len(c) > 3 {
			for i, g := range c {
				at[g.Seq] = member{k, i}
			}
		}
	}
	extra := map[int][]Glyph{}
	var kept []int
	for k, c := range groups {
		m, ok := member{}, false
		for back := 1; len(c) <= 3 && back <= 4 && !ok; back++ {
			m, ok = at[c[0].Seq-back]
		}
		if !ok || groups[m.group][0].Color != c[0].Color {
			kept = append(kept, k)
			continue
		}
		before, b := groups[m.group][m.index], bounds(groups[m.group])
		for _, g := range c {
			if g.OX < b.X0-3*size || g.OX > b.X1+3*size || g.OY < b.Y0-3*size || g.OY > b.Y1+3*size {
				g.X0, g.Y0, g.X1, g.Y1, g.OX, g.OY = before.X0, before.Y0, before.X1, before.Y1, before.OX, before.OY
			}
			extra[m.group] = append(extra[m.group], g)
		}
	}
	var out [][]Glyph
	for _, k := range kept {
		c := append(append([]Glyph(nil), groups[k]...), extra[k]...)
		sort.SliceStable(c, func(i, j int) bool { return c[i].Seq < c[j].Seq })
		out = append(out, c)
	}
	return out
}

func bounds(glyphs []Glyph) dossier.Box {
	b := dossier.Box{X0: glyphs[0].X0, Y0: glyphs[0].Y0, X1: glyphs[0].X1, Y1: glyphs[0].Y1}
	for _, g := range glyphs[1:] {
		b.X0, b.Y0, b.X1, b.Y1 = min(b.X0, g.X0), min(b.Y0, g.Y0), max(b.X1, g.X1), max(b.Y1, g.Y1)
	}
	return b
}
