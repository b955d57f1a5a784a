package validators

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Limit wants a figure to stand on the right side of a limit: a constant, an amount of the application, a bank
// rule, or another figure.
type Limit struct {
	Figure string `yaml:"figure"`
	When   string `yaml:"when"` // latest_year, prior_year, latest, same_last_year
	Op     string `yaml:"op"`   // what must hold: <=, >=
	Value  string `yaml:"value"`
	App    string `yaml:"app"` // amount_cny
	Than   string `yaml:"than"`
	ThanAt string `yaml:"than_at"`
	Ratio  string `yaml:"ratio"` // relative tolerance around Than: |a−b| <= ratio × b
}

func (k *Limit) validate() error {
	return need(k.Figure != "" && (k.Value != "" || k.App != "" || k.Than != ""), "figure and value, app or than")
}

func (k *Limit) check(in *Input, _ *Rule) []outcome {
	a, ok := in.Figure(k.Figure, k.When)
	if !ok {
		return nil // what it needs is said by the requirement list and by the report's gaps
	}
	v := base(in, nil)
	v["value"], v["period"], v["name"] = showFigure(a), a.Period.Chinese(), a.Name
	o := outcome{vars: v}
	addFigure(in, &o, a)
	var b dossier.Decimal
	switch {
	case k.App == "amount_cny":
		b = in.Dossier.Application.AmountCNY
		v["limit"] = wan(b)
		for _, d := range in.Dossier.Valid("loan_application") {
			if f, ok := d.Field("amount_cny"); ok {
				o.docs = append(o.docs, d.File)
				o.evidence = append(o.evidence, hit{d, f}.cite())
			}
		}
	case k.Than != "":
		other, ok := in.Figure(k.Than, k.ThanAt)
		if !ok {
			return nil
		}
		b = other.Value
		v["limit"], v["than"] = showFigure(other), other.Name
		addFigure(in, &o, other)
	default:
		b = dossier.D(k.Value)
		v["limit"] = k.Value
	}
	diff := a.Value.Sub(b)
	v["diff"] = showValue(diff.Abs(), a.Unit)
	if !b.IsZero() {
		v["diff_pct"] = diff.Abs().Div(b.Abs()).Mul(dossier.D("100")).StringFixed(1) + "%"
	}
	o.arithmetic = fmt.Sprintf("%s %s，对照 %s，相差 %s", a.Name, v["value"], v["limit"], v["diff"])
	if a.Formula != "" && in.Explain != nil {
		o.arithmetic = in.Explain(a) + "；" + o.arithmetic
	}
	holds := k.Op == "" || compare(a.Value, k.Op, b)
	if k.Ratio != "" {
		holds = diff.Abs().LessThanOrEqual(b.Abs().Mul(dossier.D(k.Ratio)))
	}
	if !holds {
		o.result = report.Fail
	}
	o.docs = unique(o.docs)
	return []outcome{o}
}
