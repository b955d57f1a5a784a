package invoice

import (
	"sort"
	"strings"
)

// bothSides lists parties that the owner buys from and sells to.
func (l *Ledger) bothSides(r *Result, members []*party) {
	for _, p := range members {
		if s, b := p.sides[Sales].net, p.sides[Purchase].net; s > 0 && b > 0 && p.name != "" {
			r.Both = append(r.Both, BothSides{p.name, s, b})
			r.BothSales += s
		}
	}
	sort.SliceStable(r.Both, func(i, j int) bool {
		return min(r.Both[i].Sold, r.Both[i].Bought) > min(r.Both[j].Sold, r.Both[j].Bought)
	})
	if len(r.Both) > 20 {
		r.Both = r.Both[:20]
	}
}

// burst compares the last months before the application with the twelve before them.
func (l *Ledger) burst(r *Result, end Day) {
	if r.Sales == nil || len(r.Sales.Months) == 0 {
		return
	}
	if !l.o.Applied.IsZero() {
		end = DayOf(l.o.Applied)
	}
	if end == 0 {
		return
	}
	stop := monthOf(end + 1) // a month counts when it is over
	n := Month(l.lim.BurstMonths)
	first := r.Sales.Months[0].Month
	if stop-n-6 < first { // less than half a year to compare with
		return
	}
	if last := r.Sales.Months[len(r.Sales.Months)-1].Month; last < stop-n { // the ledger ends earlier
		return
	}
	from := max(stop-n-12, first)
	b := &Burst{Recent: l.between(r, stop-n, stop) / Cents(n), Before: l.between(r, from, stop-n) / Cents(stop-n-from)}
	b.Times = ratio(b.Recent, b.Before)
	if stop-n-12 >= first {
		y := l.between(r, stop-n-12, stop-12) / Cents(n)
		b.YearAgo = &y
	}
	r.Burst = b
}

// between sums the sales of the months from..to, to not counted.
func (l *Ledger) between(r *Result, from, to Month) (sum Cents) {
	for _, m := range r.Sales.Months {
		if m.Month >= from && m.Month < to {
			sum += m.Net
		}
	}
	return sum
}

func (l *Ledger) afterLoan(r *Result) {
	a := l.approved()
	if a == 0 || r.Sales == nil {
		return
	}
	m := monthOf(a)
	x := &AfterLoan{Reversed: r.Sales.Check(checkTable[checkAfterLoan].id).Amount}
	for _, t := range r.Sales.Months {
		if t.Month >= m-Month(l.lim.ReversalMonths) && t.Month < m {
			x.Before += t.Net + t.Tax
		}
	}
	x.Share = ratio(x.Reversed, x.Before)
	r.AfterLoan = x
}

// related finds related parties among the counterparties.
func (l *Ledger) related(r *Result, members []*party) {
	if len(l.o.Related) == 0 {
		return
	}
	names := map[string]bool{}
	for _, n := range l.o.Related {
		if n = strings.ToUpper(tight(n)); n != "" {
			names[n] = true
		}
	}
	for _, p := range members {
		if !names[strings.ToUpper(tight(p.name))] {
			continue
		}
		for _, s := range []*SideResult{r.Sales, r.Purchases} {
			if s != nil && p.sides[s.Side].rows > 0 {
				r.Related = append(r.Related, total(p, s.Side, s.Net))
			}
		}
	}
}
