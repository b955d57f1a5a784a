package invoice

import (
	"fmt"
	"slices"

	"github.com/xindiao/xindiao/dossier"
)

type rateFile struct {
	Rates []struct {
		Rate dossier.Decimal `yaml:"rate"`
		From dossier.Date    `yaml:"from"`
		To   dossier.Date    `yaml:"to"` // last day; none: still in force
		What string          `yaml:"what"`
	} `yaml:"rates"`
	Examples []rateExample `yaml:"examples"`
}

type rateExample struct {
	Date  dossier.Date      `yaml:"date"`
	Legal []dossier.Decimal `yaml:"legal"`
	Old   []dossier.Decimal `yaml:"old"`
	Not   []dossier.Decimal `yaml:"not"`
}

// rateSpan lists the rates of a stretch of days in which nothing changes, in ten-thousandths.
type rateSpan struct {
	from  Day
	legal []int32 // in force, the most usual first
	old   []int32 // were in force before
	top   int32   // the highest rate that may stand on an invoice of the time
}

type rateBook struct {
	spans    []rateSpan
	examples []rateExample
}

func basisPoints(d dossier.Decimal) int32 { return int32(d.Shift(4).IntPart()) }

func newRateBook(f rateFile) (rateBook, error) {
	b := rateBook{examples: f.Examples}
	cuts := map[Day]bool{}
	for _, r := range f.Rates {
		if r.From.IsZero() || r.Rate.IsNegative() || !r.Rate.Shift(4).IsInteger() || r.Rate.GreaterThan(dossier.D("0.5")) || r.What == "" {
			return b, fmt.Errorf("finance/invoice/data/rates.yaml: 税率 %s 缺起始日、说明，或不是万分之一的整数倍", r.Rate)
		}
		cuts[DayOf(r.From)] = true
		if !r.To.IsZero() {
			cuts[DayOf(r.To)+1] = true
		}
	}
	days := make([]Day, 0, len(cuts))
	for d := range cuts {
		days = append(days, d)
	}
	slices.Sort(days)
	for _, d := range days {
		s := rateSpan{from: d}
		for _, r := range f.Rates {
			bp := basisPoints(r.Rate)
			switch {
			case DayOf(r.From) > d:
				continue
			case !r.To.IsZero() && DayOf(r.To) < d:
				s.old = append(s.old, bp)
			case !slices.Contains(s.legal, bp):
				s.legal = append(s.legal, bp)
			}
			s.top = max(s.top, bp)
		}
		slices.SortFunc(s.legal, func(a, b int32) int { return int(b - a) })
		b.spans = append(b.spans, s)
	}
	if len(b.spans) == 0 {
		return b, fmt.Errorf("finance/invoice/data/rates.yaml: 没有税率")
	}
	return b, nil
}

// at returns the rates of a day.
func (b *rateBook) at(d Day) *rateSpan {
	i := len(b.spans) - 1
	for i > 0 && b.spans[i].from > d {
		i--
	}
	return &b.spans[i]
}

// fits tells whether tax is amount at rate bp within tol cents.
func fits(amount, tax Cents, bp int32, tol Cents) bool {
	return (amount*Cents(bp) - tax*10000).abs() <= tol*10000
}

func (b *rateBook) runExamples() (errs []error) {
	for _, e := range b.examples {
		s := b.at(DayOf(e.Date))
		for _, r := range e.Legal {
			if !slices.Contains(s.legal, basisPoints(r)) {
				errs = append(errs, fmt.Errorf("finance/invoice/data/rates.yaml: %s 应有税率 %s", e.Date, r))
			}
		}
		for _, r := range e.Old {
			if !slices.Contains(s.old, basisPoints(r)) {
				errs = append(errs, fmt.Errorf("finance/invoice/data/rates.yaml: %s 之前应有税率 %s", e.Date, r))
			}
		}
		for _, r := range e.Not {
			if slices.Contains(s.legal, basisPoints(r)) {
				errs = append(errs, fmt.Errorf("finance/invoice/data/rates.yaml: %s 不应有税率 %s", e.Date, r))
			}
		}
	}
	return errs
}
