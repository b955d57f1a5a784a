package finance

import (
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// Periods returns the periods for which the indicator is known, the newest first. entity "" is the borrower.
func (s *Set) Periods(indicator, entity string) []dossier.Period {
	entity = s.nameKey(entity)
	seen := map[dossier.Period]bool{}
	var out []dossier.Period
	for i := range s.figs {
		f := &s.figs[i]
		if f.Indicator == indicator && f.Entity != "" && s.nameKey(f.Entity) == entity && !seen[f.Period] {
			seen[f.Period] = true
			out = append(out, f.Period)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].End != out[j].End {
			return out[i].End.After(out[j].End)
		}
		return out[i].Months > out[j].Months
	})
	return out
}

// Entities returns whose figures the set holds, in the order met.
func (s *Set) Entities() []string {
	seen := map[string]bool{}
	var out []string
	for _, f := range s.figs {
		if k := nameKey(f.Entity); !seen[k] {
			seen[k] = true
			out = append(out, f.Entity)
		}
	}
	return out
}

// Years returns the full calendar years with an income statement or a year-end balance sheet, newest first.
func (s *Set) Years(entity string) []dossier.Period {
	seen := map[int]bool{}
	var out []dossier.Period
	for _, p := range append(s.Periods("revenue", entity), s.Periods("total_assets", entity)...) {
		if (p.FullYear() || p.Months == 0 && p.End.Month == 12) && !seen[p.End.Year] {
			seen[p.End.Year] = true
			out = append(out, dossier.Span(p.End, 12))
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].End.After(out[j].End) })
	return out
}

// LatestYear returns the newest full year that has revenue.
func (s *Set) LatestYear(entity string) (dossier.Period, bool) {
	for _, p := range s.Periods("revenue", entity) {
		if p.FullYear() {
			return p, true
		}
	}
	return dossier.Period{}, false
}

// PriorYear is the same span one year before.
func PriorYear(p dossier.Period) dossier.Period {
	if p.Months == 0 {
		return dossier.At(sameDay(p.End))
	}
	return dossier.Span(sameDay(p.End), p.Months)
}

// Opening is the balance date from which p runs: the day before a flow's first day; for a balance, the last
// 31 December before it.
func Opening(p dossier.Period) dossier.Period {
	if p.Months == 0 {
		return dossier.At(dossier.NewDate(p.End.Year-1, 12, 31))
	}
	return dossier.At(p.End.AddDays(1).AddMonths(-p.Months).AddDays(-1))
}

// Closing is the balance date at the end of p.
func Closing(p dossier.Period) dossier.Period { return dossier.At(p.End) }

// LatestInterim returns the newest span from January that is no full year and ends after the latest full year;
// when only a balance sheet is there, the span that would end with it.
func (s *Set) LatestInterim(entity string) (dossier.Period, bool) {
	last := dossier.Date{}
	if y, ok := s.LatestYear(entity); ok {
		last = y.End
	}
	for _, p := range s.Periods("revenue", entity) {
		if !p.FullYear() && p.Months == int(p.End.Month) && p.End.After(last) {
			return p, true
		}
	}
	for _, p := range s.Periods("total_assets", entity) {
		if p.Months == 0 && p.End.Month != 12 && p.End.After(last) {
			return dossier.Span(p.End, int(p.End.Month)), true
		}
	}
	return dossier.Period{}, false
}

// Interims returns every span from January that is no full year, newest first.
func (s *Set) Interims(entity string) []dossier.Period {
	var out []dossier.Period
	for _, p := range s.Periods("revenue", entity) {
		if p.Months > 0 && !p.FullYear() && p.Months == int(p.End.Month) {
			out = append(out, p)
		}
	}
	return out
}

// LatestBalance returns the newest balance-sheet date.
func (s *Set) LatestBalance(entity string) (dossier.Period, bool) {
	for _, p := range s.Periods("total_assets", entity) {
		if p.Months == 0 {
			return p, true
		}
	}
	return dossier.Period{}, false
}

// ReportPeriods returns the spans that a report compares: up to n full years, oldest first, then the interim span.
func (s *Set) ReportPeriods(entity string, n int) []dossier.Period {
	var out []dossier.Period
	for i, p := range s.Years(entity) {
		if i < n {
			out = append([]dossier.Period{p}, out...)
		}
	}
	if p, ok := s.LatestInterim(entity); ok {
		out = append(out, p)
	}
	return out
}
