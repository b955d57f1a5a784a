package finance

import (
	"errors"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// DuPont takes the return on equity of one full year apart: 销售净利率 × 总资产周转率 × 权益乘数, and the net margin again
// into 税负 × 利息负担 × 息税前利润率. Every factor uses averages, so the product is the return itself.
type DuPont struct {
	Period dossier.Period
	Prior  dossier.Period // the year that effects are measured from
	ROE    *dossier.Figure
	Change *dossier.Figure // ROE less that of the year before; nil when that has none
	Three  []DuPontFactor
	Five   []DuPontFactor // empty when FiveWhy says why
	// Why there is no result at all, FiveWhy why there are no five factors; in Chinese.
	Why, FiveWhy string
	Note         string
}

// DuPontFactor is one factor and how much of the change of ROE it brought, by substituting factor after factor in the
// order shown; the effects add up to the change exactly.
type DuPontFactor struct {
	Figure dossier.Figure
	Effect *dossier.Figure
}

type factorDef struct {
	id, formula string
	unit        dossier.Unit
}

var (
	threeFactors = []factorDef{{"dp_net_margin", "net_profit / revenue", dossier.Ratio},
		{"dp_asset_turn", "revenue / avg(total_assets)", dossier.Times}, {"dp_multiplier", "avg(total_assets) / avg(total_equity)", dossier.Times}}
	fiveFactors = append([]factorDef{{"dp_tax_burden", "net_profit / profit_before_tax", dossier.Ratio},
		{"dp_interest_burden", "profit_before_tax / ebit", dossier.Ratio}, {"dp_ebit_margin", "ebit / revenue", dossier.Ratio}}, threeFactors[1:]...)
)

// DuPont analyses the full years among periods, oldest first as given. entity "" is the borrower.
func (s *Set) DuPont(entity string, periods []dossier.Period) []DuPont {
	if entity == "" {
		entity = s.Entity
	}
	var out []DuPont
	for _, p := range periods {
		if p.FullYear() {
			out = append(out, s.dupont(entity, p))
		}
	}
	for i := range out {
		if i > 0 && out[i].ROE != nil && out[i-1].ROE != nil && out[i-1].Period == PriorYear(out[i].Period) && out[i-1].ROE.Scope == out[i].ROE.Scope {
			s.effects(&out[i], &out[i-1])
		}
	}
	return out
}

func (s *Set) dupont(entity string, p dossier.Period) DuPont {
	d := DuPont{Period: p}
	scope := s.scopeOf(entity, p)
	roe, err := s.model("dp_roe", "net_profit / avg(total_equity)", dossier.Ratio, entity, scope, p)
	if err != nil {
		d.Why = reason(err, p)
		return d
	}
	three, err := s.factors(threeFactors, entity, scope, p)
	if err != nil {
		d.Why = reason(err, p)
		return d
	}
	d.ROE, d.Three, d.Note = &roe, three, roe.Note
	if d.Five, err = s.factors(fiveFactors, entity, scope, p); err != nil {
		d.FiveWhy = reason(err, p)
	}
	return d
}

func (s *Set) factors(defs []factorDef, entity string, scope dossier.Scope, p dossier.Period) ([]DuPontFactor, error) {
	var out []DuPontFactor
	for _, d := range defs {
		f, err := s.model(d.id, d.formula, d.unit, entity, scope, p)
		if err != nil {
			return nil, err
		}
		out = append(out, DuPontFactor{Figure: f})
	}
	return out, nil
}

func reason(err error, p dossier.Period) string {
	if errors.Is(err, errNotApplicable) {
		return "缺" + p.Chinese() + "的报表"
	}
	return err.Error()
}

func (s *Set) effects(d, prior *DuPont) {
	change := s.figure("dp_roe_change", NameOf("dp_roe_change"), "dp_roe - prior(dp_roe)", d.ROE.Value.Sub(prior.ROE.Value), dossier.Ratio,
		d.Period, *d.ROE, *prior.ROE)
	d.Prior, d.Change = prior.Period, &change
	s.chain("dp_by_", d.Three, prior.Three, change)
	if len(prior.Five) == len(d.Five) {
		s.chain("dp5_by_", d.Five, prior.Five, change)
	}
}

// chain substitutes factor after factor; the last effect takes the rounding, so that the sum is the change.
func (s *Set) chain(prefix string, now, before []DuPontFactor, change dossier.Figure) {
	rest := change.Value
	for i := range now {
		v := one
		var terms []string
		var ops []dossier.Figure
		for j := range now {
			a, b := now[j].Figure, before[j].Figure
			switch {
			case j < i:
				v, terms, ops = v.Mul(a.Value), append(terms, a.Indicator), append(ops, a)
			case j == i:
				v = v.Mul(a.Value.Sub(b.Value))
				terms, ops = append(terms, "("+a.Indicator+" - prior("+a.Indicator+"))"), append(ops, a, b)
			default:
				v, terms, ops = v.Mul(b.Value), append(terms, "prior("+a.Indicator+")"), append(ops, b)
			}
		}
		v = v.Round(modelDigits)
		if i == len(now)-1 {
			v = rest
		}
		rest = rest.Sub(v)
		id := prefix + strings.TrimPrefix(now[i].Figure.Indicator, "dp_")
		f := s.figure(id, NameOf(id), strings.Join(terms, " * "), v, dossier.Ratio, change.Period, ops...)
		now[i].Effect = &f
	}
}
