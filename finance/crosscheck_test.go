package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/invoice"
)

// crossSet holds an example's amounts: balances at the end and the opening of the period, everything else over it.
func crossSet(ex crossExample, r *crossRule) (*Set, dossier.Period) {
	months := ex.Months
	if months == 0 {
		months = 12
	}
	p := dossier.Span(dossier.NewDate(2025, months, 1).MonthEnd(), months)
	s := NewSet("例")
	for id, v := range ex.Given {
		at, unit := p, dossier.Yuan
		if StatementOf(id) == BalanceSheet {
			at = Closing(p)
		}
		if id == "vat_rate" || strings.HasSuffix(id, "_change") {
			unit = dossier.Ratio
		}
		s.Add(dossier.Figure{Indicator: id, Period: at, Value: dossier.D(v), Unit: unit})
	}
	for id, v := range ex.Opening {
		s.Add(dossier.Figure{Indicator: id, Period: Opening(p), Value: dossier.D(v), Unit: dossier.Yuan})
	}
	return s, p
}

func TestCrossExamples(t *testing.T) {
	b, err := loadCross()
	if err != nil {
		t.Fatal(err)
	}
	if len(b.checks) < 20 {
		t.Errorf("only %d checks", len(b.checks))
	}
	for _, r := range b.checks {
		for _, ex := range r.Examples {
			s, p := crossSet(ex, r)
			c := s.crossAt(r, p)
			if c.Outcome != ex.Want {
				t.Errorf("%s %s: %s (%s), want %s", r.ID, ex.Name, c.Outcome, c.Message, ex.Want)
			}
			if c.Outcome == OutcomeUntestable && len(c.Missing) == 0 {
				t.Errorf("%s %s: untestable without a paper to ask for", r.ID, ex.Name)
			}
			if strings.ContainsAny(c.Message, "{}") {
				t.Errorf("%s: unfilled message %s", r.ID, c.Message)
			}
		}
	}
}

