package finance

import (
	"fmt"
	"sort"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/repay"
)

// operating are the classes of payments that running the business takes. Money lent, repaid or moved to persons
// without a reason is left out on both sides; moves to own accounts that are not in the dossier count, since what is
// paid from there is not seen.
var operating = map[Class]bool{ClassOut: true, ClassTax: true, ClassSocial: true, ClassRent: true, ClassUtility: true, ClassPayroll: true,
	ClassWithdraw: true, ClassRefund: true, ClassOwn: true}

// MonthNet is one month of the borrower's accounts: trade receipts less operating payments.
type MonthNet struct {
	Month dossier.Date // its last day
	In    dossier.Decimal
	Out   dossier.Decimal
	Net   dossier.Figure
}

// plans fits repayment plans to the months that the flows show.
func (st *Study) plans(d *dossier.Dossier) {
	if st.Debt == nil || st.Debt.Loan == nil {
		return
	}
	loan := st.Debt.Loan
	months := st.monthNets()
	st.MonthNets = months
	past, capped := st.past(months)
	var debts []repay.Existing
	due := zero
	end := st.Debt.AsOf.AddMonths(d.Application.TermMonths)
	for _, e := range st.Debt.Existing {
		if e.Replaced {
			continue
		}
		rolled := e.Working && repay.RollWorkingLoans()
		if rolled && !e.Due.IsZero() && !e.Due.After(end) {
			due = due.Add(e.Balance)
		}
		debts = append(debts, repay.Existing{Name: e.Lender, Balance: e.Balance, Rate: e.Rate, Due: e.Due, Rolled: rolled})
	}
	opening, from := st.openingCash()
	t := loan.Schedule.Terms
	t = repay.Terms{Principal: t.Principal, Rate: t.Rate, Start: t.Start, Months: t.Months, Count: t.Count}
	back, how := st.returns(d.Application.Product, t)
	f, err := repay.NewForecast(past, opening, debts, back, t.Start, t.Months)
	if err != nil {
		st.Plans = &repay.Plans{Terms: t, Forecast: f, Scoring: repay.TheScoring(), Why: err.Error()}
		return
	}
	st.Plans = repay.Offer(t, f, repay.LimitOf(d.Application.Product, d.Application.CustomerType))
	st.Plans.Remarks = append(st.Plans.Remarks, from, f.Basis, how)
	if capped != "" {
		st.Plans.Remarks = append(st.Plans.Remarks, capped)
	}
	if due.IsPositive() {
		st.Plans.Remarks = append(st.Plans.Remarks, fmt.Sprintf("期限内到期的现有流动资金贷款%s元按续作、只计利息处理（行内配置），若不能续作须另行落实资金", Money(due)))
	}
	if loan.Assumed {
		st.Plans.Remarks = append(st.Plans.Remarks, "利率为"+loan.Rate.Note)
	}
	st.planFigures(loan, months)
}

// past are the months for the forecast. Where a year of them exceeds what the statements earn, payments probably run
// through accounts that are not in the dossier: all months are scaled down to the statements, the season kept.
func (st *Study) past(months []MonthNet) (out []repay.Past, why string) {
	total := zero
	for _, m := range months {
		total = total.Add(m.Net.Value)
	}
	factor := one
	if earned, ok := st.earnings(); ok && repay.CapAtEarnings() && len(months) > 0 {
		year := div(total.Mul(intD(12)), intD(len(months)))
		if least := decimal.Max(earned.Value, zero); year.GreaterThan(least) {
			factor = div(least, year)
			why = fmt.Sprintf("流水口径的年经营净额%s元高于%s%s的%s元，部分付款可能未走所提供的账户，月度净额按%s折减（孰低，行内配置），须核实付款账户",
				Money(year), earned.Period.Chinese(), earned.Name, Money(earned.Value), percent(factor))
		}
	}
	for _, m := range months {
		out = append(out, repay.Past{Month: m.Month, Net: m.Net.Value.Mul(factor).Round(2)})
	}
	return out, why
}

// earnings is the latest full year's EBITDA, else its EBIT.
func (st *Study) earnings() (dossier.Figure, bool) {
	y, ok := st.Set.LatestYear("")
	if !ok {
		return dossier.Figure{}, false
	}
	for _, id := range []string{"ebitda", "ebit"} {
		if f, ok := st.line(id, y); ok {
			return f, true
		}
	}
	return dossier.Figure{}, false
}

// planFigures keeps what the report says of the first plan.
func (st *Study) planFigures(loan *NewLoan, months []MonthNet) {
	if len(st.Plans.Plans) == 0 {
		return
	}
	best := st.Plans.Plans[0]
	p := dossier.Span(best.Schedule.Terms.Start.AddMonths(best.Schedule.Terms.Months), best.Schedule.Terms.Months)
	ops := []dossier.Figure{loan.Amount, loan.Rate}
	for _, m := range months {
		ops = append(ops, m.Net)
	}
	words := "按“" + best.Name + "”逐月测算的"
	st.put("plan_interest", "", p, best.Schedule.Interest, dossier.Yuan, words+"利息合计", "", loan.Amount, loan.Rate)
	st.put("plan_min_cash", "", p, best.MinCash, dossier.Yuan, words+"累计现金最低值", best.Why, ops...)
	if best.LowDSCR != nil {
		st.put("plan_low_dscr", "", p, *best.LowDSCR, dossier.Times, words+"最低月度偿债覆盖", "", ops...)
	}
}

