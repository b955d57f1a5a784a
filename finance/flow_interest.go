package finance

import (
	"fmt"
	"slices"

	"github.com/xindiao/xindiao/dossier"
)

// InterestRow is one settlement of deposit interest with the balances behind it.
type InterestRow struct {
	Row      Txn
	Days     int             // covered by the rows
	Balances dossier.Decimal // sum of daily balances over those days (积数)
	Rate     dossier.Decimal // yearly rate that follows, 360 days
	Partial  bool            // the flow starts within the quarter
	Extended dossier.Decimal // of a partial quarter: 积数 with the opening balance held back to the last settlement day
	Settled  dossier.Decimal // 积数 that agrees with the rate of the full quarters; zero when neither does
	Listed   dossier.Decimal // lowest listed rate of the quarter, zero when the configuration has none
	Expected dossier.Decimal // Balances × Listed / 360
}

// Sum is the 积数 that the interest was paid on; ok is false where the statement covers the quarter only in part and the
// interest does not tell the rest.
func (r InterestRow) Sum() (v dossier.Decimal, ok bool) {
	if !r.Settled.IsZero() {
		return r.Settled, true
	}
	return r.Balances, !r.Partial && r.Balances.IsPositive()
}

// interest puts each settlement beside the balances since the one before.
func (a *FlowAnalysis) interest() {
	from := a.Flow.Start
	rows := slices.Clone(a.byClass[ClassInterest])
	for _, t := range rows {
		if !a.settlement(t) {
			continue
		}
		r := InterestRow{Row: t, Partial: t.Date.Sub(from) < 85}
		r.Days, r.Balances = a.balanceDays(from, t.Date)
		if r.Balances.IsPositive() {
			r.Rate = div(t.In.Mul(year360), r.Balances).Round(6)
		}
		a.listed(&r, from)
		if quarter := t.Date.AddMonths(-3); r.Partial && a.Flow.Opening != nil || r.Partial && len(a.closing) > 0 {
			r.Extended = r.Balances
			if d := a.Flow.Start.Sub(quarter); d > 0 && from == a.Flow.Start {
				r.Extended = r.Balances.Add(a.firstBalance().Mul(intD(t.Date.Sub(quarter) - r.Days)))
			}
		}
		a.Interest = append(a.Interest, r)
		from = t.Date
	}
	rate := a.usualRate()
	for i := range a.Interest {
		r := &a.Interest[i]
		switch {
		case !r.Partial:
			r.Settled = r.Balances
		case rate.IsZero():
		case agrees(r.Row.In, r.Balances, rate):
			r.Settled = r.Balances
		case agrees(r.Row.In, r.Extended, rate):
			r.Settled = r.Extended
		}
	}
}

// settlement tells whether a row is a settlement of the account's own deposit: on a settlement day or the day after
// of a settlement month. Interest of a term deposit comes on other days.
func (a *FlowAnalysis) settlement(t Txn) bool {
	l := a.Limits.Interest
	return slices.Contains(l.SettleDays, t.Date.Day) && slices.Contains(l.Months, int(t.Date.Month))
}

func (a *FlowAnalysis) firstBalance() dossier.Decimal {
	if a.Flow.Opening != nil {
		return *a.Flow.Opening
	}
	t := a.Flow.Rows[0]
	if t.Balance == nil {
		return zero
	}
	return t.Balance.Sub(t.Net())
}

// listed puts the lowest listed rate of the quarter and the interest that it gives.
func (a *FlowAnalysis) listed(r *InterestRow, from dossier.Date) {
	one, ok1 := a.Limits.Interest.At(from)
	two, ok2 := a.Limits.Interest.At(r.Row.Date.AddDays(-1))
	if !ok1 || !ok2 {
		return
	}
	r.Listed = two
	if one.LessThan(two) {
		r.Listed = one
	}
	r.Expected = div(r.Balances.Mul(r.Listed), year360).Round(2)
}

// usualRate is the median of the rates of full quarters.
func (a *FlowAnalysis) usualRate() dossier.Decimal {
	var rates []dossier.Decimal
	for _, r := range a.Interest {
		if !r.Partial && r.Rate.IsPositive() {
			rates = append(rates, r.Rate)
		}
	}
	if len(rates) == 0 {
		return zero
	}
	slices.SortFunc(rates, func(a, b dossier.Decimal) int { return a.Cmp(b) })
	return rates[len(rates)/2]
}

