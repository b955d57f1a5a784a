package repay

import (
	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

// shocked changes one row by a share. In years that pay income tax, the tax follows the change of profit; a change of
// capex leaves depreciation, and so the tax, as it is.
func (p *Project) shocked(id string, change dossier.Decimal) *Project {
	q := &Project{Labels: p.Labels, Discount: p.Discount, Loan: p.Loan, Rows: map[string][]dossier.Decimal{}}
	for k, v := range p.Rows {
		q.Rows[k] = v
	}
	old := p.row(id)
	changed := make([]dossier.Decimal, len(old))
	for i, v := range old {
		changed[i] = v.Mul(one.Add(change))
	}
	q.Rows[id] = changed
	if id == "capex" {
		return q
	}
	for _, tax := range []string{"adjusted_tax", "income_tax"} {
		if !p.has(tax) {
			continue
		}
		row := make([]dossier.Decimal, len(old))
		for i, t := range p.row(tax) {
			row[i] = t
			if delta := changed[i].Sub(old[i]); t.IsPositive() {
				if id == "opex" {
					delta = delta.Neg()
				}
				row[i] = decimal.Max(zero, t.Add(delta.Mul(theBook().project.Tax))).Round(2)
			}
		}
		q.Rows[tax] = row
	}
	return q
}
