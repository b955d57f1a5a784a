package finance

import (
	"errors"
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// sideEval works out one side of a cross-check. Other than a ratio it may take figures of papers, and a balance of
// another date when the rule says how far away.
type sideEval struct {
	set  *Set
	p    dossier.Period
	near int
	ops  []dossier.Figure
	miss []string // names of what is not there
}

// side returns the figure of a side: the one that was read, or one computed with its formula.
func (s *Set) side(r *crossRule, c *crossSide, p dossier.Period) (CrossSide, error) {
	ev := &sideEval{set: s, p: p, near: r.Near}
	out := CrossSide{Name: c.Name}
	e, v, err := ev.eval(c.expr, "")
	if err != nil {
		return out, err
	}
	if e == nil && len(ev.ops) == 0 && c.expr.op != 'n' {
		v = zero // an optional amount that no paper has
	}
	var f dossier.Figure
	if e != nil && e.op == 'i' && len(ev.ops) == 1 {
		f = ev.ops[0]
	} else {
		f = dossier.Figure{Indicator: r.ID + "_" + map[bool]string{true: "left", false: "right"}[c == &r.Left], Name: c.Name, Entity: s.Entity,
			Period: p, Value: v.Round(places(c.Unit)), Unit: c.Unit, Basis: dossier.BasisComputed}
		if e != nil {
			f.Formula = e.String()
		} else {
			f.Formula, f.Note = "0", "材料中没有该项，按零"
		}
		for _, o := range ev.ops {
			f.Operands = append(f.Operands, o.ID)
		}
		f = s.add(f)
	}
	out.Figure, out.Shown, out.Figures = &f, FormatValue(f), ev.ops
	if len(out.Figures) == 0 {
		out.Figures = []dossier.Figure{f}
	}
	out.Places = s.placesOf(out.Figures, 0)
	return out, nil
}

// placesOf collects where figures stand, through what they were computed from.
func (s *Set) placesOf(figs []dossier.Figure, depth int) []dossier.Place {
	var out []dossier.Place
	for _, f := range figs {
		if f.Source != nil {
			out = append(out, f.Source.Place)
		} else if depth < 4 && len(out) < 24 {
			var ops []dossier.Figure
			for _, id := range f.Operands {
				if o, ok := s.Figure(id); ok {
					ops = append(ops, o)
				}
			}
			out = append(out, s.placesOf(ops, depth+1)...)
		}
	}
	return out
}

var errNoFigure = errors.New("no figure")

func (ev *sideEval) eval(e *expr, role string) (*expr, dossier.Decimal, error) {
	switch e.op {
	case 'n':
		return e, e.num, nil
	case 'i':
		f, ok := ev.find(e.name, role)
		if !ok && e.opt && ev.printed(e.name, role) {
			return nil, zero, nil
		}
		if !ok {
			ev.miss = append(ev.miss, e.name)
			return nil, zero, fmt.Errorf("%w: 缺%s的%s", errNoFigure, ev.p.Chinese(), roleName(e.name, role))
		}
		ev.ops = append(ev.ops, f)
		return &expr{op: 'i', name: e.name}, f.Value, nil
	case '~', 'f':
		if e.name == "avg" {
			return ev.average(e)
		}
		inner := role
		if e.name == "open" || e.name == "prior" {
			inner = e.name
		}
		a, v, err := ev.eval(e.args[0], inner)
		if err != nil || a == nil {
			return nil, zero, err
		}
		if e.op == '~' {
			v = v.Neg()
		} else if e.name == "abs" {
			v = v.Abs()
		}
		return &expr{op: e.op, name: e.name, args: []*expr{a}}, v, nil
	}
	l, lv, err := ev.eval(e.args[0], role)
	if err != nil {
		return nil, zero, err
	}
	r, rv, err := ev.eval(e.args[1], role)
	if err != nil {
		return nil, zero, err
	}
	return combine(e.op, l, r, lv, rv)
}

// printed tells whether the paper that would hold an optional amount is there: only then does its absence mean zero.
func (ev *sideEval) printed(id, role string) bool {
	switch st := StatementOf(id); {
	case st == BalanceSheet, ratioByID(id) != nil:
		_, ok := ev.find("total_assets", role)
		return ok
	case st == IncomeStatement:
		_, ok := ev.find("revenue", role)
		return ok
	case st == CashFlow:
		_, ok := ev.find("cfo", role)
		return ok
	}
	return true
}

// average is half of the opening and the closing amount; where the opening is missing, the closing one.
func (ev *sideEval) average(e *expr) (*expr, dossier.Decimal, error) {
	mark := len(ev.ops)
	_, o, errO := ev.eval(e.args[0], "open")
	if errO != nil {
		ev.ops = ev.ops[:mark]
	}
	b, c, err := ev.eval(e.args[0], "")
	if err != nil || errO != nil {
		return b, c, err
	}
	return e, div(o.Add(c), intD(2)), nil
}

// combine applies an operator; a side that is nil (optional and not there) falls out of sums.
func combine(op byte, l, r *expr, lv, rv dossier.Decimal) (*expr, dossier.Decimal, error) {
	both := &expr{op: op, args: []*expr{l, r}}
	switch {
	case l == nil && r == nil:
		return nil, zero, nil
	case op == '+' || op == '-':
		if op == '-' {
			rv = rv.Neg()
		}
		switch {
		case r == nil:
			return l, lv, nil
		case l == nil && op == '-':
			return &expr{op: '~', args: []*expr{r}}, rv, nil
		case l == nil:
			return r, rv, nil
		}
		return both, lv.Add(rv), nil
	case l == nil || r == nil:
		return nil, zero, nil
	case op == '*':
		return both, lv.Mul(rv), nil
	case !rv.IsPositive():
		return nil, zero, errors.New("分母不为正数")
	}
	return both, div(lv, rv), nil
}

// find returns the figure that stands for id at the check's period.
func (ev *sideEval) find(id, role string) (dossier.Figure, bool) {
	s, p := ev.set, ev.p
	switch role {
	case "open":
		p = Opening(p)
	case "prior":
		p = PriorYear(p)
	}
	balance := StatementOf(id) == BalanceSheet
	if r := ratioByID(id); r != nil {
		for _, at := range ev.candidates("total_assets", p, r.Period == "balance" || p.Months == 0) {
			if f, u := s.Compute(id, "", at); u == nil {
				return f, true
			}
		}
		return dossier.Figure{}, false
	}
	for _, at := range ev.candidates(id, p, balance || p.Months == 0) {
		if f, ok := s.Best(id, "", at); ok {
			return f, true
		}
	}
	return dossier.Figure{}, false
}

// candidates are the periods that may stand for p: itself, its end, then the nearest balance date.
func (ev *sideEval) candidates(id string, p dossier.Period, balance bool) []dossier.Period {
	out := []dossier.Period{p}
	if p.Months > 0 {
		out = append(out, Closing(p))
	}
	if !balance && ev.near == 0 {
		return out
	}
	best, found := dossier.Period{}, false
	away := func(q dossier.Period) int { return max(q.End.Sub(p.End), p.End.Sub(q.End)) }
	for _, q := range ev.set.Periods(id, "") {
		if q.Months == 0 && away(q) <= ev.near && (!found || away(q) < away(best)) {
			best, found = q, true
		}
	}
	if found {
		out = append(out, best)
	}
	return out
}
