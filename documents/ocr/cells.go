package ocr

import (
	"math"
	"slices"
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

const (
	ruleSlack = 12.0 // prepared pixels by which rules that meet may miss each other
	maxCells  = 3000 // base cells of one table
)

// tableCells gives the insides of the cells that ruling lines enclose. Base cells between neighbouring lines are one
// cell when no line parts them.
// A frame around text of several lines is none, and inner tables come before those around them. Inset is how far a
// rule's ink reaches from its middle.
func tableCells(rules []Rule, inset, size float64) []dossier.Box {
	var out []dossier.Box
	for _, t := range tables(rules) {
		for _, c := range t.cells() {
			c = grow(c, -inset, -inset)
			if c.X1-c.X0 > size/3 && c.Y1-c.Y0 > size/3 && (c.Y1-c.Y0 < 8*size || c.X1-c.X0 < 18*size) {
				out = append(out, c)
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return area(out[i]) < area(out[j]) })
	return out
}

// ruledTable is a group of rules that touch each other.
type ruledTable struct{ hs, vs []Rule }

func tables(rules []Rule) []ruledTable {
	if len(rules) > 2000 {
		return nil
	}
	parent := make([]int, len(rules))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i, h := range rules {
		for j, v := range rules {
			if h.Horizontal && !v.Horizontal && v.Pos >= h.From-ruleSlack && v.Pos <= h.To+ruleSlack &&
				h.Pos >= v.From-ruleSlack && h.Pos <= v.To+ruleSlack {
				parent[find(i)] = find(j)
			}
		}
	}
	groups := map[int]*ruledTable{}
	var order []int
	for i, r := range rules {
		k := find(i)
		if groups[k] == nil {
			groups[k] = &ruledTable{}
			order = append(order, k)
		}
		if r.Horizontal {
			groups[k].hs = append(groups[k].hs, r)
		} else {
			groups[k].vs = append(groups[k].vs, r)
		}
	}
	var out []ruledTable
	for _, k := range order {
		if g := groups[k]; len(g.hs) >= 2 && len(g.vs) >= 2 {
			out = append(out, *g)
		}
	}
	return out
}

// reach draws horizontal rules on that fade out within a column, to the next vertical rule, where most of the table's
// rules get there.
func reach(rules []Rule) []Rule {
	out := append([]Rule(nil), rules...)
	for _, t := range tables(rules) {
		crossing := func(x float64) (n int) {
			for _, h := range t.hs {
				if x > h.From && x < h.To {
					n++
				}
			}
			return n
		}
		for i := range out {
			h := &out[i]
			if !h.Horizontal || !slices.Contains(t.hs, *h) {
				continue
			}
			left, right := math.Inf(-1), math.Inf(1)
			for _, v := range t.vs {
				if v.Pos <= h.From+ruleSlack {
					left = max(left, v.Pos)
				}
				if v.Pos >= h.To-ruleSlack {
					right = min(right, v.Pos)
				}
			}
			if !math.IsInf(left, 0) && 5*crossing((left+h.From)/2) >= 3*len(t.hs) {
				h.From = min(h.From, left)
			}
			if !math.IsInf(right, 0) && 5*crossing((right+h.To)/2) >= 3*len(t.hs) {
				h.To = max(h.To, right)
			}
		}
	}
	return out
}

func (t ruledTable) cells() []dossier.Box {
	var xs, ys []float64
	for _, v := range t.vs {
		xs = append(xs, v.Pos)
	}
	for _, h := range t.hs {
		ys = append(ys, h.Pos)
	}
	xs, ys = apart(xs), apart(ys)
	nx, ny := len(xs)-1, len(ys)-1
	if nx < 1 || ny < 1 || nx*ny > maxCells {
		return nil
	}
	region := make([]int, nx*ny)
	for i := range region {
		region[i] = i
	}
	find := func(i int) int {
		for region[i] != i {
			i = region[i]
		}
		return i
	}
	for y := range ny {
		for x := range nx {
			if x > 0 && !parted(t.vs, xs[x], (ys[y]+ys[y+1])/2) {
				a, b := find(y*nx+x-1), find(y*nx+x)
				region[max(a, b)] = min(a, b)
			}
			if y > 0 && !parted(t.hs, ys[y], (xs[x]+xs[x+1])/2) {
				a, b := find((y-1)*nx+x), find(y*nx+x)
				region[max(a, b)] = min(a, b)
			}
		}
	}
	boxes := map[int]dossier.Box{}
	var order []int
	for i := range region {
		b := dossier.Box{X0: xs[i%nx], X1: xs[i%nx+1], Y0: ys[i/nx], Y1: ys[i/nx+1]}
		k := find(i)
		if old, ok := boxes[k]; ok {
			b = unite(old, b)
		} else {
			order = append(order, k)
		}
		boxes[k] = b
	}
	var out []dossier.Box
	for _, k := range order {
		out = append(out, boxes[k])
	}
	return out
}

func parted(rules []Rule, pos, mid float64) bool {
	for _, r := range rules {
		if math.Abs(r.Pos-pos) <= ruleSlack && mid >= r.From-ruleSlack && mid <= r.To+ruleSlack {
			return true
		}
	}
	return false
}

func apart(v []float64) []float64 {
	sort.Float64s(v)
	var out []float64
	for _, x := range v {
		if len(out) == 0 || x-out[len(out)-1] > ruleSlack {
			out = append(out, x)
		}
	}
	return out
}

// textLines finds the lines of print within a box by their ink: rows with ink, joined while they are no taller than a
// character, as the strokes of 二 are. Each is given as its ink's bounds.
func (b bitmap) textLines(in dossier.Box, size float64) []dossier.Box {
	x0, x1 := max(int(in.X0), 0), min(int(in.X1), b.w-1)
	y0, y1 := max(int(in.Y0), 0), min(int(in.Y1), b.h-1)
	type run struct{ from, to, ink int }
	var runs []run
	for y := y0; y <= y1; y++ {
		n := 0
		for x := x0; x <= x1; x++ {
			if b.pix[y*b.w+x] {
				n++
			}
		}
		if n == 0 {
			continue
		}
		if k := len(runs) - 1; k >= 0 && runs[k].to >= y-2 {
			runs[k].to, runs[k].ink = y, runs[k].ink+n
		} else {
			runs = append(runs, run{y, y, n})
		}
	}
	var lines []run
	for _, r := range runs {
		if k := len(lines) - 1; k >= 0 && float64(r.to-lines[k].from) < 1.15*size {
			lines[k].to, lines[k].ink = r.to, lines[k].ink+r.ink
		} else {
			lines = append(lines, r)
		}
	}
	var out []dossier.Box
	for _, l := range lines {
		if float64(l.ink) < 0.012*size*size || l.to-l.from < 2 {
			continue
		}
		left, right := x1, x0
		for x := x0; x <= x1; x++ {
			for y := l.from; y <= l.to; y++ {
				if b.pix[y*b.w+x] {
					left, right = min(left, x), max(right, x)
					break
				}
			}
		}
		if right > left {
			out = append(out, dossier.Box{X0: float64(left), Y0: float64(l.from), X1: float64(right + 1), Y1: float64(l.to + 1)})
		}
	}
	return out
}
