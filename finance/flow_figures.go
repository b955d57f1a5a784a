package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// figures makes the flow's numbers into figures. Sums over rows have the file as source and say in Printed and
// Quote that they are sums of so many rows; printed totals keep their own place.
func (a *FlowAnalysis) figures() {
	f := a.Flow
	basis := dossier.BasisUnaudited
	if f.Kind == FlowBank {
		basis = dossier.BasisOfficial
	}
	p := a.period()
	add := func(id, name string, v dossier.Decimal, u dossier.Unit, at dossier.Period, quote string, place dossier.Place) {
		place.File = f.File
		place.Quote = clip(quote, 80)
		if name == "" {
			name = NameOf(id)
		}
		a.Figures = append(a.Figures, dossier.Figure{Indicator: id, Name: name, Entity: f.Owner, Scope: dossier.ScopeSingle, Period: at,
			Value: v, Unit: u, Basis: basis, Note: a.note(id), Source: &dossier.Source{Place: place, Printed: Format(v, 0), Unit: u}})
	}
	sumQuote := func(n int, what string) string { return fmt.Sprintf("%s明细%d笔%s", f.Kind.Chinese(), n, what) }
	all := dossier.Place{Page: 1}
	if f.HeaderAt.File != "" {
		all = f.HeaderAt
	} else if len(f.Rows) > 0 {
		all = f.Rows[0].At
	}
	suffix := a.suffix()
	rowsIn, rowsOut := 0, 0
	for _, t := range f.Rows {
		if t.In.IsPositive() {
			rowsIn++
		} else {
			rowsOut++
		}
	}
	add("flow_in"+suffix, a.name("flow_in"), a.TotalIn, dossier.Yuan, p, sumQuote(rowsIn, "收入合计 "+Money(a.TotalIn)), all)
	add("flow_out"+suffix, a.name("flow_out"), a.TotalOut, dossier.Yuan, p, sumQuote(rowsOut, "支出合计 "+Money(a.TotalOut)), all)
	add("flow_customer_receipts"+suffix, a.name("flow_customer_receipts"), a.Receipts, dossier.Yuan, p,
		sumQuote(len(a.byClass[ClassCustomer]), "客户回款合计 "+Money(a.Receipts)), all)
	if f.Opening != nil {
		add("flow_opening"+suffix, "", *f.Opening, dossier.Yuan, dossier.At(f.Start.AddDays(-1)), "期初余额 "+Money(*f.Opening), all)
	}
	if f.Closing != nil {
		add("flow_closing"+suffix, "", *f.Closing, dossier.Yuan, dossier.At(f.End), "期末余额 "+Money(*f.Closing), all)
	} else if n := len(f.Rows); n > 0 && f.Rows[n-1].Balance != nil {
		add("flow_closing"+suffix, "", *f.Rows[n-1].Balance, dossier.Yuan, dossier.At(f.End), f.Rows[n-1].At.Quote, f.Rows[n-1].At)
	}
	if f.HeaderIn != nil {
		add("flow_header_in"+suffix, a.name("flow_header_in"), *f.HeaderIn, dossier.Yuan, p, f.HeaderAt.Quote, f.HeaderAt)
	}
	if f.HeaderOut != nil {
		add("flow_header_out"+suffix, a.name("flow_header_out"), *f.HeaderOut, dossier.Yuan, p, f.HeaderAt.Quote, f.HeaderAt)
	}
	add("flow_months"+suffix, "", intD(a.FullMonths), dossier.Count, p, fmt.Sprintf("%s 至 %s", f.Start, f.End), all)
	if a.Average != nil {
		add("flow_average_balance"+suffix, "", *a.Average, dossier.Yuan, p, "按每日余额平均", all)
	}
	for _, m := range a.Months {
		d, err := dossier.ParseDate(m.Month + "-01")
		if err != nil {
			continue
		}
		at := dossier.Span(d.MonthEnd(), 1)
		q := fmt.Sprintf("%s %d笔：收入%s，支出%s", m.Month, m.Rows, Money(m.In), Money(m.Out))
		add("flow_month_in"+suffix, a.name("flow_month_in"), m.In, dossier.Yuan, at, q, all)
		add("flow_month_out"+suffix, a.name("flow_month_out"), m.Out, dossier.Yuan, at, q, all)
	}
	for _, x := range []struct {
		c  Class
		id string
	}{{ClassLoanIn, "flow_loan_in"}, {ClassLoanRepay, "flow_loan_repay"}, {ClassLent, "flow_third_party_loan"}} {
		rows := a.byClass[x.c]
		if len(rows) > 0 {
			add(x.id+suffix, a.name(x.id), a.Classes[x.c], dossier.Yuan, p, sumQuote(len(rows), x.c.Chinese()+"合计 "+Money(a.Classes[x.c])), rows[0].At)
		}
	}
	for _, m := range a.Months {
		if m.Average != nil {
			add("flow_month_average"+suffix, "", *m.Average, dossier.Yuan, dossier.Span(monthStart(m.Month).MonthEnd(), 1), m.Month+" 每日余额平均 "+Money(*m.Average), all)
		}
	}
	for _, r := range a.Interest {
		if extended := ""; r.Settled.IsPositive() {
			if !r.Settled.Equal(r.Balances) {
				extended = "（流水起始日前按期初余额不变推算，与各季利率相符）"
			}
			q := fmt.Sprintf("结息积数 %s × %s ÷ 360 = %s", Money(r.Settled), rate(a.usualRate()), Money(r.Row.In)) + extended
			add("flow_daily_balance"+suffix, "", r.Settled, dossier.Yuan, dossier.At(r.Row.Date), q, r.Row.At)
		}
		add("flow_deposit_interest"+suffix, a.name("flow_deposit_interest"), r.Row.In, dossier.Yuan, dossier.At(r.Row.Date), r.Row.At.Quote, r.Row.At)
	}
	if len(a.RoundTrips) > 0 {
		add("flow_round_trip"+suffix, a.name("flow_round_trip"), a.RoundTotal, dossier.Yuan, p,
			fmt.Sprintf("%d对当日等额进出合计 %s", len(a.RoundTrips), Money(a.RoundTotal)), a.RoundTrips[0].In.At)
	}
}

// suffix keeps payment platforms apart from bank accounts: flow_in_wechat.
func (a *FlowAnalysis) suffix() string {
	if a.Flow.Kind == FlowBank {
		return ""
	}
	return "_" + string(a.Flow.Kind)
}

func (a *FlowAnalysis) name(id string) string {
	switch a.Flow.Kind {
	case FlowWeChat:
		return "微信" + platformName(id)
	case FlowAlipay:
		return "支付宝" + platformName(id)
	}
	return otherNames[id]
}

func platformName(id string) string {
	switch id {
	case "flow_in":
		return "收入合计"
	case "flow_out":
		return "支出合计"
	case "flow_customer_receipts":
		return "经营收入"
	}
	return otherNames[id]
}

func (a *FlowAnalysis) note(id string) string {
	if id == "flow_customer_receipts"+a.suffix() {
		return "已剔除本户互转、关联方及个人往来、贷款、结息、退款和当日等额进出"
	}
	return ""
}
