package finance

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/invoice"
)

// sideKey is how indicators of a side begin: invoice_sales, invoice_sales_tax, invoice_purchases…
func sideKey(s invoice.Side) string {
	if s == invoice.Purchase {
		return "invoice_purchases"
	}
	return "invoice_sales"
}

// Figure is one of the figures of a whole side: "" for the net, "_tax", "_total", "_void_rate"… as the indicators end.
func (x *InvoiceStudy) Figure(s invoice.Side, what string) (dossier.Figure, bool) {
	for _, f := range x.Figures {
		if f.Indicator == sideKey(s)+what {
			return f, true
		}
	}
	return dossier.Figure{}, false
}

func init() {
	for _, s := range []struct{ key, name, party string }{{"invoice_sales", "销项发票", "客户"}, {"invoice_purchases", "进项发票", "供应商"}} {
		for id, name := range map[string]string{"": "不含税金额合计（红字相抵，不含作废）", "_tax": "税额合计", "_total": "价税合计", "_month": "月不含税金额",
			"_rows": "张数", "_void_rows": "作废张数", "_void_rate": "作废率（张数）", "_blue": "蓝字不含税金额", "_red": "红字不含税金额",
			"_red_rate": "红字率（金额）", "_top1_amount": "第一大" + s.party + "不含税金额", "_top5_amount": "前五大" + s.party + "不含税金额",
			"_top1": "第一大" + s.party + "占比", "_top5": "前五大" + s.party + "占比", "_hhi": s.party + "集中度指数（HHI）", "_parties": s.party + "数"} {
			otherNames[s.key+id] = s.name + name
		}
	}
}

// figures puts what the ledgers say into the set. Sums have the first row as place and say over how many rows they run;
// shares are computed from them.
func (x *InvoiceStudy) figures(set *Set) {
	for _, s := range []*invoice.SideResult{x.Sales, x.Purchases} {
		if s != nil && !s.Last.IsZero() {
			x.side(set, s)
		}
	}
}

// invoicePeriod is the span of a ledger in whole months.
func invoicePeriod(s *invoice.SideResult) dossier.Period {
	return dossier.Span(s.Last.MonthEnd(), max(len(s.Months), 1))
}

func (x *InvoiceStudy) side(set *Set, s *invoice.SideResult) {
	key, p := sideKey(s.Side), invoicePeriod(s)
	place := x.place(x.begins[s.Side], "")
	read := func(id string, v dossier.Decimal, u dossier.Unit, at dossier.Period, quote string) dossier.Figure {
		src := &dossier.Source{Place: place, Printed: Format(v, 0), Unit: u}
		src.Quote = clip(quote, 80)
		f, _ := set.Figure(set.Add(dossier.Figure{Indicator: key + id, Entity: set.Entity, Scope: dossier.ScopeSingle, Period: at, Value: v, Unit: u,
			Basis: dossier.BasisUnaudited, Source: src}))
		x.Figures = append(x.Figures, f)
		return f
	}
	computed := func(id string, a, b dossier.Figure) {
		if !b.Value.IsPositive() {
			return
		}
		f, _ := set.Figure(set.Add(dossier.Figure{Indicator: key + id, Entity: set.Entity, Scope: dossier.ScopeSingle, Period: p, Value: div(a.Value, b.Value),
			Unit: dossier.Ratio, Basis: dossier.BasisComputed, Formula: a.Indicator + " / " + b.Indicator, Operands: []string{a.ID, b.ID}}))
		x.Figures = append(x.Figures, f)
	}
	n := fmt.Sprintf("%s发票%d张（蓝字%d、红字%d、作废%d）", s.Side.Chinese(), s.Rows, s.Blue, s.Red, s.Void)
	read("", s.Net.Decimal(), dossier.Yuan, p, n+"不含税合计 "+s.Net.String())
	read("_tax", s.Tax.Decimal(), dossier.Yuan, p, n+"税额合计 "+s.Tax.String())
	read("_total", s.Total.Decimal(), dossier.Yuan, p, n+"价税合计 "+s.Total.String())
	rows := read("_rows", intD(s.Rows), dossier.Count, p, n)
	computed("_void_rate", read("_void_rows", intD(s.Void), dossier.Count, p, n), rows)
	blue := read("_blue", s.BlueAmount.Decimal(), dossier.Yuan, p, n)
	computed("_red_rate", read("_red", s.RedAmount.Decimal(), dossier.Yuan, p, n), blue)
	for _, m := range s.Months {
		read("_month", m.Net.Decimal(), dossier.Yuan, dossier.Span(m.Month.End(), 1), fmt.Sprintf("%s %d张", m.Month, m.Rows))
	}
	if !x.Whole[s.Side] || len(s.Top) == 0 || s.Net <= 0 {
		return
	}
	whole, _ := set.Get(key, p)
	computed("_top1", read("_top1_amount", s.Top[0].Net.Decimal(), dossier.Yuan, p, s.Top[0].Name), whole)
	five := dossier.Decimal{}
	for _, t := range s.Top[:min(5, len(s.Top))] {
		five = five.Add(t.Net.Decimal())
	}
	computed("_top5", read("_top5_amount", five, dossier.Yuan, p, fmt.Sprintf("前%d家", min(5, len(s.Top)))), whole)
	read("_parties", decimal.NewFromInt(int64(s.Parties)), dossier.Count, p, n)
	read("_hhi", s.HHI, dossier.Ratio, p, n)
}

// place is where the row with that line stands, as far as the study keeps lines.
func (x *InvoiceStudy) place(line int, quote string) dossier.Place {
	if line < 1 || line > len(x.at) {
		return dossier.Place{}
	}
	a := x.at[line-1]
	return x.placeOf(a, quote)
}

func (x *InvoiceStudy) placeOf(a rowAt, quote string) dossier.Place {
	return dossier.Place{File: x.Files[a.file], Page: a.page, Cell: a.cell, Box: a.box, Quote: clip(quote, 60)}
}
