package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/repay"
)

// debt computes the service of the next twelve months against the last full year's cash, base and stressed.
func (st *Study) debt(d *dossier.Dossier) {
	ds := &DebtStudy{AsOf: st.drawDay(d.Application)}
	st.Debt = ds
	if ds.AsOf.IsZero() {
		ds.Why = "没有测算日：申请信息、流水和报表均未提供日期"
		return
	}
	ds.Existing, ds.Notes = st.existingDebts(d, ds.AsOf)
	if !d.Application.PostLoan() {
		var why string
		if ds.Loan, why = st.newLoan(d, ds.AsOf); why != "" {
			ds.Notes = append(ds.Notes, why)
		} else if ds.Loan.Assumed {
			ds.Notes = append(ds.Notes, "新增贷款利率"+percent(ds.Loan.Rate.Value)+"为"+ds.Loan.Rate.Note)
		}
	}
	if ds.Loan == nil && len(ds.Existing) == 0 {
		ds.Why = "没有可测算的债务"
		return
	}
	year, ok := st.Set.LatestYear("")
	if !ok {
		ds.Why = "没有完整年度的利润表和现金流量表，无法测算偿债覆盖，需提供上年度财务报表"
		return
	}
	ds.Year = year
	s := repay.TheStress()
	ds.Notes = append(ds.Notes, fmt.Sprintf("现金和利润取%s报表，不含新增贷款带来的增量；压力情形由%s于%s设定，回款下降时采购支出和成本按%s跟随",
		year.Chinese(), s.Owner, s.Date, percent(s.Follow)))
	for i, c := range s.Cases {
		ds.Cases = append(ds.Cases, st.debtCase(ds, c, s, i == 0))
	}
	st.coverIssue(ds, s)
}

// debtCase computes one case. Figures of a stressed case carry its id behind the indicator's.
func (st *Study) debtCase(ds *DebtStudy, c repay.Case, s repay.Stress, base bool) DebtCase {
	id := func(s string) string {
		if base {
			return s
		}
		return s + "_" + c.ID
	}
	name := func(ind string) string {
		if base {
			return NameOf(ind)
		}
		return NameOf(ind) + "（" + c.Name + "）"
	}
	p := dossier.Span(ds.AsOf.AddMonths(12), 12)
	money := func(ind string, v dossier.Decimal, formula string, ops ...dossier.Figure) dossier.Figure {
		return st.put(id(ind), name(ind), p, v, dossier.Yuan, formula, "", ops...)
	}
	bump := c.RateBP.Shift(-4)
	oldP, oldI, oldR, rolledP := zero, zero, zero, zero
	for _, e := range ds.Existing {
		e.next(ds.AsOf, e.Rate.Add(bump))
		oldP, oldI, oldR = oldP.Add(e.Principal), oldI.Add(e.Interest), oldR.Add(e.InterestRoll)
		if e.Working {
			rolledP = rolledP.Add(e.Principal)
		}
	}
	newP, newI, newRolled := zero, zero, zero
	words := "本次没有新增贷款"
	var ops []dossier.Figure
	if ds.Loan != nil {
		t := ds.Loan.Schedule.Terms
		t.Rate = t.Rate.Add(bump)
		if sch, err := repay.New(t); err == nil {
			newP, newI = sch.Between(ds.AsOf, p.End)
		}
		if t.Months <= 12 { // due in one sum within the year: a working loan that is renewed like the others
			newRolled = newP
		}
		words = fmt.Sprintf("按%s、年利率%s逐期计算", ds.Loan.Method, percent(t.Rate))
		ops = []dossier.Figure{ds.Loan.Amount, ds.Loan.Rate}
	}
	count := fmt.Sprintf("征信报告%d笔现有债务逐笔计算", len(ds.Existing))
	a := money("next_principal", oldP, count+"的到期本金")
	b := money("next_interest", oldI, count+"的利息（至到期日）")
	e := money("next_new_principal", newP, words+"的应还本金", ops...)
	f := money("next_new_interest", newI, words+"的应付利息", ops...)
	rb := money("next_interest_rolled", oldR, count+"的利息（流动资金贷款到期续作，按12个月）")
	rp := money("next_rolled", rolledP.Add(newRolled), "到期流动资金贷款本金（视为续作）")
	out := DebtCase{ID: c.ID, Name: c.Name}
	out.Principal = money("next_all_principal", oldP.Add(newP), id("next_principal")+" + "+id("next_new_principal"), a, e)
	out.Interest = money("next_all_interest", oldI.Add(newI), id("next_interest")+" + "+id("next_new_interest"), b, f)
	out.Service = money("next_service", out.Principal.Value.Add(out.Interest.Value), id("next_all_principal")+" + "+id("next_all_interest"), out.Principal, out.Interest)
	out.Rolled = money("next_service_rolled", out.Principal.Value.Sub(rp.Value).Add(rb.Value).Add(f.Value),
		id("next_all_principal")+" - "+id("next_rolled")+" + "+id("next_interest_rolled")+" + "+id("next_new_interest"), out.Principal, rp, rb, f)
	cash, why := st.stressedCash(ds.Year, c, s, id, name)
	out.DSCR = st.over(id("dscr_next"), name("dscr_next"), p, cash, why, out.Service)
	out.DSCRRoll = st.over(id("dscr_next_rolled"), name("dscr_next_rolled"), p, cash, why, out.Rolled)
	earned, why := st.stressedProfit(ds.Year, c, s, id, name)
	out.EBITDA = st.over(id("dscr_next_ebitda"), name("dscr_next_ebitda"), p, earned, why, out.Service)
	out.EBITDARol = st.over(id("dscr_next_ebitda_rolled"), name("dscr_next_ebitda_rolled"), p, earned, why, out.Rolled)
	out.Cover = st.interestCover(ds, c, s, id, name, p, f)
	return out
}

