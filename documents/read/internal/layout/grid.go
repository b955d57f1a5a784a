package layout

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// grid is a table drawn with ruling lines. Its base cells lie between neighbouring lines; base cells without a line
// between them are one region, and a region is one cell of the table.
type grid struct {
	xs, ys []float64
	vs, hs []Rule
	region []int // base cell -> its region's first base cell
}

const (
	slack    = 2.0   // how far lines may miss each other
	maxCells = 40000 // base cells of one grid
	maxRules = 20000
)

// findGrids groups the rules that touch each other; a group of at least two lines each way is a grid.
func findGrids(rules []Rule) []*grid {
	if len(rules) > maxRules {
		rules = rules[:maxRules]
	}
	hs, vs := merge(rules, true), merge(rules, false)
	parent := make([]int, len(hs)+len(vs))
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
	for i, h := range hs {
		for j, v := range vs {
			if v.Pos >= h.From-slack && v.Pos <= h.To+slack && h.Pos >= v.From-slack && h.Pos <= v.To+slack {
				parent[find(i)] = find(len(hs) + j)
			}
		}
	}
	groups := map[int]*grid{}
	var order []int
	at := func(i int) *grid {
		root := find(i)
		if groups[root] == nil {
			groups[root] = &grid{}
			order = append(order, root)
		}
		return groups[root]
	}
	for i, h := range hs {
		g := at(i)
		g.hs = append(g.hs, h)
	}
	for j, v := range vs {
		g := at(len(hs) + j)
		g.vs = append(g.vs, v)
	}
	var out []*grid
	for _, root := range order {
		if g := groups[root]; g.build() {
			out = append(out, g)
		}
	}
	// Inner grids first: what stands in them is theirs.
	sort.SliceStable(out, func(i, j int) bool { return out[i].area() < out[j].area() })
	return out
}

// merge joins rules of one direction that continue each other, as borders of neighbouring cells do.
func merge(rules []Rule, horizontal bool) []Rule {
	var rs []Rule
	for _, r := range rules {
		if r.Horizontal == horizontal {
			rs = append(rs, r)
		}
	}
	sort.SliceStable(rs, func(i, j int) bool {
		if abs(rs[i].Pos-rs[j].Pos) > 1.2 {
			return rs[i].Pos < rs[j].Pos
		}
		return rs[i].From < rs[j].From
	})
	var out []Rule
	for _, r := range rs {
		if n := len(out); n > 0 {
			if last := &out[n-1]; abs(last.Pos-r.Pos) <= 1.2 && r.From <= last.To+slack {
				last.To = max(last.To, r.To)
				continue
			}
		}
		out = append(out, r)
	}
	long := out[:0]
	for _, r := range out {
		if r.To-r.From > 5 {
			long = append(long, r)
		}
	}
	return long
}

func (g *grid) area() float64 {
	return (g.xs[len(g.xs)-1] - g.xs[0]) * (g.ys[len(g.ys)-1] - g.ys[0])
}

// build finds the columns and rows, closes open sides and joins base cells into regions.
func (g *grid) build() bool {
	if len(g.hs) < 2 || len(g.vs) < 1 {
		return false
	}
	for _, v := range g.vs {
		g.xs = append(g.xs, v.Pos)
		g.ys = append(g.ys, v.From, v.To)
	}
	for _, h := range g.hs {
		g.ys = append(g.ys, h.Pos)
		g.xs = append(g.xs, h.From, h.To) // tables without side lines end where the rules end
	}
	g.xs, g.ys = distinct(g.xs), distinct(g.ys)
	nx, ny := len(g.xs)-1, len(g.ys)-1
	if nx < 1 || ny < 1 || nx*ny > maxCells || nx*ny < 2 {
		return false
	}
	g.region = make([]int, nx*ny)
	for i := range g.region {
		g.region[i] = i
	}
	for y := range ny {
		for x := range nx {
			if x > 0 && !walled(g.vs, g.xs[x], (g.ys[y]+g.ys[y+1])/2) {
				g.join(y*nx+x-1, y*nx+x)
			}
			if y > 0 && !walled(g.hs, g.ys[y], (g.xs[x]+g.xs[x+1])/2) {
				g.join((y-1)*nx+x, y*nx+x)
			}
		}
	}
	return true
}

func walled(rules []Rule, pos, mid float64) bool {
	for _, r := range rules {
		if abs(r.Pos-pos) <= 3 && mid >= r.From-slack && mid <= r.To+slack {
			return true
		}
	}
	return false
}

func (g *grid) find(i int) int {
	for g.region[i] != i {
		i = g.region[i]
	}
	return i
}

func (g *grid) join(a, b int) {
	a, b = g.find(a), g.find(b)
	g.region[max(a, b)] = min(a, b) // the top left base cell stands for the region
}

func distinct(v []float64) []float64 {
	sort.Float64s(v)
	var out []float64
	for _, x := range v {
		if len(out) == 0 || x-out[len(out)-1] > 3 {
			out = append(out, x)
		}
	}
	return out
}

