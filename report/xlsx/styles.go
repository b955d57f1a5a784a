package xlsx

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/xindiao/xindiao/dossier"
)

func itoa(n int) string { return strconv.Itoa(n) }

// styles of a workbook by what a cell holds.
type styles struct {
	title, head, cell, text, note     int
	strong                            int // laid over a row in bold
	dash                              int // of a cell without a value
	money, percent, times, whole, any int
	yuan, days                        int // with the unit beside the number
}

func (s *styles) make(f *excelize.File) error {
	border := []excelize.Border{{Type: "left", Color: "D8DEE5", Style: 1}, {Type: "right", Color: "D8DEE5", Style: 1}, {Type: "top", Color: "D8DEE5", Style: 1}, {Type: "bottom", Color: "D8DEE5", Style: 1}}
	wrap := &excelize.Alignment{WrapText: true, Vertical: "top"}
	num := func(format string) *excelize.Style {
		return &excelize.Style{Border: border, CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "top"}}
	}
	for _, x := range []struct {
		at *int
		st *excelize.Style
	}{
		{&s.title, &excelize.Style{Font: &excelize.Font{Bold: true, Size: 12, Color: "1F3A5F"}}},
		{&s.head, &excelize.Style{Border: border, Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8ECF1"}}, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}},
		{&s.cell, &excelize.Style{Border: border, Alignment: wrap}},
		{&s.text, &excelize.Style{Alignment: wrap}},
		{&s.note, &excelize.Style{Alignment: wrap, Font: &excelize.Font{Color: "5A6673", Size: 9}}},
		{&s.dash, &excelize.Style{Border: border, Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "top"}}},
		{&s.yuan, num(`#,##0.00"元";-#,##0.00"元"`)},
		{&s.days, num(`0.00"天"`)},
		{&s.money, num("#,##0.00;-#,##0.00")},
		{&s.percent, num("0.00%")},
		{&s.times, num("0.00")},
		{&s.whole, num("#,##0")},
		{&s.any, num("#,##0.##")},
	} {
		id, err := f.NewStyle(x.st)
		if err != nil {
			return err
		}
		*x.at = id
	}
	var err error
	s.strong, err = f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F6F8FA"}}})
	return err
}

// number is the style of a figure; bare where the table says the unit of money.
func (s *styles) number(u dossier.Unit, bare bool) int {
	switch {
	case u.Money() && !bare:
		return s.yuan
	case u == dossier.DaysUnit:
		return s.days
	case u.Money():
		return s.money
	case u == dossier.Ratio:
		return s.percent
	case u == dossier.Times:
		return s.times
	case u == dossier.Count, u == dossier.Persons:
		return s.whole
	}
	return s.any
}

// plainNumber is the style of a number that was printed as text.
func (s *styles) plainNumber(printed string) int {
	switch {
	case strings.HasSuffix(printed, "%"):
		return s.percent
	case strings.Contains(printed, "."):
		return s.money
	}
	return s.whole
}

// number reads a cell's text as the number that it prints; anything but digits, separators, a sign and % is text.
func number(s string) (float64, bool) {
	t := strings.ReplaceAll(strings.ReplaceAll(s, ",", ""), "−", "-")
	percent := strings.HasSuffix(t, "%")
	t = strings.TrimSuffix(t, "%")
	if t == "" || strings.Trim(t, "-0123456789.") != "" || len(t) > 17 || len(t) > 1 && t[0] == '0' && t[1] != '.' {
		return 0, false
	}
	d, err := decimal.NewFromString(t)
	if err != nil {
		return 0, false
	}
	if percent {
		d = d.Shift(-2)
	}
	return d.InexactFloat64(), true
}
