package dossier

import "strconv"

// Figure is one number with everything needed to trust it: what it measures, of whom, when, and where it comes
// from. It is either read (Source) or computed (Formula over Operands); a model never makes one.
type Figure struct {
	ID        string // f1, f2… within the dossier
	Indicator string // line item or ratio id: revenue, debt_ratio…
	Name      string // Chinese name of the indicator
	Entity    string
	Scope     Scope
	Period    Period
	Value     Decimal // in Unit's base: money in 元, ratios as 0.3777
	Unit      Unit
	Basis     Basis
	Formula   string   // over indicator ids, "" when read
	Operands  []string // figure ids, in the formula's order
	Source    *Source  // nil when computed
	Note      string   // in Chinese: a caveat the reader must see beside it
}

// Source is where a figure was read.
type Source struct {
	Place
	Printed string // as printed: 1,351.0424
	Unit    Unit   // as printed: 万元
}

// Scope tells consolidated statements from the single company's.
type Scope string

// Scopes.
const (
	ScopeSingle       Scope = "single"       // 母公司 or a company without subsidiaries
	ScopeConsolidated Scope = "consolidated" // 合并
)

// Basis tells how much weight the source carries.
type Basis string

// Bases, the strongest first.
const (
	BasisAudited   Basis = "audited"
	BasisOfficial  Basis = "official" // issued by a registry, tax office, credit centre, bank
	BasisStamped   Basis = "stamped"
	BasisUnaudited Basis = "unaudited"
	BasisComputed  Basis = "computed"
)

// Unit of a value.
type Unit string

// Units. Money values are held in Yuan; the others are as-printed units.
const (
	Yuan         Unit = "元"
	ThousandYuan Unit = "千元"
	WanYuan      Unit = "万元"
	MillionYuan  Unit = "百万元"
	YiYuan       Unit = "亿元"
	Ratio        Unit = "ratio" // 0.3777, shown as 37.77%
	Times        Unit = "times" // 1.62, shown as it is
	DaysUnit     Unit = "days"
	Persons      Unit = "人"
	KWh          Unit = "kWh"
	SquareMetre  Unit = "㎡"
	Count        Unit = "count"
)

// Money tells whether the unit is an amount of money.
func (u Unit) Money() bool {
	switch u {
	case Yuan, ThousandYuan, WanYuan, MillionYuan, YiYuan:
		return true
	}
	return false
}

// Scale returns how many 元 one of a money unit is.
func (u Unit) Scale() Decimal {
	switch u {
	case ThousandYuan:
		return D("1000")
	case WanYuan:
		return D("10000")
	case MillionYuan:
		return D("1000000")
	case YiYuan:
		return D("100000000")
	}
	return D("1")
}

// Period is the day of a balance, or the span of a flow.
type Period struct {
	End    Date
	Months int // 0: a balance on End; 12: the year to End; 8: January to August…
}

// At is the period of a balance.
func At(end Date) Period { return Period{End: end} }

// Span is the period of a flow of so many months up to end.
func Span(end Date, months int) Period { return Period{End: end, Months: months} }

// FullYear tells whether the flow spans a calendar year.
func (p Period) FullYear() bool { return p.Months == 12 && p.End.Month == 12 }

func (p Period) String() string {
	if p.Months == 0 {
		return p.End.String()
	}
	return p.End.AddDays(1).AddMonths(-p.Months).String() + "/" + p.End.String()
}

// Chinese prints 2025年末, 2026年8月末, 2025年, 2026年1-8月 or a span of days.
func (p Period) Chinese() string {
	y := strconv.Itoa(p.End.Year) + "年"
	m := strconv.Itoa(int(p.End.Month))
	switch {
	case p.Months == 0 && p.End.Month == 12 && p.End.Day == 31:
		return y + "末"
	case p.Months == 0 && p.End == p.End.MonthEnd():
		return y + m + "月末"
	case p.Months == 0:
		return p.End.Chinese()
	case p.FullYear():
		return y
	case p.Months == 1:
		return y + m + "月"
	case p.Months == int(p.End.Month):
		return y + "1-" + m + "月"
	}
	start := p.End.AddDays(1).AddMonths(-p.Months)
	if start.Year == p.End.Year {
		return strconv.Itoa(start.Year) + "年" + strconv.Itoa(int(start.Month)) + "-" + m + "月"
	}
	return strconv.Itoa(start.Year) + "年" + strconv.Itoa(int(start.Month)) + "月至" + y + m + "月"
}
