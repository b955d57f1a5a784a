package extract

import (
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

const (
	maxGrids = 400
	maxRows  = 50_000
)

// grid is a table with the words above it.
type grid struct {
	page  *dossier.Page
	name  string
	rows  [][]dossier.Cell
	sheet bool
	lines []*plain.Line // when the grid was made of text lines: the line of each row
}

func grids(d *dossier.Document) []grid {
	var out []grid
	for i := range d.Pages {
		p := &d.Pages[i]
		for j := range p.Tables {
			t := &p.Tables[j]
			if len(out) == maxGrids {
				return out
			}
			rows := t.Rows
			if len(rows) > maxRows {
				rows = rows[:maxRows]
			}
			out = append(out, grid{page: p, name: plain.Tight(t.Name + p.Name), rows: rows, sheet: t.Sheet})
		}
	}
	return out
}

// asGrid reads the tab-parted lines of the text as one table, for pages where no table was made out.
func asGrid(d *dossier.Document, text *plain.Text) grid {
	g := grid{}
	if len(d.Pages) > 0 {
		g.page = &d.Pages[0]
	}
	for i := range text.Lines {
		l := &text.Lines[i]
		var row []dossier.Cell
		for _, s := range strings.Split(l.Clean, "\t") {
			row = append(row, dossier.Cell{Text: s, Box: l.Box})
		}
		g.rows = append(g.rows, row)
		g.lines = append(g.lines, l)
	}
	return g
}

// rowConfidence is the certainty of the printed line that a table row on a scan was made of; 1 elsewhere.
func (r *reader) rowConfidence(row []dossier.Cell) float64 {
	if !r.d.Scan {
		return 1
	}
	if r.lineConf == nil {
		r.lineConf = map[string]float64{}
		for i := range r.text.Lines {
			r.lineConf[plain.Tight(r.text.Lines[i].Fold)] = r.text.Lines[i].Confidence
		}
	}
	if c := r.lineConf[plain.Tight(rowText(row))]; c > 0 {
		return c
	}
	return 0.8
}

func (g *grid) place(file string, row int, c dossier.Cell) dossier.Place {
	p := dossier.Place{File: file, Box: c.Box, Quote: plain.Quote(rowText(g.rows[row]))}
	if g.page != nil {
		p.Page = g.page.Number
	}
	if g.lines != nil {
		p = g.lines[row].Place(file)
	} else if c.Ref != "" && g.sheet {
		p.Cell = g.page.Name + "!" + c.Ref
	}
	return p
}

func rowText(row []dossier.Cell) string {
	var parts []string
	for _, c := range row {
		if s := strings.TrimSpace(c.Text); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

// table finds rows by their headers, in tables first, then in tab-parted lines.
func (r *reader) table(fi *types.Finder) []found {
	var rows []dossier.Row
	var at dossier.Place
	seen, open := false, false
	var cols map[string]int
	var width, page int
	for gi := range r.tabs {
		g := &r.tabs[gi]
		if i, c := headerRow(g, fi.Rows, r.d.Scan); c != nil {
			if !r.after(g, fi.Rows, i) {
				open = false
				continue
			}
			if !seen {
				at = g.place(r.d.File, i, g.rows[i][0])
			}
			cols, width = c, len(g.rows[i])
			more, stopped := r.readRows(g, i+1, cols, i, fi)
			rows, seen, open, page = append(rows, more...), true, !stopped, g.page.Number
			continue
		}
		if open && len(g.rows) > 0 && len(g.rows[0]) == width && g.page.Number <= page+1 && r.goesOn(g, cols, fi) {
			more, stopped := r.readRows(g, 0, cols, -1, fi)
			rows, open, page = append(rows, more...), !stopped, g.page.Number
		} else {
			open = open && g.page.Number == page && gi+1 < len(r.tabs) && r.tabs[gi+1].page.Number == page+1
		}
	}
	if !seen || len(rows) == 0 {
		g := asGrid(r.d, r.text)
		if i, c := headerRow(&g, fi.Rows, r.d.Scan); c != nil && r.after(&g, fi.Rows, i) {
			more, _ := r.readRows(&g, i+1, c, i, fi)
			if len(more) > 0 || !seen {
				rows, seen, at = more, true, g.place(r.d.File, i, g.rows[i][0])
			}
		}
	}
	if !seen {
		return nil
	}
	if rows == nil {
		rows = []dossier.Row{}
	}
	return []found{{rows: rows, at: at, conf: 0.93, method: "table"}}
}

const misfit = "与本列应有的格式不符，按原样保留"

// goesOn tells whether a table without a header of its own continues the one before: over the page, or where OCR
// cut one table in two.
func (r *reader) goesOn(g *grid, cols map[string]int, fi *types.Finder) bool {
	if r.isHeader(g.rows[0]) {
		return false
	}
	rec, ok := r.record(g, 0, cols, -1, fi.Rows)
	for _, c := range rec.Cells {
		if c.Doubt == misfit {
			return false // words where the column has numbers: another table
		}
	}
	return ok && len(rec.Cells)*2 > len(cols)
}

// after tells whether the heading that the rule asks for stands in the table's name, its rows above, or the page.
func (r *reader) after(g *grid, w *types.Rows, header int) bool {
	if w.After == "" {
		return true
	}
	want := plain.Tight(w.After)
	if strings.Contains(g.name, want) {
		return true
	}
	for i := max(0, header-4); i < header; i++ {
		if strings.Contains(plain.Tight(rowText(g.rows[i])), want) {
			return true
		}
	}
	return g.page != nil && g.lines == nil && strings.Contains(plain.Tight(g.page.Text), want)
}

var defaultStop = []string{"合计", "总计", "小计", "合 计", "单位:", "单位：", "注:", "备注:", "说明:"}

func (r *reader) readRows(g *grid, from int, cols map[string]int, header int, fi *types.Finder) (out []dossier.Row, stopped bool) {
	w := fi.Rows
	stop := w.Stop
	if stop == nil {
		stop = defaultStop
	}
	end := fi.EndRe()
	for i := from; i < len(g.rows); i++ {
		row := g.rows[i]
		text := plain.Tight(rowText(row))
		if text == "" {
			if g.lines != nil {
				return out, true
			}
			continue
		}
		for _, s := range stop {
			if strings.HasPrefix(text, plain.Tight(s)) {
				return out, true
			}
		}
		if i > from && r.isHeader(row) {
			return out, true
		}
		if end != nil && end.MatchString(text) || g.lines != nil && len(row) < 2 && len(out) > 0 {
			return out, true
		}
		if header >= 0 && text == plain.Tight(rowText(g.rows[header])) {
			continue
		}
		if rec, ok := r.record(g, i, cols, header, w); ok {
			out = append(out, rec)
		}
	}
	return out, false
}

func (r *reader) record(g *grid, i int, cols map[string]int, header int, w *types.Rows) (dossier.Row, bool) {
	rec := dossier.Row{Cells: map[string]dossier.Field{}, At: g.place(r.d.File, i, g.rows[i][0])}
	sure := r.rowConfidence(g.rows[i])
	for ci := range w.Columns {
		c := &w.Columns[ci]
		j, has := cols[c.Key]
		if !has || j >= len(g.rows[i]) {
			if c.Filled {
				return rec, false
			}
			continue
		}
		cell := g.rows[i][j]
		unit := c.Unit
		if unit == "" || unit == "auto" {
			unit = r.unit
		}
		if header >= 0 {
			if m := headUnit(g.rows[header][j].Text); m != "" {
				unit = m
			}
		}
		text := cell.Text
		if r.d.Scan {
			text = scanFix(c.Kind, text)
			if c.Kind == dossier.KindMoney { // specks of a ruled frame look like a minus
				text = strings.TrimLeft(text, "-一_~ ")
			}
		}
		v, ok := canonical(c.Kind, text, unit)
		if !ok && strings.TrimSpace(cell.Text) != "" && c.Kind != "" && !c.Filled {
			v, ok = typed{value: tidy(cell.Text), conf: 0.3, doubt: misfit}, true
		}
		if !ok {
			if c.Filled {
				return rec, false
			}
			continue
		}
		v = v.printed(r.d.Scan)
		rec.Cells[c.Key] = dossier.Field{Key: c.Key, Kind: c.Kind, Value: v.value, Raw: strings.TrimSpace(cell.Text),
			At: g.place(r.d.File, i, cell), Confidence: 0.93 * v.conf * sure, Method: "table", Doubt: v.doubt}
	}
	return rec, len(rec.Cells) > 0
}
