package read

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
)

type dateKind int

const (
	notDate dateKind = iota
	dateOnly
	dateTime
	timeOnly
)

// dateKind tells how a cell's number format shows its number as a date, if it does.
func (s *sheets) dateKind(sheet, ref string) dateKind {
	id, err := s.f.GetCellStyle(sheet, ref)
	if err != nil {
		return notDate
	}
	kind, ok := s.dates[id]
	if !ok {
		if st, err := s.f.GetStyle(id); err == nil {
			kind = formatKind(st)
		}
		s.dates[id] = kind
	}
	return kind
}

func formatKind(st *excelize.Style) dateKind {
	if st.CustomNumFmt != nil {
		return codeKind(*st.CustomNumFmt)
	}
	switch n := st.NumFmt; { // ECMA-376 part 1, 18.8.30, with the East Asian ones
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n == 57, n == 58:
		return dateOnly
	case n == 22:
		return dateTime
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n >= 45 && n <= 47, n == 55, n == 56:
		return timeOnly
	}
	return notDate
}

// codeKind reads a number format code: quoted text, escapes and [conditions] apart, y or d makes a date, h or s a time.
func codeKind(code string) dateKind {
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
				return notDate
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
		return notDate
	}
	date, clock := strings.ContainsAny(code, "yd"), strings.ContainsAny(code, "hs")
	switch {
	case date && clock:
		return dateTime
	case date, strings.Contains(code, "m") && !clock && strings.Trim(code, "m-/. ") == "":
		return dateOnly
	case clock:
		return timeOnly
	}
	return notDate
}

// excelDate turns a serial day number into 2006-01-02, with the time of day where the cell shows one.
func excelDate(raw string, kind dateKind, from1904 bool) (string, bool) {
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil || v < 0 || v >= 2958466 {
		return "", false
	}
	if kind == timeOnly && v >= 1 {
		return "", false
	}
	t, err := excelize.ExcelDateToTime(v, from1904)
	if err != nil {
		return "", false
	}
	switch {
	case kind == timeOnly:
		return t.Format("15:04:05"), true
	case kind == dateTime && v != float64(int64(v)):
		return t.Format("2006-01-02 15:04:05"), true
	}
	return t.Format("2006-01-02"), true
}

// plainNumber spells a stored number without exponent and without the tail that binary fractions leave behind
// (0.30000000000000004); codes with leading zeros and anything longer than a double holds stay as they are.
func plainNumber(raw string) string {
	digits := strings.TrimLeft(raw, "-")
	if len(digits) > 1 && digits[0] == '0' && digits[1] != '.' || strings.Trim(raw, "0123456789.-+eE") != "" {
		return strings.TrimSpace(Clean(raw))
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
