// Package flow is what the readers of word-processed documents share: paragraphs, and tables with merged cells.
package flow

// Block is a paragraph or a table.
type Block struct {
	Text string
	Rows [][]Cell // of a table
}

// Cell is one cell of a table; it spans Cols columns of the table's grid and Rows rows. A covered cell goes on from the
// one above it. Rows is 0 in a cell that begins a vertical merge, until Merge has counted.
type Cell struct {
	Text       string
	Cols, Rows int
	Covered    bool
}

// Merge counts how far vertically merged cells reach down. A covered cell with nothing to go on from counts for itself.
func Merge(rows [][]Cell) {
	open := map[int]*Cell{} // by column of the grid
	for _, row := range rows {
		col := 0
		for i := range row {
			c := &row[i]
			switch top := open[col]; {
			case c.Covered && top != nil:
				top.Rows++
			case c.Rows == 0:
				c.Rows = 1
				open[col] = c
			default:
				c.Covered = false
				delete(open, col)
			}
			col += max(c.Cols, 1)
		}
	}
}
