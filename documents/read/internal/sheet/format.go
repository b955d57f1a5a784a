package sheet

import "strings"

// Format is how a style shows its numbers.
type Format uint8

// Formats; only the difference between dates and all else matters, for values are kept, not displays.
const (
	Plain Format = iota
	DateOnly
	DateTime
	TimeOnly
)

// Builtin tells the format of a numFmtId below 164 (ECMA-376 part 1, 18.8.30, with the East Asian ones).
func Builtin(id int) Format {
	switch n := id; {
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n == 57, n == 58:
		return DateOnly
	case n == 22:
		return DateTime
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n >= 45 && n <= 47, n == 55, n == 56:
		return TimeOnly
	}
	return Plain
}

// Code reads a number format code: quoted text, escapes and [conditions] apart, y or d makes a date, h or s a time.
func Code(code string) Format {
	code, _, _ = strings.Cut(strings.ToLower(code), ";")
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '\\', '_', '*':
			i++
		case '"', '[':
			end := byte('"')
			if code[i] == '[' {
				end = ']'
			}
			j := strings.IndexByte(code[i+1:], end)
			if j < 0 {
				return Plain
			}
			if in := code[i+1 : i+1+j]; end == ']' && strings.Trim(in, "hms") == "" {
				b.WriteString(in) // elapsed time
			}
			i += j + 1
		default:
			b.WriteByte(code[i])
		}
	}
	code = b.String()
	if strings.Contains(code, "general") || strings.ContainsAny(code, "0#?") && !strings.ContainsAny(code, "yd") {
		return Plain
	}
	date, clock := strings.ContainsAny(code, "yd"), strings.ContainsAny(code, "hs")
	switch {
	case date && clock:
		return DateTime
	case date, strings.Contains(code, "m") && !clock && strings.Trim(code, "m-/. ") == "":
		return DateOnly
	case clock:
		return TimeOnly
	}
	return Plain
}
