package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// sheetChartData holds the values behind the charts.
const sheetChartData = "图表数据"

// chartData is where the next chart's values go.
type chartData struct {
	made bool
	row  int
}

// chart writes the values to their sheet and draws them here; a chart that a workbook cannot hold is left to its table.
func (p *pane) chart(b *report.Block) error {
	c := b.Chart
	if c == nil || len(c.Labels) == 0 || len(c.Series) == 0 {
		return nil
	}
	d := &p.charts
	if !d.made {
		if _, err := p.f.NewSheet(sheetChartData); err != nil {
			return err
		}
		d.made, d.row = true, 1
	}
	top := d.row + 1 // of the labels
	if err := set(p.f, sheetChartData, 1, d.row, b.Title, p.styles.title); err != nil {
		return err
	}
	for i, l := range c.Labels {
		if err := set(p.f, sheetChartData, 1, top+1+i, l, p.styles.cell); err != nil {
			return err
		}
	}
	typ := excelize.Col
	if c.Kind == "line" {
		typ = excelize.Line
	}
	last := top + len(c.Labels)
	var series []excelize.ChartSeries
	for j, s := range c.Series {
		if err := set(p.f, sheetChartData, j+2, top, s.Name, p.styles.head); err != nil {
			return err
		}
		for i, v := range s.Values {
			if v == nil || i >= len(c.Labels) {
				continue
			}
			at, err := excelize.CoordinatesToCellName(j+2, top+1+i)
			if err != nil {
				return err
			}
			if err := p.f.SetCellValue(sheetChartData, at, v.InexactFloat64()); err != nil {
				return err
			}
			if err := p.f.SetCellStyle(sheetChartData, at, at, p.styles.number(dossier.Unit(c.Unit), true)); err != nil {
				return err
			}
		}
		col, err := excelize.ColumnNumberToName(j + 2)
		if err != nil {
			return err
		}
		ref := func(col string, from, to int) string {
			return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", sheetChartData, col, from, col, to)
		}
		series = append(series, excelize.ChartSeries{Name: fmt.Sprintf("'%s'!$%s$%d", sheetChartData, col, top), Categories: ref("A", top+1, last), Values: ref(col, top+1, last)})
	}
	d.row = last + 2
	at, err := excelize.CoordinatesToCellName(1, p.row)
	if err != nil {
		return err
	}
	p.row += chartRows
	return p.f.AddChart(p.sheet, at, &excelize.Chart{Type: typ, Series: series, Legend: excelize.ChartLegend{Position: "bottom"},
		Dimension: excelize.ChartDimension{Width: 760, Height: 300}})
}
