package analysis

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

// flowsTogether shows all accounts of the dossier as one: what is left when transfers between them and circles are
// taken out, which accounts are missing, where loans went.
func flowsTogether(v *View) []report.Block {
	j := v.Study.Together
	if j == nil {
		return nil
	}
	v = v.on(flowFiles(j)...)
	b := v.table("账户一览", "户名", "账户", "关系", "起止", "收入", "支出", "经营性回款", "日均余额", "笔数")
	for _, a := range j.Accounts {
		average := dash
		if a.Average != nil {
			average = v.amount(*a.Average)
		}
		b.Rows = append(b.Rows, []report.Claim{label(a.Owner), label(strings.TrimSpace(a.Kind.Chinese() + " " + a.Bank + tail(a.Account))), label(a.Relation),
			label(a.Start.String() + " 至 " + a.End.String()), v.amount(a.In), v.amount(a.Out), v.amount(a.Receipts), average, label(itoa(a.Rows))})
	}
	out := kept(b)
	out = append(out, v.nets(j)...)
	missing := v.table("未提供流水的本户账户", "户名", "账号", "转入", "转出", "笔数", "说明")
	for _, m := range j.Missing {
		why := "流水未提供"
		if m.There {
			why = "已提供的该账户流水中没有对应的明细"
		}
		missing.Rows = append(missing.Rows, []report.Claim{label(m.Owner), label(tail(m.Account)), v.amount(m.In, places(m.Legs)...), v.amount(m.Out, places(m.Legs)...), label(itoa(len(m.Legs))), label(why)})
	}
	circles := v.table("资金循环", "路径", "起", "止", "回流金额", "历时")
	for _, c := range j.Circles {
		if len(c.Legs) == 0 {
			continue
		}
		circles.Rows = append(circles.Rows, []report.Claim{label(strings.Join(c.Names, "→")), label(c.Legs[0].Row.Date.String()), label(c.Legs[len(c.Legs)-1].Row.Date.String()),
			v.amount(c.In, places(c.Legs)...), label(itoa(c.Days) + "天")})
	}
	open, _ := issueTable("合并各账户后需核实的事项", j.Issues, func(finance.Issue) bool { return true })
	return append(out, kept(missing, circles, open)...)
}

// flowFiles cites the statements that the sums over all accounts rest on.
func flowFiles(j *finance.FlowsTogether) []report.Citation {
	var out []report.Citation
	for _, a := range j.Accounts {
		for _, f := range a.Files {
			out = append(out, whole(f, fmt.Sprintf("%s至%s", a.Start, a.End)))
		}
	}
	return out
}

// tail keeps the last four characters of an account number.
func tail(account string) string {
	if r := []rune(account); len(r) >= 4 {
		return "（尾号" + string(r[len(r)-4:]) + "）"
	}
	return account
}

func places(legs []finance.FlowLeg) []dossier.Place {
	var out []dossier.Place
	for _, l := range legs {
		out = append(out, l.Row.At)
	}
	return out
}

// nets shows the months over all accounts, gross and net, and draws them.
func (v *View) nets(j *finance.FlowsTogether) []report.Block {
	if len(j.Months) == 0 {
		return nil
	}
	b := v.table("全部账户按月净额", "月份", "收入", "支出", "账户间互转", "往返与循环", "净收入", "净支出", "经营性回款", "贷款发放", "归还贷款")
	row := func(name string, m finance.TogetherMonth) []report.Claim {
		out := []report.Claim{label(name)}
		for _, d := range []dossier.Decimal{m.In, m.Out, m.Internal, m.Circular, m.NetIn, m.NetOut, m.Receipts, m.Loans, m.Repayments} {
			out = append(out, v.some(d, nil))
		}
		return out
	}
	ch := &report.Chart{Kind: "bar", Unit: string(dossier.Yuan), Series: []report.Series{{Name: "净收入"}, {Name: "净支出"}, {Name: "经营性回款"}}}
	for _, m := range j.Months {
		b.Rows = append(b.Rows, row(m.Month, m))
		ch.Labels = append(ch.Labels, m.Month)
		for i, d := range []dossier.Decimal{m.NetIn, m.NetOut, m.Receipts} {
			ch.Series[i].Values = append(ch.Series[i].Values, &d)
		}
	}
	b.Strong = []int{len(b.Rows)}
	b.Rows = append(b.Rows, row("合计", j.Total))
	b.Note = fmt.Sprintf("净额已剔除账户间互转和往返、循环资金；个人卡上的经营收款%s元须有合同或发票对应，未计入经营性回款。", finance.Money(j.Total.Cards))
	if j.Total.Cards.IsZero() {
		b.Note = "净额已剔除账户间互转和往返、循环资金。"
	}
	out := []report.Block{b}
	if len(ch.Labels) > 1 {
		out = append(out, report.Block{Type: report.ChartB, Title: "全部账户按月净收支", Claims: []report.Claim{}, Chart: ch})
	}
	return out
}
