package report

import "regexp"

// Personal numbers by their shape. A company's 18-character credit code is told from an identity number by its
// letters, or by the missing birth date in its middle; it is public and stays.
var (
	longRun = regexp.MustCompile(`[0-9A-Za-z]+`)
	idShape = regexp.MustCompile(`^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$`)
	account = regexp.MustCompile(`^\d{16,19}$`)
	grouped = regexp.MustCompile(`\b\d{4}(?:[ \x{00a0}-]\d{4}){3}(?:[ \x{00a0}-]\d{1,3})?\b`)
	mobile  = regexp.MustCompile(`^1[3-9]\d{9}$`)
	digits  = regexp.MustCompile(`\D`)
)

// Mask hides personal numbers in a quote: identity numbers and bank accounts of 16 to 19 digits keep their first
// six and last four characters, mobile numbers their first three and last four. Amounts, dates and companies'
// credit codes are not touched.
func Mask(s string) string {
	s = grouped.ReplaceAllStringFunc(s, func(m string) string { return stars(digits.ReplaceAllString(m, ""), 6, 4) })
	idx := longRun.FindAllStringIndex(s, -1)
	var b []byte
	last := 0
	for _, at := range idx {
		run := s[at[0]:at[1]]
		masked := maskRun(run)
		// 12345678901234567.89 is a number with decimals, not an account.
		if decimals(s, at) && !idShape.MatchString(run) {
			masked = run
		}
		b = append(append(b, s[last:at[0]]...), masked...)
		last = at[1]
	}
	return string(append(b, s[last:]...))
}

func decimals(s string, at []int) bool {
	after := at[1]+1 < len(s) && s[at[1]] == '.' && s[at[1]+1] >= '0' && s[at[1]+1] <= '9'
	before := at[0] > 1 && s[at[0]-1] == '.' && s[at[0]-2] >= '0' && s[at[0]-2] <= '9'
	return after || before
}

func maskRun(r string) string {
	switch {
	case idShape.MatchString(r), account.MatchString(r):
		return stars(r, 6, 4)
	case mobile.MatchString(r):
		return stars(r, 3, 4)
	}
	return r
}

func stars(s string, head, tail int) string {
	b := []byte(s)
	for i := head; i < len(b)-tail; i++ {
		b[i] = '*'
	}
	return string(b)
}
