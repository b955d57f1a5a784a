package finance

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// checking is one check at one place.
type checking struct {
	s     *Set
	w     *Workings
	c     *Check
	ev    *evaluation
	lacks []string // what the tolerance needs and is not there
}

// side evaluates a formula; miss names the lines that are not there and cannot be taken for zero.
func (k *checking) side(e *expr) (v dossier.Decimal, used *expr, miss []string, err error) {
	e = k.settle(e, "", &miss)
	if len(miss) > 0 {
		return zero, nil, miss, nil
	}
	used, v, err = k.ev.eval(e, "")
	return v, used, nil, err
}

// settle marks the lines that are not printed: those that are proven to be zero fall out, others are missed.
func (k *checking) settle(e *expr, role string, miss *[]string) *expr {
	switch e.op {
	case 'n':
		return e
	case 'i':
		if e.opt || StatementOf(e.name) == "" || k.printed(e.name, role) {
			return e
		}
		p := k.at(e.name, role)
		if k.w.provenZero(e.name, k.ev.entity, k.ev.scope, p) {
			return &expr{op: 'i', name: e.name, opt: true}
		}
		*miss = append(*miss, k.lack(e.name, p))
		return e
	}
	out := &expr{op: e.op, num: e.num, name: e.name, opt: e.opt}
	if e.op == 'f' && e.name == "first" { // one that is printed will do
		for _, a := range e.args {
			var m []string
			a = k.settle(a, role, &m)
			if len(m) == 0 {
				out.args = append(out.args, a)
			}
		}
		if len(out.args) == 0 {
			k.settle(e.args[0], role, miss)
			return e
		}
		return out
	}
	for _, a := range e.args {
		r := role
		if e.op == 'f' && e.name == "avg" {
			k.settle(a, "open", miss)
		} else if e.op == 'f' && isRole[e.name] {
			r = e.name
		}
		out.args = append(out.args, k.settle(a, r, miss))
	}
	return out
}

func (k *checking) at(id, role string) dossier.Period {
	p := k.ev.p
	if StatementOf(id) == BalanceSheet {
		switch role {
		case "open":
			return Opening(p)
		case "prior":
			return dossier.At(sameDay(p.End))
		}
		return Closing(p)
	}
	if role == "prior" {
		return PriorYear(p)
	}
	return p
}

func (k *checking) printed(id, role string) bool {
	_, ok := k.ev.best(id, k.at(id, role))
	return ok
}

// lack names a missing line, or its statement when that is missing as a whole.
func (k *checking) lack(id string, p dossier.Period) string {
	st := StatementOf(id)
	if !k.s.has(st, k.ev.entity, k.ev.scope, p) {
		return p.Chinese() + st.Chinese()
	}
	if l := theChart().lines[CAS2019][id]; l != nil && l.Kind == "of_which" && st == CashFlow {
		return p.Chinese() + "现金流量表补充资料"
	}
	return p.Chinese() + "的" + NameOf(id)
}

// needs are the lines that must be printed and are not.
func (k *checking) needs() []string {
	var miss []string
	for _, id := range k.c.Needs {
		if !k.printed(id, "") {
			miss = append(miss, k.lack(id, k.at(id, "")))
		}
	}
	return miss
}

// figure evaluates a side and gives it a lineage; a side of one printed amount is that amount.
func (k *checking) figure(e *expr, name string) (*dossier.Figure, []string, error) {
	before := k.ev.ops
	k.ev.ops = nil
	v, used, miss, err := k.side(e)
	ops := k.ev.ops
	k.ev.ops = before
	for _, id := range ops {
		k.ev.use(id)
	}
	if err != nil || len(miss) > 0 {
		return nil, miss, err
	}
	annual := e == k.c.left && k.c.Annual && k.ev.p.Months > 0 && k.ev.p.Months != 12
	if len(ops) == 1 && !annual {
		if f, ok := k.s.Figure(ops[0]); ok && f.Value.Equal(v) && f.Unit == k.c.Unit {
			if name != "" {
				f.Name = name
			}
			return &f, nil, nil
		}
	}
	if name == "" {
		name = k.ev.chinese(e)
	}
	f := dossier.Figure{Indicator: strings.ToLower(k.c.ID), Name: name, Entity: k.ev.entity, Scope: k.ev.scope, Period: k.ev.p, Value: v,
		Unit: k.c.Unit, Basis: dossier.BasisComputed, Operands: ops}
	if used != nil {
		f.Formula = used.String()
	}
	if annual {
		f.Value = div(v.Mul(intD(12)), intD(k.ev.p.Months))
		f.Formula = "(" + f.Formula + ") * 12 / " + intD(k.ev.p.Months).String()
	}
	f.Value = f.Value.Round(places(f.Unit) + 2)
	return &f, nil, nil
}

// figures are what the check has used so far.
func (k *checking) figures() []dossier.Figure {
	var out []dossier.Figure
	seen := map[string]bool{}
	var add func(ids []string, depth int)
	add = func(ids []string, depth int) {
		for _, id := range ids {
			f, ok := k.s.Figure(id)
			if !ok || seen[id] {
				continue
			}
			seen[id] = true
			if f.Source == nil && depth < 4 {
				add(f.Operands, depth+1)
				continue
			}
			out = append(out, f)
		}
	}
	add(k.ev.ops, 0)
	return out
}

// rounding is half a unit of the last place of every amount, and a cent.
func (k *checking) rounding() dossier.Decimal {
	t := zero
	for _, f := range k.figures() {
		if f.Unit.Money() || f.Unit == "" {
			t = t.Add(ulp(f))
		}
	}
	return div(t, intD(2)).Add(cent)
}

// tolerance is the rounding and what the data allow beyond it.
func (k *checking) tolerance(right dossier.Decimal) dossier.Decimal {
	t := k.c.Tolerance
	out := zero
	if k.c.Unit.Money() {
		out = k.rounding()
	}
	if t.Absolute != "" {
		out = decMax(out, dossier.D(t.Absolute))
	}
	if t.Relative == "" {
		return out
	}
	base := right
	if t.Of != "right" {
		v, _, miss, err := k.side(k.c.of)
		if len(miss) > 0 || err != nil {
			k.lacks = append(miss, k.c.Tolerance.Of)
			return out
		}
		base = v
	}
	return decMax(out, base.Abs().Mul(dossier.D(t.Relative))).Round(2)
}

// current tells whether the period is the own one of some paper, not a comparative column.
func (k *checking) current() bool {
	for _, f := range k.s.figs {
		if f.Period.End == k.ev.p.End && f.Source != nil && f.Scope == k.ev.scope && SameName(f.Entity, k.ev.entity) && k.s.closing(f) &&
			StatementOf(f.Indicator) != "" && !FromTrial(f) {
			return true
		}
	}
	return false
}

// arithmetic prints both sides and what came of it.
func (k *checking) arithmetic(r *CheckResult) string {
	out := k.s.Explain(*r.Left) + "；"
	if r.Low != nil {
		out += "下限 " + k.bound(r.Low) + "；上限 "
	}
	out += k.bound(r.Right)
	if k.c.Unit.Money() {
		out += "；差额 " + k.shown(r.Diff) + "，容差 " + k.shown(r.Tolerance)
	}
	if n := joinNotes(k.ev.notes); n != "" {
		out += "（" + n + "）"
	}
	return out
}

// bound prints a side with its lineage, or a threshold as it is.
func (k *checking) bound(f *dossier.Figure) string {
	if len(f.Operands) == 0 && f.Source == nil {
		return f.Name + " " + FormatValue(*f)
	}
	return k.s.Explain(*f)
}
