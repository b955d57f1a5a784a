package analysis

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/finance/repay"
	"github.com/xindiao/xindiao/report"
)

// debtService shows existing debts, the loan asked for, and how far cash carries both, base and stressed.
func debtService(v *View) []report.Block {
	d := v.Study.Debt
	if d == nil {
		return nil
	}
	b := v.table("现有债务与未来十二个月还本付息", "债权人", "种类", "余额", "年利率", "到期日", "应还本金", "应付利息", "说明")
	for _, e := range d.Existing {
		due := "—"
		if !e.Due.IsZero() {
			due = e.Due.String()
		}
		note := e.RateFrom
		if e.Replaced {
			note = "由本次贷款置换；" + note
		}
		at := []dossier.Place{e.At}
		b.Rows = append(b.Rows, []report.Claim{label(e.Lender), label(e.Kind), v.amount(e.Balance, at...), label(percent(e.Rate)), label(due), v.some(e.Principal, at), v.some(e.Interest, at), label(note)})
	}
	out := kept(b)
	if l := d.Loan; l != nil {
		out = append(out, v.says(fmt.Sprintf("拟申请贷款%s元，年利率%s，%s%s", finance.Money(l.Amount.Value), percent(l.Rate.Value), l.Method, assumed(l)))...)
	}
	return append(append(out, v.cases(d)...), v.says(append(append([]string{}, d.Notes...), d.Why)...)...)
}

func assumed(l *finance.NewLoan) string {
	if l.Assumed {
		return "（利率为测算假设：" + strings.TrimSuffix(l.Rate.Note, "。") + "）"
	}
	return ""
}

func (v *View) cases(d *finance.DebtStudy) []report.Block {
	b := v.table("偿债能力与压力测试", "情形", "应还本金", "应付利息", "还本付息合计", "偿债覆盖率（经营现金流）", "偿债覆盖率（EBITDA）", "续贷后覆盖率（经营现金流）", "续贷后覆盖率（EBITDA）", "利息保障倍数")
	var g gathered
	cell := func(name string, r finance.DebtResult) report.Claim {
		if r.Figure == nil {
			if r.Why != "" {
				g.add(strings.TrimSuffix(r.Why, "。"), name)
			}
			return dash
		}
		return v.cell(*r.Figure)
	}
	for _, c := range d.Cases {
		b.Rows = append(b.Rows, []report.Claim{label(c.Name), v.cell(c.Principal), v.cell(c.Interest), v.cell(c.Service), cell("偿债覆盖率（经营现金流）", c.DSCR), cell("偿债覆盖率（EBITDA）", c.EBITDA),
			cell("续贷后偿债覆盖率（经营现金流）", c.DSCRRoll), cell("续贷后偿债覆盖率（EBITDA）", c.EBITDARol), cell("利息保障倍数", c.Cover)})
	}
	return kept(full(b), g.block("未能计算的偿债指标"))
}

const plansDrawn = 3 // of which the chart shows the remaining cash

// repaymentPlans shows the candidates in their order with what each does to the months, and the first one's schedule.
func repaymentPlans(v *View) []report.Block {
	p := v.Study.Plans
	if p == nil {
		return nil
	}
	v = v.on(v.planBase()...)
	b := v.table("还款方案比选", "名次", "方案", "得分", "利息合计", "最低结余", "最低结余月", "最低月覆盖率", "资金缺口月数", "期中未还本金占比", "到期一次归还占比")
	for _, x := range p.Plans {
		dscr := "—"
		if x.LowDSCR != nil {
			dscr = x.LowDSCR.StringFixed(2)
		}
		b.Rows = append(b.Rows, []report.Claim{label(itoa(x.Rank)), label(x.Name), label(x.Score.StringFixed(1)), v.amount(x.Schedule.Interest), v.amount(x.MinCash), label(month(x.Worst)),
			label(dscr), label(itoa(len(x.Shortfalls))), label(percent(x.Half)), label(percent(x.Last))})
	}
	why := report.Block{Type: report.List, Title: "各方案排序的理由", Claims: []report.Claim{}}
	for _, x := range p.Plans {
		text := fmt.Sprintf("%s：%s", x.Name, strings.TrimSuffix(x.Why, "。"))
		if len(x.Remarks) > 0 {
			text += "；" + strings.Join(x.Remarks, "；")
		}
		why.Claims = append(why.Claims, report.Claim{Text: strings.TrimSuffix(text, "。") + "。", Status: report.Judged, Author: report.ByTemplate})
	}
	out := kept(b, why)
	out = append(out, v.planChart(p)...)
	if len(p.Plans) > 0 {
		out = append(out, v.schedule("第一名方案的还款计划表："+p.Plans[0].Name, p.Plans[0].Schedule))
	}
	var notes []string
	if len(p.Plans) > 0 {
		notes = append(notes, "测算依据："+p.Forecast.Basis, "排序口径由"+p.Scoring.Owner+"于"+p.Scoring.Date.String()+"设定，目标覆盖率"+p.Scoring.Target.StringFixed(2)+"倍")
	}
	for _, x := range p.Excluded {
		notes = append(notes, "未列入："+x.Name+"（"+strings.TrimSuffix(x.Why, "。")+"）")
	}
	return append(out, v.says(append(append(notes, p.Remarks...), p.Why)...)...)
}

