package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// limit takes own funds, existing loans and other channels off the need.
func (w *wcRun) limit(need dossier.Figure) {
	own, origin := w.ownFunds(w.method())
	of := w.term(own, origin)
	loans, origin := w.loans()
	lf := w.term(loans, origin)
	other := w.term(dossier.Figure{Indicator: indOther, Value: w.p.Other, Unit: dossier.Yuan, Note: noneStated(w.p.Other)},
		"由申请材料或调查人提供，未提供按零")
	w.out.base.own, w.out.base.loans, w.out.base.other = of, lf, other
	v := need.Value.Sub(of.Value).Sub(lf.Value).Sub(other.Value)
	f := dossier.Figure{Indicator: indLimit, Value: v.Round(2), Unit: dossier.Yuan,
		Formula:  indNeed + " - " + indOwn + " - " + indLoans + " - " + indOther,
		Operands: []string{need.ID, of.ID, lf.ID, other.ID}}
	if v.IsNegative() {
		f.Note = "测算结果为负，公式不支持新增流动资金贷款"
		w.out.Notes = append(w.out.Notes, f.Note)
	}
	g := w.term(f, "办法附件公式")
	w.out.Limit = &g
	if w.p.Requested.IsPositive() {
		w.out.Enough = !g.Value.LessThan(w.p.Requested)
		if !w.out.Enough {
			w.out.Gap = w.p.Requested.Sub(g.Value)
		}
	}
	w.alternative(need, lf, other)
}

func noneStated(v dossier.Decimal) string {
	if v.IsZero() {
		return "材料未提及，按零"
	}
	return ""
}

func (w *wcRun) method() OwnFundsMethod {
	switch {
	case w.p.OwnFunds != nil:
		return OwnStated
	case w.p.OwnMethod == OwnNet:
		return OwnNet
	}
	return OwnCash
}

// ownFunds follows the method; see WorkingCapital for the reasons.
func (w *wcRun) ownFunds(m OwnFundsMethod) (dossier.Figure, string) {
	f := dossier.Figure{Indicator: indOwn, Unit: dossier.Yuan, Period: Closing(w.out.Year)}
	switch m {
	case OwnStated:
		f.Value, f.Note = *w.p.OwnFunds, "由申请材料或调查人提供"
		return f, f.Note
	case OwnNet:
		eq, ok := w.read("total_equity", f.Period)
		nca, ok2 := w.read("total_noncurrent_assets", f.Period)
		if !ok || !ok2 {
			f.Note = "缺所有者权益或非流动资产，按零"
			w.out.Notes = append(w.out.Notes, "自有资金"+f.Note)
			return f, f.Note
		}
		f.Value, f.Operands, f.Formula = eq.Value.Sub(nca.Value), []string{eq.ID, nca.ID}, "total_equity - total_noncurrent_assets"
		if ncl, ok := w.read("total_noncurrent_liabilities", f.Period); ok {
			f.Value, f.Operands = f.Value.Add(ncl.Value), []string{eq.ID, ncl.ID, nca.ID}
			f.Formula = "total_equity + total_noncurrent_liabilities - total_noncurrent_assets"
		}
		if f.Value.IsNegative() {
			f.Value, f.Note = zero, "长期资产超过权益和长期负债，没有自有营运资金，按零"
			f.Formula, f.Operands = "", nil
		}
		return f, "所有者权益＋非流动负债－非流动资产"
	}
	cash, ok := w.read("cash", f.Period)
	if !ok {
		f.Note = "缺货币资金，按零"
		return f, f.Note
	}
	f.Value, f.Formula, f.Operands = cash.Value, "cash", []string{cash.ID}
	f.Note = "办法未定义自有资金，默认取上年末货币资金，须由调查人核定"
	origin := "上年末货币资金（默认口径，须由调查人核定）"
	if w.p.Restricted.IsPositive() {
		f.Value = cash.Value.Sub(w.p.Restricted)
		f.Formula = "cash - " + w.p.Restricted.String()
		origin = "上年末货币资金扣除受限资金（默认口径，须由调查人核定）"
		if f.Value.IsNegative() {
			f.Value, f.Formula, f.Operands = zero, "", nil
		}
	}
	w.out.Notes = append(w.out.Notes, f.Note)
	return f, origin
}

// loans are what the credit report says, else 短期借款 of the newest balance sheet; what the new loan replaces is taken off.
func (w *wcRun) loans() (dossier.Figure, string) {
	f := dossier.Figure{Indicator: indLoans, Unit: dossier.Yuan}
	origin := ""
	switch {
	case w.p.Loans != nil:
		f.Value, f.Period, origin = w.p.Loans.Value, w.p.Loans.Period, "企业征信报告未结清流动资金贷款余额"
		if w.p.Loans.ID != "" {
			f.Operands, f.Formula = []string{w.p.Loans.ID}, w.p.Loans.Indicator
		} else {
			f.Source = w.p.Loans.Source
		}
		if f.Source != nil {
			f.Basis = w.p.Loans.Basis
		}
	default:
		at, ok := w.set.LatestBalance(w.p.Entity)
		if w.scope == dossier.ScopeConsolidated && ok && !w.set.has(BalanceSheet, w.p.Entity, w.scope, at) {
			at = Closing(w.out.Year) // a later balance sheet is the single company's
		}
		if !ok {
			break
		}
		f.Period = at
		st, ok := w.read("st_borrowings", at)
		if !ok {
			f.Note = at.Chinese() + "报表未列示短期借款，按零"
			return f, f.Note
		}
		f.Value, f.Formula, f.Operands = st.Value, "st_borrowings", []string{st.ID}
		origin = at.Chinese() + "报表短期借款（未取得征信余额）"
	}
	if w.p.Renewed.IsPositive() {
		f.Value = f.Value.Sub(w.p.Renewed)
		if f.Formula != "" {
			f.Formula += " - " + w.p.Renewed.String()
		}
		f.Note = fmt.Sprintf("已扣除本次拟置换的%s元", Money(w.p.Renewed))
	}
	return f, origin
}

// alternative shows how far the result hangs on the definition of own funds.
func (w *wcRun) alternative(need, loans, other dossier.Figure) {
	m := OwnNet
	switch w.method() {
	case OwnNet:
		m = OwnCash
	}
	n := len(w.out.Notes)
	own, origin := w.ownFunds(m)
	w.out.Notes = w.out.Notes[:n]
	if len(own.Operands) == 0 {
		return
	}
	own.Entity, own.Scope, own.Basis = w.p.Entity, w.scope, dossier.BasisComputed
	own.Indicator = indOwn + "_alt"
	own.Name = "借款人自有资金（" + origin + "）"
	id := w.set.Add(own)
	f := dossier.Figure{Indicator: indLimitAlt, Entity: w.p.Entity, Scope: w.scope, Period: w.out.Year, Unit: dossier.Yuan,
		Basis: dossier.BasisComputed, Value: need.Value.Sub(own.Value).Sub(loans.Value).Sub(other.Value).Round(2),
		Formula:  indNeed + " - " + indOwn + "_alt - " + indLoans + " - " + indOther,
		Operands: []string{need.ID, id, loans.ID, other.ID}, Note: "自有资金口径：" + origin}
	g, _ := w.set.Figure(w.set.Add(f))
	w.out.Alternative = &g
}