// over divides cash by service.
func (st *Study) over(id, name string, p dossier.Period, cash *dossier.Figure, why string, service dossier.Figure) DebtResult {
	switch {
	case cash == nil:
		return DebtResult{Why: why}
	case !service.Value.IsPositive():
		return DebtResult{Why: "未来12个月没有应还本付息"}
	}
	f := st.put(id, name, p, div(cash.Value, service.Value).Round(4), dossier.Times, cash.Indicator+" / "+service.Indicator, cash.Note, *cash, service)
	return DebtResult{Figure: &f}
}

// coverIssue reports a base case in which neither definition reaches the bank's least, working loans renewed.
func (st *Study) coverIssue(ds *DebtStudy, s repay.Stress) {
	c := ds.Cases[0]
	if c.DSCRRoll.Figure == nil || c.EBITDARol.Figure == nil ||
		!c.DSCRRoll.Figure.Value.LessThan(s.Min) || !c.EBITDARol.Figure.Value.LessThan(s.Min) {
		return
	}
	f, g := *c.DSCRRoll.Figure, *c.EBITDARol.Figure
	st.Issues = append(st.Issues, Issue{Kind: KindDebtCover, Indicator: f.Indicator, Name: f.Name, Entity: st.Set.Entity, Period: f.Period,
		Expected: s.Min, Actual: f.Value, Diff: f.Value.Sub(s.Min), Figures: []dossier.Figure{f, g, c.Rolled}, Docs: docsOf(f, g),
		Arithmetic: st.Set.Explain(f) + "；" + st.Set.Explain(g),
		Message: fmt.Sprintf("即使到期流动资金贷款全部续作，%s的经营现金流和EBITDA口径也只覆盖未来12个月还本付息%s元的%s倍和%s倍，低于%s倍",
			ds.Year.Chinese(), Money(c.Rolled.Value), f.Value.StringFixed(2), g.Value.StringFixed(2), s.Min)})
}
