package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// sheet makes a workbook page of rows whose cells are cut at |.
func sheet(name string, rows ...string) dossier.Page {
	tb := dossier.Table{Name: name, Sheet: true}
	for r, row := range rows {
		var cells []dossier.Cell
		for c, v := range strings.Split(row, "|") {
			cells = append(cells, dossier.Cell{Text: strings.TrimSpace(v), Ref: string(rune('A'+c)) + intD(r+1).String()})
		}
		tb.Rows = append(tb.Rows, cells)
	}
	return dossier.Page{Number: 1, Name: name, Tables: []dossier.Table{tb}}
}

func doc(typ string, pages ...dossier.Page) *dossier.Document {
	return &dossier.Document{File: "报表.xlsx", Format: "xlsx", Type: typ, Pages: pages}
}

// want reads "indicator period value" lines off a set.
func want(t *testing.T, s *Set, lines string) {
	t.Helper()
	for _, l := range strings.Split(strings.TrimSpace(lines), "\n") {
		w := strings.Fields(l)
		var f dossier.Figure
		ok := false
		for _, g := range s.All() {
			if g.Indicator == w[0] && g.Period.Chinese() == w[1] && (len(w) < 4 || string(g.Scope) == w[3]) {
				f, ok = g, true
				break
			}
		}
		switch {
		case w[2] == "none" && ok:
			t.Errorf("%s: %s, want none", l, f.Value)
		case w[2] != "none" && (!ok || !f.Value.Equal(dossier.D(w[2]))):
			t.Errorf("%s: got %s (%v)", l, f.Value, ok)
		}
	}
}

func TestTwoColumnBalanceSheet(t *testing.T) {
	figs, issues := ReadStatements(doc("financial_statements_interim", sheet("资产负债表",
		"资 产 负 债 表",
		"编制单位：甲有限公司||||2026年8月31日|||单位：万元",
		"资    产|行次|期末余额|年初余额|负债和所有者权益（或股东权益）|行次|期末余额|年初余额",
		"流动资产：||||流动负债：|||",
		"  货币资金|1|276.0735|331.0274|  短期借款|33|900|900",
		"  应收帐款|4|—|1,526.001|  △应付账款|35|(12.5)|0",
		"  其中：应收股利|5|3|4|减：库存股|36||",
		"流动资产合计|13|276.0735|1857.0284|流动负债合计|42|887.5|900",
		"资产总计|23|276.0735|1857.0284|负债和所有者权益总计|54|887.5|900")))
	if len(issues) != 0 {
		t.Error(issues)
	}
	s := NewSet("甲有限公司", figs...)
	want(t, s, `
cash 2026年8月末 2760735
cash 2025年末 3310274
accounts_receivable 2026年8月末 none
accounts_receivable 2025年末 15260010
accounts_payable 2026年8月末 -125000
st_borrowings 2025年末 9000000
total_liabilities_equity 2026年8月末 8875000`)
	f, _ := s.Get("cash", dossier.At(dossier.NewDate(2026, 8, 31)))
	if f.Source.Cell != "资产负债表!C5" || f.Source.Printed != "276.0735" || f.Source.Unit != dossier.WanYuan || f.Source.Quote != "货币资金 276.0735" {
		t.Errorf("source: %+v", f.Source)
	}
	if f.Entity != "甲有限公司" || f.Basis != dossier.BasisUnaudited || f.Scope != dossier.ScopeSingle {
		t.Errorf("%+v", f)
	}
}

func TestMonthAndCumulatedColumns(t *testing.T) {
	figs, _ := ReadStatements(doc("financial_statements_interim", sheet("利润表",
		"利润表", "会小企02表", "编制单位：乙公司|2026年8月|单位：元",
		"项目|行次|本年累计金额|本月金额",
		"一、营业收入|1|800|100", "减：营业成本|2|500|60", "税金及附加|3|5|1", "其中：消费税|4|0|0",
		"二、营业利润（亏损以“-”号填列）|21|-3.5|-1", "三、利润总额（亏损总额以“-”号填列）|30|10|2", "四、净利润（净亏损以“-”号填列）|32|9|1")))
	want(t, NewSet("乙公司", figs...), `
revenue 2026年1-8月 800
revenue 2026年8月 100
operating_profit 2026年1-8月 -3.5
net_profit 2026年8月 1`)
}

