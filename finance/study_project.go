package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/repay"
)

// ProjectStudy is a project's table read out of the dossier and recomputed.
type ProjectStudy struct {
	File    string
	Sheet   *repay.Sheet
	Result  *repay.Result // nil when Why says why there is none
	Why     string
	Results []DebtNamed // every result as a figure or why there is none, in report order
	Stated  []StatedCheck
	// CapitalMin is the bank's least share of capital; CapitalEnough is meaningless when the share is unknown.
	CapitalMin    dossier.Decimal
	CapitalEnough bool
	Notes         []string
}

// DebtNamed is a result with its indicator.
type DebtNamed struct {
	ID, Name string
	DebtResult
}

// project recomputes the fullest table among feasibility studies and financial models.
func (st *Study) project(d *dossier.Dossier) {
	var best *repay.Sheet
	var doc *dossier.Document
	for _, typ := range []string{"project_cashflow_model", "feasibility_report"} {
		for _, x := range current(d.Documents, typ) {
			if s := repay.ReadSheet(x); s != nil && (best == nil || len(s.Rows) > len(best.Rows)) {
				best, doc = s, x
			}
		}
	}
	if best == nil {
		return
	}
	ps := &ProjectStudy{File: doc.File, Sheet: best, Notes: best.Doubts}
	st.Project = ps
	p := best.Project()
	app := d.Application
	at := dossier.At(st.drawDay(app))
	discount, stated := st.benchmark(doc, at)
	p.Discount = discount.Value
	if app.AmountCNY.IsPositive() && app.TermMonths >= 12 {
		rate, _ := st.loanRate(d, at)
		p.Loan = &repay.ProjectLoan{Amount: app.AmountCNY, Rate: rate.Value, Years: (app.TermMonths + 11) / 12}
	}
	r, err := repay.Evaluate(p)
	if err != nil {
		ps.Why = err.Error()
		return
	}
	ps.Result = r
	if !stated {
		ps.Notes = append(ps.Notes, discount.Note)
	}
	ps.Notes = append(ps.Notes, r.Notes...)
	st.projectFigures(doc, ps, at, discount)
	st.statedResults(doc, ps, at)
	st.projectIssues(doc, ps)
}

// benchmark is the study's own benchmark yield, else the bank's.
func (st *Study) benchmark(doc *dossier.Document, at dossier.Period) (dossier.Figure, bool) {
	if s, ok := findStated(doc, benchmarkRE); ok {
		return st.Set.add(s.figure(doc, "project_discount", st.Set.Entity, at)), true
	}
	d, _, _, owned := repay.ProjectDefaults()
	note := fmt.Sprintf("材料未载明基准收益率，按行内%s折现（%s，%s）", percent(d), owned.Owner, owned.Date)
	return st.put("project_discount", "", at, d, dossier.Ratio, note, note), false
}

// projectFigures keeps the table's cells, the net flows and the results.
func (st *Study) projectFigures(doc *dossier.Document, ps *ProjectStudy, at dossier.Period, discount dossier.Figure) {
	var nets, covers, cash []dossier.Figure
	for i, y := range ps.Result.Years {
		nets = append(nets, st.projectYear(doc, ps, at, i, y))
		if y.DSCR != nil {
			c, f := st.projectCover(at, i, y)
			cash, covers = append(cash, c), append(covers, f)
		}
	}
	r := ps.Result
	add := func(id string, v repay.Value, u dossier.Unit, words string, ops ...dossier.Figure) {
		out := DebtNamed{ID: id, Name: NameOf(id), DebtResult: DebtResult{Why: v.Why}}
		if v.V != nil {
			f := st.put(id, "", at, *v.V, u, words, "", ops...)
			out.Figure = &f
		}
		ps.Results = append(ps.Results, out)
	}
	val := func(d dossier.Decimal) repay.Value { return repay.Value{V: &d} }
	withRate := append([]dossier.Figure{discount}, nets...)
	add("project_irr", r.IRR, dossier.Ratio, "使各年所得税后净现金流量现值之和为零的折现率", nets...)
	add("project_irr_pre", r.IRRPre, dossier.Ratio, "使各年所得税前净现金流量现值之和为零的折现率", nets...)
	add("project_npv", val(r.NPV), dossier.Yuan, "各年所得税后净现金流量按年末折现之和", withRate...)
	add("project_npv_pre", val(r.NPVPre), dossier.Yuan, "各年所得税前净现金流量按年末折现之和", withRate...)
	add("project_payback", r.Payback, dossier.Times, "累计净现金流量由负转正的年数（自建设期起）", nets...)
	add("project_payback_dynamic", r.DynamicPayback, dossier.Times, "累计折现净现金流量由负转正的年数（自建设期起）", withRate...)
	add("project_dscr_min", r.MinDSCR, dossier.Times, "各年可用于还本付息资金 ÷ 当年应还本付息的最低值（"+r.MinYear+"）", covers...)
	add("project_dscr_avg", r.AvgDSCR, dossier.Times, "还款各年偿债备付率的平均", covers...)
	add("project_llcr", r.LLCR, dossier.Times, "还款期内可用于还本付息资金的现值 ÷ 首个还本年初贷款余额", cash...)
	add("project_plcr", r.PLCR, dossier.Times, "剩余计算期内可用于还本付息资金的现值 ÷ 首个还本年初贷款余额", cash...)
	add("project_break_even", r.BreakEven, dossier.Ratio, "固定成本 ÷（营业收入 － 可变成本 － 税金及附加），收入最高年")
	add("project_investment", val(r.Investment), dossier.Yuan, "建设投资 ＋ 建设期利息 ＋ 流动资金")
	add("project_capital_ratio", r.Capital, dossier.Ratio, "资本金投入 ÷ 项目总投资")
	_, ps.CapitalMin, _, _ = repay.ProjectDefaults()
	ps.CapitalEnough = r.Capital.V != nil && !r.Capital.V.LessThan(ps.CapitalMin)
}

