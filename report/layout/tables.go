package layout

import (
	"slices"

	"github.com/xindiao/xindiao/report"
)

// TableMarks says where a table's source numbers go: a column whose cells all rest on the same sources names them
// once, under the table; otherwise each cell carries its own.
type TableMarks struct {
	All     []int   // the whole table rests on these
	Columns [][]int // per column, nil where cells carry their own
	Cells   [][][]int
}

// Marks lays out a table's source numbers.
func (s *Sources) Marks(b *report.Block) TableMarks {
	cols := len(b.Columns)
	for _, row := range b.Rows {
		cols = max(cols, len(row))
	}
	m := TableMarks{Columns: make([][]int, cols), Cells: make([][][]int, len(b.Rows))}
	for i, row := range b.Rows {
		m.Cells[i] = make([][]int, len(row))
		for j := range row {
			m.Cells[i][j] = s.Numbers(&row[j])
		}
	}
	for j := range cols {
		m.Columns[j] = m.uniform(j)
	}
	m.liftAll()
	return m
}

// uniform returns column j's sources and clears its cells when at least two cells cite and all of them agree.
func (m *TableMarks) uniform(j int) []int {
	var same []int
	n := 0
	for _, row := range m.Cells {
		if j >= len(row) || len(row[j]) == 0 {
			continue
		}
		if n++; n == 1 {
			same = row[j]
		} else if !slices.Equal(same, row[j]) {
			return nil
		}
	}
	if n < 2 {
		return nil
	}
	for _, row := range m.Cells {
		if j < len(row) {
			row[j] = nil
		}
	}
	return same
}

func (m *TableMarks) liftAll() {
	var same []int
	for _, c := range m.Columns {
		if c == nil {
			continue
		}
		if same != nil && !slices.Equal(same, c) {
			return
		}
		same = c
	}
	for _, row := range m.Cells {
		for _, c := range row {
			if len(c) > 0 {
				return
			}
		}
	}
	if same != nil {
		m.All = same
		clear(m.Columns)
	}
}
