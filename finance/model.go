package finance

import (
	"github.com/xindiao/xindiao/dossier"
)

// modelDigits are kept of factors that are multiplied on: rounded to four digits their product misses the result.
const modelDigits = 12

// model evaluates a formula that the package itself writes and adds the figure. Undefined comes as an error in Chinese.
func (s *Set) model(id, formula string, u dossier.Unit, entity string, scope dossier.Scope, p dossier.Period) (dossier.Figure, error) {
	e, err := parseExpr(formula)
	if err != nil {
		return dossier.Figure{}, err
	}
	return s.compute(&Ratio{ID: id, Name: NameOf(id), Unit: u, Period: "flow", expr: e, digits: modelDigits}, entity, scope, p)
}

// figure adds a figure computed from ops; formula is over their indicators and explains the value.
func (s *Set) figure(id, name, formula string, v dossier.Decimal, u dossier.Unit, p dossier.Period, ops ...dossier.Figure) dossier.Figure {
	f := dossier.Figure{Indicator: id, Name: name, Value: v, Unit: u, Period: p, Basis: dossier.BasisComputed, Formula: formula}
	for i, o := range ops {
		if i == 0 {
			f.Entity, f.Scope = o.Entity, o.Scope
		}
		f.Operands = append(f.Operands, o.ID)
	}
	return s.add(f)
}

func ptr[T any](v T) *T { return &v }
