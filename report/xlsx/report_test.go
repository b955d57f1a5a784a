package xlsx_test

import (
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/reporttest"
	"github.com/xindiao/xindiao/report/xlsx"
)

func book(t *testing.T, r *report.Report) *excelize.File {
	t.Helper()
	return written(t, func(w io.Writer) error { return xlsx.WriteReport(w, r) })
}

// Every section is a sheet, and every figure leads to its row of sources.
func TestReportBook(t *testing.T) {
	r := reporttest.Report()
	f := book(t, r)
	sheets := f.GetSheetList()
	if len(sheets) < len(r.Sections)+1 {
		t.Fatalf("%d sheets for %d sections: %s", len(sheets), len(r.Sections), sheets)
	}
	rows, err := f.GetRows(xlsx.SheetSources)
	if err != nil || len(rows) != len(r.Figures)+1 {
		t.Fatalf("%d rows of sources for %d figures: %v", len(rows), len(r.Figures), err)
	}
}

func one(rows ...[]report.Claim) *report.Report {
	return &report.Report{Kind: report.Finance, Figures: []report.FigureJSON{{ID: "f1", Name: "资产负债率", Unit: string(dossier.Ratio), Value: "0.37772222", Period: "2025-12-31", Formula: "total_liabilities / total_assets"},
		{ID: "f2", Name: "货币资金", Unit: string(dossier.Yuan), Value: "3310273.55", Period: "2025-12-31"}},
		Sections: []report.Section{{Title: "财务[指标]:/*?", Blocks: []report.Block{{Type: report.TableB, Columns: []string{"项目", "数值"}, Rows: rows}}}}}
}

func TestFiguresAreNumbersWithLinks(t *testing.T) {
	f := book(t, one([]report.Claim{{Text: "资产负债率"}, {Text: "37.77%", Figures: []string{"f1"}}}, []report.Claim{{Text: "货币资金"}, {Text: "331.03万元", Figures: []string{"f2"}}},
		[]report.Claim{{Text: "=1+1"}, {Text: "—"}}))
	const sheet = "财务指标"
	if v, err := f.GetCellValue(sheet, "B2", excelize.Options{RawCellValue: true}); err != nil || v != "0.37772222" {
		t.Errorf("ratio %q %v", v, err)
	}
	if v, err := f.GetCellValue(sheet, "B2"); err != nil || v != "37.77%" {
		t.Errorf("ratio shown as %q %v", v, err)
	}
	if v, err := f.GetCellValue(sheet, "B3"); err != nil || v != `3,310,273.55元` {
		t.Errorf("money shown as %q %v", v, err)
	}
	ok, to, err := f.GetCellHyperLink(sheet, "B2")
	if err != nil || !ok || to != "'"+xlsx.SheetSources+"'!A2" {
		t.Errorf("link %v %q %v", ok, to, err)
	}
	if formula, err := f.GetCellFormula(sheet, "A4"); err != nil || formula != "" {
		t.Errorf("a material's words became the formula %q", formula)
	}
	if rows, err := f.GetRows(xlsx.SheetSources); err != nil || !strings.Contains(rows[1][7], "资产负债率 = ") {
		t.Errorf("lineage %q %v", rows, err)
	}
}

func TestChartOfTheWorkbook(t *testing.T) {
	a, b := dossier.D("1"), dossier.D("2")
	r := one()
	r.Sections[0].Blocks = []report.Block{{Type: report.ChartB, Title: "按月收支", Chart: &report.Chart{Kind: "bar", Unit: "元", Labels: []string{"一月", "二月"},
		Series: []report.Series{{Name: "收入", Values: []*dossier.Decimal{&a, &b}}, {Name: "支出", Values: []*dossier.Decimal{nil, &a}}}}}}
	f := book(t, r)
	rows, err := f.GetRows("图表数据")
	if err != nil || len(rows) != 4 || rows[1][2] != "支出" || rows[3][1] != "2.00" {
		t.Errorf("chart data %q %v", rows, err)
	}
	if got := strings.Join(f.GetSheetList(), " "); got != "财务指标 图表数据 数字来源" {
		t.Errorf("sheets %s", got)
	}
}
