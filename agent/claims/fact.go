package claims

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

// fact is a number that a sentence may rest on.
type fact struct {
	Number
	by     string          // "f12" or "p3", for the verdict
	figure *dossier.Figure // nil for a number of a passage
	scales []dossier.Decimal
}

var reDeclared = regexp.MustCompile(`(?:单位|金额单位|货币单位)[:：]?\s?(?:人民币)?(千元|百万元|万元|亿元|元)|[（(](千元|百万元|万元|亿元|元)[）)]`)

// facts collects the numbers of the cited figures and passages.
func facts(in Input) []fact {
	var out []fact
	for i := range in.Figures {
		out = append(out, figureFacts(&in.Figures[i])...)
	}
	for _, p := range in.Passages {
		for _, n := range Numbers(p.Place.File) { // a file's name may be repeated
			if n.Kind == Date {
				out = append(out, fact{Number: n, by: p.ID})
			}
		}
		declared := declaredScales(p.Text)
		for _, n := range Numbers(p.Text) {
			out = append(out, fact{Number: n, by: p.ID, scales: declared})
		}
	}
	return append(out, applicationFacts(in.Application)...)
}

// declaredScales are how many 元 a number without unit may mean in a passage: what its headings declare, else 元.
func declaredScales(text string) []dossier.Decimal {
	var out []dossier.Decimal
	for _, m := range reDeclared.FindAllStringSubmatch(text, 4) {
		out = append(out, dossier.Unit(m[1]+m[2]).Scale())
	}
	if len(out) == 0 {
		out = append(out, decimal.NewFromInt(1))
	}
	return out
}

func figureFacts(f *dossier.Figure) []fact {
	n := Number{Value: f.Value, Text: f.Name}
	switch {
	case f.Unit.Money():
		// values are kept in 元 whatever was printed
		n.Kind, n.Unit = Money, "元"
	case f.Unit == dossier.Ratio:
		n.Kind, n.Unit = Percent, "%"
	case f.Unit == dossier.Times:
		n.Kind, n.Unit = Count, "倍"
	case f.Unit == dossier.DaysUnit:
		n.Kind, n.Unit = Count, "天"
	case f.Unit == dossier.Count:
		n.Kind = Plain
	default:
		n.Kind, n.Unit = Count, string(f.Unit)
	}
	out := []fact{{Number: n, by: f.ID, figure: f}}
	d := Number{Kind: Date, Date: f.Period.End}
	if f.Period.Months > 0 {
		d.From = f.Period.End.AddDays(1).AddMonths(-f.Period.Months)
	}
	if !d.Date.IsZero() {
		out = append(out, fact{Number: d, by: f.ID, figure: f})
	}
	if f.Source != nil {
		for _, n := range Numbers(f.Source.Quote) {
			if n.Kind == Identifier || n.Kind == Date {
				out = append(out, fact{Number: n, by: f.ID})
			}
		}
	}
	return out
}

func applicationFacts(a dossier.Application) []fact {
	var out []fact
	add := func(n Number) { out = append(out, fact{Number: n, by: "application"}) }
	if !a.AmountCNY.IsZero() {
		add(Number{Kind: Money, Unit: "元", Value: a.AmountCNY})
	}
	if a.TermMonths > 0 {
		add(Number{Kind: Count, Unit: "月", Value: decimal.NewFromInt(int64(a.TermMonths))})
	}
	if !a.AsOf.IsZero() {
		add(Number{Kind: Date, Date: a.AsOf})
	}
	b := a.Bank
	for _, days := range []int{b.CreditReportMaxAgeDays, b.RegistrySearchMaxAgeDays, b.CourtSearchMaxAgeDays, b.RegistrationMaxAgeDays} {
		if days > 0 {
			add(Number{Kind: Count, Unit: "天", Value: decimal.NewFromInt(int64(days))})
		}
	}
	for _, limit := range b.MortgageLTVMax {
		add(Number{Kind: Percent, Unit: "%", Value: limit})
	}
	for _, n := range Numbers(strings.Join([]string{a.USCC, a.Industry, a.Purpose, a.CheckPeriod}, " ")) {
		add(n)
	}
	return out
}

// bears tells whether fact f bears out the number n of a sentence at the precision that the sentence prints.
func (f fact) bears(n Number) bool {
	switch {
	case n.Kind == Date:
		return f.Kind == Date && agrees(n, f.Number)
	case f.Kind == Date || f.Kind == Ordinal || f.Kind == Identifier || f.Kind == Relative:
		return false
	case n.Kind == f.Kind && n.Unit == f.Unit:
		if n.Kind == Count && f.figure != nil && n.Tol.IsZero() && !f.Value.IsInteger() {
			n.Tol = dossier.D("0.5") // 89天 for a computed 89.01
		}
		return close(n, f.Number)
	}
	switch n.Kind {
	case Money: // a bare number of a table, under the unit that its heading declares
		if f.Kind != Plain || f.figure != nil {
			return false
		}
		for _, s := range f.scales {
			g := f.Number
			g.Value = g.Value.Mul(s)
			if close(n, g) {
				return true
			}
		}
	case Percent:
		g := f.Number
		switch {
		case f.Kind == Plain && f.figure == nil && !f.Tol.Equal(dossier.D("0.5")): // 37.77 in a column of per cents
			g.Value = g.Value.Mul(dossier.D("0.01"))
			return close(n, g)
		case f.Kind == Count && f.Unit == "倍":
			return close(n, g)
		}
	case Plain, Count:
		switch {
		case n.Kind == Plain && f.Kind == Money && (f.figure != nil || f.by == "application"):
			return n.Value.Abs().GreaterThan(dossier.D("1000")) && close(n, f.Number) // an amount in an arithmetic
		case n.Kind == Plain && f.figure != nil && (f.Kind == Percent || f.Kind == Count):
			return close(n, f.Number) // 流动比率1.62
		case n.Kind == Plain && f.Kind == Count, f.Kind == Plain && n.Unit != "月":
			return close(n, f.Number)
		}
		return n.Unit == "倍" && f.Kind == Percent && close(n, f.Number)
	}
	return false
}

// close compares values at the sentence's printed precision, signs as the words beside them say.
func close(n, f Number) bool {
	want, have := signed(n), signed(f)
	if n.Change == 0 && f.Change != 0 && !f.Value.IsNegative() {
		have = f.Value // 减少73万元 in the source, 73万元 in the sentence: the size is claimed, not the direction
	}
	return near(n, want, have)
}

func signed(n Number) dossier.Decimal {
	if n.Change < 0 && n.Value.IsPositive() {
		return n.Value.Neg()
	}
	return n.Value
}

// around bounds 近 and 逾: how far below or above the fact may be.
var around = dossier.D("0.05")

// near allows rounding to the printed digit; 近 and 逾 may be up to 5 % off in their own direction.
func near(n Number, want, have dossier.Decimal) bool {
	diff := have.Sub(want)
	if diff.Abs().LessThanOrEqual(n.Tol) {
		return true
	}
	slack := want.Abs().Mul(around)
	switch n.Approx {
	case Under:
		return diff.IsNegative() && diff.Abs().LessThanOrEqual(slack)
	case Over:
		return diff.IsPositive() && diff.LessThanOrEqual(slack)
	}
	return false
}
