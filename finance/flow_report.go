package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

func containsFold(s, sub string) bool { return strings.Contains(squeeze(s), sub) }

func (a *FlowAnalysis) issue(kind string, diff dossier.Decimal, msg, arithmetic string, rows ...Txn) {
	is := Issue{Kind: kind, Entity: a.Flow.Owner, Period: a.period(), Diff: diff, Message: msg, Arithmetic: arithmetic,
		Docs: []string{a.Flow.File}}
	for i, t := range rows {
		if i < 12 {
			is.Places = append(is.Places, t.At)
		}
	}
	a.Issues = append(a.Issues, is)
}

// period is the span of the flow in whole months.
func (a *FlowAnalysis) period() dossier.Period {
	end := a.Flow.End
	if end.Day >= 25 {
		end = end.MonthEnd()
	}
	days := end.Sub(a.Flow.Start) + 1
	return dossier.Span(end, max((days+15)*12/365, 1))
}

func (a *FlowAnalysis) issues(o FlowOptions) {
	f := a.Flow
	if o.MinMonths > 0 && f.Kind == FlowBank && a.FullMonths < o.MinMonths {
		a.issue(KindMonths, intD(a.FullMonths-o.MinMonths), fmt.Sprintf("《%s》只覆盖%s至%s（%d个月），不足%d个月", f.File, f.Start, f.End,
			a.FullMonths, o.MinMonths), "")
	}
	a.totalsIssues()
	for _, b := range a.Breaks {
		a.issue(KindRunning, b.Row.Balance.Sub(b.Expected), fmt.Sprintf("《%s》第%d笔（%s %s）余额不连续：应为%s元，列示%s元", f.File, b.Row.N,
			b.Row.Date, b.Row.Party, Money(b.Expected), Money(*b.Row.Balance)), "", b.Row)
		if len(a.Issues) > 50 {
			break
		}
	}
	if n := len(a.RoundTrips); n >= 3 || n > 0 && a.RoundTotal.Mul(intD(20)).GreaterThan(a.TotalIn) {
		var rows []Txn
		who := map[string]bool{}
		var names []string
		for _, r := range a.RoundTrips {
			rows = append(rows, r.In, r.Out)
			if !who[r.In.Party] && len(names) < 5 {
				who[r.In.Party] = true
				names = append(names, r.In.Party)
			}
		}
		a.issue(KindRoundTrip, a.RoundTotal, fmt.Sprintf("《%s》与%s有%d对当日等额进出，合计%s元，不能计为经营收入，应予剔除", f.File,
			strings.Join(names, "、"), n, Money(a.RoundTotal)), fmt.Sprintf("收入合计 %s － 当日等额进出 %s = %s", Money(a.TotalIn), Money(a.RoundTotal),
			Money(a.TotalIn.Sub(a.RoundTotal))), rows...)
	}
	for _, b := range a.Bridges {
		rows := []Txn{b.In, b.Repay}
		mid := ""
		if b.New != nil {
			rows = append(rows, *b.New)
			mid = fmt.Sprintf("，%s新放贷款%s元", b.New.Date, Money(b.New.In))
		}
		rows = append(rows, b.Out)
		a.issue(KindBridge, b.In.In, fmt.Sprintf("《%s》%s%s转入%s元，%s归还贷款%s元%s，%s转回%s %s元，疑似借过桥资金归还贷款（转贷）", f.File, b.In.Date,
			b.In.Party, Money(b.In.In), b.Repay.Date, Money(b.Repay.Out), mid, b.Out.Date, b.Out.Party, Money(b.Out.Out)), "", rows...)
	}
	if len(a.Lent) > 0 {
		by := map[string]*PartyTotal{}
		for _, t := range a.Lent {
			addParty(by, t)
		}
		a.issue(KindThirdParty, a.Classes[ClassLent], fmt.Sprintf("《%s》有%d笔标明借款的对外付款，合计%s元：%s", f.File, len(a.Lent),
			Money(a.Classes[ClassLent]), parties(topParties(by, a.Classes[ClassLent]), 5)), "", a.Lent...)
	}
	a.interestIssue()
	a.loanIssues()
	a.dealingsIssues()
	if len(a.TopIn) > 0 && f.Kind == FlowBank && a.TopIn[0].Share.GreaterThan(dossier.D("0.5")) {
		a.issue(KindConcentration, a.TopIn[0].Share, fmt.Sprintf("《%s》第一大回款客户%s占客户回款%s", f.File, a.TopIn[0].Party, percent(a.TopIn[0].Share)), "")
	}
}

