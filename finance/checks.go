package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// TolUtility is how far the last month's consumption may lie below the mean of the three before.
var TolUtility = dossier.D("0.05")

// gap returns (a-b)/b.
func gap(a, b dossier.Decimal) (dossier.Decimal, bool) {
	if !b.IsPositive() {
		return zero, false
	}
	return div(a.Sub(b), b).Round(4), true
}

// add puts a figure into the set and returns it with its id.
func (s *Set) add(f dossier.Figure) dossier.Figure {
	g, _ := s.Figure(s.Add(f))
	return g
}

func pairIssue(kind string, a, b dossier.Figure, msg, arithmetic string) Issue {
	is := Issue{Kind: kind, Indicator: a.Indicator, Name: a.Name, Entity: a.Entity, Period: a.Period, Expected: b.Value, Actual: a.Value,
		Diff: a.Value.Sub(b.Value), Figures: []dossier.Figure{a, b}, Docs: docsOf(a, b), Message: msg, Arithmetic: arithmetic}
	for _, f := range is.Figures {
		if f.Source != nil {
			is.Places = append(is.Places, f.Source.Place)
		}
	}
	return is
}

// ownerOf is the document's party as printed, the set's borrower when none is.
func (s *Set) ownerOf(d *dossier.Document, key string) string {
	if f, ok := d.Field(key); ok && f.Value != "" {
		if SameName(f.Value, s.Entity) {
			return s.Entity
		}
		return f.Value
	}
	return s.Entity
}

// balanceBy is the balance-sheet date nearest to day.
func (s *Set) balanceBy(entity string, day dossier.Date) (dossier.Period, bool) {
	best, found := dossier.Period{}, false
	away := func(p dossier.Period) int { return max(p.End.Sub(day), day.Sub(p.End)) }
	for _, p := range s.Periods("total_assets", entity) {
		if p.Months == 0 && (!found || away(p) < away(best)) {
			best, found = p, true
		}
	}
	return best, found
}

// agingTotals makes each ageing list's total a candidate for accounts_receivable of its own; after the checks, so that a
// list is never held against itself.
func (s *Set) agingTotals(docs []*dossier.Document) {
	for _, d := range current(docs, "ar_aging") {
		day, ok := fieldDate(d, "as_of")
		if !ok {
			continue
		}
		if a, ok := FromField(d, "total", "accounts_receivable", s.ownerOf(d, "entity"), dossier.At(day), dossier.Yuan); ok {
			a.Note = TrialNote + "（账龄表）"
			s.add(a)
		}
	}
}

// CheckUtility makes each month's consumption a figure utility_kwh and reports a last month that lies more than tol
// below the mean of the three before it, with the fall from the recent peak.
func (s *Set) CheckUtility(docs []*dossier.Document, tol dossier.Decimal) []Issue {
	if tol.IsZero() {
		tol = TolUtility
	}
	var out []Issue
	for _, d := range current(docs, "utility_bills") {
		rows, ok := d.Field("rows")
		if !ok {
			continue
		}
		var months []dossier.Figure
		for _, r := range rows.Rows {
			end, _, _, ok := readPeriod(monthText(r.Get("month")))
			if !ok {
				continue
			}
			c := r.Cells["kwh"]
			if c.At.File == "" {
				c.At = r.At
			}
			f, ok := fieldFigure(d, c, "utility_kwh", s.ownerOf(d, "entity"), dossier.Span(end.MonthEnd(), 1), dossier.KWh)
			if ok {
				months = append(months, s.add(f))
			}
		}
		n := len(months)
		if n < 4 {
			continue
		}
		last := months[n-1]
		mean := div(sum(months[n-4].Value, months[n-3].Value, months[n-2].Value), intD(3))
		g, ok := gap(last.Value, mean)
		if !ok || g.Neg().LessThanOrEqual(tol) {
			continue
		}
		peak := months[n-2]
		for _, m := range months[n-4 : n-1] {
			if m.Value.GreaterThan(peak.Value) {
				peak = m
			}
		}
		fall, _ := gap(last.Value, peak.Value)
		is := pairIssue(KindUtility, last, peak, fmt.Sprintf("%s用电量%skWh，较%s（%skWh）下降%s，较前三个月平均下降%s，产能利用可能下降", last.Period.Chinese(),
			Format(last.Value, 0), peak.Period.Chinese(), Format(peak.Value, 0), percent1(fall.Neg()), percent1(g.Neg())),
			fmt.Sprintf("(%s － %s) ÷ %s = %s", Format(last.Value, 0), Format(peak.Value, 0), Format(peak.Value, 0), percent(fall)))
		out = append(out, is)
	}
	return out
}

func percent1(d dossier.Decimal) string { return d.Mul(hundred).StringFixed(1) + "%" }

// monthText turns 202608 into 2026-08.
func monthText(s string) string {
	s = squeeze(s)
	if len(s) == 6 && !strings.ContainsAny(s, "-年.") {
		return s[:4] + "-" + s[4:]
	}
	return s
}