// projectYear keeps one year's cells and its net flow as their sum.
func (st *Study) projectYear(doc *dossier.Document, ps *ProjectStudy, at dossier.Period, i int, y repay.ProjectYear) dossier.Figure {
	var ops []dossier.Figure
	formula := ""
	tax := "income_tax"
	if ps.Sheet.Rows["adjusted_tax"] != nil {
		tax = "adjusted_tax"
	}
	for _, row := range repay.ProjectRows() {
		cells := ps.Sheet.Rows[row.ID]
		if i >= len(cells) || cells[i].Printed == "" {
			continue
		}
		c := cells[i]
		unit, printed := dossier.Yuan, ps.Sheet.Unit
		if row.Percent {
			unit, printed = dossier.Ratio, dossier.Ratio
		}
		place := c.At
		place.File = doc.File
		f := st.Set.add(dossier.Figure{Indicator: fmt.Sprintf("project_%s_y%02d", row.ID, i+1), Name: fmt.Sprintf("项目%s（%s）", row.Name, y.Label), Period: at,
			Value: c.Value, Unit: unit, Basis: dossier.BasisUnaudited, Source: &dossier.Source{Place: place, Printed: c.Printed, Unit: printed}})
		sign := ""
		switch {
		case row.Flow == "in":
			sign = " + "
		case row.Flow == "out", row.ID == tax:
			sign = " - "
		default:
			continue
		}
		if formula == "" {
			sign = strings.TrimPrefix(strings.TrimSpace(sign), "+")
		}
		formula, ops = formula+sign+f.Indicator, append(ops, f)
	}
	if formula == "" {
		formula = "当年没有现金流"
	}
	return st.put(fmt.Sprintf("project_net_flow_y%02d", i+1), fmt.Sprintf("项目净现金流量（%s）", y.Label), at, y.Net, dossier.Yuan, formula, "", ops...)
}

// projectCover keeps one year's cash for service, the service and their ratio.
func (st *Study) projectCover(at dossier.Period, i int, y repay.ProjectYear) (cash, cover dossier.Figure) {
	id := func(s string) string { return fmt.Sprintf("project_%s_y%02d", s, i+1) }
	var ops []dossier.Figure
	for _, row := range []string{"revenue", "subsidy", "vat_out", "opex", "surcharges", "sustaining", "vat_in", "vat", "income_tax", "adjusted_tax"} {
		if f, ok := st.Set.Get(id(row), at); ok {
			ops = append(ops, f)
		}
	}
	cash = st.put(id("cfads"), "可用于还本付息资金（"+y.Label+"）", at, y.CFADS, dossier.Yuan, "收入（含补贴、销项税） － 经营成本、税金、维持运营投资和所得税", "", ops...)
	due := st.put(id("service"), "应还本付息（"+y.Label+"）", at, y.Principal.Add(y.Interest), dossier.Yuan,
		fmt.Sprintf("还本 %s ＋ 付息 %s", Money(y.Principal), Money(y.Interest)), "")
	return cash, st.put(id("dscr"), "偿债备付率（"+y.Label+"）", at, *y.DSCR, dossier.Times, id("cfads")+" / "+id("service"), "", cash, due)
}
