package invoice

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

// Cents is an amount of money in hundredths of a yuan.
type Cents int64

// maxCents bounds one invoice to a hundred billion yuan: what is above was misread, and an amount times a rate fits
// into 64 bits.
const maxCents = Cents(1e13)

// Decimal is the amount in 元.
func (c Cents) Decimal() dossier.Decimal { return decimal.New(int64(c), -2) }

// String prints -1,234,567.89.
func (c Cents) String() string { return dossier.Group(c.Decimal().StringFixed(2)) }

func (c Cents) abs() Cents {
	if c < 0 {
		return -c
	}
	return c
}

// parseCents reads an amount; ok is false where there is none. More than two decimals are rounded half away from
// zero, as spreadsheets leave 570648.6899999999 for 570648.69.
func parseCents(b []byte) (c Cents, ok bool) {
	if c, ok = plainCents(b); ok {
		return c, true
	}
	return oddCents(b)
}

// plainCents reads [-]digits[,digits][.digits] without a detour.
func plainCents(b []byte) (Cents, bool) {
	neg := false
	if len(b) > 0 && b[0] == '-' {
		neg, b = true, b[1:]
	}
	var v int64
	i, seen := 0, false
	for ; i < len(b) && b[i] != '.'; i++ {
		d := b[i] - '0'
		if d > 9 {
			if b[i] == ',' && i > 0 {
				continue
			}
			return 0, false
		}
		v, seen = v*10+int64(d), true
		if v > int64(maxCents)/100 {
			return 0, false
		}
	}
	v *= 100
	if i < len(b) {
		frac := b[i+1:]
		unit := int64(10)
		for k, ch := range frac {
			d := int64(ch - '0')
			if ch < '0' || ch > '9' {
				return 0, false
			}
			seen = true
			switch {
			case k < 2:
				v += d * unit
				unit /= 10
			case k == 2 && d >= 5:
				v++
			}
		}
	}
	if neg {
		v = -v
	}
	return Cents(v), seen
}

// oddCents reads what people and programs write otherwise: ￥, blanks, brackets for minus, 1.2E5, a minus behind.
func oddCents(b []byte) (Cents, bool) {
	if len(b) == 0 || len(b) > 64 {
		return 0, false
	}
	s := strings.NewReplacer(",", "", "¥", "", "￥", "", "元", "", "−", "-", "–", "-", "CNY", "", "RMB", "").Replace(tight(string(b)))
	neg := false
	switch {
	case strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")"):
		neg, s = true, s[1:len(s)-1]
	case strings.HasSuffix(s, "-"):
		neg, s = true, s[:len(s)-1]
	}
	if i := strings.IndexAny(s, "eE"); i >= 0 { // an exponent is bounded before anything is computed
		if e, err := strconv.Atoi(s[i+1:]); err != nil || e > 15 || e < -15 {
			return 0, false
		}
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return 0, false
	}
	d = d.Shift(2).Round(0)
	if d.Abs().GreaterThan(decimal.NewFromInt(int64(maxCents))) {
		return 0, false
	}
	c := Cents(d.IntPart())
	if neg {
		c = -c
	}
	return c, true
}

// parseRate reads 13%, 0.13, 13 or 免税 into ten-thousandths; ok is false where there is no rate or several.
func parseRate(b []byte) (bp int32, ok bool) {
	b = bytes.TrimSpace(b)
	if len(b) == 0 || len(b) > 24 {
		return 0, false
	}
	if bytes.Contains(b, []byte("免税")) || bytes.Contains(b, []byte("不征税")) || bytes.Contains(b, []byte("零税率")) {
		return 0, true
	}
	s, pct := bytes.CutSuffix(b, []byte("%"))
	if len(s) > 8 { // 0.13 and 13.00 are short; longer is a list of rates
		return 0, false
	}
	d, err := decimal.NewFromString(string(s))
	if err != nil || d.IsNegative() || d.Exponent() < -6 || d.Exponent() > 2 {
		return 0, false
	}
	if !pct && d.LessThan(decimal.NewFromInt(1)) {
		d = d.Shift(2)
	}
	d = d.Shift(2)
	if d.GreaterThan(decimal.NewFromInt(10000)) || !d.Equal(d.Truncate(0)) {
		return 0, false
	}
	return int32(d.IntPart()), true
}
