package sheet

import (
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Spell writes a stored value: the stored digits of a number, never the displayed ones, so no decimal is lost; dates
// as 2006-01-02, with the time of day where the cell shows one.
func (c Cell) Spell(f Format, from1904 bool) string {
	switch c.Kind {
	case Number:
		if f != Plain {
			if s, ok := Serial(c.Raw, f, from1904); ok {
				return s
			}
		}
		return Digits(c.Raw)
	case Bool:
		if c.Raw == "1" || c.Raw == "true" {
			return "TRUE"
		}
		return "FALSE"
	case ISODate:
		for _, layout := range []string{"2006-01-02T15:04:05.999Z07:00", "2006-01-02T15:04:05.999", "2006-01-02"} {
			if t, err := time.Parse(layout, c.Raw); err == nil {
				return clock(t, f)
			}
		}
	}
	return strings.TrimSpace(c.Raw)
}

func clock(t time.Time, f Format) string {
	switch midnight := t.Hour()+t.Minute()+t.Second() == 0; {
	case f == TimeOnly:
		return t.Format("15:04:05")
	case f == DateOnly || midnight:
		return t.Format("2006-01-02")
	}
	return t.Format("2006-01-02 15:04:05")
}

// Serial turns a day number into a date (ECMA-376 part 1, 18.17.4.1): days since 1899-12-30, or since 1904-01-01. Before
// March 1900 the count is one less, for Excel gives that year a 29 February.
func Serial(raw string, f Format, from1904 bool) (string, bool) {
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil || v < 0 || v >= 2958466 || f == TimeOnly && v >= 1 {
		return "", false
	}
	day := int(v)
	seconds := int((v-float64(day))*86400 + 0.5)
	t := time.Date(1899, 12, 30, 0, 0, seconds, 0, time.UTC)
	switch {
	case from1904:
		t = time.Date(1904, 1, 1, 0, 0, seconds, 0, time.UTC)
	case day < 60:
		day++
	}
	t = t.AddDate(0, 0, day)
	if f == DateTime && seconds != 0 {
		return t.Format("2006-01-02 15:04:05"), true
	}
	if f == TimeOnly {
		return t.Format("15:04:05"), true
	}
	return t.Format("2006-01-02"), true
}

// Digits spells a stored number without exponent and without the tail that binary fractions leave behind
// (0.30000000000000004); codes with leading zeros and anything longer than a double holds stay as they are.
func Digits(raw string) string {
	raw = strings.TrimSpace(raw)
	digits := strings.TrimLeft(raw, "-")
	if len(digits) > 1 && digits[0] == '0' && digits[1] != '.' || strings.Trim(raw, "0123456789.-+eE") != "" {
		return raw
	}
	exp := strings.ContainsAny(raw, "eE")
	if !exp && len(digits) <= 16 {
		return raw
	}
	d, err := decimal.NewFromString(raw)
	if err != nil || d.Exponent() > 30 || d.Exponent() < -40 {
		return raw
	}
	if !strings.Contains(raw, ".") && !exp {
		return raw
	}
	whole := len(strings.TrimLeft(d.Abs().Truncate(0).String(), "0"))
	return d.Round(int32(max(15-whole, 0))).String()
}
