package finance

import (
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Apply computes what hangs on a bank's configuration: its definitions of ratios, verdicts, material accounts, peers, Z″
// zones, and the stress of the working-capital need. It may be called again with another policy.
func (st *Study) Apply(d *dossier.Dossier, p *Policy) {
	s, app := st.Set, d.Application
	st.Policy = p
	s.define(p.Definitions, s.Entity, st.Periods)
	st.DuPont = s.DuPont("", st.Periods)
	st.ZScore = s.ZScores("", st.Periods, p.Z)
	st.Trends = s.Trends("", st.Periods)
	st.CommonSize = s.CommonSize("", st.Periods)
	st.Verdicts = s.Verdicts("", app.Industry, st.Periods, p.Thresholds)
	st.Benchmarks = s.Benchmarks("", app.Industry, st.Periods, p.Benchmarks)
	st.Material = nil
	if n := len(st.Periods); n > 0 {
		st.Material = s.Material("", st.Periods[n-1], p.Material)
	}
	for i := range st.Material {
		for _, t := range st.Material[i].Papers {
			for _, doc := range current(d.Documents, t) {
				st.Material[i].Have = append(st.Material[i].Have, doc.File)
			}
		}
	}
	st.Sensitivity = s.Sensitivity(st.WorkCap, p.Need)
	st.NeedStress = s.Stress(st.WorkCap, p.Need)
	st.NeedMethods = s.NeedMethods(st.WorkCap, st.needInputs(d, p.Need), p.Need)
}

// needInputs collects what the other methods of the working-capital need take.
func (st *Study) needInputs(d *dossier.Dossier, pol NeedPolicy) NeedInputs {
	s := st.Set
	in := NeedInputs{Small: slices.Contains(pol.SmallTypes, d.Application.CustomerType)}
	for _, a := range st.Flows {
		m := MonthlyReceipts{Months: map[string]dossier.Decimal{}, Full: a.FullMonths}
		for _, f := range a.Figures {
			if f.Indicator == "flow_customer_receipts" || strings.HasPrefix(f.Indicator, "flow_customer_receipts_") {
				m.Total = f
			}
		}
		if m.Total.ID == "" {
			continue
		}
		for _, t := range a.Months {
			m.Months[t.Month] = t.Receipt
		}
		in.Receipts = append(in.Receipts, m)
	}
	from := d.Application.AsOf.AddMonths(-12)
	for _, doc := range current(d.Documents, "purchase_contracts") {
		day, ok := fieldDate(doc, "date")
		if !ok || day.Before(from) || !d.Application.AsOf.IsZero() && day.After(d.Application.AsOf) {
			continue
		}
		if f, ok := FromField(doc, "amount_cny", "contract_amount", s.Entity, dossier.At(day), dossier.Yuan); ok && f.Value.IsPositive() {
			in.Orders = append(in.Orders, s.add(f))
		}
	}
	return in
}
