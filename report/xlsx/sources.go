package xlsx

import (
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

// sources writes every figure with its lineage, one a row.
func (b *book) sources() error {
	if _, err := b.f.NewSheet(SheetSources); err != nil {
		return err
	}
	head := []string{"编号", "指标", "主体", "口径", "期间", "数值", "单位", "公式", "代入", "文件", "位置", "原文", "说明"}
	widths := []float64{8, 24, 28, 8, 18, 20, 8, 44, 60, 40, 14, 40, 40}
	for j, h := range head {
		if err := set(b.f, SheetSources, j+1, 1, h, b.styles.head); err != nil {
			return err
		}
		col, err := excelize.ColumnNumberToName(j + 1)
		if err != nil {
			return err
		}
		if err := b.f.SetColWidth(SheetSources, col, col, widths[j]); err != nil {
			return err
		}
	}
	for i, f := range b.r.Figures {
		if err := b.source(i+2, f); err != nil {
			return err
		}
	}
	return b.f.SetPanes(SheetSources, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func (b *book) source(y int, f report.FigureJSON) error {
	var formula, operands, file, where, quote string
	if f.Formula != "" {
		s := layout.Spell(b.figs, f)
		formula, operands = s.Name+" = "+s.Formula, s.Operands
	}
	if c := f.Source; c != nil {
		file, quote = c.File, report.Mask(c.Quote)
		where = c.Cell
		if where == "" && c.Page > 0 {
			where = "第" + itoa(c.Page) + "页"
		}
	}
	cells := []string{f.ID, f.Name, f.Entity, scopeZH(f.Scope), layout.PeriodZH(f.Period), "", unitZH(f.Unit), formula, operands, file, where, strings.TrimSpace(quote), f.Note}
	for j, c := range cells {
		if j == 5 {
			continue
		}
		if err := set(b.f, SheetSources, j+1, y, c, b.styles.cell); err != nil {
			return err
		}
	}
	v, err := decimal.NewFromString(f.Value)
	if err != nil {
		return set(b.f, SheetSources, 6, y, f.Value, b.styles.cell)
	}
	at, err := excelize.CoordinatesToCellName(6, y)
	if err != nil {
		return err
	}
	if err := b.f.SetCellValue(SheetSources, at, v.InexactFloat64()); err != nil {
		return err
	}
	return b.f.SetCellStyle(SheetSources, at, at, b.styles.number(dossier.Unit(f.Unit), true))
}

func scopeZH(s string) string {
	return map[string]string{string(dossier.ScopeSingle): "单体", string(dossier.ScopeConsolidated): "合并"}[s]
}

func unitZH(u string) string {
	switch dossier.Unit(u) {
	case dossier.Ratio:
		return "%"
	case dossier.Times:
		return "倍"
	case dossier.DaysUnit:
		return "天"
	case dossier.Count:
		return ""
	}
	return u
}
