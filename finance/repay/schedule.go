package repay

import (
	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

// Row is one payment.
type Row struct {
	N         int // from 1
	Date      dossier.Date
	Days      int // since the payment before, or since the draw
	Opening   dossier.Decimal
	Principal dossier.Decimal
	Interest  dossier.Decimal
	Payment   dossier.Decimal // Principal + Interest
	Closing   dossier.Decimal
}

// Schedule is what the terms make the borrower pay. Each payment is rounded to the cent; the last one takes what
// rounding left over, so principal sums exactly to the loan and the last closing balance is zero.
type Schedule struct {
	Terms      Terms // with the defaults filled in
	Rows       []Row
	Interest   dossier.Decimal // of the whole term
	Instalment dossier.Decimal // 等额本息: the equal payment; zero otherwise
}

// New computes the schedule. The equal payment of 等额本息 is the principal over the sum of discount factors, which
// with equal periods is the textbook P·r·(1+r)^n ÷ ((1+r)^n − 1), and with a broken first or last period or a balloon
// keeps the payments equal all the same.
func New(t Terms) (*Schedule, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	s := &Schedule{Terms: t}
	s.frame()
	factors := make([]dossier.Decimal, len(s.Rows))
	from := t.Start
	for i := range s.Rows {
		factors[i] = s.Terms.factor(from, s.Rows[i].Date)
		from = s.Rows[i].Date
	}
	principal := s.principal(factors)
	left := t.Principal
	for i := range s.Rows {
		r := &s.Rows[i]
		r.Opening = left
		r.Interest = left.Mul(factors[i]).Round(2)
		r.Principal = clamp(principal(i, r.Interest), zero, left)
		if i == len(s.Rows)-1 {
			r.Principal = left
		}
		left = left.Sub(r.Principal)
		r.Closing = left
		r.Payment = r.Principal.Add(r.Interest)
		s.Interest = s.Interest.Add(r.Interest)
	}
	return s, nil
}

// frame lays out the dates.
func (s *Schedule) frame() {
	from := s.Terms.Start
	for i, d := range s.Terms.dates() {
		s.Rows = append(s.Rows, Row{N: i + 1, Date: d, Days: d.Sub(from)})
		from = d
	}
}

// due tells which rows repay principal: after the grace, every Repay months, and always the last.
func (s *Schedule) due() []int {
	free := s.Terms.Start.AddMonths(s.Terms.Grace)
	step := s.Terms.Repay / s.Terms.Every
	var out []int
	for i, r := range s.Rows {
		switch {
		case i == len(s.Rows)-1:
		case s.Terms.Grace > 0 && !r.Date.After(free), s.Terms.Calendar && int(r.Date.Month)%s.Terms.Repay != 0,
			!s.Terms.Calendar && (i+1)%step != 0:
			continue
		}
		out = append(out, i)
	}
	return out
}

// principal returns what row i repays, given its interest, before the last row takes the rest.
func (s *Schedule) principal(factors []dossier.Decimal) func(i int, interest dossier.Decimal) dossier.Decimal {
	t, due := s.Terms, s.due()
	at := map[int]int{}
	for k, i := range due {
		at[i] = k
	}
	free := t.Principal.Sub(t.Balloon)
	switch t.Method {
	case EqualPayment:
		s.Instalment = instalment(t.Principal, t.Balloon, factors[due[0]:])
		left := free
		return func(i int, interest dossier.Decimal) dossier.Decimal {
			if i < due[0] {
				return zero
			}
			p := clamp(s.Instalment.Sub(interest), zero, left)
			left = left.Sub(p)
			return p
		}
	case EqualPrincipal:
		part := div(free, intD(len(due))).RoundDown(2)
		return func(i int, _ dossier.Decimal) dossier.Decimal {
			if _, ok := at[i]; ok {
				return part
			}
			return zero
		}
	case Planned:
		total := zero
		for k := range due {
			total = total.Add(weight(t.Weights, k))
		}
		return func(i int, _ dossier.Decimal) dossier.Decimal {
			k, ok := at[i]
			if !ok || !total.IsPositive() {
				return zero
			}
			return div(free.Mul(weight(t.Weights, k)), total).RoundDown(2)
		}
	}
	return func(int, dossier.Decimal) dossier.Decimal { return zero }
}

func weight(ws []dossier.Decimal, k int) dossier.Decimal {
	if k < len(ws) {
		return ws[k]
	}
	return zero
}

// instalment is the equal payment over periods with these interest factors that leaves balloon at the end.
func instalment(p, balloon dossier.Decimal, factors []dossier.Decimal) dossier.Decimal {
	df, sum := one, zero
	for _, f := range factors {
		df = div(df, one.Add(f))
		sum = sum.Add(df)
	}
	return decimal.Max(zero, div(p.Sub(balloon.Mul(df)), sum)).Round(2)
}

// Between sums what falls due after from, up to and including to.
func (s *Schedule) Between(from, to dossier.Date) (principal, interest dossier.Decimal) {
	for _, r := range s.Rows {
		if r.Date.After(from) && !r.Date.After(to) {
			principal, interest = principal.Add(r.Principal), interest.Add(r.Interest)
		}
	}
	return principal, interest
}

// Balance is the principal outstanding at the end of the day.
func (s *Schedule) Balance(at dossier.Date) dossier.Decimal {
	left := s.Terms.Principal
	for _, r := range s.Rows {
		if !r.Date.After(at) {
			left = r.Closing
		}
	}
	return left
}