// monthNets sums the borrower's own accounts by month, the months that the longest account covers in full. Moves
// between the accounts, circles and same-day round trips are left out.
func (st *Study) monthNets() (out []MonthNet) {
	if st.Together == nil {
		return nil
	}
	start, end := st.fullMonths()
	if start.IsZero() {
		return nil
	}
	sums := map[dossier.Date]*MonthNet{}
	for k := range 120 { // a month without a row is a month of nothing
		last := start.AddMonths(k).MonthEnd()
		if last.After(end) {
			break
		}
		sums[last] = &MonthNet{Month: last}
	}
	ops := map[dossier.Date][]dossier.Figure{}
	for n, acc := range st.Together.Accounts {
		if !acc.mine {
			continue
		}
		st.Together.addNets(n, sums)
		for last := range sums {
			for _, id := range []string{"flow_month_in", "flow_month_out"} {
				if f, ok := st.Set.Best(id+acc.analysis.suffix(), acc.Owner, dossier.Span(last, 1)); ok {
					ops[last] = append(ops[last], f)
				}
			}
		}
	}
	for _, m := range sums {
		out = append(out, *m)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Month.Before(out[j].Month) })
	for i := range out {
		m := &out[i]
		m.Net = st.put("flow_month_net", "", dossier.Span(m.Month, 1), m.In.Sub(m.Out), dossier.Yuan,
			fmt.Sprintf("经营性收款 %s － 经营性付款 %s（逐笔归类，剔除账户间互转、借贷、理财和当日等额进出）", Money(m.In), Money(m.Out)), "", ops[m.Month]...)
	}
	return out
}

// fullMonths are the first day of the first and the last day of the last month that the borrower's longest account
// covers, as monthsCovered counts.
func (st *Study) fullMonths() (start, end dossier.Date) {
	for _, acc := range st.Together.Accounts {
		if acc.mine && acc.Start.Valid() && acc.Start.Year > 1900 && (start.IsZero() || acc.End.Sub(acc.Start) > end.Sub(start)) {
			start, end = acc.Start, acc.End
		}
	}
	if start.IsZero() {
		return start, end
	}
	if start.MonthEnd().Sub(start) < 24 {
		start = start.MonthEnd().AddDays(1)
	}
	start.Day = 1
	if end.Day < 25 {
		end = dossier.NewDate(end.Year, int(end.Month), 1).AddDays(-1)
	}
	return start, end.MonthEnd()
}

// addNets adds an account's rows to their months.
func (j *FlowsTogether) addNets(n int, sums map[dossier.Date]*MonthNet) {
	a := j.Accounts[n].analysis
	for i, t := range a.Flow.Rows {
		m := sums[t.Date.MonthEnd()]
		if m == nil || i >= len(a.Class) || a.trip[i] || j.internal[n][i] || j.circular[n][i] {
			continue
		}
		switch c := a.Class[i]; {
		case t.In.IsPositive() && (c == ClassCustomer || c == ClassSubsidy || c == ClassOwn):
			m.In = m.In.Add(t.In)
		case t.Out.IsPositive() && operating[c]:
			m.Out = m.Out.Add(t.Out)
		}
	}
}

// openingCash is the money in the borrower's accounts at the flows' end, else the newest balance sheet's.
func (st *Study) openingCash() (dossier.Decimal, string) {
	total, n := zero, 0
	var day dossier.Date
	if st.Together != nil {
		for _, acc := range st.Together.Accounts {
			f := acc.analysis.Flow
			switch rows := f.Rows; {
			case !acc.mine:
				continue
			case f.Closing != nil:
				total, n = total.Add(*f.Closing), n+1
			case len(rows) > 0 && rows[len(rows)-1].Balance != nil:
				total, n = total.Add(*rows[len(rows)-1].Balance), n+1
			}
			if f.End.After(day) {
				day = f.End
			}
		}
	}
	if n > 0 {
		return total, fmt.Sprintf("期初现金取流水账户%s余额合计%s元", day, Money(total))
	}
	if p, ok := st.Set.LatestBalance(""); ok {
		if f, ok := st.Set.Get("cash", p); ok {
			return f.Value, fmt.Sprintf("期初现金取%s货币资金%s元（流水未印余额），其中受限部分未剔除", p.Chinese(), Money(f.Value))
		}
	}
	return zero, "没有账户余额，期初现金按零测算"
}

// returns is when a working-capital loan's money comes back from the goods that it bought: after the cycle of the
// working-capital estimate, at cost. A loan for anything else, and one without a cycle, brings nothing back.
func (st *Study) returns(product string, loan repay.Terms) (repay.Return, string) {
	limit := repay.LimitOf(product, "")
	if limit == nil || limit.ID != "working_capital" || !repay.CountReturns() || st.WorkCap == nil {
		return repay.Return{}, "贷款资金用于约定用途，不计入现金，也不计其带来的增量回款"
	}
	for _, t := range st.WorkCap.Terms {
		if d := t.Figure.Value; t.Figure.Indicator == indCycle && d.IsPositive() && d.LessThan(dossier.D("720")) {
			months := int(d.Add(intD(29)).IntPart()) / 30
			return repay.Return{Amount: loan.Principal, Months: max(months, 1)}, fmt.Sprintf(
				"贷款资金用于采购，按营运资金周转天数%s天（第%d个月）以成本价回款一次，不计毛利（行内配置）", d.StringFixed(0), max(months, 1))
		}
	}
	return repay.Return{}, "没有可用的营运资金周转天数，未计贷款资金周转后的回款，结果偏审慎"
}
