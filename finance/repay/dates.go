package repay

import "github.com/xindiao/xindiao/dossier"

// dates are the payment days, the last one maturity; t is checked.
func (t *Terms) dates() []dossier.Date {
	end := t.Start.AddMonths(t.Months)
	if t.Method == Bullet {
		return []dossier.Date{end}
	}
	var out []dossier.Date
	if t.Day == 0 && !t.Calendar {
		for k := t.Every; k < t.Months; k += t.Every {
			out = append(out, t.Start.AddMonths(k))
		}
		return append(out, end)
	}
	first := 0 // months from the draw to the first payment's month
	for ; first <= t.Months; first++ {
		d := t.payday(first)
		whole := t.Calendar || first >= t.Every || first == t.Every-1 && d.After(t.Start)
		if whole && d.After(t.Start) && d.Sub(t.Start) >= t.MinStub && (!t.Calendar || int(d.Month)%t.Every == 0) {
			break
		}
	}
	for k := first; k <= t.Months; k += t.Every {
		if d := t.payday(k); d.Before(end) {
			out = append(out, d)
		}
	}
	return append(out, end)
}

// payday is the payment day in the k-th month after the month of the draw.
func (t *Terms) payday(k int) dossier.Date {
	m := dossier.NewDate(t.Start.Year, int(t.Start.Month), 1).AddMonths(k)
	return onDay(m, t.day())
}

// onDay is day d of m's month, or the month's last.
func onDay(m dossier.Date, d int) dossier.Date {
	if last := m.MonthEnd(); d >= last.Day {
		return last
	}
	m.Day = d
	return m
}

func (t *Terms) day() int {
	if t.Day == 0 {
		return t.Start.Day
	}
	return t.Day
}

// factor is the interest of one 元 from a to b.
func (t *Terms) factor(a, b dossier.Date) dossier.Decimal {
	switch t.Count {
	case Actual360:
		return div(t.Rate.Mul(intD(b.Sub(a))), d360)
	case Actual365:
		return div(t.Rate.Mul(intD(b.Sub(a))), d365)
	case Thirty360:
		n := (b.Year-a.Year)*360 + (int(b.Month)-int(a.Month))*30 + min(b.Day, 30) - min(a.Day, 30)
		return div(t.Rate.Mul(intD(n)), d360)
	}
	months, days := t.span(a, b)
	return div(t.Rate.Mul(intD(months)), twelve).Add(div(t.Rate.Mul(intD(days)), d360))
}

// span counts whole months and the days beyond them from a to b. Two payment days lie whole months apart, also where
// a short month moves one of them: 31 January to 28 February is a month.
func (t *Terms) span(a, b dossier.Date) (months, days int) {
	n := (b.Year-a.Year)*12 + int(b.Month) - int(a.Month)
	for _, d := range []int{t.day(), t.Start.Day} {
		if a == onDay(a, d) && b == onDay(b, d) {
			return n, 0
		}
	}
	if a.AddMonths(n).After(b) {
		n--
	}
	return n, b.Sub(a.AddMonths(n))
}
