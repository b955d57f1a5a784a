package chunk

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// dates is a day, where both are the same, or a span of days.
type dates struct{ from, to dossier.Date }

func (d dates) ok() bool { return !d.to.IsZero() }

// cover is the span over both.
func (d dates) cover(o dates) dates {
	if !d.ok() {
		return o
	}
	if !o.ok() {
		return d
	}
	if o.from.Before(d.from) {
		d.from = o.from
	}
	if d.to.Before(o.to) {
		d.to = o.to
	}
	return d
}

func (d dates) String() string {
	switch {
	case !d.ok():
		return ""
	case d.from == d.to:
		return d.to.String()
	}
	return d.from.String() + "/" + d.to.String()
}

// periodIn is the first period that s names.
func periodIn(s string) dates {
	if ps := periodsIn(s); len(ps) > 0 {
		return ps[0]
	}
	return dates{}
}

// longestDated bounds in bytes what is searched for periods: captions and names of columns.
const longestDated = 600

// periodsIn lists the periods that s names: 2025年12月31日, 2026年1-8月, 2025年度, 2026-01-01至2026-08-31…
func periodsIn(s string) []dates {
	var out []dates
	if len(s) > longestDated {
		s = s[:longestDated]
	}
	for i := 0; i < len(s); {
		if s[i] < '0' || s[i] > '9' {
			i++
			continue
		}
		if i == 0 || !inCode(s[i-1]) {
			if p, n := readSpan(s[i:], i == 0); n > 0 {
				out = append(out, p)
				i += n
				continue
			}
		}
		i += digits(s[i:])
	}
	return out
}

func inCode(b byte) bool {
	return b >= '0' && b <= '9' || b|0x20 >= 'a' && b|0x20 <= 'z' || b == '-' || b == '.' || b == ','
}

// readPeriod reads the period at the start of s, and how many bytes it takes.
func readPeriod(s string) (dates, int) { return readSpan(s, true) }

// readSpan reads one period, or from one to another.
func readSpan(s string, whole bool) (dates, int) {
	a, n := readOne(s, whole)
	if n == 0 {
		return dates{}, 0
	}
	k := n + blanks(s[n:])
	for _, to := range []string{"至", "到", "—", "－", "-", "~", "～", "/"} {
		if strings.HasPrefix(s[k:], to) {
			k += len(to)
			k += blanks(s[k:])
			if b, m := readOne(s[k:], false); m > 0 && !b.to.Before(a.from) {
				return dates{a.from, b.to}, k + m
			}
			break
		}
	}
	return a, n
}

func blanks(s string) (n int) {
	for n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		n++
	}
	return n
}

// readOne reads a day, month, year or part of a year; a bare year only where it is the whole of s.
func readOne(s string, whole bool) (dates, int) {
	d := digits(s)
	switch {
	case d == 8:
		p := day(number(s[:4]), number(s[4:6]), number(s[6:8]))
		return p, taken(p, 8)
	case d == 6:
		p := months(number(s[:4]), number(s[4:6]), number(s[4:6]))
		return p, taken(p, 6)
	case d != 4:
		return dates{}, 0
	}
	y := number(s[:4])
	k := 4 + blanks(s[4:])
	if strings.HasPrefix(s[k:], "年") {
		return ofYear(y, s, k+len("年"))
	}
	if k == len(s) && whole {
		p := months(y, 1, 12)
		return p, taken(p, k)
	}
	if k > 4 || k >= len(s) || s[k] != '-' && s[k] != '/' && s[k] != '.' {
		return dates{}, 0
	}
	sep := s[k]
	k++
	m := digits(s[k:])
	if m < 1 || m > 2 {
		return dates{}, 0
	}
	month := number(s[k : k+m])
	k += m
	if k < len(s) && s[k] == sep {
		if e := digits(s[k+1:]); e == 1 || e == 2 {
			p := day(y, month, number(s[k+1:k+1+e]))
			return p, taken(p, k+1+e)
		}
	}
	if sep == '.' { // 2025.12 may be an amount
		return dates{}, 0
	}
	p := months(y, month, month)
	return p, taken(p, k)
}

// parts of a year in words, by their first and last month.
var parts = []struct {
	name     string
	from, to int
}{{"上半年", 1, 6}, {"半年度", 1, 6}, {"半年", 1, 6}, {"下半年", 7, 12}, {"第一季度", 1, 3}, {"第二季度", 4, 6}, {"第三季度", 7, 9}, {"第四季度", 10, 12},
	{"一季度", 1, 3}, {"二季度", 4, 6}, {"三季度", 7, 9}, {"四季度", 10, 12}, {"度", 1, 12}}

// ofYear reads what follows 2025年.
func ofYear(y int, s string, k int) (dates, int) {
	if strings.HasPrefix(s[k:], "末") {
		p := day(y, 12, 31)
		return p, taken(p, k+len("末"))
	}
	for _, part := range parts {
		if strings.HasPrefix(s[k:], part.name) {
			p := months(y, part.from, part.to)
			return p, taken(p, k+len(part.name))
		}
	}
	year := months(y, 1, 12)
	at := k
	k += blanks(s[k:])
	d := digits(s[k:])
	if d < 1 || d > 2 {
		return year, taken(year, at)
	}
	from := number(s[k : k+d])
	to := from
	k += d
	k += blanks(s[k:])
	for _, dash := range []string{"-", "—", "－", "至", "~", "～"} {
		if rest := strings.TrimLeft(strings.TrimPrefix(s[k:], dash), " "); strings.HasPrefix(s[k:], dash) && digits(rest) > 0 && digits(rest) <= 2 {
			k = len(s) - len(rest)
			d = digits(rest)
			to = number(rest[:d])
			k += d
			k += blanks(s[k:])
			break
		}
	}
	if !strings.HasPrefix(s[k:], "月") {
		return year, taken(year, at)
	}
	k += len("月")
	if from == to {
		if strings.HasPrefix(s[k:], "末") {
			p := months(y, from, from)
			return dates{p.to, p.to}, taken(p, k+len("末"))
		}
		e := k + blanks(s[k:])
		if d := digits(s[e:]); d == 1 || d == 2 {
			p := day(y, from, number(s[e:e+d]))
			e += d
			if b := blanks(s[e:]); strings.HasPrefix(s[e+b:], "日") {
				e += b + len("日")
			}
			return p, taken(p, e)
		}
	}
	p := months(y, from, to)
	return p, taken(p, k)
}

func taken(p dates, n int) int {
	if p.ok() {
		return n
	}
	return 0
}

func number(s string) (n int) {
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func day(y, m, d int) dates {
	x := dossier.NewDate(y, m, d)
	if y < 1949 || y > 2100 || !x.Valid() {
		return dates{}
	}
	return dates{x, x}
}

func months(y, from, to int) dates {
	if y < 1949 || y > 2100 || from < 1 || to < from || to > 12 {
		return dates{}
	}
	return dates{dossier.NewDate(y, from, 1), dossier.NewDate(y, to, 1).MonthEnd()}
}
