package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// annexCompany holds the numbers of the worked example, in 元: revenue 1 亿, cost 8000 万, profit 1000 万.
func annexCompany(y dossier.Period) *Set {
	s := NewSet("甲")
	for id, v := range map[string]string{"revenue": "100000000", "cogs": "80000000", "profit_before_tax": "10000000"} {
		s.Add(yuan(id, v, y))
	}
	for id, v := range map[string]string{"total_assets": "90000000", "inventories": "15000000", "accounts_receivable": "12500000", "accounts_payable": "10000000",
		"prepayments": "2000000", "contract_liabilities": "1500000", "advances_received": "1000000", "cash": "5000000", "st_borrowings": "6000000"} {
		s.Add(yuan(id, v, Closing(y)))
		s.Add(yuan(id, v, Opening(y)))
	}
	return s
}

func annexParams() WorkCapParams {
	own, g := dossier.D("5000000"), dossier.D("0.10")
	return WorkCapParams{Growth: &g, OwnFunds: &own, Other: dossier.D("1000000"), Requested: dossier.D("6562500")}
}

// TestWorkedExample is the example of the annex: 656.25 万元.
func TestWorkedExample(t *testing.T) {
	s := annexCompany(year(2025))
	w := s.WorkingCapital(annexParams())
	want := map[string]string{"wc_inv_days": "67.5", "wc_ar_days": "45", "wc_ap_days": "45", "wc_pp_days": "9", "wc_pr_days": "9", "wc_cycle_days": "67.5",
		"wc_turnover_times": "5.333333333333", "wc_margin": "0.1", "wc_need": "18562500", "wc_new_limit": "6562500"}
	for _, term := range w.Terms {
		if v := want[term.Figure.Indicator]; v != "" && term.Figure.Value.String() != v {
			t.Errorf("%s: %s, want %s", term.Figure.Name, term.Figure.Value, v)
		}
		delete(want, term.Figure.Indicator)
	}
	if len(want) > 0 || !w.Enough || w.Gap.IsPositive() {
		t.Errorf("left %v, %+v", want, w)
	}
	if got := s.Arithmetic(*w.Limit); got != "新增流动资金贷款额度 = 营运资金量 18,562,500.00 － 借款人自有资金 5,000,000.00 － 现有流动资金贷款 6,000,000.00 － 其他渠道提供的营运资金 1,000,000.00 = 6,562,500.00" {
		t.Error(got)
	}
}

func TestSensitivityMatrix(t *testing.T) {
	s := annexCompany(year(2025))
	w := s.WorkingCapital(annexParams())
	m := s.Sensitivity(w, DefaultPolicy().Need)
	if len(m.Rows) != 7 {
		t.Fatalf("%d rows", len(m.Rows))
	}
	want := map[string]string{ // limits at the last step, by hand
		"wc_growth":  "8250000", // 1亿×0.9×1.2×67.5/360 － 1200万
		"wc_margin":  "5737500", // 1亿×0.86×1.1×67.5/360 － 1200万
		"wc_ar_days": "9037500", // 1亿×0.9×1.1×76.5/360 － 1200万
		"wc_ap_days": "4087500", // …×58.5
	}
	for _, r := range m.Rows {
		if len(r.Cells) != 4 {
			t.Errorf("%s: %d cells", r.Name, len(r.Cells))
		}
		c := r.Cells[3]
		if v := want[r.Factor]; v != "" && c.Limit.Value.String() != v {
			t.Errorf("%s %s: %s, want %s", r.Name, c.Label, c.Limit.Value, v)
		}
		for _, c := range r.Cells {
			if again, err := s.Recompute(*c.Need); err != nil || !closeTo(again, c.Need.Value, cent) {
				t.Errorf("%s %s: %s by its lineage (%v), want %s", r.Name, c.Label, again, err, c.Need.Value)
			}
			if c.Enough == c.Gap.IsPositive() || !c.Change.Value.Equal(c.Limit.Value.Sub(w.Limit.Value)) {
				t.Errorf("%+v", c)
			}
		}
	}
	st := s.Stress(w, DefaultPolicy().Need)
	if len(st) != 5 || st[0].Enough || st[0].Limit.Value.String() != "4875000" || !st[3].Enough {
		t.Errorf("%+v", st)
	}
	if s.Sensitivity(&WorkCap{}, DefaultPolicy().Need) != nil || s.Stress(nil, DefaultPolicy().Need) != nil {
		t.Error("a stress of nothing")
	}
}

func TestSensitivityOverTheEdge(t *testing.T) {
	s := annexCompany(year(2025))
	w := s.WorkingCapital(annexParams())
	pol := DefaultPolicy().Need
	pol.Margin = []dossier.Decimal{dossier.D("0.95")}
	pol.Days = []dossier.Decimal{dossier.D("-1"), dossier.D("1")}
	for _, r := range s.Sensitivity(w, pol).Rows {
		for _, c := range r.Cells {
			if r.Factor == "wc_margin" || r.Factor == "wc_inv_days" && c.Step.IsNegative() {
				if c.Limit != nil || c.Why == "" {
					t.Errorf("%s %s: %+v", r.Name, c.Label, c)
				}
			}
		}
	}
}

