package finance

import "github.com/xindiao/xindiao/dossier"

// TrialDiff sets a statement's line beside what the account balances roll up to.
type TrialDiff struct {
	Indicator string
	Name      string
	Entity    string
	Period    dossier.Period
	Statement dossier.Figure  // the preferred statement's line
	Trial     dossier.Figure  // the accounts' sum; its Note names reclassifications
	Diff      dossier.Decimal // Trial - Statement, 元
	Agrees    bool            // within what both are printed with
}

// TrialDiffs compares the account balances of the set with the statements of the same day or span, in the statements'
// order; lines that only one of them has are left out. entity "" is the borrower.
func (s *Set) TrialDiffs(entity string) []TrialDiff {
	if entity == "" {
		entity = s.Entity
	}
	var out []TrialDiff
	for _, f := range s.figs {
		if !FromTrial(f) || !SameName(f.Entity, entity) {
			continue
		}
		for _, o := range s.Candidates(f.Indicator, entity, f.Period) {
			if FromTrial(o) || o.Source == nil || o.Scope != f.Scope {
				continue
			}
			d := f.Value.Sub(o.Value)
			out = append(out, TrialDiff{Indicator: f.Indicator, Name: o.Name, Entity: entity, Period: f.Period, Statement: o, Trial: f,
				Diff: d, Agrees: d.Abs().LessThanOrEqual(decMax(ulp(f), ulp(o)))})
			break
		}
	}
	return out
}
