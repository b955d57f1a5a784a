package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// feedPeople adds what an insured worker costs a month: money paid to and for staff over heads and months (X8).
func (s *Set) feedPeople() {
	for _, p := range s.Periods("cf_employees", "") {
		if p.Months == 0 {
			continue
		}
		cost, _ := s.Best("cf_employees", "", p)
		heads, ok := s.nearest("insured_headcount", p.End, 400)
		if !ok || !heads.Value.IsPositive() {
			continue
		}
		v := div(cost.Value, heads.Value.Mul(intD(p.Months))).Round(2)
		s.add(dossier.Figure{Indicator: "wage_month", Entity: s.Entity, Period: p, Value: v, Unit: dossier.Yuan, Basis: dossier.BasisComputed,
			Formula: fmt.Sprintf("cf_employees / (insured_headcount * %d)", p.Months), Operands: []string{cost.ID, heads.ID}})
	}
}

// nearest is the borrower's figure whose date lies nearest to day, at most so many days away.
func (s *Set) nearest(indicator string, day dossier.Date, days int) (dossier.Figure, bool) {
	best, found := dossier.Period{}, false
	away := func(p dossier.Period) int { return max(p.End.Sub(day), day.Sub(p.End)) }
	for _, p := range s.Periods(indicator, "") {
		if away(p) <= days && (!found || away(p) < away(best)) {
			best, found = p, true
		}
	}
	if !found {
		return dossier.Figure{}, false
	}
	return s.Best(indicator, "", best)
}

// powerOf adds how the mean monthly consumption and the mean monthly revenue of the newest span moved against the year
// before (X7). Consumption of the year before is that of the months that the bills show, three at least.
func (s *Set) powerOf() {
	now, ok := s.LatestInterim("")
	if !ok {
		return
	}
	last, ok := s.Best("revenue", "", dossier.Span(dossier.NewDate(now.End.Year-1, 12, 31), 12))
	cur, ok2 := s.Best("revenue", "", now)
	if !ok || !ok2 || !last.Value.IsPositive() {
		return
	}
	var a, b []dossier.Figure
	for _, p := range s.Periods("utility_kwh", "") {
		f, _ := s.Best("utility_kwh", "", p)
		switch {
		case p.Months != 1:
		case p.End.Year == now.End.Year && !p.End.After(now.End):
			a = append(a, f)
		case p.End.Year == now.End.Year-1:
			b = append(b, f)
		}
	}
	if len(a) < now.Months || len(b) < 3 {
		return
	}
	mean := func(fs []dossier.Figure) dossier.Decimal {
		t := zero
		for _, f := range fs {
			t = t.Add(f.Value)
		}
		return div(t, intD(len(fs)))
	}
	if !mean(b).IsPositive() {
		return
	}
	power := dossier.Figure{Indicator: "power_monthly_change", Entity: s.Entity, Period: now, Value: div(mean(a), mean(b)).Sub(intD(1)).Round(4),
		Unit: dossier.Ratio, Basis: dossier.BasisComputed, Formula: fmt.Sprintf("%s月均%skWh对%d年%d个月月均%skWh", now.Chinese(), Format(mean(a).Round(0), 0),
			now.End.Year-1, len(b), Format(mean(b).Round(0), 0))}
	for _, f := range append(a, b...) {
		power.Operands = append(power.Operands, f.ID)
	}
	s.add(power)
	s.add(dossier.Figure{Indicator: "revenue_monthly_change", Entity: s.Entity, Period: now,
		Value: div(cur.Value.Mul(intD(12)), last.Value.Mul(intD(now.Months))).Sub(intD(1)).Round(4), Unit: dossier.Ratio, Basis: dossier.BasisComputed,
		Formula: fmt.Sprintf("%s月均营业收入对%d年月均", now.Chinese(), now.End.Year-1), Operands: []string{cur.ID, last.ID}})
}
