package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// asked are the ratios that a credit report may be asked for, group by group; each has examples, and those that divide
// have one that is undefined.
var asked = strings.Fields(`current_ratio quick_ratio quick_ratio_strict cash_ratio cash_to_st_debt lt_asset_fit
	debt_ratio adj_debt_ratio debt_to_equity interest_bearing_ratio interest_cover debt_to_ebitda contingent_ratio related_occupation
	cfo_to_debt cfo_to_cl dscr dscr_ebitda project_dscr cash_income cash_profit fcf
	gross_margin main_profit_margin core_margin op_margin ebit_margin net_margin roa roa_ebit roe roe_avg cost_profit roic
	inv_turn inv_days ar_turn ar_days ap_turn ap_days pp_turn pp_days pr_turn pr_days ccc ta_turn fa_turn
	rev_growth profit_growth equity_growth asset_growth dupont dupont_multiplier z_score debt ebit ebitda`)

func TestEveryRatioIsThere(t *testing.T) {
	for _, id := range asked {
		r, ok := LookupRatio(id)
		if !ok {
			t.Errorf("no ratio %s", id)
			continue
		}
		defined := false
		for _, ex := range r.Examples {
			defined = defined || ex.Want != ""
		}
		if !defined {
			t.Errorf("%s has no example with a value", id)
		}
	}
}

// TestUndefinedEverywhere: with nothing but zeros no ratio is a number made of a zero denominator.
func TestUndefinedEverywhere(t *testing.T) {
	y := year(2025)
	s := NewSet("甲")
	for _, std := range []Statement{BalanceSheet, IncomeStatement, CashFlow} {
		for _, l := range Lines(CAS2019, std) {
			for _, p := range []dossier.Period{y, PriorYear(y)} {
				if std == BalanceSheet {
					p = Closing(p)
				}
				s.Add(yuan(l.ID, "0", p))
			}
		}
	}
	figs, undef := s.Ratios("", []dossier.Period{y})
	for _, f := range figs {
		if strings.Contains(f.Formula, "/") {
			t.Errorf("%s = %s over zeros: %s", f.Indicator, f.Value, f.Formula)
		}
	}
	for _, u := range undef {
		if u.Why == "" || strings.ContainsAny(u.Why, "%{") || !hasHan(u.Why) {
			t.Errorf("%s: %q", u.ID, u.Why)
		}
	}
	if len(undef) < 35 {
		t.Errorf("%d undefined", len(undef))
	}
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4e00 && r < 0xa000 })
}

func TestGrowthOverABaseThatIsNotPositive(t *testing.T) {
	y := year(2025)
	for _, c := range []struct{ now, prior, say string }{
		{"21", "-10", "由负转正，基数不为正，增长率没有意义，变动额31.00"},
		{"-21", "-10", "负数扩大"}, {"-4", "-10", "负数缩小"}, {"5", "0", "基数不为正"}, {"0", "0", "两期均为零"},
	} {
		s := NewSet("甲", yuan("net_profit", c.now, y), yuan("net_profit", c.prior, PriorYear(y)))
		_, u := s.Compute("profit_growth", "", y)
		if u == nil || !strings.Contains(u.Why, c.say) {
			t.Errorf("%s after %s: %+v, want %q", c.now, c.prior, u, c.say)
		}
	}
}

func TestInputsOfOtherPapers(t *testing.T) {
	y := year(2025)
	day := dossier.At(dossier.NewDate(2026, 9, 12))
	s := NewSet("甲", yuan("total_equity", "100", Closing(y)), yuan("total_assets", "300", Closing(y)), yuan("credit_guarantees", "40", day))
	f, u := s.Compute("contingent_ratio", "", y)
	if u != nil || f.Value.String() != "0.4" || !strings.Contains(f.Note, "2026年9月12日") {
		t.Fatalf("%+v %+v", f, u)
	}
	interim := dossier.At(dossier.NewDate(2026, 8, 31))
	s.Add(yuan("total_assets", "310", interim))
	s.Add(yuan("total_equity", "80", interim))
	if f, u = s.Compute("contingent_ratio", "", interim); u != nil || f.Value.String() != "0.5" {
		t.Errorf("%+v %+v", f, u)
	}
	if _, u = s.Compute("contingent_ratio", "", year(2024)); u == nil {
		t.Error("a balance sheet that is not there has a ratio")
	}
	if _, u = s.Compute("related_occupation", "", y); u == nil || !strings.Contains(u.Why, "需提供其他应收款明细") {
		t.Errorf("%+v", u)
	}
}

func TestExplainNamesPlaces(t *testing.T) {
	y := year(2025)
	at := func(f dossier.Figure, file string, page int, cell string) dossier.Figure {
		f.Source = &dossier.Source{Place: dossier.Place{File: file, Page: page, Cell: cell}}
		return f
	}
	s := NewSet("甲", at(yuan("total_liabilities", "2", Closing(y)), "包.zip/审计报告.pdf", 4, ""), at(yuan("total_assets", "4", Closing(y)), "包.zip/审计报告.pdf", 4, ""),
		at(yuan("revenue", "8", y), "利润表.xlsx", 1, "Sheet1!B2"), at(yuan("profit_before_tax", "3", y), "利润表.xlsx", 1, "Sheet1!B9"),
		at(yuan("interest_expense", "1", y), "审计报告.pdf", 5, ""))
	for id, want := range map[string]string{
		"debt_ratio":     "资产负债率 = 负债合计 2.00 ÷ 资产总计 4.00 = 50.00%，审计报告.pdf第4页",
		"ebit_margin":    "息税前利润率 = 息税前利润 4.00 ÷ 营业收入 8.00 = 50.00%，利润总额、营业收入：利润表.xlsx Sheet1!B9、B2；利息费用：审计报告.pdf第5页（息税前利润系计算）",
		"interest_cover": "利息保障倍数 = 息税前利润 4.00 ÷ 利息费用 1.00 = 4.00，利润总额：利润表.xlsx Sheet1!B9；利息费用：审计报告.pdf第5页（息税前利润系计算）",
	} {
		f, u := s.Compute(id, "", y)
		if u != nil {
			t.Fatal(u)
		}
		got := s.Explain(f)
		for _, part := range strings.Split(want, "；") {
			if !strings.Contains(got, strings.TrimSuffix(part, "（息税前利润系计算）")) {
				t.Errorf("%s\nwant %s", got, want)
			}
		}
		if strings.HasSuffix(want, "系计算）") != strings.HasSuffix(got, "系计算）") {
			t.Error(got)
		}
	}
	f, _ := s.Compute("ebit_margin", "", y)
	if steps := s.Lineage(f); len(steps) != 5 || steps[1].Depth != 1 || steps[2].Depth != 2 || !strings.Contains(steps[2].Text, "利润表.xlsx") {
		t.Errorf("%+v", steps)
	}
}
