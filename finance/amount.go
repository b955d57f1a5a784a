package finance

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

var (
	amountRE = regexp.MustCompile(`^[-+]?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,5})(?:\.\d{1,20})?$`)
	sciRE    = regexp.MustCompile(`^-?\d(?:\.\d{1,17})?[Ee][+-]?\d{1,2}$`) // as spreadsheets store large or tiny numbers
	blankRE  = regexp.MustCompile(`^[-—–－/\\.]*$`)
)

// ParseAmount reads a printed amount: thousands separators, ¥ and 元 around it; negative by a minus before or behind, by
// brackets, by △ ▲ or 负 before. blank is true for empty cells and dashes.
func ParseAmount(text string) (v dossier.Decimal, blank, ok bool) {
	if len(text) > 60 {
		return v, false, false
	}
	s := squeeze(text)
	if blankRE.MatchString(s) {
		return v, true, false
	}
	s, neg := unsigned(s)
	switch {
	case amountRE.MatchString(s):
	case sciRE.MatchString(s) && sciExponent(s) <= 15:
	default:
		return v, false, false
	}
	d, err := parseDecimal(strings.ReplaceAll(strings.TrimPrefix(s, "+"), ",", ""))
	if err != nil {
		return v, false, false
	}
	if -d.Exponent() > 8 { // binary noise of a spreadsheet: 0.30000000000000004
		if d, err = parseDecimal(d.Round(6).String()); err != nil {
			return v, false, false
		}
	}
	if neg {
		d = d.Neg()
	}
	return d, false, true
}

// unsigned takes currency marks and all ways of writing a negative off; only one of these may stand.
func unsigned(s string) (rest string, neg bool) {
	s = strings.TrimSuffix(strings.TrimPrefix(trimCurrency(s), "人民币"), "元")
	switch {
	case strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") && !strings.HasPrefix(s, "(-"):
		return trimCurrency(s[1 : len(s)-1]), true
	case strings.HasPrefix(s, "-¥"), strings.HasPrefix(s, "-￥"):
		return "-" + trimCurrency(s[1:]), false
	}
	for _, mark := range []string{"△", "▲", "负"} {
		if t, ok := strings.CutPrefix(s, mark); ok && t != "" && (t[0] >= '0' && t[0] <= '9') {
			return t, true
		}
	}
	if t, ok := strings.CutSuffix(s, "-"); ok && t != "" && t[0] >= '0' && t[0] <= '9' && strings.ContainsAny(t, ".,") {
		return t, true // 1,234.56- as accounting programs print it
	}
	return s, false
}

func trimCurrency(s string) string {
	return strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(s, "¥"), "￥"), "RMB")
}

func sciExponent(s string) int {
	n := 0
	for _, r := range s[strings.IndexAny(s, "Ee")+1:] {
		if r >= '0' && r <= '9' {
			n = n*10 + int(r-'0')
		}
	}
	return n
}

// decimals counts the printed digits behind the point.
func decimals(text string) int {
	s := squeeze(text)
	i := strings.IndexByte(s, '.')
	if i < 0 {
		return 0
	}
	n := 0
	for _, r := range s[i+1:] {
		if r < '0' || r > '9' {
			break
		}
		n++
	}
	return n
}

// Format prints a decimal with thousands separators and at least places digits behind the point.
func Format(d dossier.Decimal, places int32) string {
	if -d.Exponent() > places {
		places = min(-d.Exponent(), 8)
	}
	return dossier.Group(d.StringFixed(places))
}

// Money prints an amount in 元 with two decimals: 1,234,567.89.
func Money(d dossier.Decimal) string { return Format(d.Round(2), 2) }
