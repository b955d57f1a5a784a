package retrieval

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// span is a stretch of days, both ends within.
type span struct{ from, to dossier.Date }

// parsePeriod reads 2025, 2025-06, 2025-12-31 and two of them joined by /.
func parsePeriod(s string) (span, bool) {
	from, to, two := strings.Cut(s, "/")
	a, ok := parseDays(from)
	if !ok {
		return span{}, false
	}
	if two {
		b, ok := parseDays(to)
		return span{a.from, b.to}, ok && !b.to.Before(a.from)
	}
	return a, true
}

func parseDays(s string) (span, bool) {
	switch len(s) {
	case 4:
		d, err := dossier.ParseDate(s + "-01-01")
		return span{d, dossier.NewDate(d.Year, 12, 31)}, err == nil
	case 7:
		d, err := dossier.ParseDate(s + "-01")
		return span{d, d.MonthEnd()}, err == nil
	}
	d, err := dossier.ParseDate(s)
	return span{d, d}, err == nil
}

// meets tells whether the two share a day.
func (s span) meets(o span) bool { return !s.to.Before(o.from) && !o.to.Before(s.from) }
