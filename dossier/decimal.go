package dossier

import (
	"strings"

	"github.com/shopspring/decimal"
)

// Decimal is an exact decimal number; money and ratios are never floats. Compare with Equal, not ==.
type Decimal = decimal.Decimal

// D parses a decimal literal and panics on a bad one; for constants in code and tests.
func D(s string) Decimal { return decimal.RequireFromString(s) }

// Group puts thousands separators into a decimal literal: -1234567.50 becomes -1,234,567.50.
func Group(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, frac, found := strings.Cut(s, ".")
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if found {
		return sign + b.String() + "." + frac
	}
	return sign + b.String()
}
