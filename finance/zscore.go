package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// ZScore is Altman's Z″ for emerging markets and companies that do not manufacture, of one full year:
//
//	Z″ = 6.56 X1 + 3.26 X2 + 6.72 X3 + 1.05 X4
//
// X1 working capital, X2 retained earnings, X3 EBIT, all over total assets; X4 book equity over liabilities. The variant
// with a constant, EMS = 3.25 + Z″, is given beside it under its own name. It was calibrated on other countries'
// companies: a sign to look closer, never a rating.
type ZScore struct {
	Period  dossier.Period
	X       []dossier.Figure // X1 to X4
	Z       *dossier.Figure
	EMS     *dossier.Figure
	Zone    string // of Z″: 危险区, 灰色区, 安全区
	EMSZone string
	Why     string // why there is none, in Chinese
	Note    string
}

// ZPolicy holds the bounds of the zones as their authors print them.
type ZPolicy struct {
	Owned      `yaml:",inline"`
	Distress   dossier.Decimal `yaml:"distress"` // Z″ below
	Safe       dossier.Decimal `yaml:"safe"`     // Z″ above
	EMSBelow   dossier.Decimal `yaml:"ems_distress"`
	EMSAbove   dossier.Decimal `yaml:"ems_safe"`
	Disclaimer string          `yaml:"disclaimer"`
	Examples   []struct {
		Z    dossier.Decimal `yaml:"z"`
		Zone string          `yaml:"zone"`
	} `yaml:"examples"`
}

func (z *ZPolicy) check() error {
	if !z.Distress.LessThan(z.Safe) || !z.EMSBelow.LessThan(z.EMSAbove) || z.Disclaimer == "" {
		return fmt.Errorf("bounds must rise, and a disclaimer is required")
	}
	for _, ex := range z.Examples {
		if got := zone(ex.Z, z.Distress, z.Safe); got != ex.Zone {
			return fmt.Errorf("example %s is %s, want %s", ex.Z, got, ex.Zone)
		}
	}
	return nil
}

var zTerms = []factorDef{{"z_x1", "(total_current_assets - total_current_liabilities) / total_assets", dossier.Times},
	{"z_x2", "(surplus_reserve? + retained_earnings?) / total_assets", dossier.Times},
	{"z_x3", "ebit / total_assets", dossier.Times}, {"z_x4", "total_equity / total_liabilities", dossier.Times}}

// ZScores computes the full years among periods.
func (s *Set) ZScores(entity string, periods []dossier.Period, pol ZPolicy) []ZScore {
	if entity == "" {
		entity = s.Entity
	}
	var out []ZScore
	for _, p := range periods {
		if p.FullYear() {
			out = append(out, s.zscore(entity, p, pol))
		}
	}
	return out
}

func (s *Set) zscore(entity string, p dossier.Period, pol ZPolicy) ZScore {
	z := ZScore{Period: p, Note: pol.Disclaimer}
	scope := s.scopeOf(entity, p)
	for _, t := range zTerms {
		f, err := s.model(t.id, t.formula, t.unit, entity, scope, p)
		if err != nil {
			z.Why = reason(err, p)
			return z
		}
		z.X = append(z.X, f)
	}
	f, err := s.compute(ratioByID("z_score"), entity, scope, p)
	if err != nil {
		z.Why = reason(err, p)
		return z
	}
	ems := s.figure("z_ems", NameOf("z_ems"), "3.25 + z_score", dossier.D("3.25").Add(f.Value), dossier.Times, p, f)
	z.Z, z.EMS = &f, &ems
	z.Zone, z.EMSZone = zone(f.Value, pol.Distress, pol.Safe), zone(ems.Value, pol.EMSBelow, pol.EMSAbove)
	return z
}

func zone(v, low, high dossier.Decimal) string {
	switch {
	case v.LessThan(low):
		return "危险区"
	case v.GreaterThan(high):
		return "安全区"
	}
	return "灰色区"
}
