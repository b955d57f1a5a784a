package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// Recompute evaluates a computed figure's formula over its own operands, unrounded: the figure's value before it was
// rounded for display, and the proof that its lineage alone leads to it. It fails for a figure that was read, for a
// formula in words and for an operand that the set does not hold.
func (s *Set) Recompute(f dossier.Figure) (dossier.Decimal, error) {
	if f.Formula == "" {
		return zero, fmt.Errorf("%s是直接读取的数，没有公式", f.Name)
	}
	e, err := parseExpr(f.Formula)
	if err != nil {
		return zero, err
	}
	l := lineage{period: f.Period}
	for _, id := range f.Operands {
		o, ok := s.Figure(id)
		if !ok {
			return zero, fmt.Errorf("%s的运算数%s不在数据集中", f.Name, id)
		}
		l.ops = append(l.ops, o)
	}
	return l.value(e, "")
}

type lineage struct {
	period dossier.Period
	ops    []dossier.Figure
}

func (l lineage) value(e *expr, role string) (dossier.Decimal, error) {
	switch e.op {
	case 'n':
		return e.num, nil
	case 'i':
		return l.ident(e.name, role)
	case '~':
		v, err := l.value(e.args[0], role)
		return v.Neg(), err
	case 'f':
		switch e.name {
		case "abs":
			v, err := l.value(e.args[0], role)
			return v.Abs(), err
		case "avg":
			return l.value(e.args[0], "mean")
		}
		return l.value(e.args[0], e.name)
	}
	a, err := l.value(e.args[0], role)
	if err != nil {
		return zero, err
	}
	b, err := l.value(e.args[1], role)
	if err != nil {
		return zero, err
	}
	switch e.op {
	case '+':
		return a.Add(b), nil
	case '-':
		return a.Sub(b), nil
	case '*':
		return a.Mul(b), nil
	}
	if b.IsZero() {
		return zero, fmt.Errorf("分母为零")
	}
	return div(a, b), nil
}

// ident is the operand in its role; "mean" is half of the opening and the closing one, either of which may be blank.
func (l lineage) ident(id, role string) (dossier.Decimal, error) {
	if role == "mean" {
		o, ok1 := operand(l.ops, id, l.period, "open")
		c, ok2 := operand(l.ops, id, l.period, "avg")
		if !ok1 && !ok2 {
			return zero, fmt.Errorf("缺%s", NameOf(id))
		}
		return div(o.Value.Add(c.Value), intD(2)), nil
	}
	o, ok := operand(l.ops, id, l.period, role)
	if !ok {
		return zero, fmt.Errorf("缺%s", NameOf(id))
	}
	return o.Value, nil
}