func TestWorkingCapitalOfAPartOfAYear(t *testing.T) {
	half := dossier.Span(dossier.NewDate(2026, 6, 30), 6)
	s := annexCompany(half)
	w := s.WorkingCapital(annexParams())
	// half a year of the example is twice its sales: the days halve, the need stays
	if w.Need == nil || w.Need.Value.String() != "18562500" || !strings.Contains(strings.Join(w.Notes, ""), "年化（×12/6）") {
		t.Errorf("%+v", w)
	}
	for _, term := range w.Terms {
		if term.Figure.Indicator == "wc_inv_days" && term.Figure.Value.String() != "33.75" {
			t.Error(s.Explain(term.Figure))
		}
	}
	if m := s.Sensitivity(w, DefaultPolicy().Need); m.Rows[0].Cells[3].Limit.Value.String() != "8250000" {
		t.Errorf("%+v", m.Rows[0])
	}
}

func TestWorkingCapitalOfAGroup(t *testing.T) {
	y := year(2025)
	s := annexCompany(y)
	for _, f := range annexCompany(y).All() {
		f.Scope, f.Value = dossier.ScopeConsolidated, f.Value.Mul(intD(3))
		s.Add(f)
	}
	w := s.WorkingCapital(annexParams())
	if w.Need.Value.String() != "18562500" || w.Group == nil || w.Group.Need.Value.String() != "55687500" {
		t.Fatalf("%+v", w)
	}
	// 5568.75 － 货币资金 1500 － 短期借款 1800 － 其他 100
	if w.Group.Limit.Value.String() != "21687500" || !strings.Contains(strings.Join(w.Group.Notes, ""), "成员企业") {
		t.Errorf("%+v", w.Group.Limit)
	}
}

func TestWorkingCapitalWithoutSense(t *testing.T) {
	y := year(2025)
	for why, change := range map[string]map[string]string{"没有可用的营业收入": {"revenue": "0"}, "缺营业成本": {"cogs": "0"}, "不低于100%": {"profit_before_tax": "100000000"},
		"不为正": {"accounts_payable": "90000000"}} {
		s := annexCompany(y)
		for id, v := range change {
			p := y
			if StatementOf(id) == BalanceSheet {
				p = Closing(y)
			}
			f := yuan(id, v, p)
			f.Basis = dossier.BasisAudited
			s.Add(f)
		}
		if w := s.WorkingCapital(annexParams()); w.Need != nil || w.Limit != nil || !strings.Contains(w.Why, why) {
			t.Errorf("%s: %+v", why, w)
		}
	}
	s := annexCompany(y)
	g := dossier.D("-1")
	p := annexParams()
	p.Growth = &g
	if w := s.WorkingCapital(p); w.Need != nil || !strings.Contains(w.Why, "收入不再为正") {
		t.Errorf("%+v", w)
	}
}

func TestNeedMethods(t *testing.T) {
	s := annexCompany(year(2025))
	w := s.WorkingCapital(annexParams())
	pol := DefaultPolicy().Need
	receipts := func(busy, quiet string, full int) MonthlyReceipts {
		m := MonthlyReceipts{Months: map[string]dossier.Decimal{}, Full: full}
		total := zero
		for i := range 12 {
			v := dossier.D(quiet)
			if i < 4 {
				v = dossier.D(busy)
			}
			m.Months[dossier.NewDate(2025, i+1, 1).String()[:7]] = v
			total = total.Add(v)
		}
		m.Total = s.add(yuan("flow_customer_receipts", total.String(), year(2025)))
		return m
	}
	by := func(in NeedInputs) map[string]NeedMethod {
		out := map[string]NeedMethod{}
		for _, m := range s.NeedMethods(w, in, pol) {
			if out[m.ID] = m; m.Formula == "" || m.Basis == "" || m.Need == nil && m.Why == "" {
				t.Errorf("%+v", m)
			}
		}
		return out
	}
	m := by(NeedInputs{})
	if m["annex"].Limit.Value.String() != "6562500" || m["seasonal"].Why == "" || !strings.Contains(m["small_micro"].Why, "不是小微") {
		t.Errorf("%+v", m)
	}
	m = by(NeedInputs{Small: true, Receipts: []MonthlyReceipts{receipts("10000000", "1250000", 12)}, Orders: []dossier.Figure{s.add(yuan("contract_amount", "3000000", Closing(year(2025))))}})
	// 80% of the year within four months: 1856.25 万 × 0.8 × 3
	if f := m["seasonal"]; f.Need == nil || f.Need.Value.String() != "44550000" || f.Limit.Value.String() != "32550000" || !strings.Contains(f.Note, "2025-01起连续4个月") {
		t.Errorf("%+v", f)
	}
	// receipts of half the revenue: half the need
	if f := m["small_micro"]; f.Need.Value.String() != "9281250" || f.Limit.Value.String() != "-2718750" {
		t.Errorf("%+v", f)
	}
	if f := m["actual"]; f.Need.Value.String() != "3000000" || f.Limit != nil {
		t.Errorf("%+v", f)
	}
	if f := by(NeedInputs{Receipts: []MonthlyReceipts{receipts("100", "100", 12)}})["seasonal"]; f.Need != nil || !strings.Contains(f.Why, "33.33%") {
		t.Errorf("%+v", f)
	}
	if f := by(NeedInputs{Receipts: []MonthlyReceipts{receipts("100", "1", 7)}})["seasonal"]; f.Need != nil || !strings.Contains(f.Why, "没有连续12个月") {
		t.Errorf("%+v", f)
	}
}
