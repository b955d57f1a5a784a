package read

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// gridCell is a table cell as word processors keep it: it covers columns and rows of the grid, and where it only goes
// on from above it is continued.
type gridCell struct {
	text      string
	cols      int // 1 at least
	rows      int
	continued bool
}

// maxSpan bounds what one cell claims to cover.
const maxSpan = 1000

// grid lays cells out so that a column keeps its number in every row: what a merged cell covers is empty, and the
// merged cell says how far it reaches.
func grid(rows [][]gridCell) [][]dossier.Cell {
	out := make([][]dossier.Cell, len(rows))
	for i, cells := range rows {
		row := []dossier.Cell{}
		for _, s := range cells {
			cols := min(max(s.cols, 1), maxSpan)
			c := dossier.Cell{Ref: ref(i, len(row))}
			if !s.continued {
				c.Text = strings.TrimSpace(Clean(s.text))
				if cols > 1 {
					c.Cols = uint16(cols)
				}
				if s.rows > 1 {
					c.Rows = uint16(min(s.rows, len(rows)-i, 1<<16-1))
				}
			}
			row = append(row, c)
			for range cols - 1 {
				row = append(row, dossier.Cell{Ref: ref(i, len(row))})
			}
		}
		out[i] = row
	}
	return out
}

// put adds text to a page, a line each.
func put(p *dossier.Page, text string) {
	for _, l := range strings.Split(text, "\n") {
		line(p, l)
	}
}

// heading is the line above a table when it is short enough to be its name.
func heading(p *dossier.Page) string {
	if n := len(p.Lines); n > 0 {
		if s := p.Lines[n-1].Text; len([]rune(s)) <= 40 && !strings.Contains(s, "\t") {
			return s
		}
	}
	return ""
}

// putTable adds a table to a page, and its rows as lines; errEnough when the document has too many cells.
func (r *reading) putTable(p *dossier.Page, rows [][]gridCell) error {
	n := 0
	for _, row := range rows {
		for _, c := range row {
			n += min(max(c.cols, 1), maxSpan)
		}
	}
	if r.cells += n; r.cells > r.lim.Cells {
		r.note(partial("表格的单元格过多，其余没有读取"))
		return errEnough
	}
	t := dossier.Table{Name: heading(p), Rows: grid(rows)}
	for _, row := range t.Rows {
		line(p, rowText(row))
	}
	if len(t.Rows) > 0 {
		p.Tables = append(p.Tables, t)
	}
	return nil
}
