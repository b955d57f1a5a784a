package finance

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

const testBorrower = "北原云栖食品有限公司"

// sheetDoc makes a workbook's page of rows written with | between the cells.
func sheetDoc(file, typ, name, text string) *dossier.Document {
	tb := dossier.Table{Sheet: true, Name: name}
	var lines []string
	for r, l := range strings.Split(strings.TrimSpace(text), "\n") {
		var cells []dossier.Cell
		for c, v := range strings.Split(strings.TrimSpace(l), "|") {
			cells = append(cells, dossier.Cell{Text: strings.TrimSpace(v), Ref: fmt.Sprintf("%c%d", 'A'+c, r+1)})
		}
		tb.Rows = append(tb.Rows, cells)
		lines = append(lines, strings.ReplaceAll(l, "|", " "))
	}
	return &dossier.Document{File: file, Format: "xlsx", Type: typ, Pages: []dossier.Page{{Number: 1, Name: name, Text: strings.Join(lines, "\n"), Tables: []dossier.Table{tb}}}}
}

// statementDocs are a small company's year: EBIT 110, EBITDA 150, cfo 120, interest 10 (万元).
func statementDocs() []*dossier.Document {
	head := "编制单位：" + testBorrower + "\n"
	return []*dossier.Document{
		sheetDoc("资产负债表.xlsx", "financial_statements_annual", "资产负债表", "资产负债表\n"+head+`2025年12月31日|||单位：元
			项目|期末余额|年初余额
			货币资金|800000|700000
			应收账款|900000|800000
			存货|1300000|1200000
			流动资产合计|3000000|2700000
			固定资产|2000000|2200000
			非流动资产合计|2000000|2200000
			资产总计|5000000|4900000
			短期借款|2000000|2000000
			应付账款|500000|600000
			流动负债合计|2500000|2600000
			负债合计|2500000|2600000
			实收资本|1000000|1000000
			未分配利润|1500000|1300000
			所有者权益合计|2500000|2300000
			负债和所有者权益总计|5000000|4900000`),
		sheetDoc("利润表.xlsx", "financial_statements_annual", "利润表", "利润表\n"+head+`2025年度||单位：元
			项目|本期金额|上期金额
			一、营业收入|10000000|9000000
			减：营业成本|8000000|7200000
			财务费用|100000|100000
			其中：利息费用|100000|100000
			二、营业利润|1000000|900000
			三、利润总额|1000000|900000
			减：所得税费用|250000|225000
			四、净利润|750000|675000`),
		sheetDoc("现金流量表.xlsx", "financial_statements_annual", "现金流量表", "现金流量表\n"+head+`2025年度||单位：元
			项目|本期金额|上期金额
			销售商品、提供劳务收到的现金|11000000|10000000
			经营活动现金流入小计|11000000|10000000
			购买商品、接受劳务支付的现金|9000000|8200000
			经营活动现金流出小计|9800000|9000000
			经营活动产生的现金流量净额|1200000|1000000
			固定资产折旧、油气资产折耗、生产性生物资产折旧|400000|400000`),
	}
}

func flowDoc() *dossier.Document {
	var b strings.Builder
	b.WriteString("北原银行对公账户交易明细\n户名：" + testBorrower + "|账号：6200000000000001\n交易日期|摘要|借方发生额|贷方发生额|余额|对方户名\n")
	bal := 500000
	for m := 1; m <= 12; m++ {
		in, out := 600000, 650000
		if m >= 6 && m <= 10 {
			in = 1200000
		}
		bal += in
		fmt.Fprintf(&b, "2025-%02d-05|货款||%d|%d|江城商贸有限公司\n", m, in, bal)
		bal -= out
		fmt.Fprintf(&b, "2025-%02d-28|采购款|%d||%d|江城原料有限公司\n", m, out, bal)
	}
	return sheetDoc("流水.xlsx", "bank_statement_corporate", "流水", b.String())
}

func creditDoc() *dossier.Document {
	credit := paper("credit_report_enterprise", "entity", testBorrower, "report_date", "2025-12-20", "loan_balance", "2000000")
	credit.Fields["loans"] = rowsField(
		map[string]string{"bank": "北原银行", "type": "流动资金贷款", "balance": "1500000", "due": "2026-06-30"},
		map[string]string{"bank": "江城租赁", "type": "固定资产贷款", "balance": "500000", "due": "2026-09-30"})
	return credit
}

func repayStudy(t *testing.T, app dossier.Application, docs ...*dossier.Document) *Study {
	t.Helper()
	app.Applicant, app.AsOf = testBorrower, dossier.NewDate(2025, 12, 31)
	if app.Product == "" {
		app.Product = "流动资金贷款"
	}
	return StudyOf(&dossier.Dossier{Documents: docs, Application: app})
}

