// Package xlsx writes a review as a workbook: findings, materials and the matrix of checks.
package xlsx

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

// Sheets of the workbook.
const (
	SheetFindings  = "问题清单"
	SheetMaterials = "材料清单"
	SheetMatrix    = "检查矩阵"
)

// WriteReview writes r as .xlsx to w. All cells that show a material's words are text, never formulas.
func WriteReview(w io.Writer, r *report.Review) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // nothing is on disk
	if err := f.SetSheetName("Sheet1", SheetFindings); err != nil {
		return err
	}
	for _, s := range []string{SheetMaterials, SheetMatrix} {
		if _, err := f.NewSheet(s); err != nil {
			return err
		}
	}
	for _, s := range []sheet{findings(r), materials(r), matrix(r)} {
		if err := s.write(f); err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	return f.Write(w)
}

// sheet is a table with its column widths in characters.
type sheet struct {
	name   string
	header []string
	widths []float64
	rows   [][]any
}

func findings(r *report.Review) sheet {
	s := sheet{name: SheetFindings, header: []string{"编号", "规则", "级别", "类别", "结果", "标题", "问题", "计算", "涉及文件", "证据", "依据", "整改", "处理意见"},
		widths: []float64{6, 10, 8, 10, 10, 22, 48, 30, 30, 44, 28, 40, 20}}
	for i, f := range layout.Findings(r.Findings) {
		var ev []string
		for _, e := range f.Evidence {
			where := e.Cell
			if where == "" && e.Page > 0 {
				where = "第" + strconv.Itoa(e.Page) + "页"
			}
			ev = append(ev, strings.TrimSpace(e.File+" "+where)+"：“"+report.Mask(e.Quote)+"”")
		}
		s.rows = append(s.rows, []any{i + 1, f.Rule, layout.SeverityZH(f.Severity), layout.KindZH(f.Kind), layout.ResultZH(f.Result), f.Title, f.Message, f.Arithmetic,
			strings.Join(f.Documents, "\n"), strings.Join(ev, "\n"), layout.BasisText(f.Basis), layout.RemedyText(f), ""})
	}
	return s
}

func materials(r *report.Review) sheet {
	s := sheet{name: SheetMaterials, header: []string{"序号", "文件", "材料", "类型", "把握", "页数", "状态", "说明"}, widths: []float64{6, 50, 22, 24, 8, 8, 12, 50}}
	for i, d := range r.Documents {
		s.rows = append(s.rows, []any{i + 1, d.File, d.NameZH, d.Type, d.Confidence, d.Pages, layout.DocumentState(d), strings.Join(layout.DocumentNotes(d), "\n")})
	}
	return s
}

func matrix(r *report.Review) sheet {
	s := sheet{name: SheetMatrix, header: []string{"要求", "级别", "状态", "文件", "规则", "结果"}, widths: []float64{26, 8, 12, 50, 12, 12}}
	for _, row := range r.Matrix.Rows {
		files := strings.Join(row.Files, "\n")
		if len(row.Checks) == 0 {
			s.rows = append(s.rows, []any{row.Item, layout.StateZH(row.Level), layout.StateZH(row.State), files, "", ""})
		}
		for _, c := range row.Checks {
			s.rows = append(s.rows, []any{row.Item, layout.StateZH(row.Level), layout.StateZH(row.State), files, c.Rule, layout.StateZH(c.Result)})
		}
	}
	return s
}

func (s sheet) write(f *excelize.File) error {
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8ECF1"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"}})
	if err != nil {
		return err
	}
	body, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	for i, w := range s.widths {
		col, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := f.SetColWidth(s.name, col, col, w); err != nil {
			return err
		}
	}
	for i, h := range s.header {
		if err := set(f, s.name, i+1, 1, h, head); err != nil {
			return err
		}
	}
	for y, row := range s.rows {
		for x, v := range row {
			if err := set(f, s.name, x+1, y+2, v, body); err != nil {
				return err
			}
		}
	}
	if err := f.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(s.header), len(s.rows)+1)
	if err != nil {
		return err
	}
	return f.AutoFilter(s.name, "A1:"+last, nil)
}

// Excel's limit for the text of a cell.
const maxCell = 32767

func set(f *excelize.File, sheet string, x, y int, v any, style int) error {
	at, err := excelize.CoordinatesToCellName(x, y)
	if err != nil {
		return err
	}
	if s, ok := v.(string); ok {
		s = clean(s)
		if utf8.RuneCountInString(s) > maxCell {
			s = string([]rune(s)[:maxCell-1]) + "…"
		}
		err = f.SetCellStr(sheet, at, s)
	} else {
		err = f.SetCellValue(sheet, at, v)
	}
	if err != nil {
		return err
	}
	return f.SetCellStyle(sheet, at, at, style)
}

// clean drops what XML forbids.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' || r == utf8.RuneError || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
}
