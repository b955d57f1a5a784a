package finance

import (
	"fmt"
	"sort"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/repay"
)

// operating are the classes of payments that running the business takes; money lent, repaid, moved between own
// accounts or to persons without a reason is left out on both sides.
var operating = map[Class]bool{ClassOut: true, ClassTax: true, "social": true, "rent": true, "utility": true, ClassPayroll: true,
	ClassWithdraw: true, ClassRefund: true}

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
	past := make([]repay.Past, 0, len(months))
	for _, m := range months {
		past = append(past, repay.Past{Month: m.Month, Net: m.Net.Value})
	}
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
	f, err := repay.NewForecast(past, opening, debts, t.Start, t.Months)
	if err != nil {
		st.Plans = &repay.Plans{Terms: t, Forecast: f, Scoring: repay.TheScoring(), Why: err.Error()}
		return
	}
	st.Plans = repay.Offer(t, f, repay.LimitOf(d.Application.Product, d.Application.CustomerType))
	st.Plans.Remarks = append(st.Plans.Remarks, from, f.Basis)
	if due.IsPositive() {
		st.Plans.Remarks = append(st.Plans.Remarks, fmt.Sprintf("期限内到期的现有流动资金贷款%s元按续作、只计利息处理（行内配置），若不能续作须另行落实资金", Money(due)))
	}
	if loan.Assumed {
		st.Plans.Remarks = append(st.Plans.Remarks, "利率为"+loan.Rate.Note)
	}
	st.planFigures(loan, months)
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

// monthNets sums the borrower's own bank accounts by month, the months that the longest account covers in full.
func (st *Study) monthNets() (out []MonthNet) {
	flows := st.ownFlows()
	var main *FlowAnalysis
	for _, a := range flows {
		if main == nil || a.FullMonths > main.FullMonths {
			main = a
		}
	}
	if main == nil {
		return nil
	}
	start, end := main.Flow.Start, main.Flow.End
	if start.MonthEnd().Sub(start) < 24 { // as monthsCovered counts
		start = start.MonthEnd().AddDays(1)
	}
	if end.Day < 25 {
		end = dossier.NewDate(end.Year, int(end.Month), 1).AddDays(-1)
	}
	sums := map[dossier.Date]*MonthNet{}
	for k := 0; k < 120 && start.Year > 1900; k++ { // a month without a row is a month of nothing
		last := dossier.NewDate(start.Year, int(start.Month), 1).AddMonths(k).MonthEnd()
		if last.After(end.MonthEnd()) {
			break
		}
		sums[last] = &MonthNet{Month: last}
	}
	ops := map[dossier.Date][]dossier.Figure{}
	for _, a := range flows {
		a.addNets(sums)
		for _, f := range a.Figures {
			if f.Indicator == "flow_month_in" || f.Indicator == "flow_month_out" {
				ops[f.Period.End] = append(ops[f.Period.End], f)
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
			fmt.Sprintf("经营性收款 %s － 经营性付款 %s（逐笔归类，剔除本户互转、借贷、理财和当日等额进出）", Money(m.In), Money(m.Out)), "", ops[m.Month]...)
	}
	return out
}

// ownFlows are the borrower's bank accounts; without any, its payment platforms.
func (st *Study) ownFlows() []*FlowAnalysis {
	var bank, wallets []*FlowAnalysis
	for _, a := range st.Flows {
		switch {
		case a.Flow.Kind != FlowBank:
			wallets = append(wallets, a)
		case SameName(a.Flow.Owner, st.Set.Entity):
			bank = append(bank, a)
		}
	}
	if len(bank) == 0 {
		return wallets
	}
	return bank
}

// addNets adds a flow's rows to their months.
func (a *FlowAnalysis) addNets(sums map[dossier.Date]*MonthNet) {
	trips := map[int]bool{}
	for _, r := range a.RoundTrips {
		trips[r.In.N], trips[r.Out.N] = true, true
	}
	for i, t := range a.Flow.Rows {
		m := sums[t.Date.MonthEnd()]
		if m == nil || trips[t.N] || i >= len(a.Class) {
			continue
		}
		switch c := a.Class[i]; {
		case t.In.IsPositive() && (c == ClassCustomer || c == ClassSubsidy):
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
	for _, a := range st.ownFlows() {
		rows := a.Flow.Rows
		switch {
		case a.Flow.Closing != nil:
			total, n = total.Add(*a.Flow.Closing), n+1
		case len(rows) > 0 && rows[len(rows)-1].Balance != nil:
			total, n = total.Add(*rows[len(rows)-1].Balance), n+1
		}
		if a.Flow.End.After(day) {
			day = a.Flow.End
		}
	}
	if n > 0 {
		return total, fmt.Sprintf("期初现金取流水账户%s余额合计%s元，不含本次贷款资金（用于约定用途）", day, Money(total))
	}
	if p, ok := st.Set.LatestBalance(""); ok {
		if f, ok := st.Set.Get("cash", p); ok {
			return f.Value, fmt.Sprintf("期初现金取%s货币资金%s元（流水未印余额），其中受限部分未剔除", p.Chinese(), Money(f.Value))
		}
	}
	return zero, "没有账户余额，期初现金按零测算"
}
