package repay

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Cell is one number of the table with where it stands.
type Cell struct {
	Value   dossier.Decimal // 元; a ratio for percentages
	Printed string
	At      dossier.Place
}

// Sheet is a project's table as read.
type Sheet struct {
	File   string
	Labels []string
	Unit   dossier.Unit
	Rows   map[string][]Cell // by id; as many as Labels, a blank cell is zero with no place
	Doubts []string          // in Chinese: what the table says against itself
}

// Project is the sheet's numbers.
func (s *Sheet) Project() *Project {
	p := &Project{Labels: s.Labels, Rows: map[string][]dossier.Decimal{}}
	for id, row := range s.Rows {
		vs := make([]dossier.Decimal, len(row))
		for i, c := range row {
			vs[i] = c.Value
		}
		p.Rows[id] = vs
	}
	return p
}

// block is one header row with the rows below it.
type block struct {
	title  string
	rank   int
	unit   dossier.Unit
	labels []string
	cols   []int
	total  int // column of the sum, -1
	rows   map[string][]Cell
	sums   map[string]Cell
}

// Bounds on hostile tables.
const (
	maxTableRows = 5000
	maxBlocks    = 60
	maxColumns   = 120
)

// ReadSheet reads a project's year-by-year tables from a document: a header row with at least three consecutive years
// (1, 2, 3; 第1年; 2027年), rows named as data/project.yaml knows them. A row that several tables print is taken from
// the table that comes first in that file's order. nil: the document has no such table.
func ReadSheet(d *dossier.Document) *Sheet {
	var blocks []*block
	for _, t := range d.JoinedTables() {
		blocks = append(blocks, readBlocks(d, t)...)
		if len(blocks) > maxBlocks {
			break
		}
	}
	return join(d, blocks)
}

func readBlocks(d *dossier.Document, t dossier.Joined) []*block {
	var out []*block
	var cur *block
	title := t.Name
	for r, row := range t.Rows {
		if r >= maxTableRows || len(out) > maxBlocks {
			break
		}
		if len(row) > maxColumns {
			row = row[:maxColumns]
		}
		text := rowText(row)
		if labels, cols := yearColumns(row); labels != nil {
			cur = &block{title: title, unit: unitOf(text, title), labels: labels, cols: cols, total: totalColumn(row), rows: map[string][]Cell{}, sums: map[string]Cell{}}
			cur.rank = tableRank(title)
			out = append(out, cur)
			continue
		}
		if strings.Contains(text, "表") && len([]rune(text)) < 60 || unitOf(text) != "" {
			if u := unitOf(text); u != "" && cur != nil && len(cur.rows) == 0 {
				cur.unit = u
			}
			title += " " + text
			if strings.Contains(text, "表") {
				title = text
			}
		}
		if cur != nil {
			cur.read(d, t, r, row)
		}
	}
	for _, b := range out {
		b.scale(d, t)
	}
	return out
}

// read takes one row below the header.
func (b *block) read(d *dossier.Document, t dossier.Joined, r int, row []dossier.Cell) {
	var known *ProjectRow
	for c := 0; c < b.cols[0] && c < len(row); c++ {
		if k := theBook().project.byName[rowKey(row[c].Text)]; k != nil {
			known = k
		}
	}
	if known == nil || b.rows[known.ID] != nil {
		return
	}
	cells, any := make([]Cell, len(b.cols)), false
	for i, c := range b.cols {
		if c < len(row) {
			cells[i], any = b.cell(d, t, r, row[c], known, cells[i], any)
		}
	}
	if !any {
		return
	}
	b.rows[known.ID] = cells
	if b.total >= 0 && b.total < len(row) {
		if sum, ok := b.cell(d, t, r, row[b.total], known, Cell{}, false); ok {
			b.sums[known.ID] = sum
		}
	}
}

func (b *block) cell(d *dossier.Document, t dossier.Joined, r int, c dossier.Cell, row *ProjectRow, was Cell, any bool) (Cell, bool) {
	v, ok := number(c.Text, row.Percent)
	if !ok {
		return was, any
	}
	page := 0
	if r < len(t.Pages) {
		page = t.Pages[r]
	}
	at := dossier.Place{File: d.File, Page: page, Cell: c.Ref, Box: c.Box, Quote: clip(row.Name + " " + c.Text)}
	if t.Sheet && c.Ref != "" && t.Name != "" {
		at.Cell = t.Name + "!" + c.Ref
	}
	return Cell{Value: v, Printed: strings.TrimSpace(c.Text), At: at}, true
}

// scale turns the block's money into 元.
func (b *block) scale(d *dossier.Document, t dossier.Joined) {
	if b.unit == "" && len(t.Pages) > 0 {
		for _, p := range d.Pages {
			if p.Number == t.Pages[0] && b.unit == "" {
				b.unit = unitOf(p.Text)
			}
		}
	}
	unit := b.unit
	if unit == "" {
		unit = dossier.Yuan
	}
	for id, cells := range b.rows {
		if theBook().project.byID[id].Percent {
			continue
		}
		for i := range cells {
			cells[i].Value = cells[i].Value.Mul(unit.Scale())
		}
		if s, ok := b.sums[id]; ok {
			s.Value = s.Value.Mul(unit.Scale())
			b.sums[id] = s
		}
	}
}
