package finance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Kinds of issues that flows raise beside those of issue.go.
const (
	KindCirculation = "circulation"     // money that comes back within days, or through several hands
	KindHiddenDebt  = "hidden_debt"     // a lender that no credit report names, or payments like instalments
	KindDressing    = "window_dressing" // balances lifted at the month's end
	KindMissingAcct = "missing_account" // transfers to an own account that is not in the dossier
	KindLoanSplit   = "loan_split"      // loan money parted evenly, or below the limit of entrusted payment
	KindLoanReturn  = "loan_return"     // a payee of the loan pays back
	KindNoInterest  = "no_interest"     // quarters with balances and no interest
	KindSilence     = "account_silence"
	KindFastFlow    = "fast_in_out"
	KindCashShare   = "cash_share"
	KindPersonal    = "personal_share"
	KindRoundSums   = "round_amounts"
	KindOffHours    = "off_hours"
	KindCurrency    = "flow_currency" // a foreign account that was not converted
	KindFlowCut     = "flow_cut"      // more rows than are read
)

func (a *FlowAnalysis) issue(kind string, diff dossier.Decimal, msg, arithmetic string, rows ...Txn) {
	is := Issue{Kind: kind, Entity: a.Flow.Owner, Period: a.period(), Diff: diff, Message: msg, Arithmetic: arithmetic,
		Docs: []string{a.Flow.File}}
	if len(a.Flow.Parts) > 0 {
		is.Docs = a.Flow.Parts
	}
	for i, t := range rows {
		if i < 12 {
			is.Places = append(is.Places, t.At)
		}
	}
	a.Issues = append(a.Issues, is)
}

// period is the span of the flow in whole months.
func (a *FlowAnalysis) period() dossier.Period { return spanOf(a.Flow.Start, a.Flow.End) }

func spanOf(start, end dossier.Date) dossier.Period {
	if end.Day >= 25 {
		end = end.MonthEnd()
	}
	days := end.Sub(start) + 1
	return dossier.Span(end, max((days+15)*12/365, 1))
}

func (a *FlowAnalysis) issues(o FlowOptions) {
	f := a.Flow
	if o.MinMonths > 0 && f.Kind == FlowBank && a.FullMonths < o.MinMonths {
		a.issue(KindMonths, intD(a.FullMonths-o.MinMonths), fmt.Sprintf("《%s》只覆盖%s至%s（%d个月），不足%d个月", f.File, f.Start, f.End,
			a.FullMonths, o.MinMonths), "")
	}
	if f.Cut {
		a.issue(KindFlowCut, zero, strings.Join(f.Notes, "；"), "")
	}
	a.totalsIssues(o)
	a.breakIssues(o.Scan)
	a.tripIssues()
	a.bridgeIssues()
	if len(a.Lent) > 0 {
		by := map[string]*PartyTotal{}
		for i := range a.Lent {
			addParty(by, nameKey(a.Lent[i].Party), &a.Lent[i])
		}
		a.issue(KindThirdParty, a.Classes[ClassLent], fmt.Sprintf("《%s》有%d笔标明借款的对外付款，合计%s元：%s", f.File, len(a.Lent),
			Money(a.Classes[ClassLent]), parties(topParties(by, a.Classes[ClassLent]), 5)), sumOfRows(a.Lent), a.Lent...)
	}
	a.interestIssue()
	a.unpaidInterest()
	a.loanIssues()
	a.dealingsIssues()
	a.debtIssues(o)
	a.dressingIssue()
	a.habitIssues()
	if len(a.TopIn) > 0 && f.Kind == FlowBank && a.TopIn[0].Share.GreaterThan(a.Limits.Concentration.Share) {
		a.issue(KindConcentration, a.TopIn[0].Share, fmt.Sprintf("《%s》第一大回款客户%s占客户回款%s", f.File, a.TopIn[0].Party, percent(a.TopIn[0].Share)), "")
	}
}

