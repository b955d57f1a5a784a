package flow

import "sort"

// Row is a table row as DOC and RTF keep it: cells, and the edges between them in twips, one more than cells.
type Row struct {
	Cells []string
	Edges []int
	Merge []byte // by cell: one of the marks below, 0 for none
}

// Marks of merged cells.
const (
	MergeLeft = 'h' // goes on from the cell to the left
	MergeDown = 'v' // begins a vertical merge
	MergeOn   = 'c' // goes on from the cell above
)

// Lay puts rows on one grid: a cell that reaches over an edge of another row spans two of its columns.
func Lay(rows []Row) [][]Cell {
	grid := columns(rows)
	t := make([][]Cell, len(rows))
	for i, x := range rows {
		t[i] = x.spread(grid)
	}
	Merge(t)
	return t
}

// near is how far edges lie apart that are meant as one, in twips; half a millimetre.
const near = 30

// columns lists the edges of a table from left to right; nil where a row does not tell its own.
func columns(rows []Row) []int {
	var all []int
	for _, x := range rows {
		if len(x.Edges) != len(x.Cells)+1 {
			return nil
		}
		all = append(all, x.Edges...)
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

// maxSpan bounds the columns that one cell covers; a row has at most 64 cells of its own.
const maxSpan = 1000

func (x Row) spread(grid []int) []Cell {
	var out []Cell
	for i, text := range x.Cells {
		c := Cell{Text: text, Cols: 1, Rows: 1}
		kind := byte(0)
		if i < len(x.Merge) {
			kind = x.Merge[i]
		}
		if len(grid) > 0 {
			c.Cols = min(max(index(grid, x.Edges[i+1])-index(grid, x.Edges[i]), 1), maxSpan)
		}
		if kind == MergeLeft && len(out) > 0 {
			out[len(out)-1].Cols += c.Cols
			continue
		}
		c.Covered = kind == MergeOn
		if kind == MergeDown {
			c.Rows = 0 // counted by Merge
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
