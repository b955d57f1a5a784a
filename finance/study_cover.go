package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// covers computes what each valued collateral carries after mortgages that the registry shows in force.
func (st *Study) covers(d *dossier.Dossier) {
	s, app := st.Set, d.Application
	for _, v := range current(d.Documents, "valuation_report") {
		day, _ := fieldDate(v, "value_date", "issue_date")
		value, ok := FromField(v, "value_cny", "collateral_value", s.Entity, dossier.At(day), dossier.Yuan)
		if !ok || day.IsZero() {
			continue
		}
		value = s.add(value)
		cert, _ := v.Field("cert_no")
		var prior []dossier.Figure
		for _, r := range current(d.Documents, "real_estate_registry_search") {
			if c, ok := r.Field("cert_no"); ok && cert.Value != "" && nameKey(c.Value) != nameKey(cert.Value) {
				continue
			}
			prior = append(prior, st.mortgages(r, app.Lender)...)
		}
		if len(prior) == 0 {
			if f, ok := FromField(v, "prior_claims", "collateral_prior", s.Entity, dossier.At(day), dossier.Yuan); ok && f.Value.IsPositive() {
				prior = append(prior, s.add(f))
			}
		}
		c := s.CoverOf(value, prior, app.AmountCNY, ltvLimit(d.Documents, v, app.Bank))
		st.Covers = append(st.Covers, c)
		if c.Issue != nil {
			st.Issues = append(st.Issues, *c.Issue)
		}
	}
}

// mortgages makes figures of a search result's mortgages that are in force for others than the lender.
func (st *Study) mortgages(d *dossier.Document, lender string) []dossier.Figure {
	day, ok := fieldDate(d, "query_date")
	rows, has := d.Field("mortgages")
	if !ok || !has {
		return nil
	}
	var out []dossier.Figure
	for _, r := range rows.Rows {
		who, state := r.Get("mortgagee"), r.Get("status")
		if strings.Contains(state, "注销") || strings.Contains(state, "解除") || strings.Contains(state, "失效") ||
			lender != "" && strings.Contains(nameKey(who), nameKey(bankRoot(lender))) {
			continue
		}
		c := r.Cells["max_amount_cny"]
		if c.At.Quote == "" {
			c.At = r.At
		}
		if f, ok := fieldFigure(d, c, "collateral_prior", st.Set.Entity, dossier.At(day), dossier.Yuan); ok && f.Value.IsPositive() {
			f.Note = "抵押权人：" + clip(who, 40)
			out = append(out, st.Set.add(f))
		}
	}
	return out
}

func bankRoot(name string) string {
	for _, suffix := range []string{"股份有限公司", "有限责任公司", "有限公司"} {
		name = strings.TrimSuffix(name, suffix)
	}
	return name
}

// ltvLimit picks the bank's limit by what the certificate or the valuation says of the use; without a limit for the
// use, zero: the bank sets none.
func ltvLimit(docs []*dossier.Document, v *dossier.Document, b dossier.BankRule) dossier.Decimal {
	use := ""
	for _, d := range append(current(docs, "real_estate_certificate"), current(docs, "real_estate_registry_search")...) {
		if f, ok := d.Field("use"); ok {
			use += f.Value
		}
	}
	if use == "" {
		for i, p := range v.Pages {
			if i < 5 {
				use += p.Text
			}
		}
	}
	for _, c := range []struct{ words, class string }{{"工业", "industrial"}, {"厂房", "industrial"}, {"仓储", "industrial"}, {"住宅", "residential"},
		{"商业", "commercial"}, {"商服", "commercial"}, {"办公", "office"}} {
		if l, ok := b.MortgageLTVMax[c.class]; ok && strings.Contains(use, c.words) {
			return l
		}
	}
	return zero
}

// covenants checks the loan contract's financial covenants at the newest period.
func (st *Study) covenants(d *dossier.Dossier) {
	p, ok := st.Set.LatestInterim("")
	if !ok {
		if p, ok = st.Set.LatestYear(""); !ok {
			return
		}
	}
	var share *dossier.Figure
	for _, a := range st.Flows {
		if a.Flow.Kind != FlowBank || share != nil {
			continue
		}
		for _, f := range a.Figures {
			if f.Indicator == "flow_customer_receipts" {
				if g, ok := st.Set.SettlementShare(f, dossier.D("0.13")); ok {
					share = &g
				}
			}
		}
	}
	for _, doc := range current(d.Documents, "loan_contract") {
		cs := ParseCovenants(doc.Text())
		for _, r := range st.Set.CheckCovenants(cs, p, share) {
			st.Covenants = append(st.Covenants, r)
			if r.Figure != nil && !r.Met {
				st.Issues = append(st.Issues, Issue{Kind: KindCovenant, Indicator: r.Covenant.Indicator, Name: r.Figure.Name, Entity: st.Set.Entity,
					Period: r.Figure.Period, Expected: r.Covenant.Limit, Actual: r.Figure.Value, Diff: r.Figure.Value.Sub(r.Covenant.Limit),
					Figures: []dossier.Figure{*r.Figure}, Docs: []string{doc.File}, Message: fmt.Sprintf("%s%s%s，不符合合同约束条款“%s”", r.Figure.Period.Chinese(), r.Figure.Name, FormatValue(*r.Figure), r.Covenant.Text), Arithmetic: r.Why})
			}
		}
	}
}
