package finance

import (
	"errors"
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// Undefined tells why a ratio has no value: nothing is ever shown as zero or infinity instead.
type Undefined struct {
	ID     string
	Name   string
	Entity string
	Period dossier.Period
	Why    string // in Chinese
}

// evaluation of one ratio for one entity, scope and period.
type evaluation struct {
	set    *Set
	entity string
	scope  dossier.Scope
	p      dossier.Period
	signed bool // see Ratio.Signed
	ops    []string
	notes  []string
}

// errNotApplicable: the ratio does not exist for such a period; nothing to report.
var errNotApplicable = errors.New("not applicable")

type missingError struct {
	id string
	p  dossier.Period
}

func (e missingError) Error() string {
	return fmt.Sprintf("缺%s的%s", e.p.Chinese(), NameOf(e.id))
}

// noStatementError: the statement that would print the item was not handed in, which the requirement matrix says;
// only who asks for the ratio by name is told.
type noStatementError struct{ missingError }

func (noStatementError) Is(err error) bool { return err == errNotApplicable }

// Compute evaluates one ratio and adds it, with what it is made of, to the set.
func (s *Set) Compute(id, entity string, p dossier.Period) (dossier.Figure, *Undefined) {
	return s.computeScope(id, entity, "", p)
}

func (s *Set) computeScope(id, entity string, scope dossier.Scope, p dossier.Period) (dossier.Figure, *Undefined) {
	if entity == "" {
		entity = s.Entity
	}
	u := &Undefined{ID: id, Name: NameOf(id), Entity: entity, Period: p}
	r := ratioByID(id)
	if r == nil {
		u.Why = "没有这个指标"
		return dossier.Figure{}, u
	}
	if scope == "" {
		scope = s.scopeOf(entity, p)
	}
	f, err := s.compute(r, entity, scope, p)
	if err != nil {
		u.Why = err.Error()
		if err == errNotApplicable {
			u.Why = "该指标不适用于" + p.Chinese()
		}
		return dossier.Figure{}, u
	}
	return f, nil
}

func (s *Set) compute(r *Ratio, entity string, scope dossier.Scope, p dossier.Period) (dossier.Figure, error) {
	at := p
	switch r.Period {
	case "balance":
		at = Closing(p)
	case "year":
		if !p.FullYear() {
			return dossier.Figure{}, errNotApplicable
		}
	default:
		if p.Months == 0 {
			return dossier.Figure{}, errNotApplicable
		}
	}
	ev := &evaluation{set: s, entity: entity, scope: scope, p: p, signed: r.Signed}
	e, v, err := ev.eval(r.expr, "")
	if err != nil {
		if r.Group == "growth" {
			err = ev.grew(r.expr, err)
		}
		return dossier.Figure{}, err
	}
	if e == nil || len(ev.ops) == 0 {
		return dossier.Figure{}, fmt.Errorf("%s没有相关科目", p.Chinese())
	}
	if r.Period == "annualised" && p.Months != 12 {
		k := &expr{op: '/', args: []*expr{{op: 'n', num: intD(12)}, {op: 'n', num: intD(p.Months)}}}
		e = &expr{op: '*', args: []*expr{e, k}}
		v = div(v.Mul(intD(12)), intD(p.Months))
		ev.note(fmt.Sprintf("按%s数据年化（×12/%d）", p.Chinese(), p.Months))
	}
	ev.note(r.Note)
	ev.flags(r, e)
	digits := places(r.Unit)
	if r.digits > 0 {
		digits = r.digits
	}
	f := dossier.Figure{Indicator: r.ID, Name: r.Name, Entity: entity, Scope: scope, Period: at, Value: v.Round(digits),
		Unit: r.Unit, Basis: dossier.BasisComputed, Formula: e.String(), Operands: ev.ops, Note: joinNotes(ev.notes)}
	f.ID = s.Add(f)
	g, _ := s.Figure(f.ID)
	return g, nil
}

func places(u dossier.Unit) int32 {
	switch u {
	case dossier.Ratio, dossier.Times:
		return 4
	}
	return 2
}

func (ev *evaluation) note(n string) {
	if n == "" {
		return
	}
	for _, o := range ev.notes {
		if o == n {
			return
		}
	}
	ev.notes = append(ev.notes, n)
}

func joinNotes(ns []string) string {
	out := ""
	for i, n := range ns {
		if i > 0 {
			out += "；"
		}
		out += n
	}
	return out
}

// eval returns the value and the formula as it was used: what the statement does not print falls out of sums.
func (ev *evaluation) eval(e *expr, role string) (*expr, dossier.Decimal, error) {
	switch e.op {
	case 'n':
		return e, e.num, nil
	case 'i':
		return ev.ident(e, role)
	case '~':
		a, v, err := ev.eval(e.args[0], role)
		if err != nil || a == nil {
			return nil, zero, err
		}
		return &expr{op: '~', args: []*expr{a}}, v.Neg(), nil
	case 'f':
		return ev.call(e, role)
	}
	l, lv, err := ev.eval(e.args[0], role)
	if err != nil {
		return nil, zero, err
	}
	r, rv, err := ev.eval(e.args[1], role)
	if err != nil {
		return nil, zero, err
	}
	both := &expr{op: e.op, args: []*expr{l, r}}
	switch e.op {
	case '+', '-':
		switch {
		case l == nil && r == nil:
			return nil, zero, nil
		case r == nil:
			return l, lv, nil
		case l == nil && e.op == '+':
			return r, rv, nil
		case l == nil:
			return &expr{op: '~', args: []*expr{r}}, rv.Neg(), nil
		case e.op == '+':
			return both, lv.Add(rv), nil
		}
		return both, lv.Sub(rv), nil
	case '*':
		if l == nil || r == nil {
			return nil, zero, nil
		}
		return both, lv.Mul(rv), nil
	}
	if r == nil || rv.IsZero() || rv.IsNegative() && !ev.signed {
		return nil, zero, baseError{ev.chinese(e.args[1]), rv, r == nil}
	}
	if l == nil {
		return &expr{op: '/', args: []*expr{{op: 'n'}, r}}, zero, nil
	}
	return both, div(lv, rv), nil
}

// Ratios computes every ratio that applies to the periods, adds them to the set and tells which are undefined.
// entity "" is the borrower.
func (s *Set) Ratios(entity string, periods []dossier.Period) ([]dossier.Figure, []Undefined) {
	var figs []dossier.Figure
	var undef []Undefined
	if entity == "" {
		entity = s.Entity
	}
	for _, p := range periods {
		scope := s.scopeOf(entity, p)
		for _, r := range theRatios().all {
			if r.Asked {
				continue
			}
			f, err := s.compute(r, entity, scope, p)
			switch {
			case err == nil:
				figs = append(figs, f)
			case errors.Is(err, errNotApplicable):
			default:
				undef = append(undef, Undefined{r.ID, r.Name, entity, p, err.Error()})
			}
		}
	}
	return figs, undef
}

// scopeOf is the company's own statements where there are any, else the group's.
func (s *Set) scopeOf(entity string, p dossier.Period) dossier.Scope {
	for _, id := range []string{"total_assets", "total_current_assets", "total_current_liabilities", "cash"} {
		if f, ok := s.Best(id, entity, Closing(p)); ok {
			return f.Scope
		}
	}
	for _, id := range []string{"revenue", "net_profit", "operating_profit", "cfo", "cf_end"} {
		if f, ok := s.Best(id, entity, p); ok {
			return f.Scope
		}
	}
	if f, ok := s.Best("staff_total", entity, Closing(p)); ok {
		return f.Scope
	}
	return dossier.ScopeSingle
}