// planBase cites what the plans rest on: the loan asked for and the accounts whose months they repeat.
func (v *View) planBase() []report.Citation {
	var out []report.Citation
	if d := v.Study.Debt; d != nil && d.Loan != nil {
		for _, f := range []dossier.Figure{d.Loan.Amount, d.Loan.Rate} {
			if f.Source != nil {
				out = append(out, report.Cite(f.Source.Place))
			}
		}
	}
	if v.Study.Together != nil {
		out = append(out, flowFiles(v.Study.Together)...)
	}
	return out
}

const plansShown = 5 // in a report

// plansTop is the best of the plans with what they rest on.
func plansTop(v *View) []report.Block {
	p := v.Study.Plans
	if p == nil || len(p.Plans) == 0 {
		return nil
	}
	v = v.on(v.planBase()...)
	b := v.table("还款方案比选（前"+itoa(min(plansShown, len(p.Plans)))+"名）", "名次", "方案", "得分", "利息合计", "最低结余", "资金缺口月数", "到期一次归还占比")
	for i, x := range p.Plans {
		if i < plansShown {
			b.Rows = append(b.Rows, []report.Claim{label(itoa(x.Rank)), label(x.Name), label(x.Score.StringFixed(1)), v.amount(x.Schedule.Interest), v.amount(x.MinCash), label(itoa(len(x.Shortfalls))), label(percent(x.Last))})
		}
	}
	return append(kept(b), v.says("共比选"+itoa(len(p.Plans))+"个方案，"+p.Plans[0].Name+strings.TrimPrefix(p.Plans[0].Why, p.Plans[0].Name), p.Forecast.Basis)...)
}

func month(d dossier.Date) string {
	if d.IsZero() {
		return "—"
	}
	return fmt.Sprintf("%d年%d月", d.Year, d.Month)
}

// planChart draws the cash that is left month by month under the first plans.
func (v *View) planChart(p *repay.Plans) []report.Block {
	ch := &report.Chart{Kind: "line", Unit: string(dossier.Yuan)}
	for i, x := range p.Plans {
		if i >= plansDrawn {
			break
		}
		s := report.Series{Name: x.Name}
		for j, m := range x.Months {
			if i == 0 {
				ch.Labels = append(ch.Labels, fmt.Sprintf("%d-%02d", m.Month.Month.Year, m.Month.Month.Month))
			}
			if j < len(ch.Labels) {
				s.Values = append(s.Values, &x.Months[j].Cash)
			}
		}
		ch.Series = append(ch.Series, s)
	}
	if len(ch.Labels) < 2 {
		return nil
	}
	return []report.Block{{Type: report.ChartB, Title: "还本付息后的累计结余", Claims: []report.Claim{}, Chart: ch}}
}

const rowsShown = 60 // of a schedule

func (v *View) schedule(title string, s *repay.Schedule) report.Block {
	b := v.table(title, "期次", "还款日", "期初本金", "应还本金", "应付利息", "还款额", "期末本金")
	for _, r := range s.Rows {
		if len(b.Rows) == rowsShown {
			b.Note = fmt.Sprintf("共%d期，其余从略。", len(s.Rows))
			break
		}
		b.Rows = append(b.Rows, []report.Claim{label(itoa(r.N)), label(r.Date.String()), v.amount(r.Opening), v.amount(r.Principal), v.amount(r.Interest), v.amount(r.Payment), v.amount(r.Closing)})
	}
	return b
}