func TestSeveralStatementsOnOneSheet(t *testing.T) {
	figs, issues := ReadStatements(doc("financial_statements_annual", sheet("报表",
		"资产负债表", "2025年12月31日|单位：千元", "项目|期末余额|上年年末余额",
		"货币资金|5|6", "存货|7|8", "流动资产合计|12|14", "资产总计|12|14", "短期借款|4|4", "负债合计|4|4",
		"利润表", "2025年度|单位：千元", "项目|本年金额|上年金额",
		"营业总收入|100|90", "其中：营业收入|99|89", "减：营业成本|60|50", "财务费用|1|1", "利润总额|30|20", "净利润|20|10")))
	if len(issues) > 0 {
		t.Error(issues)
	}
	want(t, NewSet("", figs...), `
inventories 2024年末 8000
revenue 2025年 99000
revenue 2024年 89000
net_profit 2025年 20000
total_assets 2025年末 12000`)
}

func TestGroupAndParentColumns(t *testing.T) {
	figs, _ := ReadStatements(doc("audit_report_3y", sheet("资产负债表",
		"资产负债表", "编制单位：丙股份有限公司|2025年12月31日|||单位：元",
		"项目|期末余额||期初余额|", "|合并|母公司|合并|母公司",
		"货币资金|10|4|9|3", "应收账款|20|8|18|7", "存货|5|5|5|5", "流动资产合计|35|17|32|15", "资产总计|35|17|32|15", "负债合计|9|6|8|5")))
	s := NewSet("丙股份有限公司", figs...)
	want(t, s, `
cash 2025年末 10 consolidated
cash 2025年末 4 single
total_assets 2024年末 32 consolidated
total_assets 2024年末 15 single`)
	f, _ := s.Get("cash", dossier.At(dossier.NewDate(2025, 12, 31)))
	if f.Scope != dossier.ScopeSingle || f.Basis != dossier.BasisAudited {
		t.Errorf("preferred %+v", f)
	}
}

func TestPrintedLines(t *testing.T) {
	text := "合并资产负债表\n编制单位：丁公司 2025年12月31日 单位：人民币元\n资产 期末余额 年初余额 负债和所有者权益 期末余额 年初余额\n" +
		"流动资产： 流动负债：\n货币资金 3,310,273.55 2,880,537.60 短期借款 9,000,000.00 9,000,000.00\n交易性金融资产 应付票据\n" +
		"应收款项融资 合同负债 1,020,531.81 950,719.15\n存货12,649,148.13 11,680,009.25 应付账款 10.00 20.00\n" +
		"固定资产 5.00 负债合计 7.00 8.00\n\f" +
		"利润表\n编制单位：丁公司 2025年度 单位：元\n项目 行次 本期金额 上期金额\n一、营业收入 1 54,207,771.76 48,603,750.24\n减：营业成本 2 41,306,323.69 36,793,048.29\n" +
		"财务费用 7 385,511.30 404,235.65\n三、利润总额（亏损总额以“-”号填列） 16 -4,816.16 (42.53)\n"
	s := NewSet("丁公司", firstOf(ReadStatements(textPages("a.pdf", "audit_report_3y", text)))...)
	want(t, s, `
cash 2025年末 3310273.55 consolidated
st_borrowings 2024年末 9000000
contract_liabilities 2024年末 950719.15
inventories 2024年末 11680009.25
fixed_assets 2025年末 none
trading_fa 2025年末 none
revenue 2025年 54207771.76
profit_before_tax 2025年 -4816.16
profit_before_tax 2024年 -42.53`)
	f := s.Select(func(f dossier.Figure) bool { return f.Indicator == "cash" })[0]
	if f.Source.Page != 1 || f.Source.Line != 5 || !strings.Contains(f.Source.Quote, "货币资金 3,310,273.55") {
		t.Errorf("place %+v", f.Source.Place)
	}
}

func firstOf(figs []dossier.Figure, _ []Issue) []dossier.Figure { return figs }

