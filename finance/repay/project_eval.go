package repay

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// Value is a result or why there is none, in Chinese.
type Value struct {
	V   *dossier.Decimal
	Why string
}

func known(d dossier.Decimal) Value { return Value{V: &d} }

func unknown(format string, args ...any) Value { return Value{Why: fmt.Sprintf(format, args...)} }

// ProjectYear is one year of the evaluated table.
type ProjectYear struct {
	Label      string
	Net        dossier.Decimal // after tax, before financing
	NetPre     dossier.Decimal // before income tax
	Cumulated  dossier.Decimal
	Discounted dossier.Decimal // cumulated
	CFADS      dossier.Decimal // cash available for debt service: operating cash after tax
	Principal  dossier.Decimal
	Interest   dossier.Decimal
	Balance    dossier.Decimal  // of the loan at the year's end
	DSCR       *dossier.Decimal // nil in years without service, and while nothing is earned yet
}

// Shock is one row of the sensitivity table.
type Shock struct {
	Of     string          // capex, revenue, opex
	Name   string          // 建设投资, 销售价格, 经营成本
	Change dossier.Decimal // 0.10: ten per cent more
	IRR    Value
	NPV    dossier.Decimal
	Min    Value // lowest DSCR
}

// Result is what a project's table comes to.
type Result struct {
	Discount       dossier.Decimal
	Construction   int // years before the first revenue
	Years          []ProjectYear
	IRR, IRRPre    Value           // 项目投资财务内部收益率, after and before income tax
	NPV, NPVPre    dossier.Decimal // at Discount, to the start of the first year
	Payback        Value           // 静态投资回收期, years from the start of construction
	DynamicPayback Value
	MinDSCR        Value
	MinYear        string // label of the year with the lowest DSCR
	AvgDSCR        Value
	LLCR, PLCR     Value // at the first year that repays, discounted at the loan's rate
	BreakEven      Value // 盈亏平衡点 as a share of capacity, of the year with the highest revenue
	Investment     dossier.Decimal
	Capital        Value // 项目资本金比例
	Sensitivity    []Shock
	Notes          []string
}

// Evaluate computes the table. Flows fall at year ends.
func Evaluate(p *Project) (*Result, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	r, err := p.evaluate()
	if err != nil {
		return nil, err
	}
	for _, v := range []struct{ id, name string }{{"capex", "建设投资"}, {"revenue", "销售价格"}, {"opex", "经营成本"}} {
		for _, c := range theBook().project.Shocks {
			q := p.shocked(v.id, c)
			s, err := q.evaluate()
			if err != nil {
				return nil, err
			}
			r.Sensitivity = append(r.Sensitivity, Shock{Of: v.id, Name: v.name, Change: c, IRR: s.IRR, NPV: s.NPV, Min: s.MinDSCR})
		}
	}
	return r, nil
}

func (p *Project) evaluate() (*Result, error) {
	r := &Result{Discount: p.Discount, Construction: p.construction()}
	if r.Discount.IsZero() {
		b := theBook().project
		r.Discount = b.Discount
		r.Notes = append(r.Notes, fmt.Sprintf("材料未载明基准收益率，按%s折现（%s，%s）", percent(b.Discount), b.Owner, b.Date))
	}
	net, pre := p.flows()
	r.IRR, r.IRRPre = irrValue(net), irrValue(pre)
	r.NPV, r.NPVPre = NPV(r.Discount, net).Round(2), NPV(r.Discount, pre).Round(2)
	disc := discounted(r.Discount, net)
	r.Payback, r.DynamicPayback = payback(net), payback(disc)
	cum, dcum := zero, zero
	for i, l := range p.Labels {
		cum, dcum = cum.Add(net[i]), dcum.Add(disc[i])
		r.Years = append(r.Years, ProjectYear{Label: l, Net: net[i], NetPre: pre[i], Cumulated: cum, Discounted: dcum.Round(2)})
	}
	p.cfads(r)
	rate := p.service(r)
	r.cover(rate)
	r.BreakEven = p.breakEven()
	p.structure(r)
	return r, nil
}

func irrValue(flows []dossier.Decimal) Value {
	v, err := IRR(flows)
	if err != nil {
		return Value{Why: err.Error()}
	}
	return known(v.Round(6))
}

func payback(flows []dossier.Decimal) Value {
	v, ok := Payback(flows)
	if !ok {
		return unknown("计算期内累计净现金流量未转正")
	}
	return known(v)
}

// cfads is what operations leave after tax; the tax that financing leaves is taken where the table prints it.
func (p *Project) cfads(r *Result) {
	tax := p.row("income_tax")
	if !p.has("income_tax") {
		tax = p.tax()
	}
	for i := range r.Years {
		v := zero
		for _, id := range []string{"revenue", "subsidy", "vat_out"} {
			v = v.Add(p.row(id)[i])
		}
		for _, id := range []string{"opex", "surcharges", "sustaining", "vat_in", "vat"} {
			v = v.Sub(p.row(id)[i])
		}
		r.Years[i].CFADS = v.Sub(tax[i])
	}
}

