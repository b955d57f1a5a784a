package finance

import (
	"errors"
	"slices"

	"github.com/xindiao/xindiao/dossier"
)

// call evaluates a function.
func (ev *evaluation) call(e *expr, role string) (*expr, dossier.Decimal, error) {
	wrap := func(a *expr) *expr {
		if a == nil {
			return nil
		}
		return &expr{op: 'f', name: e.name, args: []*expr{a}}
	}
	switch e.name {
	case "abs":
		a, v, err := ev.eval(e.args[0], role)
		return wrap(a), v.Abs(), err
	case "open", "prior":
		a, v, err := ev.eval(e.args[0], e.name)
		return wrap(a), v, err
	case "first":
		return ev.first(e.args, role)
	case "base":
		return nil, zero, errNotApplicable
	}
	mark := len(ev.ops)
	a, av, err := ev.eval(e.args[0], "open")
	if err == nil {
		var b *expr
		var bv dossier.Decimal
		if b, bv, err = ev.eval(e.args[0], ""); err != nil {
			return nil, zero, err
		}
		if a == nil {
			a = b
		}
		return wrap(widest(a, b)), div(av.Add(bv), intD(2)), nil
	}
	var miss missingError
	var lack inputError
	if !errors.As(err, &miss) && !errors.As(err, &lack) {
		return nil, zero, err
	}
	ev.ops = ev.ops[:mark]
	b, bv, err := ev.eval(e.args[0], "")
	if err == nil {
		ev.note("缺期初数，以期末数代替平均数")
	}
	return b, bv, err
}

// first takes the first of several that is printed and not zero: a form prints 0 in rows that nobody filled in.
func (ev *evaluation) first(args []*expr, role string) (*expr, dossier.Decimal, error) {
	type hit struct {
		e   *expr
		v   dossier.Decimal
		ops []string
	}
	var zeroHit *hit
	var last error
	start := append([]string(nil), ev.ops...)
	for _, a := range args {
		ev.ops = append([]string(nil), start...)
		e, v, err := ev.eval(a, role)
		switch {
		case err == nil && e != nil && !v.IsZero():
			return e, v, nil
		case err == nil && e != nil && zeroHit == nil:
			zeroHit = &hit{e, v, ev.ops}
		case err != nil:
			last = err
		}
	}
	if zeroHit != nil {
		ev.ops = zeroHit.ops
		return zeroHit.e, zeroHit.v, nil
	}
	ev.ops = start
	return nil, zero, last
}

// flags adds the caveats that hold for the formula as it was used.
func (ev *evaluation) flags(r *Ratio, used *expr) {
	if len(r.Flags) == 0 {
		return
	}
	in := map[string]bool{}
	for _, id := range used.idents() {
		in[id] = true
	}
	for _, fl := range r.Flags {
		switch {
		case fl.With != "" && in[fl.With], len(fl.Without) > 0 && !slices.ContainsFunc(fl.Without, func(id string) bool { return in[id] }):
			ev.note(fl.Note)
		case fl.Beside != "" && !in[fl.Beside]:
			p := ev.p
			if theChart().stmt[fl.Beside] == BalanceSheet {
				p = Closing(p)
			}
			if f, ok := ev.best(fl.Beside, p); ok && !f.Value.IsZero() {
				ev.note(fl.Note)
			}
		}
	}
}

// widest keeps the form with more items: one that is blank at one end of the period still belongs to the average.
func widest(a, b *expr) *expr {
	if b == nil || len(a.idents()) >= len(b.idents()) {
		return a
	}
	return b
}
