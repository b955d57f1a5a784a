package html

import (
	"slices"
	"unicode/utf8"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

func (p *page) table(b *report.Block) {
	if len(b.Columns) == 0 && len(b.Rows) == 0 {
		return
	}
	p.tables++
	if b.Title != "" {
		p.f(`<div class="cap">表%d　%s</div>`, p.tables, b.Title)
	}
	if b.Unit != "" {
		p.f(`<div class="unit">单位：%s</div>`, b.Unit)
	}
	m := p.src.Marks(b)
	p.b.WriteString(`<div class="scroll"><table><thead><tr>`)
	for _, c := range b.Columns {
		p.f(`<th scope="col">%s</th>`, c)
	}
	p.b.WriteString(`</tr></thead><tbody>`)
	for i, row := range b.Rows {
		class := ""
		if slices.Contains(b.Strong, i) {
			class = ` class="t"`
		}
		p.f(`<tr%s>`, safe(class))
		for j := range row {
			p.cell(&row[j], m.Cells[i][j], j > 0)
		}
		p.b.WriteString(`</tr>`)
	}
	p.b.WriteString(`</tbody></table></div>`)
	p.tableSources(b, m)
}

// shortCell is the most characters of a cell that is never broken.
const shortCell = 9

func (p *page) cell(c *report.Claim, ns []int, number bool) {
	class := ""
	switch {
	case number && layout.Numeric(c.Text):
		class = ` class="n"`
	case utf8.RuneCountInString(c.Text) <= shortCell:
		class = ` class="s"`
	}
	text := c.Text
	if text == "" && c.Status == report.Missing {
		text = "待补充"
	}
	p.f(`<td%s>%s</td>`, safe(class), safe(p.words(c, text)+p.cites(ns, p.src.Citations(c))+p.computed(c.Figures)+doubt(c)))
}

// tableSources names the sources that cells share; opening one shows the words of all cells that rest on it.
func (p *page) tableSources(b *report.Block, m layout.TableMarks) {
	out := ""
	say := func(label string, ns []int, cols func(int) bool) {
		if len(ns) == 0 {
			return
		}
		var cs []report.Citation
		for _, row := range b.Rows {
			for j := range row {
				if cols(j) {
					cs = append(cs, p.src.Citations(&row[j])...)
				}
			}
		}
		if out != "" {
			out += "；"
		}
		out += esc(label) + p.cites(ns, cs)
	}
	say("", m.All, func(int) bool { return true })
	for j, ns := range m.Columns {
		label := ""
		if j < len(b.Columns) {
			label = b.Columns[j]
		}
		say(label, ns, func(k int) bool { return k == j })
	}
	if out != "" {
		p.f(`<div class="note">数据来源：%s</div>`, safe(out))
	}
}