// agrees tells whether interest is what balances give at a rate, to the fen.
func agrees(in, balances, rate dossier.Decimal) bool {
	return div(balances.Mul(rate), year360).Sub(in).Abs().LessThanOrEqual(cent)
}

// interestIssue compares the yearly rates that full quarters imply: the bank pays one rate, so balances that do not
// give it were not kept. It then holds each full quarter against the listed rate.
func (a *FlowAnalysis) interestIssue() {
	l := a.Limits.Interest
	var lo, hi *InterestRow
	for i := range a.Interest {
		r := &a.Interest[i]
		if r.Partial || r.Rate.IsZero() || r.Expected.LessThan(l.MinExpected) && r.Row.In.LessThan(l.MinExpected) {
			continue
		}
		if lo == nil || r.Rate.LessThan(lo.Rate) {
			lo = r
		}
		if hi == nil || r.Rate.GreaterThan(hi.Rate) {
			hi = r
		}
	}
	if lo == nil {
		return
	}
	show := func(r *InterestRow) string {
		return fmt.Sprintf("%s × 360 ÷ %s = %s", Money(r.Row.In), Money(r.Balances), rate(r.Rate))
	}
	switch {
	case lo != hi && !hi.Rate.LessThan(lo.Rate.Mul(l.Ratio)) && !steps(l, lo, hi):
		a.issue(KindInterest, hi.Rate.Sub(lo.Rate), fmt.Sprintf("《%s》各季结息与账面余额不匹配：%s结息折合年利率%s，%s结息折合年利率%s", a.Flow.File,
			lo.Row.Date, rate(lo.Rate), hi.Row.Date, rate(hi.Rate)), show(lo)+"；"+show(hi), lo.Row, hi.Row)
	case lo.Listed.IsPositive() && lo.Rate.LessThan(lo.Listed.Mul(l.Low)) && lo.Expected.GreaterThanOrEqual(l.MinExpected):
		a.issue(KindInterest, lo.Row.In.Sub(lo.Expected), fmt.Sprintf("《%s》%s结息%s元，按当季账面积数和活期挂牌利率%s应为%s元左右，折合年利率仅%s，账面余额存疑", a.Flow.File,
			lo.Row.Date, Money(lo.Row.In), rate(lo.Listed), Money(lo.Expected), rate(lo.Rate)), show(lo), lo.Row)
	case hi.Rate.GreaterThan(l.Ceiling) && hi.Row.In.GreaterThanOrEqual(l.MinExpected):
		a.issue(KindInterest, hi.Rate.Sub(l.Ceiling), fmt.Sprintf("《%s》%s结息%s元，折合年利率%s，超过活期及协定存款可能的上限%s，账面余额或结息存疑", a.Flow.File,
			hi.Row.Date, Money(hi.Row.In), rate(hi.Rate), rate(l.Ceiling)), show(hi), hi.Row)
	}
}

// steps tells whether the listed rate itself moved as far as the two quarters do.
func steps(l InterestLimits, lo, hi *InterestRow) bool {
	if !lo.Listed.IsPositive() || !hi.Listed.IsPositive() {
		return false
	}
	return lo.Listed.LessThan(hi.Listed) && hi.Rate.LessThan(lo.Rate.Mul(div(hi.Listed, lo.Listed)).Mul(l.Ratio))
}

// unpaidInterest tells of settlement days that the flow covers without any interest although the balances would have
// earned some: the bank settles every demand deposit.
func (a *FlowAnalysis) unpaidInterest() {
	f, l := a.Flow, a.Limits.Interest
	if f.Kind != FlowBank || len(a.closing) == 0 || len(a.byClass[ClassInterest]) > 0 {
		return
	}
	n, expected := 0, zero
	for d := f.Start.AddMonths(3); !d.After(f.End.AddDays(-2)); d = d.AddDays(1) {
		if d.Day != 21 || !slices.Contains(l.Months, int(d.Month)) {
			continue
		}
		days, sum := a.balanceDays(d.AddMonths(-3), d)
		if rate, ok := l.At(d.AddMonths(-3)); ok && days > 85 {
			n, expected = n+1, expected.Add(div(sum.Mul(rate).Mul(l.Low), year360))
		}
	}
	if n >= 2 && expected.GreaterThan(l.MinExpected) {
		a.issue(KindNoInterest, expected.Round(2), fmt.Sprintf("《%s》覆盖%d个完整结息季度而无一笔存款结息，按账面余额至少应有%s元", f.File, n, Money(expected)), "")
	}
}

func rate(d dossier.Decimal) string { return d.Mul(hundred).StringFixed(3) + "%" }
