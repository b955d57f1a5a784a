package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func from(f dossier.Figure, file string, b dossier.Basis, u dossier.Unit, printed string) dossier.Figure {
	f.Basis, f.Source = b, &dossier.Source{Place: dossier.Place{File: file, Cell: "a!B2", Quote: printed}, Printed: printed, Unit: u}
	return f
}

func TestPreference(t *testing.T) {
	end := dossier.At(dossier.NewDate(2025, 12, 31))
	later := dossier.At(dossier.NewDate(2026, 6, 30))
	s := NewSet("甲（集团）公司")
	a := s.Add(from(yuan("cash", "100", end), "old.xlsx", dossier.BasisUnaudited, dossier.Yuan, "100.00"))
	s.Add(from(yuan("cash", "7", later), "new.xlsx", dossier.BasisUnaudited, dossier.WanYuan, "0.0007"))
	b := s.Add(from(yuan("cash", "200", end), "new.xlsx", dossier.BasisUnaudited, dossier.WanYuan, "0.0200"))
	best := func(id, why string) {
		t.Helper()
		if f, _ := s.Best("cash", "甲(集团)公司", end); f.ID != id {
			t.Errorf("%s: %s from %s", why, f.ID, f.Source.File)
		}
	}
	best(b, "the newer paper counts")
	c := s.Add(from(yuan("cash", "200.4", end), "fine.xlsx", dossier.BasisUnaudited, dossier.Yuan, "200.40"))
	best(c, "the finer one of those that agree counts")
	d := s.Add(from(yuan("cash", "300", end), "audit.pdf", dossier.BasisAudited, dossier.Yuan, "300.00"))
	best(d, "the audited one counts")
	s.Prefer(a)
	best(a, "the proven one counts")
	if id := s.Add(from(yuan("cash", "300", end), "audit.pdf", dossier.BasisAudited, dossier.Yuan, "300.00")); id != d {
		t.Errorf("the same figure was added twice: %s and %s", id, d)
	}
	if n := len(s.Candidates("cash", "", end)); n != 4 {
		t.Errorf("%d candidates", n)
	}
	if f, ok := s.Figure(c); !ok || f.Name != "货币资金" || f.Entity != "甲（集团）公司" {
		t.Errorf("%+v", f)
	}
	if _, ok := s.Figure("f99"); ok {
		t.Error("f99 exists")
	}
}

func TestPeriods(t *testing.T) {
	s := NewSet("甲")
	for _, p := range []dossier.Period{year(2023), year(2025), year(2024), dossier.Span(dossier.NewDate(2026, 8, 31), 8), dossier.Span(dossier.NewDate(2026, 6, 30), 6),
		dossier.Span(dossier.NewDate(2026, 8, 31), 1)} {
		s.Add(yuan("revenue", "1", p))
	}
	if p, _ := s.LatestYear(""); p.Chinese() != "2025年" {
		t.Error(p)
	}
	if p, _ := s.LatestInterim(""); p.Chinese() != "2026年1-8月" {
		t.Error(p)
	}
	var got []string
	for _, p := range s.ReportPeriods("", 2) {
		got = append(got, p.Chinese())
	}
	if strings.Join(got, " ") != "2024年 2025年 2026年1-8月" {
		t.Error(got)
	}
	if p := Opening(dossier.Span(dossier.NewDate(2026, 8, 31), 8)); p.Chinese() != "2025年末" {
		t.Error(p)
	}
	if p := PriorYear(dossier.Span(dossier.NewDate(2024, 2, 29), 2)); p.End.String() != "2023-02-28" {
		t.Error(p)
	}
}

func TestExpressions(t *testing.T) {
	for _, s := range []string{"a + b * (c - d?) / 2", "avg(a + b) / prior(c)", "-a - (b - c)", "a / (b / c)"} {
		e, err := parseExpr(s)
		if err != nil {
			t.Fatal(err)
		}
		again, err := parseExpr(e.String())
		if err != nil || again.String() != e.String() {
			t.Errorf("%s prints as %s (%v)", s, e, err)
		}
	}
	for _, s := range []string{"", "a +", "a b", "(a", "sum(a)", "a ++ ", "1..2", strings.Repeat("(", 100) + "a", strings.Repeat("-", 300) + "a"} {
		if e, err := parseExpr(s); err == nil {
			t.Errorf("%q parsed as %s", s, e)
		}
	}
}

func TestUndefinedSaysWhy(t *testing.T) {
	s := NewSet("甲", yuan("total_liabilities", "5", Closing(year(2025))), yuan("total_equity", "-1", Closing(year(2025))),
		yuan("total_assets", "4", Closing(year(2025))), yuan("revenue", "10", year(2025)), yuan("net_profit", "1", year(2025)))
	for id, why := range map[string]string{"debt_to_equity": "为负", "current_ratio": "缺2025年末的流动资产合计", "interest_cover": "缺2025年的利润总额",
		"rev_growth": "缺2024年的营业收入", "roe_avg": "为负", "nonsense": "没有这个指标"} {
		_, u := s.Compute(id, "", year(2025))
		if u == nil || !strings.Contains(u.Why, why) {
			t.Errorf("%s: %+v, want %s", id, u, why)
		}
	}
	if _, u := s.Compute("roe_avg", "", dossier.Span(dossier.NewDate(2026, 8, 31), 8)); u == nil || !strings.Contains(u.Why, "不适用") {
		t.Errorf("%+v", u)
	}
}

func TestWorkingCapitalGuards(t *testing.T) {
	y := year(2025)
	base := func() *Set {
		return NewSet("甲", yuan("revenue", "10000", y), yuan("cogs", "8000", y), yuan("profit_before_tax", "1000", y),
			yuan("total_assets", "1", Closing(y)), yuan("total_assets", "1", Opening(y)))
	}
	s := base()
	for _, b := range []struct{ id, v string }{{"inventories", "1500"}, {"accounts_receivable", "1250"}, {"accounts_payable", "1000"},
		{"prepayments", "200"}, {"contract_liabilities", "150"}, {"advances_received", "100"}} {
		s.Add(yuan(b.id, b.v, Closing(y)))
		s.Add(yuan(b.id, b.v, Opening(y)))
	}
	own, g := dossier.D("500"), dossier.D("0.10")
	loans := dossier.Figure{Indicator: "credit_loan_balance", Value: dossier.D("600"), Period: Closing(y)}
	w := s.WorkingCapital(WorkCapParams{Growth: &g, OwnFunds: &own, Loans: &loans, Other: dossier.D("100")})
	if w.Need == nil || w.Need.Value.String() != "1856.25" || w.Limit.Value.String() != "656.25" {
		t.Errorf("worked example of the annex: %+v", w)
	}
	s = base()
	s.Add(yuan("accounts_payable", "5000", Closing(y)))
	if w = s.WorkingCapital(WorkCapParams{}); w.Need != nil || !strings.Contains(w.Why, "不为正") {
		t.Errorf("a negative cycle gave %+v", w)
	}
	if w = NewSet("甲").WorkingCapital(WorkCapParams{}); w.Why == "" {
		t.Error("nothing known, no reason")
	}
	s = base()
	s.Add(yuan("inventories", "100", Closing(y)))
	s.Add(yuan("revenue", "20000", PriorYear(y)))
	w = s.WorkingCapital(WorkCapParams{})
	for _, term := range w.Terms {
		if term.Figure.Indicator == indGrowth && term.Figure.Value.String() != "-0.5" {
			t.Errorf("growth %s, want the shrinking of history", term.Figure.Value)
		}
	}
}
