package finance

import (
	"fmt"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// benchReport is a printed annual report: pages of notes with tables, and the three statements of two scopes.
func benchReport(pages int) *dossier.Document {
	d := &dossier.Document{File: "年报.pdf", Type: "audit_report_3y"}
	note := dossier.Table{}
	for i := range 20 {
		note.Rows = append(note.Rows, []dossier.Cell{{Text: fmt.Sprintf("明细项目%d", i)}, {Text: "期末余额"}, {Text: "1,234,567.89"}, {Text: "2,345,678.90"}})
	}
	for n := 1; n <= pages; n++ {
		p := dossier.Page{Number: n, Tables: []dossier.Table{note, note}}
		for i := range 45 {
			p.Lines = append(p.Lines, dossier.Line{Text: fmt.Sprintf("第%d段 本公司对应收账款按预期信用损失计提坏账准备，期末余额 1,234,567.89 元，账龄1年以内", i)})
		}
		if n >= pages/2 && n < pages/2+6 {
			k := n - pages/2
			s := []Statement{BalanceSheet, IncomeStatement, CashFlow}[k/2]
			p.Lines = append([]dossier.Line{{Text: []string{"合并", "母公司"}[k%2] + s.Chinese()}, {Text: "编制单位：某某有限公司 2025年12月31日 单位：元"}}, p.Lines...)
			tb := dossier.Table{Rows: [][]dossier.Cell{{{Text: "项目"}, {Text: "附注"}, {Text: "2025年12月31日"}, {Text: "2024年12月31日"}}}}
			for i, l := range Lines(CAS2019, s) {
				tb.Rows = append(tb.Rows, []dossier.Cell{{Text: l.Name}, {Text: fmt.Sprintf("七、%d", i)}, {Text: fmt.Sprintf("%d,345.67", i+1)}, {Text: fmt.Sprintf("%d,345.60", i+1)}})
			}
			p.Tables = []dossier.Table{tb}
		}
		p.Text = textOf(p.Lines)
		d.Pages = append(d.Pages, p)
	}
	return d
}

// A whole annual report of 200 pages: finding its six statements among the notes and reading them.
func BenchmarkAnnualReport200Pages(b *testing.B) {
	d := benchReport(200)
	b.ReportAllocs()
	for b.Loop() {
		if figs, _ := ReadStatements(d); len(figs) < 300 {
			b.Fatal(len(figs))
		}
	}
}

// One sheet with a two-column balance sheet, as most borrowers hand it in.
func BenchmarkStatementSheet(b *testing.B) {
	rows := []string{"资产负债表", "编制单位：甲公司|2025年12月31日|单位：元", "资产|行次|期末余额|年初余额|负债和所有者权益|行次|期末余额|年初余额"}
	lines := Lines(CAS2019, BalanceSheet)
	for i := range len(lines) / 2 {
		rows = append(rows, fmt.Sprintf("%s|%d|%d.50|2|%s|%d|3|4", lines[i].Name, i, i, lines[len(lines)/2+i].Name, i))
	}
	d := doc("financial_statements_annual", sheet("资产负债表", rows...))
	b.ReportAllocs()
	for b.Loop() {
		if figs, _ := ReadStatements(d); len(figs) < 100 {
			b.Fatal(len(figs))
		}
	}
}

func BenchmarkParseAmount(b *testing.B) {
	for b.Loop() {
		ParseAmount("(1,234,567,890.12)")
	}
}
