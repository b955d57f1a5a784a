package finance

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// checkFormula evaluates a check over the preferred figures of each entity, scope and period.
func (s *Set) checkFormula(c *Check, ws *Workings) []CheckResult {
	var out []CheckResult
	for _, e := range s.Entities() {
		for _, scope := range []dossier.Scope{dossier.ScopeSingle, dossier.ScopeConsolidated} {
			if c.Scope != "" && c.Scope != scope {
				continue
			}
			for _, p := range s.checkPeriods(c, e) {
				if r, ok := s.checkAt(c, ws, e, scope, p); ok {
					out = append(out, r)
				}
			}
		}
	}
	sortResults(out)
	return out
}

// checkPeriods are the spans or dates for which a statement is there.
func (s *Set) checkPeriods(c *Check, entity string) []dossier.Period {
	var out []dossier.Period
	add := func(p dossier.Period, ok bool) {
		if ok && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	for _, p := range s.Periods("total_assets", entity) {
		if c.Period == "balance" {
			add(p, p.Months == 0)
		}
	}
	if c.Period != "balance" {
		for _, id := range []string{"revenue", "cfo", "net_profit"} {
			for _, p := range s.Periods(id, entity) {
				add(p, p.FullYear() || c.Period == "flow" && p.Months > 0 && p.Months == int(p.End.Month))
			}
		}
	}
	return out
}

// checkAt evaluates a check; ok is false when nothing of it is there.
func (s *Set) checkAt(c *Check, ws *Workings, entity string, scope dossier.Scope, p dossier.Period) (CheckResult, bool) {
	r := c.result(entity, scope, p)
	if len(c.Standards) > 0 && !slices.Contains(c.Standards, s.standardOf(entity, scope, p)) {
		return r, false
	}
	k := &checking{s: s, w: ws, c: c, ev: &evaluation{set: s, entity: entity, scope: scope, p: p}}
	if miss := k.needs(); len(miss) > 0 {
		return k.untestable(r, miss)
	}
	for _, w := range c.When {
		v, _, miss, err := k.side(w.expr)
		if len(miss) > 0 || err != nil {
			return k.undone(r, miss, err)
		}
		if v.LessThanOrEqual(w.above) {
			r.Outcome, r.Why = CheckPass, w.Says+"，不适用"
			r.Figures = k.figures()
			return r, true
		}
	}
	var missing []string
	for _, x := range []struct {
		e    *expr
		name string
		to   **dossier.Figure
	}{{c.left, c.LeftName, &r.Left}, {c.right, c.RightName, &r.Right}, {c.low, c.LowName, &r.Low}} {
		if x.e == nil {
			continue
		}
		f, miss, err := k.figure(x.e, x.name)
		if err != nil {
			return k.undone(r, nil, err)
		}
		missing = append(missing, miss...)
		*x.to = f
	}
	if len(missing) > 0 {
		return k.untestable(r, missing)
	}
	if r.Tolerance = k.tolerance(r.Right.Value); k.lacks != nil {
		return k.untestable(r, k.lacks)
	}
	k.judge(&r)
	return r, true
}

// judge compares the sides and says it.
func (k *checking) judge(r *CheckResult) {
	c := k.c
	l, h := r.Left.Value, r.Right.Value
	r.Diff = l.Sub(h)
	fits := false
	switch c.Relation {
	case "equal":
		fits = r.Diff.Abs().LessThanOrEqual(r.Tolerance)
	case "at_most":
		fits = r.Diff.LessThanOrEqual(r.Tolerance)
	case "at_least":
		fits = r.Diff.Neg().LessThanOrEqual(r.Tolerance)
	case "between":
		low, high := r.Low.Value, h
		if low.GreaterThan(high) {
			low, high = high, low
		}
		fits = l.GreaterThanOrEqual(low.Sub(r.Tolerance)) && l.LessThanOrEqual(high.Add(r.Tolerance))
		if l.LessThan(low) {
			r.Diff = l.Sub(low)
		} else if l.LessThanOrEqual(high) {
			r.Diff = zero
		}
	}
	r.Figures = k.figures()
	r.Arithmetic = k.arithmetic(r)
	unit := ""
	if c.Unit.Money() {
		unit = "元"
	}
	r.Outcome = CheckPass
	r.Why = fmt.Sprintf("%s %s%s，%s %s%s", r.Left.Name, FormatValue(*r.Left), unit, r.Right.Name, FormatValue(*r.Right), unit)
	if r.Low != nil {
		r.Why = fmt.Sprintf("%s %s%s，应在 %s 至 %s%s之间", r.Left.Name, FormatValue(*r.Left), unit, FormatValue(*r.Low), FormatValue(*r.Right), unit)
	}
	if fits {
		return
	}
	r.Outcome = c.Fails
	r.Why += fmt.Sprintf("，相差 %s%s", k.shown(r.Diff.Abs()), unit)
	if r.Tolerance.IsPositive() {
		r.Why += fmt.Sprintf("，超过容差 %s%s", k.shown(r.Tolerance), unit)
	}
	if t := k.tried(r); t != "" {
		r.Why += "；" + t
	} else {
		r.Why += "；可能的解释：" + strings.Join(c.Explains, "、")
	}
}

func (k *checking) shown(d dossier.Decimal) string {
	return FormatValue(dossier.Figure{Value: d, Unit: k.c.Unit})
}

// tried tells which usual mistake makes the sides equal.
func (k *checking) tried(r *CheckResult) string {
	tol := k.rounding().Add(one)
	for _, t := range k.c.Tries {
		l := r.Left.Value
		if t.left != nil {
			v, _, miss, err := k.side(t.left)
			if err != nil || len(miss) > 0 {
				continue
			}
			l = v
		}
		v, used, miss, err := k.side(t.right)
		if err == nil && len(miss) == 0 && used != nil && within(l, v, tol) {
			return t.Says
		}
	}
	return ""
}

// undone is a check whose formula has no value.
func (k *checking) undone(r CheckResult, miss []string, err error) (CheckResult, bool) {
	if len(miss) > 0 || errors.Is(err, errNotApplicable) {
		return k.untestable(r, miss)
	}
	r.Outcome, r.Why = CheckUntestable, err.Error()
	r.Figures = k.figures()
	return r, len(r.Figures) > 0
}

// untestable tells what is missing, for statements of their paper's own date; a comparative column that lacks its own
// opening is no gap.
func (k *checking) untestable(r CheckResult, miss []string) (CheckResult, bool) {
	slices.Sort(miss)
	r.Missing = slices.Compact(miss)
	r.Figures = k.figures()
	r.Outcome, r.Left, r.Right, r.Low = CheckUntestable, nil, nil, nil
	if len(miss) == 0 || !k.current() {
		return r, false
	}
	r.Why = missingText(r.Missing)
	return r, true
}
