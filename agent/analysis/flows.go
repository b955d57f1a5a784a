package analysis

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

const topShown = 10

// flowAccounts shows each account: totals, months with a chart, classes of money, who pays and who is paid, and what
// stands out.
func flowAccounts(v *View) []report.Section {
	var out []report.Section
	for i, a := range v.Study.Flows {
		v := v.on(whole(a.Flow.File, fmt.Sprintf("%s至%s共%d笔", a.Flow.Start, a.Flow.End, len(a.Flow.Rows))))
		s := report.Section{ID: "finance.flows." + itoa(i+1), Title: accountName(a), Blocks: v.flowTotals(a)}
		s.Blocks = append(s.Blocks, v.months(a)...)
		s.Blocks = append(s.Blocks, v.classes(a)...)
		s.Blocks = append(s.Blocks, v.interest(a)...)
		s.Blocks = append(s.Blocks, v.parties("主要付款方", "占经营性回款", a.Flow, a.TopIn)...)
		s.Blocks = append(s.Blocks, v.parties("主要收款方", "占支出", a.Flow, a.TopOut)...)
		if b, ok := issueTable("需核实事项", a.Issues, func(finance.Issue) bool { return true }); ok {
			s.Blocks = append(s.Blocks, b)
		}
		out = append(out, s)
	}
	return out
}

func accountName(a *finance.FlowAnalysis) string {
	n := a.Flow.Kind.Chinese()
	if a.Flow.Bank != "" {
		n += " " + a.Flow.Bank
	}
	if r := []rune(a.Flow.Account); len(r) >= 4 {
		n += "（尾号" + string(r[len(r)-4:]) + "）"
	}
	return n
}

func (v *View) flowTotals(a *finance.FlowAnalysis) []report.Block {
	b := v.table("概要", "项目", "数值")
	b.Rows = append(b.Rows, []report.Claim{label("起止"), label(a.Flow.Start.Chinese() + "至" + a.Flow.End.Chinese())},
		[]report.Claim{label("户名"), label(a.Flow.Owner)}, []report.Claim{label("明细笔数"), label(itoa(len(a.Flow.Rows)))})
	seen := map[string]bool{}
	for _, f := range a.Figures {
		if seen[f.Indicator] || f.Period.Months == 1 || f.Name == "" {
			continue
		}
		seen[f.Indicator] = true
		b.Rows = append(b.Rows, []report.Claim{label(f.Name), v.cell(f)})
	}
	return []report.Block{b}
}

func (v *View) months(a *finance.FlowAnalysis) []report.Block {
	if len(a.Months) < 2 {
		return nil
	}
	b := v.table("按月发生额", "月份", "收入", "支出", "其中经营性回款", "笔数")
	ch := &report.Chart{Kind: "bar", Unit: string(dossier.Yuan), Series: []report.Series{{Name: "收入"}, {Name: "支出"}, {Name: "经营性回款"}}}
	for _, m := range a.Months {
		b.Rows = append(b.Rows, []report.Claim{label(m.Month), v.amount(m.In), v.amount(m.Out), v.amount(m.Receipt), label(itoa(m.Rows))})
		ch.Labels = append(ch.Labels, m.Month)
		for i, d := range []dossier.Decimal{m.In, m.Out, m.Receipt} {
			ch.Series[i].Values = append(ch.Series[i].Values, &d)
		}
	}
	return []report.Block{b, {Type: report.ChartB, Title: "按月收支", Claims: []report.Claim{}, Chart: ch}}
}

func (v *View) classes(a *finance.FlowAnalysis) []report.Block {
	type sum struct {
		in, out dossier.Decimal
		n       int
		at      []dossier.Place
	}
	var order []finance.Class
	by := map[finance.Class]*sum{}
	for i, r := range a.Flow.Rows {
		if i >= len(a.Class) {
			break
		}
		s := by[a.Class[i]]
		if s == nil {
			s = &sum{}
			by[a.Class[i]] = s
			order = append(order, a.Class[i])
		}
		s.in, s.out, s.n = s.in.Add(r.In), s.out.Add(r.Out), s.n+1
		if len(s.at) < 3 {
			s.at = append(s.at, r.At)
		}
	}
	b := v.table("资金性质", "性质", "收入", "支出", "笔数")
	for _, c := range order {
		s := by[c]
		b.Rows = append(b.Rows, []report.Claim{label(c.Chinese()), v.some(s.in, s.at), v.some(s.out, s.at), label(itoa(s.n))})
	}
	if len(b.Rows) == 0 {
		return nil
	}
	return []report.Block{b}
}

// interest holds each settlement against the balances behind it: a forged statement fails here.
func (v *View) interest(a *finance.FlowAnalysis) []report.Block {
	b := v.table("存款结息与余额", "结息日", "结息", "积数", "推算年利率", "挂牌利率", "说明")
	for _, r := range a.Interest {
		listed, note := dash, ""
		if r.Listed.IsPositive() {
			listed = label(r.Listed.Shift(2).StringFixed(2) + "%")
		}
		if r.Partial {
			note = "流水未覆盖整个计息期"
		}
		sum, rate := dash, dash
		if d, ok := r.Sum(); ok {
			sum = v.amount(d, r.Row.At)
			rate = label(r.Row.In.Mul(dossier.D("360")).Div(d).Shift(2).StringFixed(4) + "%")
		}
		b.Rows = append(b.Rows, []report.Claim{label(r.Row.Date.String()), v.amount(r.Row.In, r.Row.At), sum, rate, listed, label(note)})
	}
	b.Note = "推算年利率＝结息×360÷积数；积数为计息期内每日余额之和。"
	return kept(b)
}

func (v *View) some(d dossier.Decimal, at []dossier.Place) report.Claim {
	if d.IsZero() {
		return dash
	}
	return v.amount(d, at...)
}

func (v *View) parties(title, share string, f *finance.Flow, ps []finance.PartyTotal) []report.Block {
	b := v.table(title, "对手方", "金额", "笔数", share)
	for i, p := range ps {
		if i >= topShown {
			break
		}
		at := dossier.Place{File: f.File, Page: 1, Quote: fmt.Sprintf("%s 共%d笔", p.Party, p.Rows)}
		b.Rows = append(b.Rows, []report.Claim{label(p.Party), v.amount(p.Amount, at), label(itoa(p.Rows)), cited(percent(p.Share), at)})
	}
	if len(b.Rows) == 0 {
		return nil
	}
	return []report.Block{b}
}