func TestAccountBalances(t *testing.T) {
	figs, _ := ReadStatements(doc("financial_statement_notes", sheet("余额表", "科目余额表", "编制单位：戊公司 期间：2026年1-6月 单位：元",
		"科目编码|科目名称|期初余额||本期发生额||期末余额|", "||借方|贷方|借方|贷方|借方|贷方",
		"1001|库存现金|1||||2|", "1002|银行存款|10||||20|", "100201|工商银行|10||||20|",
		"1122|应收账款|30||||50|", "1231|坏账准备||3||||5", "1405|库存商品|7||||9|", "2203|合同负债/预收账款||4||||6", "合计||1|1|1|1|1|1")))
	s := NewSet("戊公司", figs...)
	want(t, s, `
cash 2026年6月末 22
cash 2025年末 11
accounts_receivable 2026年6月末 45
accounts_receivable 2025年末 27
inventories 2026年6月末 9
contract_liabilities 2026年6月末 6`)
	f, _ := s.Get("cash", dossier.At(dossier.NewDate(2026, 6, 30)))
	if !FromTrial(f) || f.Source.Quote != "库存现金 2；银行存款 20" {
		t.Errorf("%q %q", f.Note, f.Source.Quote)
	}
}

func TestUnreadAndUnits(t *testing.T) {
	_, is := Statements([]*dossier.Document{doc("financial_statements_annual", sheet("a", "什么|也|没有"))})
	if len(is) != 1 || is[0].Kind != KindUnread || !strings.Contains(is[0].Message, "报表.xlsx") {
		t.Errorf("%+v", is)
	}
	old := doc("financial_statements_annual", sheet("a", "x"))
	old.SupersededBy = "b.xlsx"
	if f, is := Statements([]*dossier.Document{old}); len(f)+len(is) > 0 {
		t.Error("a superseded version was read")
	}
	_, is = ReadStatements(doc("financial_statements_annual", sheet("资产负债表", "资产负债表", "2025年12月31日",
		"项目|期末余额|年初余额", "货币资金|1|1", "存货|1|1", "应收账款|1|1", "固定资产|1|1", "资产总计|4|4")))
	if len(is) != 1 || is[0].Kind != KindUnitAssumed {
		t.Errorf("%+v", is)
	}
	named := doc("financial_statements_annual", sheet("资产负债表", "资产负债表", "2025年12月31日",
		"项目|期末余额|年初余额", "货币资金|1|1", "存货|1|1", "应收账款|1|1", "固定资产|1|1", "资产总计|4|4"))
	named.File = "月报（万元）.xlsx"
	figs, is := ReadStatements(named)
	if len(is) != 0 || figs[0].Value.String() != "10000" {
		t.Errorf("the unit in the file's name: %v %s", is, figs[0].Value)
	}
}

func TestParseAmount(t *testing.T) {
	for in, out := range map[string]string{"3,310,273.55": "3310273.55", "-1.5": "-1.5", "（140,730.30）": "-140730.30", "(1)": "-1",
		"¥12.00": "12.00", "12元": "12", "１２．５": "12.5", "1.23E+07": "12300000", "90718.100000000006": "90718.1",
		"—": "blank", "": "blank", "-": "blank", "——": "blank", "1,2345": "bad", "1E999999999": "bad", "abc": "bad", "12%": "bad", "2025年": "bad",
		"99999999999999999999999999999999999999999999999999999999999999": "bad"} {
		v, blank, ok := ParseAmount(in)
		got := "bad"
		if blank {
			got = "blank"
		} else if ok {
			got = v.String()
		}
		if out != got && !(ok && v.Equal(dossier.D(out))) {
			t.Errorf("%q: %s, want %s", in, got, out)
		}
	}
}

func TestReadPeriod(t *testing.T) {
	for in, out := range map[string]string{"2025年12月31日": "2025-12-31 0", "2025年度": "2025-12-31 12", "2026年1-8月": "2026-08-31 8",
		"2026年8月": "2026-08-31 8", "截至2025年12月31日止年度": "2025-12-31 12", "2026年第二季度": "2026-06-30 3", "2026Q2": "2026-06-30 3",
		"2026年上半年": "2026-06-30 6", "2026-08-31": "2026-08-31 0", "2026年1月至6月": "2026-06-30 6",
		"2026-01-01 至 2026-03-31": "2026-03-31 3", "2025年13月40日": "2025-12-31 12", "没有": ""} {
		end, m, _, ok := readPeriod(in)
		got := ""
		if ok {
			got = end.String() + " " + intD(m).String()
		}
		if got != out {
			t.Errorf("%s: %q, want %q", in, got, out)
		}
	}
}

