package extract

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

var (
	dateNum = regexp.MustCompile(`((?:19|20)\d{2})\s*[.\-/,]\s*(\d{1,2})\s*[.\-/,]\s*(\d{1,2})`)
	dateZh  = regexp.MustCompile(`((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})`)
	dateRun = regexp.MustCompile(`(?:^|\D)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\D|$)`)
	dateHan = regexp.MustCompile(`([一二][一二三四五六七八九〇零○ОO0]{3}|二[〇零○ОO0]{2}[一二三四五六七八九〇][一二三四五六七八九〇零○ОO0])年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日`)
	month   = regexp.MustCompile(`((?:19|20)\d{2})\s*[年.\-/]?\s*(0?[1-9]|1[0-2])(?:月|$|[^\d])`)
	quarter = regexp.MustCompile(`((?:19|20)\d{2})年?第?([一二三四1-4])季|((?:19|20)\d{2})[Qq]([1-4])`)
	year    = regexp.MustCompile(`((?:19|20)\d{2})`)
	rocYear = regexp.MustCompile(`民国([一二三四五六七八九十百零〇]{1,6}|\d{1,3})年([一二三四五六七八九十]{1,3}|\d{1,2})月([一二三四五六七八九十]{1,3}|\d{1,2})日`)
	lunar   = regexp.MustCompile(`(?:农历|阴历|夏历)[\p{Han}\d]{2,16}|[\p{Han}\d]{2,6}年\p{Han}{1,3}月初[一二三四五六七八九十]`)
	forEver = regexp.MustCompile(`长期|永久|无固定期限|不约定期限`)
)

// FindDate returns the first calendar date in s.
func FindDate(s string) (dossier.Date, bool) {
	s = plain.Fold(s)
	best, at := dossier.Date{}, -1
	for _, re := range []*regexp.Regexp{dateZh, dateNum, dateRun} {
		for _, m := range re.FindAllStringSubmatchIndex(s, 8) {
			y, _ := strconv.Atoi(s[m[2]:m[3]])
			mo, _ := strconv.Atoi(s[m[4]:m[5]])
			d, _ := strconv.Atoi(s[m[6]:m[7]])
			if v := dossier.NewDate(y, mo, d); v.Valid() && (at < 0 || m[2] < at) {
				best, at = v, m[2]
			}
		}
	}
	if m := dateHan.FindStringSubmatchIndex(s); m != nil && (at < 0 || m[2] < at) {
		digits := zeros.Replace(s[m[2]:m[3]])
		if len([]rune(digits)) == 5 { // OCR saw one zero twice
			digits = strings.Replace(digits, "〇〇", "〇", 1)
		}
		y, okY := ChineseNumber(digits)
		mo, okM := ChineseNumber(s[m[4]:m[5]])
		d, okD := ChineseNumber(s[m[6]:m[7]])
		if v := dossier.NewDate(int(y.IntPart()), int(mo.IntPart()), int(d.IntPart())); okY && okM && okD && v.Year >= 1900 && v.Valid() {
			best, at = v, m[2]
		}
	}
	return best, at >= 0
}

var zeros = strings.NewReplacer("○", "〇", "О", "〇", "O", "〇", "0", "〇", "零", "〇")

// dateValue is the canonical form of a date field: 2006-01-02 or 长期. A year of the Republic is converted, a day of
// the lunar calendar is kept as printed; both are said.
func dateValue(s string) (typed, bool) {
	fold := plain.Tight(s)
	if m := rocYear.FindStringSubmatch(fold); m != nil {
		n := func(t string) int {
			v, ok := ChineseNumber(t)
			if !ok {
				v, _ = Number(t)
			}
			return int(v.IntPart())
		}
		if d := dossier.NewDate(1911+n(m[1]), n(m[2]), n(m[3])); d.Valid() {
			return typed{value: d.String(), conf: 0.85, doubt: "原件为民国纪年（" + m[0] + "），已换算为公历"}, true
		}
	}
	if m := lunar.FindString(fold); m != "" {
		return typed{value: m, conf: 0.5, doubt: "原件为农历日期，未换算为公历，请人工核对"}, true
	}
	if d, ok := FindDate(s); ok {
		return typed{value: d.String(), conf: 1}, true
	}
	if forEver.MatchString(fold) {
		return typed{value: dossier.LongTerm, conf: 1}, true
	}
	return typed{}, false
}

// Period reads 2025年12月 and 202512 as 2025-12, 2025年第4季度 as 2025Q4, a span of two dates as the month, quarter
// or year that it covers, else as start/end.
func Period(s string) (string, bool) {
	s = plain.Fold(s)
	if a, ok := FindDate(s); ok {
		if i := strings.IndexAny(s, "至-~到"); i >= 0 {
			rest := s[len(s)-len(tailAfterFirstDate(s)):]
			if b, ok := FindDate(rest); ok && b.After(a) {
				return span(a, b), true
			}
		}
		return a.String()[:7], true
	}
	if m := quarter.FindStringSubmatch(s); m != nil {
		y, q := m[1]+m[3], m[2]+m[4]
		if v, ok := hanDigits[[]rune(q)[0]]; ok {
			q = strconv.FormatInt(v, 10)
		}
		return y + "Q" + q, true
	}
	m := throughMonth.FindStringSubmatch(s)
	if m == nil {
		m = month.FindStringSubmatch(s)
	}
	if m != nil {
		return m[1] + "-" + strings.Repeat("0", 2-len(m[2])) + m[2], true
	}
	if m := year.FindString(s); m != "" {
		return m, true
	}
	return "", false
}

var throughMonth = regexp.MustCompile(`((?:19|20)\d{2})年1[-~至]月?(\d{1,2})月`)

// tailAfterFirstDate returns what stands behind the first date.
func tailAfterFirstDate(s string) string {
	for _, re := range []*regexp.Regexp{dateZh, dateNum, dateRun} {
		if m := re.FindStringSubmatchIndex(s); m != nil {
			return s[m[7]:]
		}
	}
	return ""
}

func span(a, b dossier.Date) string {
	whole := a.Day == 1 && b == b.MonthEnd() && a.Year == b.Year
	months := int(b.Month-a.Month) + 1
	switch {
	case whole && months == 1:
		return b.String()[:7]
	case whole && months == 3 && (a.Month-1)%3 == 0:
		return strconv.Itoa(a.Year) + "Q" + strconv.Itoa(int(b.Month)/3)
	case whole && months == 12:
		return strconv.Itoa(a.Year)
	}
	return a.String() + "/" + b.String()
}
