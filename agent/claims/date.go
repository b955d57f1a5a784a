package claims

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

const reTo = ` ?(?:-|~|至|到) ?`

// Date forms, the longest first; pages break them over lines and OCR puts blanks inside. Groups: y year, m month,
// d day, y2 m2 the end of a period, e edge.
var dateForms = []*regexp.Regexp{
	regexp.MustCompile(`^(?P<y>\d{4}) ?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日`),
	regexp.MustCompile(`^(?P<y>\d{4}) ?年\s?(?P<m>\d{1,2})\s?月?` + reTo + `(?:(?P<y2>\d{4})年)?(?P<m2>\d{1,2})月(?P<e>末|底)?`),
	regexp.MustCompile(`^(?P<y>\d{4}) ?年\s?(?P<m>\d{1,2})\s?月份?(?P<e>末|底|初)?`),
	regexp.MustCompile(`^(?P<y>\d{4}) ?年?` + reTo + `(?P<y2>\d{4})年(?:度)?(?P<e>末|底)?`),
	regexp.MustCompile(`^(?P<y>\d{4}) ?年(?:度)?(?P<e>末|底|初)?`),
	regexp.MustCompile(`^(?P<y>\d{4})[-./]\n?(?P<m>\d{1,2})[-./]\n?(?P<d>\d{1,2})`),
	regexp.MustCompile(`^(?P<y>\d{4})-(?P<m>\d{2})`),
	regexp.MustCompile(`^(?P<m>\d{1,2}) ?月\s?(?P<d>\d{1,2})\s?日`),
	regexp.MustCompile(`^(?P<m>\d{1,2}) ?月?` + reTo + `(?P<m2>\d{1,2})月`),
	regexp.MustCompile(`^(?P<m>\d{1,2}) ?月(?:份)?(?P<e>末|底|初)?`),
	regexp.MustCompile(`^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})`),
}

// reYears is a list that shares one 年: 2023、2024和2025年.
var reYears = regexp.MustCompile(`^(?P<y>(?:19|20)\d{2})(?:[、,和及与] ?(?:19|20)\d{2})+ ?年`)

func scanDate(s string, i int) ([]Number, int) {
	if m := reYears.FindStringSubmatch(s[i:]); m != nil {
		if n, ok := makeDate(map[string]string{"y": m[1]}); ok {
			n.Start, n.End = i, i+len(m[1])
			return []Number{n}, len(m[1])
		}
	}
	for _, re := range dateForms {
		m := re.FindStringSubmatch(s[i:])
		if m == nil {
			continue
		}
		end := i + len(m[0])
		if !standsAlone(s, m[0], end) {
			continue
		}
		g := map[string]string{}
		for k, name := range re.SubexpNames() {
			if name != "" {
				g[name] = m[k]
			}
		}
		if n, ok := makeDate(g); ok {
			n.Start, n.End = i, end
			return []Number{n}, len(m[0])
		}
	}
	return scanHanDate(s, i)
}

// standsAlone keeps 2025-12-31 from 2025-12-315, 20260930 from an amount or an account.
func standsAlone(s, m string, end int) bool {
	next, _ := utf8.DecodeRuneInString(s[end:])
	last := m[len(m)-1]
	if last < '0' || last > '9' {
		return true
	}
	if next >= '0' && next <= '9' || next == '-' || next == '.' || next >= 'A' && next <= 'Z' || next >= 'a' && next <= 'z' && next != 't' {
		return false
	}
	return !(len(m) == 8 && !strings.ContainsAny(m, "-./") && strings.ContainsRune("元万亿千百,，", next) && next != 0)
}

func makeDate(g map[string]string) (Number, bool) {
	num := func(k string) int { n, _ := strconv.Atoi(g[k]); return n } // groups are digits or empty
	from := dossier.Date{Year: num("y"), Month: time.Month(num("m")), Day: num("d")}
	n := Number{Kind: Date, Date: from, Edge: g["e"]}
	if n.Edge == "底" {
		n.Edge = "末"
	}
	if g["y2"] != "" || g["m2"] != "" {
		n.From = from
		if g["y2"] != "" {
			n.Date.Year = num("y2")
		}
		n.Date.Month = time.Month(num("m2"))
	}
	return n, sane(n.Date) && (n.From.IsZero() || sane(n.From))
}

// sane allows unprinted parts but no impossible ones.
func sane(d dossier.Date) bool {
	if d.Year != 0 && (d.Year < 1900 || d.Year > 2199) || d.Month > 12 || d.Day > 31 {
		return false
	}
	if d.Year != 0 && d.Month != 0 && d.Day != 0 {
		return d.Valid()
	}
	return d.Year != 0 || d.Month != 0
}

var reHanDate = regexp.MustCompile(`^([零〇一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?)?`)

func scanHanDate(s string, i int) ([]Number, int) {
	m := reHanDate.FindStringSubmatch(s[i:])
	if m == nil {
		return nil, 0
	}
	g := map[string]string{}
	for k, name := range []string{"y", "m", "d"} {
		if m[k+1] == "" {
			continue
		}
		v, ok := ParseChinese(m[k+1])
		if !ok {
			return nil, 0
		}
		g[name] = v.String()
	}
	n, ok := makeDate(g)
	n.Start, n.End = i, i+len(m[0])
	if !ok {
		return nil, 0
	}
	return []Number{n}, len(m[0])
}

// agrees tells whether a date of a sentence is borne out by a date of its evidence: each printed part equal, an
// unprinted part is not claimed. The evidence must be as precise as the claim.
func agrees(claim, fact Number) bool {
	if !claim.From.IsZero() {
		return !fact.From.IsZero() && datesAgree(claim.From, "", fact.From) && datesAgree(claim.Date, claim.Edge, fact.Date)
	}
	return datesAgree(claim.Date, claim.Edge, fact.Date) || !fact.From.IsZero() && datesAgree(claim.Date, claim.Edge, fact.From) ||
		claim.Edge == fact.Edge && claim.Date == fact.Date
}

func datesAgree(c dossier.Date, edge string, f dossier.Date) bool {
	if edge == "末" { // the last day of the printed year or month
		switch {
		case c.Month == 0:
			c.Month, c.Day = 12, 31
		case c.Year != 0:
			c = c.MonthEnd()
		}
		if f.Year == c.Year && (f.Month == 0 || f.Month == c.Month && f.Day == 0) {
			return true
		}
	}
	return (c.Year == 0 || c.Year == f.Year) && (c.Month == 0 || c.Month == f.Month) && (c.Day == 0 || c.Day == f.Day)
}