func TestDebtStudy(t *testing.T) {
	st := repayStudy(t, dossier.Application{AmountCNY: dossier.D("1000000"), TermMonths: 12}, append(statementDocs(), flowDoc(), creditDoc())...)
	ds := st.Debt
	if ds == nil || ds.Why != "" || ds.Loan == nil || !ds.Loan.Assumed || len(ds.Existing) != 2 {
		t.Fatalf("%+v", ds)
	}
	base := ds.Cases[0]
	// By hand: principal 150 + 50 old + 100 new; interest at 4.00 % over 360: 150×181 days + 50×273 days, and the new
	// loan's at 3.60 % over 365 days.
	want := map[string]string{"next_principal": "2000000", "next_interest": "45333.34", "next_new_principal": "1000000", "next_new_interest": "36500.00",
		"next_service": "3081833.34", "next_service_rolled": "611666.67", "cash_for_debt": "1200000", "profit_for_debt": "950000"}
	for id, v := range want {
		found := false
		for _, f := range st.Set.All() {
			if f.Indicator == id {
				found = true
				if !f.Value.Equal(dossier.D(v)) {
					t.Errorf("%s = %s, want %s (%s)", id, f.Value, v, f.Formula)
				}
			}
		}
		if !found {
			t.Errorf("%s is not in the set", id)
		}
	}
	for name, c := range map[string]struct {
		got  DebtResult
		want string
	}{"dscr": {base.DSCR, "0.3894"}, "ebitda": {base.EBITDA, "0.3083"}, "rolled": {base.DSCRRoll, "1.9619"}, "cover": {base.Cover, "8.0586"}} {
		if c.got.Figure == nil || c.got.Figure.Value.String() != c.want {
			t.Errorf("%s: %+v, want %s", name, c.got, c.want)
		}
	}
	if len(ds.Cases) < 5 {
		t.Fatalf("%d cases", len(ds.Cases))
	}
	// receipts less a fifth: 120 - 0.2 × (1100 - 0.8 × 900) = 44
	fall := ds.Cases[3]
	if f := fall.DSCR.Figure; f == nil || !strings.Contains(st.Set.Explain(*f), "440,000.00") {
		t.Errorf("stressed cash: %+v", fall.DSCR)
	}
	for _, c := range ds.Cases[1:] {
		if c.DSCRRoll.Figure.Value.GreaterThan(base.DSCRRoll.Figure.Value) || c.Cover.Figure.Value.GreaterThan(base.Cover.Figure.Value) {
			t.Errorf("%s is easier than the base", c.Name)
		}
	}
	if len(st.MonthNets) != 12 || !st.MonthNets[0].Net.Value.Equal(dossier.D("-50000")) || !st.MonthNets[6].Net.Value.Equal(dossier.D("550000")) {
		t.Errorf("%+v", st.MonthNets)
	}
	if st.Plans == nil || len(st.Plans.Plans) < 12 || st.Plans.Plans[0].Why == "" || len(st.Plans.Remarks) < 4 {
		t.Fatalf("%+v", st.Plans)
	}
	if s := st.Set.Explain(*fall.DSCR.Figure); strings.Contains(s, "cash_for_debt") || !strings.Contains(s, "可用于偿债的经营现金（回款下降20%）") {
		t.Errorf("an id is shown: %s", s)
	}
	lineageHolds(t, st)
	for _, is := range st.Issues {
		if is.Kind == KindDebtCover || is.Kind == KindLoanTerm || is.Kind == KindInstalments {
			t.Errorf("a false alarm: %s", is.Message)
		}
	}
}

// lineageHolds: every figure has a source or a formula, every operand is there, and formulas over ids give the value.
func lineageHolds(t *testing.T, st *Study) {
	t.Helper()
	for _, f := range st.Set.All() {
		if f.Source == nil && f.Formula == "" && !strings.HasPrefix(f.Indicator, "wc_") {
			t.Errorf("%s has neither source nor formula", f.Indicator)
		}
		if f.Name == "" || f.Name == f.Indicator {
			t.Errorf("%s has no name", f.Indicator)
		}
		if !strings.Contains(f.Indicator, "next_") && !strings.HasPrefix(f.Indicator, "project_net_flow") && !strings.HasSuffix(f.Indicator, "_for_debt") {
			continue
		}
		if _, err := parseExpr(f.Formula); err != nil || len(f.Operands) == 0 {
			continue
		}
		v, err := st.Set.Recompute(f)
		if err != nil || v.Sub(f.Value).Abs().GreaterThan(dossier.D("0.01")) {
			t.Errorf("%s = %s does not follow from %s: %s %v", f.Indicator, f.Value, f.Formula, v, err)
		}
	}
}

