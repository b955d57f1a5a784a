package xlsx

import (
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
	"github.com/xindiao/xindiao/report/text"
)

// pane is a sheet being filled from top to bottom.
type pane struct {
	*book
	sheet string
	row   int
	width map[int]float64 // of columns, in characters
}

const (
	widest    = 60.0
	textSpan  = 8  // columns that a paragraph may run over
	chartRows = 16 // rows that a chart covers
)

func (p *pane) blocks(bs []report.Block) error {
	for i := range bs {
		if err := p.block(&bs[i]); err != nil {
			return err
		}
	}
	return nil
}

func (p *pane) block(b *report.Block) error {
	title := b.Title
	if b.Unit != "" {
		title += "（单位：" + b.Unit + "）"
	}
	if title != "" {
		if err := p.title(title); err != nil {
			return err
		}
	}
	switch b.Type {
	case report.TableB:
		return p.table(b)
	case report.ChartB:
		return p.chart(b)
	}
	for i := range b.Claims {
		if err := p.wide(b.Claims[i].Text+layout.Doubt(&b.Claims[i]), p.styles.text); err != nil {
			return err
		}
	}
	if b.Note != "" {
		if err := p.wide("注："+b.Note, p.styles.note); err != nil {
			return err
		}
	}
	p.row++
	return nil
}

func (p *pane) title(s string) error {
	p.row++
	err := set(p.f, p.sheet, 1, p.row, s, p.styles.title)
	p.row++
	return err
}

// wide writes a paragraph over several columns.
func (p *pane) wide(s string, style int) error {
	if err := set(p.f, p.sheet, 1, p.row, s, style); err != nil {
		return err
	}
	from, err := excelize.CoordinatesToCellName(1, p.row)
	if err != nil {
		return err
	}
	to, err := excelize.CoordinatesToCellName(textSpan, p.row)
	if err != nil {
		return err
	}
	if err := p.f.MergeCell(p.sheet, from, to); err != nil {
		return err
	}
	lines := text.Width(s)/100 + 1
	if err := p.f.SetRowHeight(p.sheet, p.row, min(float64(16*lines), 400)); err != nil {
		return err
	}
	p.row++
	return nil
}

func (p *pane) table(b *report.Block) error {
	for j, c := range b.Columns {
		p.need(j+1, c)
		if err := set(p.f, p.sheet, j+1, p.row, c, p.styles.head); err != nil {
			return err
		}
	}
	p.row++
	first := p.row
	for _, row := range b.Rows {
		lines := 1
		for j := range row {
			lines = max(lines, text.Width(row[j].Text)/(int(widest)-6)+1)
			if err := p.cell(j+1, &row[j], b.Unit); err != nil {
				return err
			}
		}
		if lines > 1 {
			if err := p.f.SetRowHeight(p.sheet, p.row, min(float64(15*lines), 400)); err != nil {
				return err
			}
		}
		p.row++
	}
	p.row++
	return p.strong(b, first)
}

// strong sets a table's strong rows in bold, whatever their cells hold.
func (p *pane) strong(b *report.Block, first int) error {
	for _, i := range b.Strong {
		if i >= len(b.Rows) {
			continue
		}
		from, err := excelize.CoordinatesToCellName(1, first+i)
		if err != nil {
			return err
		}
		to, err := excelize.CoordinatesToCellName(max(len(b.Rows[i]), 1), first+i)
		if err != nil {
			return err
		}
		if err := p.f.SetConditionalFormat(p.sheet, from+":"+to, []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: "TRUE", Format: &p.styles.strong}}); err != nil {
			return err
		}
	}
	return nil
}

// cell writes one claim: a figure as a number with a link to its source, all else as text.
func (p *pane) cell(x int, c *report.Claim, unit string) error {
	words := c.Text + layout.Doubt(c)
	p.need(x, words)
	at, err := excelize.CoordinatesToCellName(x, p.row)
	if err != nil {
		return err
	}
	if len(c.Figures) != 1 {
		if v, ok := number(c.Text); ok {
			if err := p.f.SetCellValue(p.sheet, at, v); err != nil {
				return err
			}
			return p.f.SetCellStyle(p.sheet, at, at, p.styles.plainNumber(c.Text))
		}
		style := p.styles.cell
		if layout.Numeric(c.Text) { // a dash
			style = p.styles.dash
		}
		return set(p.f, p.sheet, x, p.row, words, style)
	}
	f, ok := p.figs[c.Figures[0]]
	v, err := decimal.NewFromString(f.Value)
	if !ok || err != nil || !layout.Numeric(c.Text) {
		return set(p.f, p.sheet, x, p.row, words, p.styles.cell)
	}
	if unit == string(dossier.WanYuan) && dossier.Unit(f.Unit).Money() {
		v = v.Shift(-4)
	}
	if err := p.f.SetCellValue(p.sheet, at, v.InexactFloat64()); err != nil { // a workbook has no other numbers
		return err
	}
	if err := p.f.SetCellStyle(p.sheet, at, at, p.styles.number(dossier.Unit(f.Unit), unit != "")); err != nil {
		return err
	}
	if row, ok := p.rowOf[f.ID]; ok {
		tip := layout.PeriodZH(f.Period) + f.Name
		return p.f.SetCellHyperLink(p.sheet, at, "'"+SheetSources+"'!A"+itoa(row), "Location", excelize.HyperlinkOpts{Tooltip: &tip})
	}
	return nil
}

func (p *pane) need(x int, s string) {
	p.width[x] = min(max(p.width[x], float64(text.Width(s))+2), widest)
}

func (p *pane) finish() error {
	for x, w := range p.width {
		col, err := excelize.ColumnNumberToName(x)
		if err != nil {
			return err
		}
		if err := p.f.SetColWidth(p.sheet, col, col, max(w, 8)); err != nil {
			return err
		}
	}
	landscape, fit, tall := "landscape", 1, 0
	if err := p.f.SetPageLayout(p.sheet, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &fit, FitToHeight: &tall}); err != nil {
		return err
	}
	on := true
	return p.f.SetSheetProps(p.sheet, &excelize.SheetPropsOptions{FitToPage: &on})
}
