package finance

import (
	"fmt"
	"slices"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/repay"
)

// line is the borrower's figure over the year within the scope that its statements have.
func (st *Study) line(id string, p dossier.Period) (dossier.Figure, bool) {
	if r, ok := LookupRatio(id); ok {
		f, undef := st.Set.Compute(r.ID, "", p)
		return f, undef == nil
	}
	ev := evaluation{set: st.Set, entity: st.Set.Entity, scope: st.Set.scopeOf(st.Set.Entity, p)}
	return ev.best(id, p)
}

// stressedCash is cfo less maintenance capex, less what a fall of receipts takes away net of the payments for goods
// that follow it.
func (st *Study) stressedCash(y dossier.Period, c repay.Case, s repay.Stress, id, name func(string) string) (*dossier.Figure, string) {
	cfo, ok := st.line("cfo", y)
	if !ok {
		return nil, fmt.Sprintf("缺%s经营活动现金流量净额", y.Chinese())
	}
	v, formula, note := cfo.Value, "cfo", ""
	ops := []dossier.Figure{cfo}
	if m, ok := st.line("maintenance_capex", y); ok {
		v, formula, ops = v.Sub(m.Value), formula+" - maintenance_capex", append(ops, m)
	} else {
		note = "未取得维持性资本开支，未扣除"
	}
	if !c.Receipts.IsZero() {
		loss, words, both, ok := st.lost(y, c, s, "cf_sales", "cf_purchases")
		if !ok {
			return nil, fmt.Sprintf("缺%s销售收现或采购付现，无法测算回款变动", y.Chinese())
		}
		v, formula, ops = v.Sub(loss), formula+" - "+words, append(ops, both...)
	}
	f := st.put(id("cash_for_debt"), name("cash_for_debt"), y, v.Round(2), dossier.Yuan, formula, note, ops...)
	return &f, ""
}

// lost is what the case takes away: the fall of what comes in less the part of what goes out that follows it, with the
// formula and its operands; ok is false where one of the lines is not known.
func (st *Study) lost(y dossier.Period, c repay.Case, s repay.Stress, in, out string) (v dossier.Decimal, formula string, ops []dossier.Figure, ok bool) {
	a, ok := st.line(in, y)
	b, ok2 := st.line(out, y)
	fall := c.Receipts.Neg()
	return fall.Mul(a.Value.Sub(s.Follow.Mul(b.Value))), fmt.Sprintf("%s * (%s - %s * %s)", fall, in, s.Follow, out), []dossier.Figure{a, b}, ok && ok2
}

// stressedProfit is EBITDA less income tax less the increase of working capital, less the margin that a fall of
// revenue takes away.
func (st *Study) stressedProfit(y dossier.Period, c repay.Case, s repay.Stress, id, name func(string) string) (*dossier.Figure, string) {
	ebitda, ok := st.line("ebitda", y)
	if !ok {
		return nil, fmt.Sprintf("%s报表不足以计算EBITDA（需利润总额、利息费用和现金流量表补充资料的折旧摊销）", y.Chinese())
	}
	v, formula, note := ebitda.Value, "ebitda", ebitda.Note
	ops := []dossier.Figure{ebitda}
	if tax, ok := st.line("income_tax", y); ok {
		v, formula, ops = v.Sub(tax.Value), formula+" - income_tax", append(ops, tax)
	}
	if wc, ok := st.line("wc_increase", y); ok {
		v, formula, ops = v.Sub(wc.Value), formula+" - wc_increase", append(ops, wc)
	} else {
		note = joinNotes(nonEmpty(note, "缺期初数，未扣除营运资金变动"))
	}
	if !c.Receipts.IsZero() {
		loss, words, both, ok := st.lost(y, c, s, "revenue", "cogs")
		if !ok {
			return nil, fmt.Sprintf("缺%s营业收入或营业成本，无法测算收入变动", y.Chinese())
		}
		v, formula, ops = v.Sub(loss), formula+" - "+words, append(ops, both...)
	}
	f := st.put(id("profit_for_debt"), name("profit_for_debt"), y, v.Round(2), dossier.Yuan, formula, note, ops...)
	return &f, ""
}

// interestCover is EBIT over the interest expense of the year and the new loan's interest, at the case's rates.
func (st *Study) interestCover(ds *DebtStudy, c repay.Case, s repay.Stress, id, name func(string) string, p dossier.Period, fresh dossier.Figure) DebtResult {
	y := ds.Year
	ebit, ok := st.line("ebit", y)
	if !ok {
		return DebtResult{Why: fmt.Sprintf("%s报表不足以计算息税前利润", y.Chinese())}
	}
	v, formula, ops := ebit.Value, "ebit", []dossier.Figure{ebit}
	if !c.Receipts.IsZero() {
		rev, ok := st.line("revenue", y)
		cost, ok2 := st.line("cogs", y)
		if !ok || !ok2 {
			return DebtResult{Why: fmt.Sprintf("缺%s营业收入或营业成本", y.Chinese())}
		}
		fall := c.Receipts.Neg()
		v = v.Sub(fall.Mul(rev.Value.Sub(s.Follow.Mul(cost.Value))))
		formula += fmt.Sprintf(" - %s * (revenue - %s * cogs)", fall, s.Follow)
		ops = append(ops, rev, cost)
	}
	paid, ok := st.line("interest_expense", y)
	old := "interest_expense"
	if !ok {
		old = id("next_interest_rolled")
		if paid, ok = st.Set.Get(old, p); !ok {
			return DebtResult{Why: "缺利息费用"}
		}
	}
	total := paid.Value.Add(fresh.Value)
	den := old + " + " + fresh.Indicator
	ops = append(ops, paid, fresh)
	if c.RateBP.IsPositive() && old == "interest_expense" {
		if debt, ok := st.line("debt", Closing(y)); ok {
			up := c.RateBP.Shift(-4)
			total = total.Add(debt.Value.Mul(up))
			den += fmt.Sprintf(" + %s * debt", up)
			ops = append(ops, debt)
		}
	}
	if !total.IsPositive() {
		return DebtResult{Why: "没有利息支出"}
	}
	f := st.put(id("cover_next"), name("cover_next"), p, div(v, total).Round(4), dossier.Times, "("+formula+") / ("+den+")", "", ops...)
	return DebtResult{Figure: &f}
}

func nonEmpty(ss ...string) []string {
	return slices.DeleteFunc(ss, func(s string) bool { return s == "" })
}
