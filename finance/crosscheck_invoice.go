package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/invoice"
)

// feedInvoices adds what ledgers that are no samples show for exactly the spans that statements or returns cover: an
// invoice is issued when the tax falls due, so months are held against the same months.
func (st *Study) feedInvoices() {
	if st.Invoices == nil {
		return
	}
	spans := map[dossier.Period]bool{}
	for _, id := range []string{"vat_sales", "revenue"} {
		for _, p := range st.Set.Periods(id, "") {
			if p.Months > 0 && !spans[p] {
				spans[p] = true
				st.invoiceSum(st.Invoices.Sales, p)
				st.invoiceSum(st.Invoices.Purchases, p)
			}
		}
	}
}

// invoiceSum adds the months of p when the ledger runs over all of them.
func (st *Study) invoiceSum(side *invoice.SideResult, p dossier.Period) {
	first := p.End.AddDays(1).AddMonths(-p.Months)
	if side == nil || !st.Invoices.Whole[side.Side] || side.First.After(first.MonthEnd()) || side.Last.Before(p.End.AddDays(-p.End.Day+1)) {
		return
	}
	total, rows := zero, 0
	for _, m := range side.Months {
		if end := m.Month.End(); !end.Before(first) && !end.After(p.End) {
			total, rows = total.Add(m.Net.Decimal()), rows+m.Rows
		}
	}
	at := st.Invoices.place(st.Invoices.begins[side.Side], "")
	at.Quote = fmt.Sprintf("%s%d张合计 %s（不含税，红字已冲减）", p.Chinese(), rows, Money(total))
	st.Set.add(dossier.Figure{Indicator: sideKey(side.Side), Entity: st.Set.Entity, Period: p, Value: total, Unit: dossier.Yuan, Basis: dossier.BasisOfficial,
		Source: &dossier.Source{Place: at, Printed: Money(total), Unit: dossier.Yuan}})
}

// invoicedTo is what the sales ledger shows of a customer, without tax; nil where it cannot be told: no ledger, a
// sample, or a customer that may be beyond the largest ones.
func (st *Study) invoicedTo(name string) *dossier.Decimal {
	if st.Invoices == nil || st.Invoices.Sales == nil || !st.Invoices.Whole[invoice.Sales] {
		return nil
	}
	s := st.Invoices.Sales
	for _, t := range s.Top {
		if SameName(t.Name, name) {
			v := t.Net.Decimal()
			return &v
		}
	}
	if s.Parties > len(s.Top) {
		return nil
	}
	v := zero
	return &v
}
