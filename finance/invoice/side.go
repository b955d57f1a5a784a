package invoice

// sideBook holds one side of one owner's ledger.
type sideBook struct {
	rows, valid, void, red, abnormal int
	net, tax, total                  Cents // of what counts: void left out, red taken off
	blue, redAmount, voidAmount      Cents // without tax, none negative
	first, last                      Day
	base                             Month // of months[0]
	months                           []monthBook
	checks                           [checkCount]Check
	goods                            map[string]*goodsSum
	goodsNamed                       Cents // absolute amount of rows with a category
	gross                            float64
	rated                            int // rows on which the tax could be checked
}

type monthBook struct {
	rows, void, red, late int // late: void and red in the last days of the month
	net, tax, redAmount   Cents
}

// maxGross tells that sums may have left 64 bits; a float is exact enough for that.
const maxGross = 9e18

func (s *sideBook) add(l *Ledger, r *Row, p *party) {
	s.rows++
	side := &p.sides[r.Side]
	side.rows++
	var m *monthBook
	var month Month
	if r.Day != 0 {
		if s.first == 0 || r.Day < s.first {
			s.first = r.Day
		}
		s.last = max(s.last, r.Day)
		month = l.cal.month(r.Day)
		m = s.month(month)
	}
	if r.State == Void {
		s.void++
		side.void++
		s.voidAmount += r.Amount.abs()
		if m != nil {
			m.void++
			m.late += l.late(r.Day, month)
		}
		return
	}
	if !r.HasAmount {
		return
	}
	s.gross += float64(r.Amount.abs()) + float64(r.Total.abs())
	s.net += r.Amount
	s.tax += r.Tax
	s.total += r.value()
	side.net += r.Amount
	if r.Amount < 0 {
		s.red++
		side.red++
		s.redAmount -= r.Amount
		if m != nil {
			m.red++
			m.redAmount -= r.Amount
			m.late += l.late(r.Day, month)
		}
	} else {
		s.valid++
		s.blue += r.Amount
		if side.first == 0 || r.Day != 0 && r.Day < side.first {
			side.first = r.Day
		}
		side.largest = max(side.largest, r.value())
	}
	if m != nil {
		m.rows++
		m.net += r.Amount
		m.tax += r.Tax
		side.month(month).add(r.Amount)
	}
	s.addGoods(l, r)
}

func (l *Ledger) late(d Day, m Month) int {
	if int((m+1).start()-d) <= l.lim.MonthEndDays {
		return 1
	}
	return 0
}

// month returns the slot of a month; the span is bounded by the calendar.
func (s *sideBook) month(m Month) *monthBook {
	switch {
	case len(s.months) == 0:
		s.base, s.months = m, make([]monthBook, 1, 48)
	case m < s.base:
		s.months = append(make([]monthBook, s.base-m, int(s.base-m)+len(s.months)+12), s.months...)
		s.base = m
	}
	for int(m-s.base) >= len(s.months) {
		s.months = append(s.months, monthBook{})
	}
	return &s.months[m-s.base]
}

// month finds a party's month; ledgers run in time, so it is the last or near it.
func (p *partySide) month(m Month) *partyMonth {
	i := len(p.months)
	for i > 0 && p.months[i-1].month > m {
		i--
	}
	if i > 0 && p.months[i-1].month == m {
		return &p.months[i-1]
	}
	p.months = append(p.months, partyMonth{})
	copy(p.months[i+1:], p.months[i:])
	p.months[i] = partyMonth{month: m}
	return &p.months[i]
}

func (p *partyMonth) add(amount Cents) {
	p.rows++
	p.net += amount
}

// checkRow runs the checks that need one row only.
func (l *Ledger) checkRow(s *sideBook, r *Row) {
	switch {
	case r.Day == 0:
		s.hitRow(checkNoDate, r, "")
	case l.asOf != 0 && r.Day > l.asOf:
		s.hitRow(checkFuture, r, "")
	}
	if !r.HasAmount {
		if r.State != Void {
			s.hitRow(checkNoAmount, r, "")
		}
		return
	}
	if r.State == Abnormal {
		s.abnormal++
		s.hitRow(checkAbnormal, r, "")
	}
	if r.Amount > 0 && (r.State == Red || r.SaidNegative) && r.State != Void || r.HasTax && (r.Amount > 0 && r.Tax < 0 || r.Amount < 0 && r.Tax > 0) {
		s.hitRow(checkSign, r, "")
	}
	if r.HasTax && r.HasTotal && (r.Amount+r.Tax-r.Total).abs() > l.lim.SumCents {
		s.hitRow(checkSum, r, r.Amount.String()+"＋"+r.Tax.String()+"≠"+r.Total.String())
	}
	if r.HasTax && r.Day != 0 && r.State != Void {
		s.rated++
		l.checkTax(s, r)
	}
}

// checkTax compares the tax with the rate that the row states, or else with every rate of the day.
func (l *Ledger) checkTax(s *sideBook, r *Row) {
	span := l.rates.at(r.Day)
	if r.HasRate {
		switch {
		case contains(span.legal, r.Rate):
		case contains(span.old, r.Rate):
			s.hitRow(checkRateOld, r, percent(r.Rate))
		default:
			s.hitRow(checkRateIllegal, r, percent(r.Rate))
		}
		if !fits(r.Amount, r.Tax, r.Rate, l.lim.TaxCents) {
			s.hitRow(checkTaxRate, r, r.Amount.String()+"×"+percent(r.Rate)+"≠"+r.Tax.String())
		}
		return
	}
	for _, bp := range span.legal {
		if fits(r.Amount, r.Tax, bp, l.lim.TaxCents) {
			return
		}
	}
	for _, bp := range span.old {
		if fits(r.Amount, r.Tax, bp, l.lim.TaxCents) {
			s.hitRow(checkRateOld, r, percent(bp))
			return
		}
	}
	for _, bp := range span.legal {
		if fits(r.Amount, r.Tax, bp, l.lim.WholeCents) {
			s.hitRow(checkTaxRounding, r, percent(bp))
			return
		}
	}
	if r.Tax.abs()*10000 > r.Amount.abs()*Cents(span.top)+l.lim.WholeCents*10000 {
		s.hitRow(checkTaxHigh, r, "")
	} else {
		s.hitRow(checkTaxMixed, r, "")
	}
}

func contains(list []int32, v int32) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}

// percent prints 1300 ten-thousandths as 13%.
func percent(bp int32) string { return Cents(bp).Decimal().String() + "%" }
