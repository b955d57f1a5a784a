package finance

import (
	"fmt"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// Silence is a span of days without any row but deposit interest.
type Silence struct {
	From, To dossier.Date // the days on which rows stand again
	Days     int
}

// FastMoney is money that came in large and left at once, the account standing nearly empty after it.
type FastMoney struct {
	Days  []dossier.Date
	In    dossier.Decimal
	Share dossier.Decimal // of all money in
}

// FlowHabits are shares that describe how an account is used; a share is of the amounts named, 0 to 1.
type FlowHabits struct {
	CashIn, CashOut     dossier.Decimal // 元
	CashShare           dossier.Decimal // of all in and out
	PersonIn, PersonOut dossier.Decimal // 元, with persons, wages left out
	PersonShare         dossier.Decimal // of money in, round trips left out
	Weekend             dossier.Decimal // of receipts, by amount
	Night               dossier.Decimal // of receipts that print a time, by amount
	Timed               int             // receipts that print a time
	Payers              int             // counterparties that pay for trade
	Round               []Txn           // large receipts in round sums
	RoundTotal          dossier.Decimal
	RoundShare          dossier.Decimal // of receipts
}

// silences lists spans without rows that are longer than the threshold.
func (a *FlowAnalysis) silences() {
	f := a.Flow
	last := f.Start
	see := func(d dossier.Date) {
		if n := d.Sub(last) - 1; n > a.Limits.Silence.Days && len(a.Silences) < 100 {
			a.Silences = append(a.Silences, Silence{last, d, n})
		}
		last = d
	}
	for _, i := range a.order {
		if a.Class[i] != ClassInterest {
			see(f.Rows[i].Date)
		}
	}
	see(f.End)
}

// fastMoney adds up days whose large receipts had left by the next day.
func (a *FlowAnalysis) fastMoney() {
	l := a.Limits.Fast
	if len(a.closing) == 0 {
		return
	}
	sums := map[dossier.Date]dossier.Decimal{}
	for _, i := range a.order {
		if t := &a.Flow.Rows[i]; t.In.GreaterThanOrEqual(l.MinAmount) {
			sums[t.Date] = sums[t.Date].Add(t.In)
		}
	}
	for _, c := range a.closing {
		in := sums[c.day]
		if !in.IsPositive() || !c.day.Before(a.Flow.End) {
			continue
		}
		if after, ok := a.balanceAt(c.day.AddDays(1)); ok && !after.GreaterThan(in.Mul(l.Keep)) {
			a.Fast.Days, a.Fast.In = append(a.Fast.Days, c.day), a.Fast.In.Add(in)
		}
	}
	if a.TotalIn.IsPositive() {
		a.Fast.Share = div(a.Fast.In, a.TotalIn).Round(4)
	}
}

// habits measures cash, persons, hours, weekends and round sums.
func (a *FlowAnalysis) habits() {
	h, l := &a.Habits, a.Limits
	weekend, night, timed := zero, zero, zero
	unit := centsAt(l.RoundAmount.Unit)
	payers := map[string]bool{}
	for _, i := range a.order {
		t := &a.Flow.Rows[i]
		if a.trip[i] {
			continue
		}
		if says("cash", t.Summary) && !says("dealings", t.Summary) {
			h.CashIn, h.CashOut = h.CashIn.Add(t.In), h.CashOut.Add(t.Out)
		}
		if a.person[i] && a.Class[i] != ClassPayroll {
			h.PersonIn, h.PersonOut = h.PersonIn.Add(t.In), h.PersonOut.Add(t.Out)
		}
		if a.Class[i] != ClassCustomer {
			continue
		}
		payers[a.key[i]] = true
		if t.In.GreaterThanOrEqual(l.RoundAmount.MinAmount) && unit > 0 && a.cents[i]%unit == 0 {
			h.Round, h.RoundTotal = append(h.Round, *t), h.RoundTotal.Add(t.In)
		}
		if w := weekday(t.Date); w == time.Saturday || w == time.Sunday {
			weekend = weekend.Add(t.In)
		}
		if hour := digits(firstN(t.Time, 2)); len(t.Time) >= 5 && hour >= 0 {
			h.Timed, timed = h.Timed+1, timed.Add(t.In)
			if hour >= l.OffHours.From && hour < l.OffHours.To {
				night = night.Add(t.In)
			}
		}
	}
	h.Payers = len(payers)
	share := func(part, of dossier.Decimal) dossier.Decimal {
		if !of.IsPositive() {
			return zero
		}
		return div(part, of).Round(4)
	}
	h.CashShare = share(h.CashIn.Add(h.CashOut), a.TotalIn.Add(a.TotalOut))
	h.PersonShare = share(h.PersonIn, a.TotalIn.Sub(a.RoundTotal))
	h.Weekend, h.Night, h.RoundShare = share(weekend, a.Receipts), share(night, timed), share(h.RoundTotal, a.Receipts)
}

func firstN(s string, n int) string {
	if len(s) < n {
		return s
	}
	return s[:n]
}

func weekday(d dossier.Date) time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

// habitIssues tells habits beyond their thresholds.
func (a *FlowAnalysis) habitIssues() {
	f, h, l := a.Flow, a.Habits, a.Limits
	if f.Kind == FlowBank {
		for _, s := range a.Silences {
			a.issue(KindSilence, intD(s.Days), fmt.Sprintf("《%s》%s至%s之间连续%d天无交易（结息除外）", f.File, s.From, s.To, s.Days), "")
		}
		if n := len(a.Fast.Days); n >= l.Fast.Times && a.Fast.Share.GreaterThan(l.Fast.Share) {
			a.issue(KindFastFlow, a.Fast.Share, fmt.Sprintf("《%s》%d天大额资金次日前即转出、账户所剩不足一成，合计%s元，占全部收入%s，快进快出", f.File, n, Money(a.Fast.In),
				percent(a.Fast.Share)), fmt.Sprintf("%s ÷ %s = %s", Money(a.Fast.In), Money(a.TotalIn), percent(a.Fast.Share)))
		}
		if h.CashShare.GreaterThan(l.Cash.Share) {
			a.issue(KindCashShare, h.CashShare, fmt.Sprintf("《%s》现金存取占收付总额%s（存入%s元，支取%s元）", f.File, percent(h.CashShare), Money(h.CashIn), Money(h.CashOut)), "")
		}
		if f.DocType != "bank_statement_personal" && h.PersonShare.GreaterThan(l.Personal.Share) {
			a.issue(KindPersonal, h.PersonShare, fmt.Sprintf("《%s》个人账户转入%s元，占收入%s，公私往来频繁，须与个人流水合并核查", f.File, Money(h.PersonIn),
				percent(h.PersonShare)), "")
		}
		if len(h.Round) >= l.RoundAmount.Rows && h.RoundShare.GreaterThan(l.RoundAmount.Share) {
			a.issue(KindRoundSums, h.RoundTotal, fmt.Sprintf("《%s》客户回款中有%d笔为%s元以上的整数，合计%s元，占客户回款%s", f.File, len(h.Round),
				Money(l.RoundAmount.MinAmount), Money(h.RoundTotal), percent(h.RoundShare)), "", h.Round...)
		}
		return
	}
	if h.Timed >= l.OffHours.Rows && h.Night.GreaterThan(l.OffHours.Share) {
		a.issue(KindOffHours, h.Night, fmt.Sprintf("《%s》经营收款中%s发生在%d时至%d时，与营业时间不符", f.File, percent(h.Night), l.OffHours.From, l.OffHours.To), "")
	}
}