// service fills principal and interest from the table, or from the loan in equal parts after the grace, and returns
// the rate at which cover is discounted.
func (p *Project) service(r *Result) dossier.Decimal {
	rate := zero
	if p.Loan != nil {
		rate = p.Loan.Rate
	}
	if p.has("principal") {
		left := zero
		for _, v := range p.row("principal") {
			left = left.Add(v)
		}
		for i := range r.Years {
			r.Years[i].Principal, r.Years[i].Interest = p.row("principal")[i], p.row("interest")[i]
			left = left.Sub(r.Years[i].Principal)
			r.Years[i].Balance = left
		}
		return rate
	}
	if p.Loan == nil || !p.Loan.Amount.IsPositive() || p.Loan.Years < 1 {
		return rate
	}
	l := *p.Loan
	if l.Grace == 0 {
		l.Grace = r.Construction
	}
	last := min(l.Years, len(r.Years))
	n := last - l.Grace
	if n < 1 {
		r.Notes = append(r.Notes, "贷款期限不长于建设期，无法安排还本")
		return rate
	}
	part := div(l.Amount, intD(n)).RoundDown(2)
	left := l.Amount
	for i := range last {
		y := &r.Years[i]
		y.Interest = left.Mul(l.Rate).Round(2)
		if i >= l.Grace {
			y.Principal = part
		}
		if i == last-1 {
			y.Principal = left
		}
		left = left.Sub(y.Principal)
		y.Balance = left
	}
	r.Notes = append(r.Notes, fmt.Sprintf("材料未列还款计划，按宽限%d年后每年等额还本、年利率%s测算，建设期按全额计息（偏审慎）", l.Grace, percent(l.Rate)))
	return rate
}

// cover computes DSCR by year, its lowest and mean, LLCR and PLCR.
func (r *Result) cover(rate dossier.Decimal) {
	first, last := -1, -1
	total, n := zero, 0
	for i := range r.Years {
		y := &r.Years[i]
		due := y.Principal.Add(y.Interest)
		if !due.IsPositive() {
			continue
		}
		if y.Principal.IsPositive() {
			if first < 0 {
				first = i
			}
			last = i
		}
		if i < r.Construction {
			continue
		}
		d := div(y.CFADS, due).Round(4)
		y.DSCR = &d
		total, n = total.Add(d), n+1
		if r.MinDSCR.V == nil || d.LessThan(*r.MinDSCR.V) {
			r.MinDSCR, r.MinYear = known(d), y.Label
		}
	}
	if n == 0 || first < 0 {
		no := unknown("没有还本付息计划，无法计算")
		r.MinDSCR, r.AvgDSCR, r.LLCR, r.PLCR = no, no, no, no
		return
	}
	r.AvgDSCR = known(div(total, intD(n)).Round(4))
	owed := r.Years[first].Balance.Add(r.Years[first].Principal)
	flows := make([]dossier.Decimal, 0, len(r.Years))
	for _, y := range r.Years[first:] {
		flows = append(flows, y.CFADS)
	}
	r.LLCR = known(div(NPV(rate, flows[:last-first+1]), owed).Round(4))
	r.PLCR = known(div(NPV(rate, flows), owed).Round(4))
}

// breakEven is 固定成本 ÷ (营业收入 − 可变成本 − 税金及附加) in the year of the highest revenue.
func (p *Project) breakEven() Value {
	if !p.has("fixed_cost") || !p.has("variable_cost") {
		return unknown("表中没有分列固定成本和可变成本，无法计算盈亏平衡点")
	}
	at := 0
	for i, v := range p.row("revenue") {
		if v.GreaterThan(p.row("revenue")[at]) {
			at = i
		}
	}
	margin := p.row("revenue")[at].Sub(p.row("variable_cost")[at]).Sub(p.row("surcharges")[at])
	if !margin.IsPositive() {
		return unknown("%s营业收入不足以弥补可变成本和税金，不存在盈亏平衡点", p.Labels[at])
	}
	load := one
	if p.has("load") && p.row("load")[at].IsPositive() {
		load = p.row("load")[at]
	}
	return known(div(p.row("fixed_cost")[at].Mul(load), margin).Round(4))
}

// structure is the total investment and the capital's share of it.
func (p *Project) structure(r *Result) {
	for _, id := range []string{"capex", "capital_interest", "working_capital"} {
		for _, v := range p.row(id) {
			r.Investment = r.Investment.Add(v)
		}
	}
	capital := zero
	for _, v := range p.row("capital") {
		capital = capital.Add(v)
	}
	switch {
	case !r.Investment.IsPositive():
		r.Capital = unknown("总投资为零")
	case !p.has("capital"):
		r.Capital = unknown("表中没有资本金投入")
	default:
		r.Capital = known(div(capital, r.Investment).Round(4))
	}
}
