package read

import (
	"regexp"
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

// heading is the short line above a table, and where that only tells the unit, the day or who made it, the lines above
// that too: on a page without geometry nothing else says which of many tables this is.
func heading(p *dossier.Page) string {
	name := ""
	for i := len(p.Lines) - 1; i >= 0 && i >= len(p.Lines)-5; i-- {
		s := p.Lines[i].Text
		if len([]rune(s)) > 40 {
			s = titled.FindString(s) // a title that ran on with the paragraph before it
		}
		if s == "" || strings.Contains(s, "\t") {
			break
		}
		name = strings.TrimSpace(s + " " + name)
		if !subtitle.MatchString(s) {
			break
		}
	}
	return name
}

// subtitle is a line between a table's title and the table.
var subtitle = regexp.MustCompile(`^[（(]?(单位|金额单位|货币单位|币种|编制单位|编制日期|制表|报告期|会企|[√□☑☐✓]|\d{4} ?年( ?\d{1,2} ?月( ?\d{1,2} ?日)?|度)?[ 　]*[)）]?$)`)

// titled is a numbered title of a table at the end of a line.
var titled = regexp.MustCompile(`(\d+|[一二三四五六七八九十]+)[、.．] ?[^\s，。；：]{2,20}表$`)

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
