package voice

import (
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

// At resolves a figure by when: Y0 the latest full year, Y1 and Y2 the years before, I0 the latest interim span, L
// the later of Y0 and I0, S0 the same span as L one year earlier. A balance is taken at the end of the span.
func (v *Voice) At(indicator, when string) (dossier.Figure, bool) {
	for _, p := range v.spans(when) {
		if f, ok := v.Figures.Over(indicator, p); ok {
			return f, true
		}
	}
	if when == "L" { // figures of one date only: flows, collateral, estimates
		if p := v.Figures.Periods(indicator, ""); len(p) > 0 {
			return v.Figures.Get(indicator, p[0])
		}
	}
	return dossier.Figure{}, false
}

func (v *Voice) spans(when string) []dossier.Period {
	year, okY := v.Figures.LatestYear("")
	interim, okI := v.Figures.LatestInterim("")
	switch when {
	case "Y0":
		if okY {
			return []dossier.Period{year}
		}
	case "Y1", "Y2":
		if okY {
			p := finance.PriorYear(year)
			if when == "Y2" {
				p = finance.PriorYear(p)
			}
			return []dossier.Period{p}
		}
	case "I0":
		if okI {
			return []dossier.Period{interim}
		}
	case "S0": // the span before L's, one year earlier
		if okI {
			return []dossier.Period{finance.PriorYear(interim)}
		}
		if okY {
			return []dossier.Period{finance.PriorYear(year)}
		}
	case "L":
		var out []dossier.Period
		if okI {
			out = append(out, interim)
		}
		if okY {
			out = append(out, year)
		}
		return out
	}
	return nil
}

// fig prints a figure with its unit.
func (u *utterance) fig(indicator, when string) (string, error) {
	f, ok := u.v.At(indicator, when)
	if !ok {
		return "", missing("figure %s %s", indicator, when)
	}
	u.use(f)
	return FormatFigure(f), nil
}

// figOf prints a figure of the company that papers of a type speak of: a guarantor's at its latest full year.
func (u *utterance) figOf(types, indicator string) (string, error) {
	f, err := u.other(types, indicator)
	if err != nil {
		return "", err
	}
	u.use(f)
	return FormatFigure(f), nil
}

func (u *utterance) periodOf(types, indicator string) (string, error) {
	f, err := u.other(types, indicator)
	return f.Period.Chinese(), err
}

func (u *utterance) other(types, indicator string) (dossier.Figure, error) {
	for _, d := range u.docs(types) {
		entity, ok := d.Field("entity")
		if !ok || finance.SameName(entity.Value, u.v.Figures.Entity) {
			continue
		}
		p, ok := u.v.Figures.LatestYear(entity.Value)
		if !ok {
			continue
		}
		for _, at := range []dossier.Period{p, finance.Closing(p)} {
			if f, ok := u.v.Figures.Best(indicator, entity.Value, at); ok {
				return f, nil
			}
		}
	}
	return dossier.Figure{}, missing("figure %s of %s", indicator, types)
}

// series prints a figure's values from the oldest to the newest: 48.15%、45.60%、43.92%.
func (u *utterance) series(indicator string) (string, error) {
	var parts []string
	for _, when := range []string{"Y2", "Y1", "Y0", "I0"} {
		if f, ok := u.v.At(indicator, when); ok {
			u.use(f)
			parts = append(parts, f.Period.Chinese()+FormatFigure(f))
		}
	}
	if len(parts) == 0 {
		return "", missing("figure %s", indicator)
	}
	return strings.Join(parts, "、"), nil
}

func (u *utterance) known(indicator, when string) bool {
	_, ok := u.v.At(indicator, when)
	return ok
}

func (u *utterance) name(indicator string) string { return finance.NameOf(indicator) }

// period prints when a figure holds: 2025年末, 2026年1-8月.
func (u *utterance) period(indicator, when string) (string, error) {
	f, ok := u.v.At(indicator, when)
	if !ok {
		return "", missing("figure %s %s", indicator, when)
	}
	return f.Period.Chinese(), nil
}

// basis prints the standing of a figure's source: 经审计, 未经审计, 官方出具.
func (u *utterance) basis(indicator, when string) (string, error) {
	f, ok := u.v.At(indicator, when)
	if !ok {
		return "", missing("figure %s %s", indicator, when)
	}
	if f.Source != nil {
		u.cite(f.Source.Place)
	}
	switch f.Basis {
	case dossier.BasisAudited:
		return "经审计", nil
	case dossier.BasisOfficial:
		return "外部出具", nil
	case dossier.BasisComputed:
		return "计算", nil
	}
	return "未经审计", nil
}

// explain prints a computed figure with its arithmetic.
func (u *utterance) explain(indicator, when string) (string, error) {
	f, ok := u.v.At(indicator, when)
	if !ok {
		return "", missing("figure %s %s", indicator, when)
	}
	u.use(f)
	return u.v.Figures.Explain(f), nil
}

func (u *utterance) two(indicator, from, to string) (a, b dossier.Figure, err error) {
	a, ok1 := u.v.At(indicator, from)
	b, ok2 := u.v.At(indicator, to)
	if !ok1 || !ok2 || a.Period == b.Period {
		return a, b, missing("figure %s %s and %s", indicator, from, to)
	}
	return a, b, nil
}

// move prints the change between two periods: 增长11.53%, 下降3.20%, 上升0.38个百分点. A growth on a base that is not
// positive is said in money.
func (u *utterance) move(indicator, from, to string) (string, error) {
	a, b, err := u.two(indicator, from, to)
	if err != nil {
		return "", err
	}
	u.use(b)
	u.use(a)
	diff := b.Value.Sub(a.Value)
	change := dossier.Figure{Indicator: indicator + "_change", Name: b.Name + "变动", Entity: b.Entity, Scope: b.Scope, Period: b.Period,
		Basis: dossier.BasisComputed, Operands: []string{b.ID, a.ID}, Unit: b.Unit, Value: diff, Formula: "本期 − 上期"}
	text := ""
	switch {
	case b.Unit == dossier.Ratio:
		text = updown(diff, "上升", "下降", "持平") + points(diff)
	case b.Unit.Money() && a.Value.IsPositive():
		change.Unit, change.Value, change.Formula = dossier.Ratio, diff.DivRound(a.Value, 6), "(本期 − 上期) ÷ 上期"
		text = updown(diff, "增长", "下降", "持平") + percent(change.Value.Abs())
	case b.Unit.Money():
		text = updown(diff, "增加", "减少", "持平") + Wan(diff.Abs())
	default:
		text = updown(diff, "上升", "下降", "持平") + format(diff.Abs(), b.Unit)
	}
	if diff.IsZero() {
		text = "持平"
	}
	change.ID = u.v.Figures.Add(change)
	u.figures = append(u.figures, change.ID)
	u.computed = true
	return text, nil
}

func updown(d dossier.Decimal, up, down, same string) string {
	switch {
	case d.IsPositive():
		return up
	case d.IsNegative():
		return down
	}
	return same
}

func (u *utterance) rising(indicator, from, to string) bool {
	a, b, err := u.two(indicator, from, to)
	return err == nil && b.Value.GreaterThan(a.Value)
}

func (u *utterance) falling(indicator, from, to string) bool {
	a, b, err := u.two(indicator, from, to)
	return err == nil && b.Value.LessThan(a.Value)
}

// above tells whether a figure exceeds a limit; below whether it is under it. Neither holds for a missing figure.
func (u *utterance) above(indicator, when, limit string) bool {
	f, ok := u.v.At(indicator, when)
	return ok && f.Value.GreaterThan(dossier.D(limit))
}

func (u *utterance) below(indicator, when, limit string) bool {
	f, ok := u.v.At(indicator, when)
	return ok && f.Value.LessThan(dossier.D(limit))
}

// drivers names the items of a total that moved most between two periods: 应收账款增加174.09万元、存货增加96.91万元.
func (u *utterance) drivers(total, from, to string, n int) (string, error) {
	type mover struct {
		f    dossier.Figure
		diff dossier.Decimal
	}
	a, b, err := u.two(total, from, to)
	if err != nil {
		return "", err
	}
	up := b.Value.GreaterThan(a.Value)
	var movers []mover
	for _, id := range finance.Items(total) {
		x, ok1 := u.v.At(id, from)
		y, ok2 := u.v.At(id, to)
		if !ok1 || !ok2 || x.Period != a.Period || y.Period != b.Period {
			continue
		}
		if d := y.Value.Sub(x.Value); d.IsPositive() == up && !d.IsZero() {
			movers = append(movers, mover{y, d})
			u.use(y)
			u.use(x)
		}
	}
	if len(movers) == 0 {
		return "", missing("items of %s", total)
	}
	sort.SliceStable(movers, func(i, j int) bool { return movers[i].diff.Abs().GreaterThan(movers[j].diff.Abs()) })
	var parts []string
	for _, m := range movers[:min(n, len(movers))] {
		parts = append(parts, m.f.Name+updown(m.diff, "增加", "减少", "")+Wan(m.diff.Abs()))
	}
	u.computed = true
	return strings.Join(parts, "、"), nil
}

// share prints part ÷ whole at one time as a percentage.
func (u *utterance) share(part, whole, when string) (string, error) {
	a, ok1 := u.v.At(part, when)
	b, ok2 := u.v.At(whole, when)
	if !ok1 || !ok2 || !b.Value.IsPositive() {
		return "", missing("%s / %s", part, whole)
	}
	u.use(a)
	u.use(b)
	f := dossier.Figure{Indicator: part + "_share_of_" + whole, Name: a.Name + "占" + b.Name + "比重", Entity: a.Entity, Scope: a.Scope, Period: a.Period,
		Unit: dossier.Ratio, Value: a.Value.DivRound(b.Value, 6), Basis: dossier.BasisComputed, Formula: part + " / " + whole, Operands: []string{a.ID, b.ID}}
	f.ID = u.v.Figures.Add(f)
	u.figures = append(u.figures, f.ID)
	u.computed = true
	return percent(f.Value), nil
}

// gap prints how far a lies from b at one time, as a share of b: 0.61%.
func (u *utterance) gap(a, b, when string) (string, error) {
	x, ok1 := u.v.At(a, when)
	y, ok2 := u.v.At(b, when)
	if !ok1 || !ok2 || !y.Value.IsPositive() || x.Period != y.Period {
		return "", missing("%s / %s", a, b)
	}
	u.use(x)
	u.use(y)
	f := dossier.Figure{Indicator: a + "_gap_to_" + b, Name: x.Name + "与" + y.Name + "差异率", Entity: y.Entity, Scope: y.Scope, Period: y.Period,
		Unit: dossier.Ratio, Value: x.Value.Sub(y.Value).DivRound(y.Value, 6), Basis: dossier.BasisComputed,
		Formula: "(" + a + " - " + b + ") / " + b, Operands: []string{x.ID, y.ID}}
	f.ID = u.v.Figures.Add(f)
	u.figures = append(u.figures, f.ID)
	u.computed = true
	return percent(f.Value.Abs()), nil
}
