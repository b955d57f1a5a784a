package repay

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// Past is one past month's net operating cash: receipts of trade less operating payments, before any debt.
type Past struct {
	Month dossier.Date // any day of it
	Net   dossier.Decimal
}

// Existing is one debt that is there already: interest month by month, principal on its due day unless Rolled.
type Existing struct {
	Name    string
	Balance dossier.Decimal
	Rate    dossier.Decimal
	Due     dossier.Date // zero: no due day is known, only interest counts
	Rolled  bool         // taken as renewed at its due day: only interest counts
}

// Return is the loan's own money coming back once from the goods that it bought, so many months after the draw.
type Return struct {
	Amount dossier.Decimal
	Months int // from 1; beyond the term it comes in the last month
}

// Month is one month of the forecast.
type Month struct {
	Month    dossier.Date // its last day
	Net      dossier.Decimal
	Return   dossier.Decimal // of the loan's own money
	Existing dossier.Decimal // principal and interest of debts that are there already
}

// Forecast is the cash that a new loan meets.
type Forecast struct {
	Opening dossier.Decimal // cash on the day of the draw; the loan's own money goes into its purpose
	Months  []Month         // from the month after the draw to the month of maturity
	Basis   string          // in Chinese: what the months rest on
}

// NewForecast repeats the borrower's own year: a coming month takes the mean of its calendar month in the past, or
// of all past months where that one was not seen. There is no growth in it.
func NewForecast(past []Past, opening dossier.Decimal, debts []Existing, back Return, draw dossier.Date, months int) (Forecast, error) {
	f := Forecast{Opening: opening}
	if len(past) == 0 {
		return f, fmt.Errorf("没有可用的月度经营现金流，无法拟合还款计划，需提供近12个月银行流水")
	}
	if months < 1 || months > maxMonths || !draw.Valid() {
		return f, fmt.Errorf("缺少有效的放款日期或期限")
	}
	var sums, counts [13]dossier.Decimal
	for _, p := range past {
		m := 0
		if p.Month.Month >= 1 && p.Month.Month <= 12 {
			m = int(p.Month.Month)
		}
		for _, k := range []int{0, m} {
			if k == 0 || m > 0 {
				sums[k], counts[k] = sums[k].Add(p.Net), counts[k].Add(one)
			}
		}
	}
	seen := 0
	for k := 1; k <= months; k++ {
		end := dossier.NewDate(draw.Year, int(draw.Month), 1).AddMonths(k).MonthEnd()
		m := int(end.Month)
		if counts[m].IsZero() {
			m = 0
		}
		f.Months = append(f.Months, Month{Month: end, Net: div(sums[m], counts[m]).Round(2), Existing: service(debts, end)})
	}
	if back.Months > 0 {
		f.Months[min(back.Months, months)-1].Return = back.Amount
	}
	for m := 1; m <= 12; m++ {
		if counts[m].IsPositive() {
			seen++
		}
	}
	f.Basis = fmt.Sprintf("以%d个月流水的经营收付净额为基础，按自然月平均外推，不考虑增长", len(past))
	if seen < 12 {
		f.Basis += fmt.Sprintf("；仅有%d个自然月的数据，其余月份取平均，季节性不完整", seen)
	}
	return f, nil
}

// service is what existing debts take in the month that ends on end.
func service(debts []Existing, end dossier.Date) dossier.Decimal {
	t := zero
	first := dossier.NewDate(end.Year, int(end.Month), 1)
	for _, d := range debts {
		if !d.Due.IsZero() && d.Due.Before(first) && !d.Rolled {
			continue
		}
		t = t.Add(div(d.Balance.Mul(d.Rate), twelve))
		if !d.Due.IsZero() && !d.Rolled && !d.Due.After(end) {
			t = t.Add(d.Balance)
		}
	}
	return t.Round(2)
}
