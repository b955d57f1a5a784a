package finance

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

var chineseOps = map[byte]string{'+': " ＋ ", '-': " － ", '*': " × ", '/': " ÷ "}

// chinese prints a formula with names in place of ids, for messages.
func (ev *evaluation) chinese(e *expr) string {
	return e.format(func(x *expr, role string) string { return roleName(x.name, role) }, chineseOps, "")
}

func roleName(id, role string) string {
	n := NameOf(id)
	switch role {
	case "avg":
		return "平均" + n
	case "open":
		return "期初" + n
	case "prior":
		return "上年同期" + n
	case "base":
		return "基期" + n
	}
	return n
}

// Explain prints a computed figure with its arithmetic and where its operands were read: 资产负债率 = 负债合计 2.00 ÷
// 资产总计 4.00 = 50.00%，审计报告.pdf第4页. Operands of several places are named with each; operands that were computed
// themselves are told apart (Lineage prints them in turn). A figure that was read prints its value and place.
func (s *Set) Explain(f dossier.Figure) string {
	out := s.Arithmetic(f)
	if f.Formula == "" {
		return out
	}
	return out + s.places(f)
}

// Arithmetic is Explain without the places of the operands.
func (s *Set) Arithmetic(f dossier.Figure) string {
	if f.Formula == "" {
		out := f.Name + " " + FormatValue(f)
		if f.Source != nil {
			out += "（" + f.Source.File + placeText(f.Source.Place) + "）"
		}
		return out
	}
	e, err := parseExpr(f.Formula)
	if err != nil { // a formula in words, as bank flows have
		return f.Name + " = " + f.Formula + " = " + FormatValue(f)
	}
	if e.op == 'n' {
		return f.Name + " " + FormatValue(f) // a parameter, not a sum
	}
	var ops []dossier.Figure
	for _, id := range f.Operands {
		if o, ok := s.Figure(id); ok {
			ops = append(ops, o)
		}
	}
	leaf := func(x *expr, role string) string {
		if role == "avg" {
			o, okO := operand(ops, x.name, f.Period, "open")
			c, okC := operand(ops, x.name, f.Period, "")
			switch {
			case okO && okC:
				return roleName(x.name, "avg") + "（期初" + FormatValue(o) + "、期末" + FormatValue(c) + "）"
			case okO:
				return roleName(x.name, "avg") + "（期初" + FormatValue(o) + "、期末0）"
			case okC:
				return roleName(x.name, "avg") + "（期初0、期末" + FormatValue(c) + "）"
			}
			return roleName(x.name, role)
		}
		if o, ok := operand(ops, x.name, f.Period, role); ok {
			return roleName(x.name, role) + " " + FormatValue(o)
		}
		return roleName(x.name, role)
	}
	return f.Name + " = " + e.format(leaf, chineseOps, "") + " = " + FormatValue(f)
}

// operand finds the operand that stands for id in that role: the one at the end of the period, or an earlier one.
func operand(ops []dossier.Figure, id string, p dossier.Period, role string) (dossier.Figure, bool) {
	for _, o := range ops {
		if o.Indicator == id && (role == "" || role == "avg") == (o.Period.End == p.End) {
			return o, true
		}
	}
	if role == "" { // a term of another date, as loans outstanding today
		for _, o := range ops {
			if o.Indicator == id {
				return o, true
			}
		}
	}
	return dossier.Figure{}, false
}

// FormatValue prints a figure's value for readers: 1,234,567.89, 40.00%, 1.50, 90.00天.
func FormatValue(f dossier.Figure) string {
	switch {
	case f.Unit == dossier.Ratio:
		return percent(f.Value)
	case f.Unit == dossier.Times:
		return f.Value.StringFixed(2)
	case f.Unit == dossier.DaysUnit:
		return f.Value.StringFixed(2) + "天"
	case f.Unit.Money():
		return Money(f.Value)
	}
	return Format(f.Value, 0) + string(f.Unit)
}

func placeText(p dossier.Place) string {
	switch {
	case p.Cell != "":
		return " " + p.Cell
	case p.Page > 0:
		return " 第" + strings.TrimSpace(intD(p.Page).String()) + "页"
	}
	return ""
}
