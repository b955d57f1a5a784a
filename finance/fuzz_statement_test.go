package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"1,234.56", "(1,234.56)", "△12", "1.5E+3", "-", "¥-3.00", "负5", "12.00-", "9.99E-5", "1,23", "－１２．５"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 64<<10 {
			t.Skip()
		}
		v, blank, ok := ParseAmount(s)
		if blank && ok {
			t.Fatal("blank and an amount")
		}
		if !ok {
			return
		}
		if w, _, again := ParseAmount(Format(v, 2)); !again || !w.Sub(v).Abs().LessThan(dossier.D("0.00000001")) {
			t.Fatalf("%q is %s, printed %q, read again %s", s, v, Format(v, 2), w)
		}
	})
}

func FuzzHeader(f *testing.F) {
	for _, s := range []string{"编制单位：甲公司 2025年12月31日 单位：万元", "二〇二五年十二月三十一日", "2025年1-6月", "2025Q3", "截至2025年6月30日止6个月期间",
		"合并资产负债表（续）", "金额单位：人民币千元", "2025年12月31日（万元）", "本期比上年同期增减(%)", "2025.12", "二〇十年", "二〇一九年十十十月"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 64<<10 {
			t.Skip()
		}
		var h header
		h.read(s)
		if h.unit != "" && !h.unit.Money() {
			t.Errorf("unit %q", h.unit)
		}
		if end, months, _, ok := readPeriod(s); ok && (!end.Valid() || months < 0 || months > 12) {
			t.Errorf("%q: %v %d", s, end, months)
		}
		c, ok := columnOf(s)
		if ok && c.role == roleNone {
			t.Errorf("%q is a column of no kind", s)
		}
		for _, st := range []Statement{BalanceSheet, IncomeStatement, CashFlow} {
			if p, _, ok := (&header{end: dossier.NewDate(2025, 8, 31)}).period(st, c, []column{c}); ok && !p.End.Valid() {
				t.Errorf("%q: %v", s, p)
			}
		}
		normalName(s)
	})
}

// FuzzReadStatements reads any text as a table, its rows by lines and its cells by |, and as plain lines.
func FuzzReadStatements(f *testing.F) {
	f.Add("资产负债表\n单位：万元\n项目|期末余额|年初余额\n货币资金|1|2\n存货|3|4\n流动资产合计|4|6\n资产总计|4|6\n负债合计|1|1\n所有者权益合计|3|5", true)
	f.Add("利润表\n2025年度\n项目|本月数|本年累计数\n一、营业收入|1|2\n减：营业成本|(3)|4\n营业利润|4|6\n利润总额|4|6\n净利润|1|1", false)
	f.Add("项目|2025年12月31日||2024年12月31日|\n|合并|母公司|合并|母公司\n货币资金|1|2|3|4\n应收账款|1|2|3|4\n存货|1|2|3|4\n资产总计|5|6|7|8\n负债合计|1|1|1|1", true)
	f.Add("科目余额表\n2025年12月31日\n科目编码|科目名称|期初余额||本期发生||期末余额|\n||借方|贷方|借方|贷方|借方|贷方\n1122|应收账款|1|0|1|1|0|5\n112201|甲|0|3|0|0|0|3", true)
	f.Add("经营活动产生的现|1\n金流量净额|\n2025年|2024年", false)
	f.Fuzz(func(t *testing.T, s string, sheet bool) {
		if len(s) > 64<<10 {
			t.Skip()
		}
		d := &dossier.Document{File: "a", Type: "audit_report_3y"}
		for n, page := range strings.Split(s, "\f") {
			p := dossier.Page{Number: n + 1, Text: page}
			tb := dossier.Table{Sheet: sheet, Continues: strings.HasPrefix(page, "~")}
			for _, l := range strings.Split(page, "\n") {
				p.Lines = append(p.Lines, dossier.Line{Text: strings.ReplaceAll(l, "|", " ")})
				var row []dossier.Cell
				for _, c := range strings.Split(l, "|") {
					row = append(row, dossier.Cell{Text: c})
				}
				tb.Rows = append(tb.Rows, row)
			}
			p.Tables = []dossier.Table{tb}
			d.Pages = append(d.Pages, p)
		}
		figs, _ := ReadStatements(d)
		for _, x := range figs {
			if x.Source == nil || !x.Period.End.Valid() || !x.Unit.Money() || x.Source.Page < 1 || x.Source.Page > len(d.Pages) {
				t.Fatalf("%+v", x)
			}
		}
	})
}
