package analysis

import (
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/repay"
	"github.com/xindiao/xindiao/report"
)

// project shows a feasibility study's cash flows recomputed: results against what the study states, the years, and
// what a change of investment, price or cost does.
func project(v *View) []report.Block {
	p := v.Study.Project
	if p == nil {
		return nil
	}
	v = v.on(whole(p.File, "项目现金流量表"))
	if p.Result == nil {
		return v.says("《"+p.File+"》"+p.Why, "")
	}
	b := plain("项目评价指标", "指标", "数值")
	for _, r := range p.Results {
		if r.Figure == nil {
			b.Rows = append(b.Rows, []report.Claim{label(r.Name), label(r.Why)})
			continue
		}
		b.Rows = append(b.Rows, []report.Claim{label(r.Name), v.claim(v.withUnit(*r.Figure), *r.Figure)})
	}
	stated := plain("与可研报告所列指标核对", "指标", "可研所列", "按表复算", "结果", "口径")
	for _, s := range p.Stated {
		result := "不符"
		if s.Same {
			result = "相符"
		} else {
			stated.Strong = append(stated.Strong, len(stated.Rows))
		}
		stated.Rows = append(stated.Rows, []report.Claim{label(s.Name), v.claim(v.withUnit(s.Stated), s.Stated), v.claim(v.withUnit(s.Computed), s.Computed), label(result), label(s.Basis)})
	}
	out := kept(b, stated)
	out = append(out, v.projectYears(p.Result)...)
	shocks := v.table("敏感性分析", "变动因素", "变动", "内部收益率（税后）", "净现值（税后）", "最低偿债覆盖率")
	for _, s := range p.Result.Sensitivity {
		shocks.Rows = append(shocks.Rows, []report.Claim{label(s.Name), label(percent(s.Change)), label(shown(s.IRR, percent)), v.amount(s.NPV), label(shown(s.Min, times))})
	}
	return append(append(out, kept(shocks)...), v.says(append(append([]string{}, p.Notes...), p.Result.Notes...)...)...)
}

func times(d dossier.Decimal) string { return d.StringFixed(2) }

func shown(x repay.Value, format func(dossier.Decimal) string) string {
	if x.V == nil {
		return x.Why
	}
	return format(*x.V)
}

func (v *View) projectYears(r *repay.Result) []report.Block {
	b := v.table("项目现金流量与偿债", "年份", "净现金流量（税前）", "净现金流量（税后）", "累计净现金流量", "可用于还本付息资金", "还本", "付息", "年末贷款余额", "偿债覆盖率")
	ch := &report.Chart{Kind: "line", Unit: string(dossier.Yuan), Series: []report.Series{{Name: "净现金流量（税后）"}, {Name: "累计净现金流量"}}}
	for i, y := range r.Years {
		dscr := dash
		if y.DSCR != nil {
			dscr = label(times(*y.DSCR))
		}
		b.Rows = append(b.Rows, []report.Claim{label(y.Label), v.amount(y.NetPre), v.amount(y.Net), v.amount(y.Cumulated), v.amount(y.CFADS), v.some(y.Principal, nil), v.some(y.Interest, nil), v.some(y.Balance, nil), dscr})
		ch.Labels = append(ch.Labels, y.Label)
		ch.Series[0].Values = append(ch.Series[0].Values, &r.Years[i].Net)
		ch.Series[1].Values = append(ch.Series[1].Values, &r.Years[i].Cumulated)
	}
	out := kept(b)
	if len(ch.Labels) > 1 {
		out = append(out, report.Block{Type: report.ChartB, Title: "项目净现金流量", Claims: []report.Claim{}, Chart: ch})
	}
	return out
}
