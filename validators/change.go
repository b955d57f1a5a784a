package validators

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Change wants a figure's move between two periods to stay within a share.
type Change struct {
	Figure string `yaml:"figure"`
	From   string `yaml:"from"`
	To     string `yaml:"to"`
	Over   string `yaml:"over"`  // share; growth above it fails
	Under  string `yaml:"under"` // share; a fall below −Under fails
}

func (k *Change) validate() error {
	return need(k.Figure != "" && k.From != "" && k.To != "" && (k.Over != "" || k.Under != ""), "figure, from, to and over or under")
}

func (k *Change) check(in *Input, _ *Rule) []outcome {
	a, ok1 := in.Figure(k.Figure, k.From)
	b, ok2 := in.Figure(k.Figure, k.To)
	if !ok1 || !ok2 || !a.Value.IsPositive() || a.Period == b.Period {
		return nil
	}
	if a.Period.Months > 0 && b.Period.Months > 0 && a.Period.Months != b.Period.Months {
		return nil // flows of unequal spans are not compared
	}
	move := b.Value.Sub(a.Value).Div(a.Value)
	v := base(in, nil)
	v["name"], v["from"], v["to"] = b.Name, showFigure(a), showFigure(b)
	v["from_period"], v["to_period"] = a.Period.Chinese(), b.Period.Chinese()
	v["move"] = move.Abs().Mul(dossier.D("100")).StringFixed(1) + "%"
	o := outcome{vars: v, arithmetic: fmt.Sprintf("(%s − %s) ÷ %s = %s%%", b.Value, a.Value, a.Value, move.Mul(dossier.D("100")).StringFixed(2))}
	addFigure(in, &o, b)
	addFigure(in, &o, a)
	if k.Over != "" && move.GreaterThan(dossier.D(k.Over)) || k.Under != "" && move.LessThan(dossier.D(k.Under).Neg()) {
		o.result = report.Fail
	}
	o.docs = unique(o.docs)
	return []outcome{o}
}
