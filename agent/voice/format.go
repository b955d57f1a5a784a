package voice

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

// Wan prints 元 as 万元 with two decimals and thousands separators: 5,420.78万元.
func Wan(d dossier.Decimal) string {
	return dossier.Group(d.Div(dossier.D("10000")).StringFixed(2)) + "万元"
}

var yuanRE = regexp.MustCompile(`(\d[\d,]*(?:\.\d+)?)元`)

// InWan turns amounts of 10,000 元 and more in a sentence into 万元, as reports print them.
func InWan(s string) string {
	return yuanRE.ReplaceAllStringFunc(s, func(m string) string {
		d, err := decimal.NewFromString(strings.ReplaceAll(strings.TrimSuffix(m, "元"), ",", ""))
		if err != nil || d.Abs().LessThan(dossier.D("10000")) {
			return m
		}
		return Wan(d)
	})
}

// periodKeys are text fields that hold a month.
var periodKeys = map[string]bool{"last": true, "last_period": true, "month": true, "period": true}

var monthRE = regexp.MustCompile(`^(20\d{2})-?(0[1-9]|1[0-2])$`)

func percent(d dossier.Decimal) string { return d.Mul(dossier.D("100")).StringFixed(2) + "%" }

func points(d dossier.Decimal) string {
	if d.IsZero() {
		return ""
	}
	return d.Abs().Mul(dossier.D("100")).StringFixed(2) + "个百分点"
}

// FormatFigure prints a figure's value with its unit, as reports do.
func FormatFigure(f dossier.Figure) string { return format(f.Value, f.Unit) }

func format(d dossier.Decimal, u dossier.Unit) string {
	switch {
	case u.Money():
		return Wan(d)
	case u == dossier.Ratio:
		return percent(d)
	case u == dossier.Times:
		return d.StringFixed(2)
	case u == dossier.DaysUnit:
		return d.StringFixed(0) + "天"
	case u == dossier.Count:
		return dossier.Group(d.String())
	}
	return dossier.Group(d.String()) + string(u)
}

// Show prints a field for a reader: money in 万元, dates in Chinese, shares in percent.
func Show(f dossier.Field) string {
	switch f.Kind {
	case dossier.KindMoney:
		if d, ok := f.Decimal(); ok {
			return Wan(d)
		}
	case dossier.KindDate:
		if d, ok := f.Date(); ok {
			return d.Chinese()
		}
	case dossier.KindPercent:
		if d, ok := f.Decimal(); ok {
			return d.Mul(dossier.D("100")).String() + "%"
		}
	case dossier.KindArea:
		if d, ok := f.Decimal(); ok {
			return dossier.Group(d.StringFixed(2)) + "㎡"
		}
	case dossier.KindPeriod, dossier.KindText:
		if f.Kind == dossier.KindText && !periodKeys[f.Key] {
			break
		}
		if m := monthRE.FindStringSubmatch(f.Value); m != nil {
			return m[1] + "年" + strings.TrimLeft(m[2], "0") + "月"
		}
	case dossier.KindIDCard:
		if len(f.Value) == 18 {
			return f.Value[:6] + "********" + f.Value[14:]
		}
	case dossier.KindBankCard:
		if n := len(f.Value); n > 8 {
			return f.Value[:4] + strings.Repeat("*", n-8) + f.Value[n-4:]
		}
	}
	return strings.Join(strings.Fields(f.Value), " ")
}