// fill takes the glyphs that stand in the grid and makes the table of them.
func (g *grid) fill(glyphs []Glyph) (*block, []Glyph) {
	nx, ny := len(g.xs)-1, len(g.ys)-1
	in := map[int][]Glyph{}
	var rest []Glyph
	for _, gl := range glyphs {
		x, y := index(g.xs, (gl.X0+gl.X1)/2), index(g.ys, (gl.Y0+gl.Y1)/2)
		if x < 0 || y < 0 {
			rest = append(rest, gl)
			continue
		}
		k := g.find(y*nx + x)
		in[k] = append(in[k], gl)
	}
	if len(in) < 2 { // a frame around text, or lines without any
		return nil, glyphs
	}
	span := map[int][4]float64{} // x0 x1 of each region, and how many base rows
	for i := range g.region {
		k := g.find(i)
		s, ok := span[k]
		if !ok {
			s = [4]float64{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
		}
		s[0], s[1] = min(s[0], g.xs[i%nx]), max(s[1], g.xs[i%nx+1])
		s[2], s[3] = min(s[2], g.ys[i/nx]), max(s[3], g.ys[i/nx+1])
		span[k] = s
	}
	pad := g.padding(in, span)
	t := &dossier.Table{}
	var lines []dossier.Line
	for y := range ny {
		row := make([]dossier.Cell, nx)
		rowBox := dossier.Box{X0: g.xs[0], Y0: g.ys[y], X1: g.xs[nx], Y1: g.ys[y+1]}
		var filled int
		var only []textLine
		conf, n := 0.0, 0
		for x := range nx {
			k := y*nx + x
			row[x].Ref = fmt.Sprintf("r%dc%d", len(t.Rows)+1, x+1)
			if g.find(k) != k {
				continue // the top left cell of its region has it
			}
			s := span[k]
			ls := makeLines(in[k])
			row[x].Text = wrapped(ls, s[1]-s[0]-2*pad)
			row[x].Box = &dossier.Box{X0: s[0], Y0: s[2], X1: s[1], Y1: s[3]}
			if row[x].Text != "" {
				filled, only = filled+1, ls
			}
			for _, l := range ls {
				conf, n = conf+l.confidence(), n+1
			}
		}
		if filled == 0 {
			continue // spacer rows, and rows that merges have emptied
		}
		t.Rows = append(t.Rows, row)
		if filled == 1 && len(only) > 1 {
			for _, l := range only { // running text in a frame stays lines
				lines = append(lines, l.line())
			}
			continue
		}
		lines = append(lines, dossier.Line{Text: joinRow(row), Box: &rowBox, Confidence: conf / float64(max(n, 1))})
	}
	if len(t.Rows) == 0 {
		return nil, glyphs
	}
	return &block{top: g.ys[0], left: g.xs[0], lines: lines, table: dropEmptyColumns(t)}, rest
}

// padding is how near text comes to its cell's sides: the distance that the fullest cells keep.
func (g *grid) padding(in map[int][]Glyph, span map[int][4]float64) float64 {
	var near []float64
	size := 0.0
	for k, glyphs := range in {
		left, right := math.Inf(1), math.Inf(1)
		for _, gl := range glyphs {
			if gl.R == ' ' {
				continue
			}
			left, right = min(left, gl.X0-span[k][0]), min(right, span[k][1]-gl.X1)
			size = max(size, gl.size())
		}
		if m := min(left, right); m >= 0 && !math.IsInf(m, 1) {
			near = append(near, m)
		}
	}
	if len(near) == 0 {
		return 0
	}
	sort.Float64s(near)
	return min(near[len(near)/20], size)
}

func index(edges []float64, v float64) int {
	i := sort.SearchFloat64s(edges, v) - 1
	if i < 0 || i >= len(edges)-1 {
		return -1
	}
	return i
}

// joinRow parts cells by tabs; columns that only a merge made are left out.
func joinRow(row []dossier.Cell) string {
	var parts []string
	for _, c := range row {
		if c.Box != nil || c.Text != "" {
			parts = append(parts, c.Text)
		}
	}
	return strings.TrimRight(strings.Join(parts, "\t"), "\t")
}

// dropEmptyColumns removes columns that hold nothing in any row, which doubled lines leave behind.
func dropEmptyColumns(t *dossier.Table) *dossier.Table {
	var keep []int
	for x := range t.Rows[0] {
		for _, row := range t.Rows {
			if row[x].Text != "" {
				keep = append(keep, x)
				break
			}
		}
	}
	for y, row := range t.Rows {
		kept := make([]dossier.Cell, len(keep))
		for i, x := range keep {
			kept[i] = row[x]
			kept[i].Ref = fmt.Sprintf("r%dc%d", y+1, i+1)
		}
		t.Rows[y] = kept
	}
	return t
}
