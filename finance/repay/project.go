package repay

import (
	"fmt"
	"slices"

	"github.com/xindiao/xindiao/dossier"
)

// maxYears bounds a project's table.
const maxYears = 60

// ProjectRow is one row of the table as data/project.yaml knows it.
type ProjectRow struct {
	ID      string   `yaml:"id"`
	Name    string   `yaml:"name"`
	Flow    string   `yaml:"flow"` // in, out, tax, none
	Percent bool     `yaml:"percent"`
	Aliases []string `yaml:"aliases"`
}

type projectBook struct {
	Owned      `yaml:",inline"`
	Discount   dossier.Decimal   `yaml:"discount"`
	Tax        dossier.Decimal   `yaml:"tax_on_change"`
	Shocks     []dossier.Decimal `yaml:"shocks"`
	CapitalMin dossier.Decimal   `yaml:"capital_ratio_min"`
	Tolerance  dossier.Decimal   `yaml:"tolerance"`
	Tables     []string          `yaml:"tables"`
	Total      []string          `yaml:"total"`
	Rows       []ProjectRow      `yaml:"rows"`

	byName map[string]*ProjectRow
	byID   map[string]*ProjectRow
}

func (b *projectBook) check() error {
	b.byName, b.byID = map[string]*ProjectRow{}, map[string]*ProjectRow{}
	for i := range b.Rows {
		r := &b.Rows[i]
		if r.ID == "" || r.Name == "" || b.byID[r.ID] != nil || !slices.Contains([]string{"in", "out", "tax", "none"}, r.Flow) {
			return fmt.Errorf("row %s: id (once), name and a known flow are required", r.ID)
		}
		b.byID[r.ID] = r
		for _, n := range append([]string{r.Name}, r.Aliases...) {
			k := rowKey(n)
			if b.byName[k] != nil {
				return fmt.Errorf("row %s: the name %s is taken", r.ID, n)
			}
			b.byName[k] = r
		}
	}
	if !b.Discount.IsPositive() || b.Tax.IsNegative() || len(b.Shocks) == 0 || !b.Tolerance.IsPositive() || len(b.Total) == 0 {
		return fmt.Errorf("discount, tax_on_change, shocks, tolerance and total are required")
	}
	return b.Owned.check()
}

// ProjectRows are the rows that a project's table may have, in order.
func ProjectRows() []ProjectRow { return slices.Clone(theBook().project.Rows) }

// ProjectDefaults says what is assumed where a study states nothing.
func ProjectDefaults() (discount, capitalMin, tolerance dossier.Decimal, owned Owned) {
	b := theBook().project
	return b.Discount, b.CapitalMin, b.Tolerance, b.Owned
}

// ProjectLoan is the loan where the table prints no repayment of its own.
type ProjectLoan struct {
	Amount dossier.Decimal `yaml:"amount"`
	Rate   dossier.Decimal `yaml:"rate"`
	Years  int             `yaml:"years"` // to maturity, from the first year of the table
	Grace  int             `yaml:"grace"` // years without principal; 0: the years without revenue
}

// Project is a year-by-year table, money in 元.
type Project struct {
	Labels   []string // of the years, the first one is that of the first spending
	Rows     map[string][]dossier.Decimal
	Discount dossier.Decimal // zero: the bank's
	Loan     *ProjectLoan
}

// row returns the row of the id, zeros when the table has none.
func (p *Project) row(id string) []dossier.Decimal {
	if r := p.Rows[id]; len(r) == len(p.Labels) {
		return r
	}
	return make([]dossier.Decimal, len(p.Labels))
}

func (p *Project) has(ids ...string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return len(p.Rows[id]) == len(p.Labels) && len(p.Labels) > 0 })
}

// check refuses what cannot be computed.
func (p *Project) check() error {
	switch {
	case len(p.Labels) < 2:
		return fmt.Errorf("项目现金流量表少于两年")
	case len(p.Labels) > maxYears:
		return fmt.Errorf("项目现金流量表超过%d年", maxYears)
	}
	for id, r := range p.Rows {
		if len(r) != len(p.Labels) {
			return fmt.Errorf("“%s”有%d个数，年份有%d个", rowName(id), len(r), len(p.Labels))
		}
		for _, v := range r {
			if v.Abs().GreaterThan(maxPrincipal) {
				return fmt.Errorf("“%s”的数值超出可计算的范围", rowName(id))
			}
		}
	}
	switch {
	case !p.has("revenue"):
		return fmt.Errorf("项目现金流量表缺营业收入")
	case !p.has("capex"):
		return fmt.Errorf("项目现金流量表缺建设投资")
	case !p.has("opex"):
		return fmt.Errorf("项目现金流量表缺经营成本")
	}
	if p.Discount.LessThanOrEqual(one.Neg()) || p.Discount.GreaterThan(highRate) {
		return fmt.Errorf("折现率%s不合理", percent(p.Discount))
	}
	if l := p.Loan; l != nil && (l.Amount.IsNegative() || l.Rate.IsNegative() || l.Rate.GreaterThan(maxRate) || l.Years < 0 || l.Years > maxYears || l.Grace < 0) {
		return fmt.Errorf("项目贷款的金额、利率或年限不合理")
	}
	return nil
}

func rowName(id string) string {
	if r := theBook().project.byID[id]; r != nil {
		return r.Name
	}
	return id
}

// construction counts the years before the first revenue.
func (p *Project) construction() int {
	n := 0
	for _, v := range p.row("revenue") {
		if v.IsPositive() {
			break
		}
		n++
	}
	return n
}

// flows are the net flows before financing: after income tax, and before it.
func (p *Project) flows() (net, pre []dossier.Decimal) {
	n := len(p.Labels)
	net, pre = make([]dossier.Decimal, n), make([]dossier.Decimal, n)
	for _, r := range theBook().project.Rows {
		for i, v := range p.row(r.ID) {
			switch r.Flow {
			case "in":
				pre[i] = pre[i].Add(v)
			case "out":
				pre[i] = pre[i].Sub(v)
			}
		}
	}
	for i, t := range p.tax() {
		net[i] = pre[i].Sub(t)
	}
	return net, pre
}

// tax is 调整所得税 (before financing) where the table has it, else 所得税.
func (p *Project) tax() []dossier.Decimal {
	if p.has("adjusted_tax") {
		return p.row("adjusted_tax")
	}
	return p.row("income_tax")
}
