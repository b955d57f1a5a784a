package validators

import (
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// addFigure cites a figure's source, or its operands' sources when it is computed.
func addFigure(in *Input, o *outcome, f dossier.Figure) {
	all := sources(in, f, 0)
	if in.Same != nil {
		for _, other := range in.Same(f) { // papers that say the same
			if other.Source != nil {
				all = append(all, *other.Source)
			}
		}
	}
	for _, s := range all {
		o.docs = append(o.docs, s.File)
		o.evidence = append(o.evidence, report.Cite(s.Place))
	}
}

func sources(in *Input, f dossier.Figure, depth int) []dossier.Source {
	if f.Source != nil {
		return []dossier.Source{*f.Source}
	}
	if depth > 6 || in.ByID == nil {
		return nil
	}
	var out []dossier.Source
	for _, id := range f.Operands {
		if op, ok := in.ByID(id); ok {
			out = append(out, sources(in, op, depth+1)...)
		}
	}
	return out
}

func showFigure(f dossier.Figure) string { return showValue(f.Value, f.Unit) }

func showValue(d dossier.Decimal, u dossier.Unit) string {
	switch {
	case u.Money():
		return wan(d)
	case u == dossier.Ratio:
		return d.Mul(dossier.D("100")).StringFixed(2) + "%"
	case u == dossier.Times:
		return d.StringFixed(2)
	case u == dossier.DaysUnit:
		return d.StringFixed(0) + "天"
	}
	return d.String() + string(u)
}