func TestScanForgivesOneCharacter(t *testing.T) {
	d := textPages("scan.pdf", "audit_report_3y", "资产负债表\n编制单位：己公司 2025年12月31日 单位：元\n资产 期末余额 年初余额\n货市资金 1.00 2.00\n"+
		"应收账软 3.00 4.00\n存货 5.00 6.00\n应X票据 7.00 8.00\n流动资产台计 9.00 9.00\n资产总计 9.00 9.00\n")
	d.Scan = true
	s := NewSet("己公司", firstOf(ReadStatements(d))...)
	want(t, s, `
cash 2025年末 1
accounts_receivable 2024年末 4
total_current_assets 2025年末 9
notes_receivable 2025年末 none`)
	if f, _ := s.Get("cash", Closing(year(2025))); f.Note != ScanNote {
		t.Errorf("note %q", f.Note)
	}
	d.Scan = false
	if figs, _ := ReadStatements(d); len(NewSet("", figs...).Periods("cash", "")) != 0 {
		t.Error("printed text is not guessed at")
	}
}

func TestDateOfTheNeighbour(t *testing.T) {
	bs := sheet("资产负债表", "资产负债表", "项目|期末余额|年初余额", "货币资金|1|2", "存货|3|4", "流动资产合计|4|6", "资产总计|4|6", "负债合计|1|1")
	is := sheet("利润表", "利润表", "编制单位：庚公司", "2024年1月1日|2024年12月31日|单位：万元", "项目|2024|2023", "营业收入|10|9", "营业成本|5|4", "财务费用|1|1",
		"利润总额|4|4", "净利润|3|3")
	s := NewSet("庚公司", firstOf(ReadStatements(doc("financial_statements_annual", bs, is)))...)
	want(t, s, `
cash 2024年末 10000
total_assets 2023年末 60000
revenue 2024年 100000
net_profit 2023年 30000`)
}

// 合并 and 母公司 stand in merged cells above the dates; the statement runs on over the page without its header.
func TestScopesAboveAndNextPage(t *testing.T) {
	first := sheet("", "资产负债表", "编制单位：甲有限公司|2025年12月31日||单位：千元|", "项目|合并||母公司|", "|期末余额|年初余额|期末余额|年初余额",
		"货币资金|6,910|7,340|5,480|6,120", "应收账款|41,280|35,160|36,740|31,250", "长期股权投资|-|-|2,000|2,000",
		"固定资产|14,730|15,310|10,960|11,840", "资产总计|62,920|57,810|55,180|51,210", "负债合计|20,000|18,000|19,000|17,000")
	second := sheet("", "所有者权益合计|42,920|39,810|36,180|34,210", "负债和所有者权益总计|62,920|57,810|55,180|51,210")
	second.Number = 2
	figs, _ := ReadStatements(doc("audit_report_3y", first, second))
	s := NewSet("甲有限公司", figs...)
	want(t, s, `total_assets 2025年末 55180000 single
total_assets 2025年末 62920000 consolidated
lt_equity_investment 2025年末 2000000 single
total_equity 2025年末 36180000 single
total_equity 2024年末 39810000 consolidated`)
	if f, ok := s.Get("total_assets", dossier.At(dossier.NewDate(2025, 12, 31))); !ok || f.Scope != dossier.ScopeSingle {
		t.Errorf("the borrower's own figure is %v", f.Scope)
	}
}

// A new company's form has a column for last year that holds nothing but zeros: it is no reading.
func TestBlankColumn(t *testing.T) {
	figs, _ := ReadStatements(doc("financial_statements_annual", sheet("资产负债表", "编制单位：甲有限公司|2024年12月31日|单位：元",
		"项目|期末余额|年初余额", "货币资金|100|0", "应收账款|200|0", "存货|300|0", "流动资产合计|600|0", "资产总计|600|0", "负债合计|0|0")))
	want(t, NewSet("甲有限公司", figs...), "cash 2024年末 100\ncash 2023年末 none\ntotal_liabilities 2024年末 0")
}
