package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// cycle sums the turnover days; a zero average balance means zero days.
func (w *wcRun) cycle(rev, cogs dossier.Figure) (dossier.Figure, bool) {
	v := zero
	var ops []string
	formula := ""
	for _, d := range []struct {
		id, name string
		base     dossier.Figure
		sign     int
		items    []string
	}{
		{"wc_inv_days", "存货", cogs, 1, []string{"inventories"}},
		{"wc_ar_days", "应收账款", rev, 1, []string{"accounts_receivable"}},
		{"wc_ap_days", "应付账款", cogs, -1, []string{"accounts_payable"}},
		{"wc_pp_days", "预付账款", cogs, 1, []string{"prepayments"}},
		{"wc_pr_days", "预收账款（含合同负债）", rev, -1, []string{"advances_received", "contract_liabilities"}},
	} {
		f, ok := w.days(d.id, d.name, d.base, d.items)
		if !ok {
			return f, false
		}
		op := " + "
		if d.sign < 0 {
			op = " - "
			v = v.Sub(f.Value)
		} else {
			v = v.Add(f.Value)
		}
		if formula == "" {
			formula = d.id
		} else {
			formula += op + d.id
		}
		ops = append(ops, f.ID)
		w.out.base.days = append(w.out.base.days, needDays{f, d.sign})
	}
	c := w.term(dossier.Figure{Indicator: indCycle, Value: v, Unit: dossier.DaysUnit, Formula: formula, Operands: ops},
		"存货＋应收账款－应付账款＋预付账款－预收账款周转天数")
	if !v.IsPositive() {
		w.out.Why = fmt.Sprintf("各项周转天数合计为%s天，不为正：上下游资金已覆盖经营周转，公式不支持新增流动资金贷款，应按实际交易需求（订单、小微企业）或连续生产时段（季节性企业）另行测算", v.StringFixed(2))
		return c, false
	}
	return c, true
}

// days of one item, to two decimals as they are shown, so that the table can be added up by hand.
func (w *wcRun) days(id, name string, base dossier.Figure, items []string) (dossier.Figure, bool) {
	y := w.out.Year
	if !w.set.has(BalanceSheet, w.p.Entity, w.scope, Closing(y)) {
		w.out.Why = fmt.Sprintf("缺%s资产负债表，无法计算周转天数", Closing(y).Chinese())
		return dossier.Figure{}, false
	}
	opening := w.set.has(BalanceSheet, w.p.Entity, w.scope, Opening(y))
	var ops []string
	open, end := zero, zero
	formula := ""
	for _, it := range items {
		used := false
		if opening {
			if f, ok := w.read(it, Opening(y)); ok {
				open, ops, used = open.Add(f.Value), append(ops, f.ID), true
			}
		}
		if f, ok := w.read(it, Closing(y)); ok {
			end, ops, used = end.Add(f.Value), append(ops, f.ID), true
		}
		if used {
			if formula != "" {
				formula += " + "
			}
			formula += it
		}
	}
	origin := "360 × 平均" + name + " ÷ " + base.Name
	avg := div(open.Add(end), intD(2))
	switch {
	case len(ops) == 0:
		return w.term(dossier.Figure{Indicator: id, Unit: dossier.DaysUnit, Note: "报表未列示" + name + "，按0天"}, "报表未列示"+name), true
	case !opening:
		avg = end
		formula = "360 * (" + formula + ") / " + base.Indicator
		note := "缺年初余额，以年末余额代替平均余额"
		w.out.Notes = append(w.out.Notes, name+note)
		return w.term(dossier.Figure{Indicator: id, Unit: dossier.DaysUnit, Value: div(avg.Mul(year360), base.Value).Round(2),
			Formula: formula, Operands: append(ops, base.ID), Note: note}, origin), true
	}
	return w.term(dossier.Figure{Indicator: id, Unit: dossier.DaysUnit, Value: div(avg.Mul(year360), base.Value).Round(2),
		Formula: "360 * avg(" + formula + ") / " + base.Indicator, Operands: append(ops, base.ID)}, origin), true
}
