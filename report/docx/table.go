package docx

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

const tableTwips = 8958

// cell is one table cell: finished runs, its width in ems and its alignment.
type cell struct {
	runs  string
	ems   float64
	lines int // explicit lines, at least 1
	right bool
}

func plain(s string) cell {
	w, n := 0.0, 0
	for _, l := range strings.Split(s, "\n") {
		w = math.Max(w, width(l))
		n++
	}
	return cell{runs: run(s, ""), ems: w, lines: n, right: layout.Numeric(s)}
}

func (d *doc) table(b *report.Block) {
	m := d.src.Marks(b)
	rows := make([][]cell, len(b.Rows))
	cols := len(b.Columns)
	for i, row := range b.Rows {
		rows[i] = make([]cell, len(row))
		cols = max(cols, len(row))
		for j := range row {
			rows[i][j] = d.claimCell(&row[j], m.Cells[i][j], j > 0, slices.Contains(b.Strong, i))
		}
	}
	if cols == 0 {
		return
	}
	d.tables++
	if b.Title != "" {
		d.body.raw(para("TableTitle", "", run("表"+strconv.Itoa(d.tables)+"　"+b.Title, "")))
		d.pages.keep(23, nil)
	}
	if b.Unit != "" {
		d.body.raw(para("Unit", "", run("单位："+b.Unit, "")))
		d.pages.keep(16, nil)
	}
	d.grid(b.Columns, rows, cols, nil)
	d.tableNote(b, m)
}

func (d *doc) claimCell(c *report.Claim, ns []int, number, strong bool) cell {
	props := ""
	if strong {
		props = "<w:b/>"
	}
	if c.Author == report.ByModel {
		props += modelShade
	}
	text := c.Text
	if text == "" && c.Status == report.Missing {
		text = "待补充"
	}
	marks, w := d.marks(ns)
	doubt := layout.Doubt(c)
	out := plain(text)
	out.right = out.right && number
	out.runs = run(text, props) + marks + run(doubt, doubtMark)
	out.ems += w + width(doubt)
	return out
}

// tableNote names the sources that cells share, then the block's own note.
func (d *doc) tableNote(b *report.Block, m layout.TableMarks) {
	var runs, plainText string
	say := func(label string, ns []int) {
		if len(ns) == 0 {
			return
		}
		if runs == "" {
			runs, plainText = run("数据来源：", ""), "数据来源："
		} else if label != "" {
			runs += run("；", "")
		}
		marks, _ := d.marks(ns)
		runs += run(label, "") + marks
		plainText += label + "[00]"
	}
	say("", m.All)
	for j, ns := range m.Columns {
		label := ""
		if j < len(b.Columns) {
			label = b.Columns[j]
		}
		say(label, ns)
	}
	if b.Note != "" {
		if runs != "" {
			runs += run("。", "")
		}
		note := "注：" + strings.TrimPrefix(b.Note, "注：")
		runs, plainText = runs+run(note, ""), plainText+note
	}
	d.body.raw(para("Note", "", runs)) // even an empty one: two tables must not touch
	d.pages.lines(lineCount(width(plainText), 9, textWidth), 15, 1, 6)
}

// grid sets a ruled table with a repeated, shaded header; rows do not break over pages. weights fix the columns'
// shares, nil measures them.
func (d *doc) grid(header []string, rows [][]cell, cols int, weights []float64) {
	w := columnWidths(header, rows, cols, weights)
	x := &d.body
	x.raw(`<w:tbl><w:tblPr><w:tblW w:w="` + strconv.Itoa(tableTwips) + `" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		size, color := "4", "9AA3AD"
		if side == "top" || side == "bottom" {
			size, color = "8", "3A4653"
		}
		x.raw(`<w:` + side + ` w:val="single" w:sz="` + size + `" w:space="0" w:color="` + color + `"/>`)
	}
	x.raw(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, c := range w {
		x.f(`<w:gridCol w:w="%d"/>`, c)
	}
	x.raw(`</w:tblGrid>`)
	if len(header) > 0 {
		hs := make([]cell, len(header))
		for i, h := range header {
			hs[i] = plain(h)
		}
		d.row(hs, w, true)
	}
	for _, r := range rows {
		d.row(r, w, false)
	}
	x.raw(`</w:tbl>`)
}

func (d *doc) row(cells []cell, w []int, header bool) {
	x := &d.body
	x.raw(`<w:tr><w:trPr><w:cantSplit/>`)
	if header {
		x.raw(`<w:tblHeader/>`)
	}
	x.raw(`</w:trPr>`)
	lines := 1
	for j, cw := range w {
		c := cell{lines: 1}
		if j < len(cells) {
			c = cells[j]
		}
		x.f(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, cw)
		styleID, props := "Cell", ""
		if header {
			x.raw(`<w:shd w:val="clear" w:color="auto" w:fill="E8ECF1"/>`)
			styleID, props = "CellHead", "<w:keepNext/>"
		} else if c.right {
			props = `<w:jc w:val="right"/>`
		}
		x.raw(`<w:vAlign w:val="center"/></w:tcPr>` + para(styleID, props, c.runs) + `</w:tc>`)
		room := float64(cw)/20 - 7
		lines = max(lines, lineCount(c.ems*1.02, cellSize, room)+c.lines-1)
	}
	x.raw(`</w:tr>`)
	h := float64(lines)*cellLine + cellPad
	if header {
		d.pages.keep(h, nil)
		return
	}
	d.pages.block(h)
}

// columnWidths in twips, summing to the text width: by weight, or by the longest text of a column within bounds.
func columnWidths(header []string, rows [][]cell, cols int, weights []float64) []int {
	want := make([]float64, cols)
	for j := range want {
		if j < len(weights) {
			want[j] = weights[j]
			continue
		}
		w := 3.0
		if j < len(header) {
			w = math.Max(w, math.Min(width(header[j]), 8))
		}
		for _, r := range rows {
			if j < len(r) {
				w = math.Max(w, math.Min(r[j].ems, 22))
			}
		}
		want[j] = w + 1.4
	}
	if len(weights) == 0 {
		squeeze(want, rows)
	}
	sum := 0.0
	for _, w := range want {
		sum += w
	}
	out := make([]int, cols)
	left := tableTwips
	for j := range want {
		out[j] = int(want[j] / sum * tableTwips)
		left -= out[j]
	}
	out[0] += left
	return out
}

const (
	tableEms = 49.0 // that fit into a table's line
	leastEms = 5.0  // of a column of words
)

// squeeze makes columns of words narrower until the table fits; a column never gets narrower than its widest number.
func squeeze(want []float64, rows [][]cell) {
	floor := make([]float64, len(want))
	sum, fixed := 0.0, 0.0
	for j, w := range want {
		floor[j] = math.Min(w, leastEms)
		for _, r := range rows {
			if j < len(r) && r[j].right {
				floor[j] = math.Max(floor[j], math.Min(r[j].ems+1.4, w))
			}
		}
		sum += w
		fixed += floor[j]
	}
	if sum <= tableEms || fixed >= tableEms || sum <= fixed {
		return
	}
	part := (tableEms - fixed) / (sum - fixed)
	for j, w := range want {
		want[j] = floor[j] + (w-floor[j])*part
	}
}