// totalsIssues compares printed totals and balances with the rows.
func (a *FlowAnalysis) totalsIssues() {
	f := a.Flow
	check := func(printed *dossier.Decimal, rows dossier.Decimal, what string) {
		if printed == nil || printed.Equal(rows) {
			return
		}
		a.issue(KindHeaderTotal, printed.Sub(rows), fmt.Sprintf("《%s》抬头%s%s元，明细合计%s元，相差%s元", f.File, what, Money(*printed), Money(rows),
			Money(printed.Sub(rows).Abs())), fmt.Sprintf("%s － %s = %s", Money(*printed), Money(rows), Money(printed.Sub(rows))))
		is := &a.Issues[len(a.Issues)-1]
		is.Expected, is.Actual, is.Places = rows, *printed, []dossier.Place{f.HeaderAt}
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

// interestIssue compares the yearly rates that full quarters imply: the bank pays one rate, so balances that do not
// give it were not kept.
func (a *FlowAnalysis) interestIssue() {
	var lo, hi *InterestRow
	for i := range a.Interest {
		r := &a.Interest[i]
		if r.Partial || r.Rate.IsZero() {
			continue
		}
		if lo == nil || r.Rate.LessThan(lo.Rate) {
			lo = r
		}
		if hi == nil || r.Rate.GreaterThan(hi.Rate) {
			hi = r
		}
	}
	if lo == nil || lo == hi || hi.Rate.LessThan(lo.Rate.Mul(dossier.D("2.5"))) {
		return
	}
	a.issue(KindInterest, hi.Rate.Sub(lo.Rate), fmt.Sprintf("《%s》各季结息与账面余额不匹配：%s结息折合年利率%s，%s结息折合年利率%s", a.Flow.File,
		lo.Row.Date, rate(lo.Rate), hi.Row.Date, rate(hi.Rate)), "", lo.Row, hi.Row)
}

func rate(d dossier.Decimal) string { return d.Mul(hundred).StringFixed(3) + "%" }

// loanIssues tells uses of loan money that are not payments for trade.
func (a *FlowAnalysis) loanIssues() {
	for _, l := range a.Loans {
		type use struct {
			party string
			class Class
		}
		var order []use
		by := map[use][]Txn{}
		for i, t := range l.Uses {
			if c := l.Classes[i]; away(c) {
				k := use{t.Party, c}
				if by[k] == nil {
					order = append(order, k)
				}
				by[k] = append(by[k], t)
			}
		}
		for _, k := range order {
			var days []string
			sum := zero
			for _, t := range by[k] {
				days, sum = append(days, t.Date.String()), sum.Add(t.Out)
			}
			if sum.Mul(hundred).LessThan(l.Loan.In) { // below one percent of the loan: wages, expenses
				continue
			}
			who, times := k.party, ""
			if who == "" {
				who = "流水未列户名的账户"
			}
			if len(days) > 1 {
				times = fmt.Sprintf("共%d笔、合计", len(days))
			}
			if len(days) > 6 {
				days = append(days[:6:6], "等日")
			}
			a.issue(KindLoanUse, sum, fmt.Sprintf("《%s》%s贷款%s元发放后，%s有%s%s元流向%s（%s）", a.Flow.File, l.Loan.Date, Money(l.Loan.In),
				strings.Join(days, "、"), times, Money(sum), who, k.class.Chinese()), "", append([]Txn{l.Loan}, by[k]...)...)
		}
	}
}