func crossed(t *testing.T, st *Study, id string) CrossCheck {
	t.Helper()
	for _, c := range st.CrossChecks {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("no check %s", id)
	return CrossCheck{}
}

func crossStudy(s *Set, docs ...*dossier.Document) *Study {
	st := &Study{Set: s, Periods: s.ReportPeriods("", 3)}
	st.crossChecks(&dossier.Dossier{Documents: docs})
	return st
}

func TestVATAgainstRevenue(t *testing.T) {
	book := func() *Set {
		return NewSet("甲公司", from(yuan("revenue", "1000", year(2025)), "年报.xlsx", dossier.BasisUnaudited, dossier.Yuan, "1000.00"))
	}
	st := crossStudy(book(), paper("vat_return", "taxpayer", "甲公司", "period_end", "2025-12-31", "sales_ytd", "1061"))
	if c := crossed(t, st, "x01_vat_revenue"); c.Outcome != OutcomeRemark || len(st.Issues) != 0 {
		t.Errorf("%+v", c)
	}
	st = crossStudy(book(), paper("vat_return", "period", "2025Q4", "sales_ytd", "650"))
	c := crossed(t, st, "x01_vat_revenue")
	if c.Outcome != OutcomeBreak || len(st.Issues) != 1 || !strings.Contains(st.Issues[0].Message, "低35.00%") || len(st.Issues[0].Docs) != 2 || len(st.Issues[0].Places) != 2 {
		t.Errorf("%+v", st.Issues)
	}
	if want := "650.00 － 1,000.00 = -350.00；差异率 -35.00%，容差 ±10.00%"; st.Issues[0].Arithmetic != want {
		t.Errorf("%s", st.Issues[0].Arithmetic)
	}
	if f, ok := st.Set.Get("vat_sales", year(2025)); !ok || f.Basis != dossier.BasisOfficial {
		t.Errorf("%+v", f)
	}
	st = crossStudy(book(), paper("vat_return", "taxpayer", "乙公司", "period_end", "2025-12-31", "sales_ytd", "1"))
	if c := crossed(t, st, "x01_vat_revenue"); c.Outcome != OutcomeUntestable || c.Missing[0] != "增值税纳税申报表" {
		t.Errorf("another company's return was compared: %+v", c)
	}
}

// A return is often a month newer than the statements: the month's own sales are taken off.
func TestVATTiming(t *testing.T) {
	p := dossier.Span(dossier.NewDate(2026, 8, 31), 8)
	s := NewSet("甲公司", yuan("revenue", "800", p))
	st := crossStudy(s, paper("vat_return", "period_end", "2026-09-30", "sales_ytd", "905", "sales_month", "100"))
	c := crossed(t, st, "x01_vat_revenue")
	if c.Outcome != OutcomePass || c.Left.Figure.Value.String() != "805" || s.Explain(*c.Left.Figure) == "" {
		t.Errorf("%+v", c)
	}
	var quarters []*dossier.Document
	for _, q := range []string{"2025Q1", "2025Q2", "2025Q3", "2025Q4"} {
		quarters = append(quarters, paper("vat_return", "period", q, "sales", "250"))
	}
	st = crossStudy(NewSet("乙", yuan("revenue", "1000", year(2025))), quarters...)
	if c := crossed(t, st, "x01_vat_revenue"); c.Outcome != OutcomePass || len(c.Left.Figures[0].Operands) != 4 {
		t.Errorf("%+v", c)
	}
}

func TestDebtHeadcountAging(t *testing.T) {
	at := dossier.At(dossier.NewDate(2026, 8, 31))
	s := NewSet("甲公司", from(yuan("st_borrowings", "900", at), "月报.xlsx", "", dossier.Yuan, "900.00"), yuan("total_assets", "5000", at),
		from(yuan("accounts_receivable", "300", at), "月报.xlsx", "", dossier.Yuan, "300.00"))
	st := crossStudy(s, paper("credit_report_enterprise", "entity", "甲公司", "report_date", "2026-09-12", "loan_balance", "1200"),
		paper("payroll_list", "month", "2026-08", "headcount", "50"), paper("social_insurance_record", "last_period", "2026-08", "last_headcount", "30"),
		paper("ar_aging", "as_of", "2026-08-31", "total", "310"))
	got := map[string]Issue{}
	for _, is := range st.Issues {
		got[is.Kind] = is
	}
	if is := got[KindDebt]; is.Diff.String() != "300" || len(is.Docs) != 2 {
		t.Errorf("%+v", is)
	}
	if is := got[KindHeadcount]; !strings.Contains(is.Message, "50人") || !strings.Contains(is.Message, "30人") {
		t.Errorf("%+v", is)
	}
	if is := got[KindAging]; is.Diff.String() != "10" {
		t.Errorf("%+v", is)
	}
	if n := len(s.Candidates("accounts_receivable", "", at)); n != 2 {
		t.Errorf("the list's total is not a candidate of its own: %d", n)
	}
	same := crossStudy(NewSet("甲公司", yuan("st_borrowings", "900", at), yuan("total_assets", "5000", at), yuan("accounts_receivable", "300", at)),
		paper("credit_report_enterprise", "report_date", "2026-09-12", "loan_balance", "900"), paper("ar_aging", "as_of", "2026-08-31", "total", "300"))
	if len(same.Issues) != 0 {
		t.Errorf("%+v", same.Issues)
	}
}

// Receipts are taken of exactly the statements' months, over all accounts that cover them.
func TestReceipts(t *testing.T) {
	p := dossier.Span(dossier.NewDate(2026, 2, 28), 2)
	account := func(file string, start dossier.Date, in ...string) *FlowAnalysis {
		a := &FlowAnalysis{Flow: &Flow{File: file, Kind: FlowBank, Owner: "甲", Start: start, End: dossier.NewDate(2026, 3, 31)}}
		for i, v := range in {
			a.Flow.Rows = append(a.Flow.Rows, Txn{Date: dossier.NewDate(2025, 12+i, 15), In: dossier.D(v)})
			a.Class = append(a.Class, ClassCustomer)
		}
		return a
	}
	s := NewSet("甲", yuan("revenue", "1000", p), yuan("accounts_receivable", "100", Closing(p)), yuan("accounts_receivable", "100", Opening(p)),
		yuan("total_assets", "1", Closing(p)), yuan("total_assets", "1", Opening(p)))
	st := &Study{Set: s, Periods: []dossier.Period{p}}
	st.Flows = []*FlowAnalysis{account("a.xlsx", dossier.NewDate(2025, 12, 1), "999", "400", "300", "999"),
		account("b.xlsx", dossier.NewDate(2025, 12, 1), "0", "200", "200"), account("c.xlsx", dossier.NewDate(2026, 2, 20), "5000")}
	st.crossChecks(&dossier.Dossier{})
	c := crossed(t, st, "x05_receipts_revenue")
	if c.Outcome != OutcomePass || c.Left.Figure.Value.String() != "1100" || c.Right.Figure.Value.String() != "1130" {
		t.Errorf("%+v\n%s", c, s.Explain(*c.Right.Figure))
	}
	if len(c.Notes) == 0 || !strings.Contains(strings.Join(c.Notes, ""), "1个账户的流水未覆盖") {
		t.Errorf("the account left out is not named: %v", c.Notes)
	}
}

func TestDebtors(t *testing.T) {
	aging := paper("ar_aging", "as_of", "2026-08-31", "total", "600")
	aging.Fields["rows"] = rowsField(map[string]string{"customer": "真客户(江城)公司", "balance": "400"}, map[string]string{"customer": "无踪公司", "balance": "200"})
	st := &Study{Set: NewSet("甲")}
	st.Flows = []*FlowAnalysis{{Flow: &Flow{Kind: FlowBank, Owner: "甲", Rows: []Txn{{Party: "真客户（江城）公司", In: dossier.D("500")}}}, Class: []Class{ClassCustomer}}}
	st.Invoices = &InvoiceStudy{Result: &invoice.Result{Sales: &invoice.SideResult{Parties: 1, Top: []invoice.PartyTotal{{Name: "真客户（江城）公司", Net: 90000}}}}, Whole: [2]bool{true, true}}
	st.debtorChecks([]*dossier.Document{aging})
	if len(st.Debtors) != 2 || st.Debtors[0].Outcome != OutcomePass || st.Debtors[0].Received.String() != "500" {
		t.Fatalf("%+v", st.Debtors)
	}
	if d := st.Debtors[1]; d.Outcome != OutcomeBreak || !strings.Contains(st.CrossChecks[1].Message, "真实性存疑") {
		t.Errorf("%+v", d)
	}
	alone := &Study{Set: NewSet("甲")}
	alone.debtorChecks([]*dossier.Document{aging})
	if alone.Debtors[0].Outcome != OutcomeUntestable || len(alone.CrossChecks[0].Missing) != 3 {
		t.Errorf("%+v", alone.CrossChecks[0])
	}
}
