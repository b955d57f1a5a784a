package finance

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

var (
	stampRE = regexp.MustCompile(`^(20\d{2})(?:年|[-./])?(\d{1,2})(?:月|[-./])?(\d{1,2})日?(?:[ T\s]*(\d{1,2}:\d{2}(?::\d{2})?))?`)
	packed  = regexp.MustCompile(`^(20\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$`)
	clockRE = regexp.MustCompile(`^\d{1,2}:\d{2}(?::\d{2})?`)
)

// dayTime reads 2026-08-31 15:30:26, 2026年8月31日, 20260831, 20260831153026 and a sheet's day number 46265.
func dayTime(s string) (d dossier.Date, clock string, ok bool) {
	if len(s) > 60 || s == "" {
		return d, "", false
	}
	s = strings.TrimSpace(s)
	if len(s) == 10 && s[4] == '-' && s[7] == '-' && s[0] == '2' { // most rows
		y, m, day := digits(s[:4]), digits(s[5:7]), digits(s[8:])
		if y > 0 && m > 0 && day > 0 {
			d = dossier.NewDate(y, m, day)
			return d, "", d.Valid()
		}
	}
	s = strings.TrimSpace(fold(s))
	if m := packed.FindStringSubmatch(s); m != nil {
		d = dateOf(m[1], m[2], m[3])
		if m[4] != "" {
			clock = strings.TrimSuffix(m[4]+":"+m[5]+":"+m[6], ":")
		}
		return d, clock, d.Valid()
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil && len(s) >= 5 && n > 40000 && n < 55000 && (len(s) == 5 || s[5] == '.') { // a day number: a float of days, not money
		day := dossier.DateOf(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)))
		if secs := int((n-float64(int(n)))*86400 + 0.5); secs > 0 && secs < 86400 {
			clock = time.Unix(int64(secs), 0).UTC().Format(time.TimeOnly)
		}
		return day, clock, true
	}
	m := stampRE.FindStringSubmatch(s)
	if m == nil {
		return d, "", false
	}
	d = dateOf(m[1], m[2], m[3])
	return d, m[4], d.Valid()
}

// digits is the value of a string of digits, -1 of anything else.
func digits(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' || n > 1<<30 {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func smallInt(s string) int {
	if s == "" || len(s) > 8 {
		return 0
	}
	return max(0, digits(s))
}

// clockOf reads 15:30:26, 153026 and 93026; a time of day behind a date as well.
func clockOf(s string) string {
	s = strings.TrimSpace(fold(clip(s, 40)))
	if m := clockRE.FindString(s); m != "" {
		return m
	}
	if n := digits(s); n >= 0 && (len(s) == 6 || len(s) == 5) && n/10000 < 24 && n/100%100 < 60 && n%100 < 60 {
		s = strings.Repeat("0", 6-len(s)) + s
		return s[:2] + ":" + s[2:4] + ":" + s[4:]
	}
	if _, c, ok := dayTime(s); ok {
		return c
	}
	return ""
}

// coin reads plain printed amounts quickly; everything else goes through ParseAmount.
func coin(s string) (v dossier.Decimal, ok bool) {
	n, places, neg := int64(0), -1, false
	if s == "" || len(s) > 18 {
		return slowCoin(s)
	}
	group := -1 // digits since the last comma
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b >= '0' && b <= '9':
			n = n*10 + int64(b-'0')
			if places >= 0 {
				places++
			} else if group >= 0 {
				group++
			}
		case b == '-' && i == 0 && len(s) > 1:
			neg = true
		case b == ',' && places < 0 && i > 0 && s[i-1] != '-' && (group == 3 || group < 0 && i <= 4):
			group = 0
		case b == '.' && places < 0 && i > 0 && s[i-1] >= '0' && s[i-1] <= '9' && (group < 0 || group == 3):
			places = 0
		default:
			return slowCoin(s)
		}
	}
	if places == 0 || places > 8 || places < 0 && group >= 0 && group != 3 {
		return slowCoin(s)
	}
	if neg {
		n = -n
	}
	return decimal.New(n, -int32(max(places, 0))), true
}

func slowCoin(s string) (dossier.Decimal, bool) {
	v, _, ok := ParseAmount(s)
	return v, ok
}

// flowAmount reads an amount with the sign or mark that some banks print beside it: 贷1,234.00, 1,234.00CR, +¥5.00.
func flowAmount(s string) (v dossier.Decimal, mark string, ok bool) {
	if v, ok = coin(s); ok {
		return v, "", true
	}
	if s == "" || len(s) > 60 {
		return v, "", false
	}
	s = squeeze(s)
	for _, m := range []string{"借", "贷", "收入", "支出", "收", "支", "CR", "DR", "Cr", "Dr", "+"} {
		if t := strings.TrimSuffix(strings.TrimPrefix(s, m), m); t != s {
			s, mark = strings.Trim(t, ":()（）"), m
			break
		}
	}
	neg := strings.HasPrefix(s, "-¥") || strings.HasPrefix(s, "-￥")
	if neg {
		s = s[1:]
	}
	if v, ok = coin(s); ok && neg {
		v = v.Neg()
	}
	return v, mark, ok
}

// signedBalance reads a balance; 借 beside it is an overdraft.
func signedBalance(s, mark string) (dossier.Decimal, bool) {
	v, m, ok := flowAmount(s)
	if !ok {
		return v, false
	}
	if m == "" {
		m = mark
	}
	switch m {
	case "借", "借方", "D", "DR", "Dr", "透支":
		v = v.Abs().Neg()
	}
	return v, true
}