// tripIssues tells round trips of one day and those of several days.
func (a *FlowAnalysis) tripIssues() {
	f, l := a.Flow, a.Limits
	if n := len(a.RoundTrips); n >= l.RoundTrip.Pairs || n > 0 && a.RoundTotal.GreaterThan(a.TotalIn.Mul(l.RoundTrip.Share)) {
		var rows []Txn
		var names []string
		for _, r := range a.RoundTrips {
			rows, names = append(rows, r.In, r.Out), addName(names, r.In.Party)
		}
		a.issue(KindRoundTrip, a.RoundTotal, fmt.Sprintf("《%s》与%s有%d对当日等额进出，合计%s元，不能计为经营收入，应予剔除", f.File,
			shortList(names, 5, "等"), n, Money(a.RoundTotal)), fmt.Sprintf("收入合计 %s － 当日等额进出 %s = %s", Money(a.TotalIn), Money(a.RoundTotal),
			Money(a.TotalIn.Sub(a.RoundTotal))), rows...)
	}
	total := zero
	var rows []Txn
	var names []string
	for _, c := range a.Circles {
		total = total.Add(c.First.Amount())
		rows, names = append(rows, c.First, c.Back), addName(names, c.First.Party)
	}
	if len(a.Circles) >= l.Circulation.Times && total.GreaterThan(a.TotalIn.Mul(l.Circulation.Share)) {
		a.issue(KindCirculation, total, fmt.Sprintf("《%s》与%s有%d组%d日内近似等额的往返资金，合计%s元，不宜计为经营收支", f.File, shortList(names, 5, "等"),
			len(a.Circles), l.Circulation.Days, Money(total)), "", rows...)
	}
}

func addName(names []string, n string) []string {
	if n == "" || slices.Contains(names, n) || len(names) > 5 {
		return names
	}
	return append(names, n)
}

// sumOfRows prints the sum of rows, the first few by name.
func sumOfRows(rows []Txn) string {
	const most = 6
	var parts []string
	sum := zero
	for i, t := range rows {
		sum = sum.Add(t.Amount())
		if i < most {
			parts = append(parts, Money(t.Amount()))
		}
	}
	if len(rows) > most {
		parts = append(parts, fmt.Sprintf("…共%d笔", len(rows)))
	}
	return strings.Join(parts, " ＋ ") + " = " + Money(sum)
}

func (a *FlowAnalysis) bridgeIssues() {
	f := a.Flow
	for _, b := range a.Bridges {
		rows := []Txn{b.In, b.Repay}
		mid := ""
		if b.New != nil {
			rows = append(rows, *b.New)
			mid = fmt.Sprintf("，%s新放贷款%s元", b.New.Date, Money(b.New.In))
		}
		rows = append(rows, b.Out)
		a.issue(KindBridge, b.In.In, fmt.Sprintf("《%s》%s%s转入%s元，%s归还贷款%s元%s，%s转回%s %s元，疑似借过桥资金归还贷款（转贷）", f.File, b.In.Date,
			b.In.Party, Money(b.In.In), b.Repay.Date, Money(b.Repay.Out), mid, b.Out.Date, b.Out.Party, Money(b.Out.Out)), fmt.Sprintf("转入 %s － 转回 %s = %s；%s 至 %s 共%d天", Money(b.In.In), Money(b.Out.Out),
			Money(b.In.In.Sub(b.Out.Out)), b.In.Date, b.Out.Date, b.Out.Date.Sub(b.In.Date)), rows...)
	}
}

// totalsIssues compares printed totals and balances with the rows.
func (a *FlowAnalysis) totalsIssues(o FlowOptions) {
	f := a.Flow
	check := func(printed *dossier.Decimal, rows dossier.Decimal, what string) {
		if printed == nil || printed.Equal(rows) {
			return
		}
		a.issue(KindHeaderTotal, printed.Sub(rows), fmt.Sprintf("《%s》抬头%s%s元，明细合计%s元，相差%s元", f.File, what, Money(*printed), Money(rows),
			Money(printed.Sub(rows).Abs())), fmt.Sprintf("%s － %s = %s", Money(*printed), Money(rows), Money(printed.Sub(rows))))
		is := &a.Issues[len(a.Issues)-1]
		is.Expected, is.Actual, is.Places, is.Doubtful = rows, *printed, []dossier.Place{f.HeaderAt}, o.Scan
	}
	check(f.HeaderIn, a.TotalIn, "收入合计")
	check(f.HeaderOut, a.TotalOut, "支出合计")
	if f.Opening != nil && f.Closing != nil {
		want := f.Opening.Add(a.TotalIn).Sub(a.TotalOut)
		if !want.Equal(*f.Closing) {
			check(f.Closing, want, "期末余额与期初加减发生额不符：")
		}
	}
}
