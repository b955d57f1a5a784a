package layout

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

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
	span := map[int][4]float64{} // x0 x1 y0 y1 of each region
	reach := map[int][2]int{}    // columns and rows of its cell, where it has several
	for i := range g.region {
		k := g.find(i)
		reach[k] = [2]int{max(reach[k][0], i%nx-k%nx+1), max(reach[k][1], i/nx-k/nx+1)}
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
	var kept []int
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
			row[x].Cols, row[x].Rows = uint16(reach[k][0]), uint16(reach[k][1])
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
		kept = append(kept, y)
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
	return &block{top: g.ys[0], left: g.xs[0], lines: lines, table: dropEmpty(t, kept)}, rest
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

// dropEmpty removes columns that hold nothing in any row, which doubled lines leave behind, and lets merged cells reach
// over what is left; kept says which base row each row is.
func dropEmpty(t *dossier.Table, rows []int) *dossier.Table {
	var cols []int
	for x := range t.Rows[0] {
		for _, row := range t.Rows {
			if row[x].Text != "" {
				cols = append(cols, x)
				break
			}
		}
	}
	for y, row := range t.Rows {
		kept := make([]dossier.Cell, len(cols))
		for i, x := range cols {
			c := row[x]
			c.Ref = fmt.Sprintf("r%dc%d", y+1, i+1)
			c.Cols, c.Rows = left(cols, x, c.Cols), left(rows, rows[y], c.Rows)
			if c.Cols <= 1 && c.Rows <= 1 {
				c.Cols, c.Rows = 0, 0
			}
			kept[i] = c
		}
		t.Rows[y] = kept
	}
	return t
}

// left counts which of n places from at on are kept.
func left(kept []int, at int, n uint16) (out uint16) {
	for _, k := range kept {
		if k >= at && k < at+int(n) {
			out++
		}
	}
	return out
}
