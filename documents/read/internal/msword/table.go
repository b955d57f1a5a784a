package msword

import (
	"sort"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
)

// table closes the rows gathered so far. The edges of all rows make the grid: a cell that reaches over an edge of
// another row spans two of its columns.
func (r *reader) table(to *[]flow.Block) {
	if len(r.cells) > 0 { // a row whose end is lost
		r.rows = append(r.rows, row{cells: r.cells})
		r.cells = nil
	}
	if len(r.rows) == 0 {
		return
	}
	grid := columns(r.rows)
	t := make([][]flow.Cell, len(r.rows))
	for i, x := range r.rows {
		t[i] = x.spread(grid)
	}
	r.rows = nil
	flow.Merge(t)
	*to = append(*to, flow.Block{Rows: t})
}

// near is how far edges lie apart that are meant as one, in twips; half a millimetre.
const near = 30

// columns lists the edges of a table from left to right; nil where a row does not tell its own.
func columns(rows []row) []int {
	var all []int
	for _, x := range rows {
		if len(x.edges) != len(x.cells)+1 {
			return nil
		}
		all = append(all, x.edges...)
	}
	sort.Ints(all)
	grid := all[:0]
	for _, e := range all {
		if len(grid) == 0 || e-grid[len(grid)-1] > near {
			grid = append(grid, e)
		}
	}
	return grid
}

func (x row) spread(grid []int) []flow.Cell {
	var out []flow.Cell
	for i, text := range x.cells {
		c := flow.Cell{Text: text, Cols: 1, Rows: 1}
		kind := byte(0)
		if i < len(x.merge) {
			kind = x.merge[i]
		}
		if len(grid) > 0 {
			c.Cols = max(index(grid, x.edges[i+1])-index(grid, x.edges[i]), 1)
		}
		if kind == 'h' && len(out) > 0 {
			out[len(out)-1].Cols += c.Cols
			continue
		}
		c.Covered = kind == 'c'
		if kind == 'v' {
			c.Rows = 0 // counted by flow.Merge
		}
		out = append(out, c)
	}
	return out
}

// index finds the grid line nearest to an edge.
func index(grid []int, edge int) int {
	i := sort.SearchInts(grid, edge-near)
	return min(i, len(grid)-1)
}