func TestDebtStudyGaps(t *testing.T) {
	st := repayStudy(t, dossier.Application{AmountCNY: dossier.D("1000000"), TermMonths: 12})
	if st.Debt == nil || st.Debt.Why == "" || st.Plans == nil || st.Plans.Why == "" || st.Project != nil {
		t.Errorf("%+v %+v", st.Debt, st.Plans)
	}
	st = repayStudy(t, dossier.Application{ReportKind: dossier.ReportPostLoan, AmountCNY: dossier.D("1000000"), TermMonths: 12}, append(statementDocs(), creditDoc())...)
	if st.Debt.Loan != nil || st.Plans != nil || len(st.Debt.Cases) == 0 {
		t.Errorf("post-loan: %+v", st.Debt)
	}
	renew := repayStudy(t, dossier.Application{AmountCNY: dossier.D("1500000"), TermMonths: 12, Lender: "北原银行股份有限公司", Purpose: "归还到期流动资金贷款"},
		append(statementDocs(), earlyCredit())...)
	if e := renew.Debt.Existing[0]; !e.Replaced || !e.Principal.IsZero() {
		t.Errorf("the renewed loan counts twice: %+v", e)
	}
}

func TestPersonalDebts(t *testing.T) {
	report := paper("credit_report_personal", "name", "苗一舟", "report_date", "2025-12-20")
	report.Fields["accounts"] = rowsField(map[string]string{"bank": "江城银行", "type": "个人经营性贷款", "balance": "200000"},
		map[string]string{"bank": "江城银行", "type": "个人住房贷款", "balance": "500000"}, map[string]string{"bank": "北原银行", "type": "贷记卡", "balance": "9000"})
	st := repayStudy(t, dossier.Application{AmountCNY: dossier.D("1000000"), TermMonths: 12}, append(statementDocs(), creditDoc(), report)...)
	if len(st.Debt.Existing) != 2 || !strings.Contains(strings.Join(st.Debt.Notes, ""), "1笔经营性贷款余额200,000.00元") {
		t.Errorf("%d debts, %v", len(st.Debt.Existing), st.Debt.Notes)
	}
	own := StudyOf(&dossier.Dossier{Documents: []*dossier.Document{report}, Application: dossier.Application{Applicant: "苗一舟", AsOf: dossier.NewDate(2025, 12, 31),
		Product: "个人经营性贷款", CustomerType: "individual_business", AmountCNY: dossier.D("300000"), TermMonths: 24}})
	if len(own.Debt.Existing) != 2 || !own.Debt.Existing[0].Interest.Equal(dossier.D("8000")) {
		t.Errorf("%+v", own.Debt.Existing)
	}
}

// TestCappedMonths: a flow that leaves over more than the statements earn is scaled down to them, and says so.
func TestCappedMonths(t *testing.T) {
	rich := flowDoc()
	for i := range rich.Pages[0].Tables[0].Rows {
		if r := rich.Pages[0].Tables[0].Rows[i]; len(r) > 5 && strings.HasPrefix(r[2].Text, "650") {
			r[2].Text, r[4].Text = "350000", ""
		}
	}
	st := repayStudy(t, dossier.Application{AmountCNY: dossier.D("1000000"), TermMonths: 12}, append(statementDocs(), rich)...)
	sum := zero
	for _, m := range st.Plans.Forecast.Months {
		sum = sum.Add(m.Net)
	}
	if sum.Sub(dossier.D("1500000")).Abs().GreaterThan(dossier.D("1")) || !strings.Contains(strings.Join(st.Plans.Remarks, ""), "孰低") {
		t.Errorf("the year leaves %s: %v", sum, st.Plans.Remarks)
	}
}

func earlyCredit() *dossier.Document {
	d := creditDoc()
	d.Fields["loans"] = rowsField(map[string]string{"bank": "北原银行北区支行", "type": "流动资金贷款", "balance": "1500000", "due": "2026-01-31"})
	return d
}

func TestLoanTermIssues(t *testing.T) {
	plan := paper("repayment_source_statement", "schedule", "按月付息、到期归还本金")
	for _, c := range []struct {
		months int
		kinds  string
	}{{12, ""}, {24, KindInstalments}, {48, KindLoanTerm + " " + KindInstalments}, {72, KindLoanTerm + " " + KindInstalments}} {
		st := repayStudy(t, dossier.Application{AmountCNY: dossier.D("1000000"), TermMonths: c.months}, append(statementDocs(), flowDoc(), plan)...)
		var got []string
		for _, is := range st.Issues {
			if is.Kind == KindLoanTerm || is.Kind == KindInstalments {
				got = append(got, is.Kind)
			}
		}
		if strings.Join(got, " ") != c.kinds {
			t.Errorf("%d months: %v, want %s", c.months, got, c.kinds)
		}
		if c.months == 72 && (st.Plans.Why == "" || len(st.Plans.Plans) != 0) {
			t.Errorf("plans beyond the law: %+v", st.Plans.Plans)
		}
	}
}

func BenchmarkDebtStudy(b *testing.B) {
	docs := append(statementDocs(), flowDoc(), creditDoc())
	d := &dossier.Dossier{Documents: docs, Application: dossier.Application{Applicant: testBorrower, AsOf: dossier.NewDate(2025, 12, 31),
		Product: "流动资金贷款", AmountCNY: dossier.D("1000000"), TermMonths: 36}}
	st := StudyOf(d)
	for b.Loop() {
		st.repayment(d)
	}
}
