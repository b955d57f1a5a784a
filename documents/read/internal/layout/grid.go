package layout

import (
	"sort"
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
		g.region[i] = g.region[g.region[i]] // halve the way for the next
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
