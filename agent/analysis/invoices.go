package analysis

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/finance/invoice"
	"github.com/xindiao/xindiao/report"
)

// invoices shows the ledgers: totals and months, customers and suppliers, goods, and what the checks found.
func invoices(v *View) []report.Block {
	x := v.Study.Invoices
	if x == nil || x.Result == nil {
		return nil
	}
	var files []report.Citation
	for _, f := range x.Files {
		files = append(files, whole(f, "发票清单"))
	}
	v = v.on(files...)
	var out []report.Block
	for _, s := range []*invoice.SideResult{x.Sales, x.Purchases} {
		if s != nil {
			out = append(out, v.invoiceSide(s)...)
		}
	}
	out = append(out, v.goods(x.Goods)...)
	both := v.table("既是客户又是供应商", "单位", "销售", "采购")
	for i, p := range x.Both {
		if i < topShown {
			both.Rows = append(both.Rows, []report.Claim{label(p.Name), v.amount(p.Sold.Decimal()), v.amount(p.Bought.Decimal())})
		}
	}
	open, _ := issueTable("发票需核实事项", v.Study.Issues, func(is finance.Issue) bool { return strings.HasPrefix(is.Kind, "invoice_") })
	out = append(out, kept(both, open)...)
	out = append(out, ranking(x.Ranking)...)
	return append(out, v.says(x.Notes...)...)
}

func (v *View) invoiceSide(s *invoice.SideResult) []report.Block {
	name := s.Side.Chinese()
	b := v.table(name+"发票概要", "项目", "数值")
	add := func(k string, c report.Claim) { b.Rows = append(b.Rows, []report.Claim{label(k), c}) }
	add("起止", label(s.First.String()+" 至 "+s.Last.String()))
	add("张数（蓝字、红字、作废）", label(fmt.Sprintf("%d（%d、%d、%d）", s.Rows, s.Blue, s.Red, s.Void)))
	for _, x := range []struct{ name, what string }{{"不含税净额", ""}, {"税额", "_tax"}, {"价税合计", "_total"}, {"作废率（张数）", "_void_rate"}, {"红字率（金额）", "_red_rate"}} {
		if f, ok := v.Study.Invoices.Figure(s.Side, x.what); ok {
			add(x.name, v.cell(f))
		}
	}
	add("对手数", label(itoa(s.Parties)))
	add("第一大、前五大占比", label(percent(s.Top1)+"、"+percent(s.Top5)))
	if n := len(s.Stability.LargeStable); s.Stability.Compared || n > 0 {
		add("稳定大户数", label(itoa(n)))
	}
	if s.Stability.Compared {
		add("新增对手占比、老对手留存", label(percent(s.Stability.NewShare)+"、"+percent(s.Stability.KeptShare)))
	}
	if s.LongestSilence > 0 {
		add("最长连续未开票月数", label(itoa(s.LongestSilence)))
	}
	out := kept(b)
	out = append(out, v.invoiceMonths(s)...)
	top := v.table(name+"前"+itoa(topShown)+"名", "对手方", "不含税净额", "占比", "张数", "有票月数")
	for i, p := range s.Top {
		if i < topShown {
			top.Rows = append(top.Rows, []report.Claim{label(p.Name), v.amount(p.Net.Decimal()), label(percent(p.Share)), label(itoa(p.Rows)), label(itoa(p.Months))})
		}
	}
	checks := v.table(name+"发票逐张检查", "检查", "性质", "张数", "涉及金额", "例")
	for _, c := range s.Checks {
		var ex []string
		for i, e := range c.Examples {
			if i < 3 {
				ex = append(ex, strings.TrimSpace(e.Date.String()+" "+e.Number+" "+e.Note))
			}
		}
		checks.Rows = append(checks.Rows, []report.Claim{label(c.Name), label(weightZH[c.Weight]), label(itoa(c.Rows)), v.amount(c.Amount.Decimal()), label(strings.Join(ex, "；"))})
	}
	return append(out, kept(top, checks)...)
}

var weightZH = map[invoice.Weight]string{invoice.Remark: "提示", invoice.Doubt: "须说明", invoice.Fault: "不应存在"}

func (v *View) invoiceMonths(s *invoice.SideResult) []report.Block {
	if len(s.Months) < 2 {
		return nil
	}
	b := v.table(s.Side.Chinese()+"按月", "月份", "不含税净额", "税额", "张数", "红字", "作废")
	ch := &report.Chart{Kind: "bar", Unit: string(dossier.Yuan), Series: []report.Series{{Name: s.Side.Chinese() + "不含税净额"}}}
	for _, m := range s.Months {
		b.Rows = append(b.Rows, []report.Claim{label(m.Month.String()), v.amount(m.Net.Decimal()), v.amount(m.Tax.Decimal()), label(itoa(m.Rows)), label(itoa(m.Red)), label(itoa(m.Void))})
		d := m.Net.Decimal()
		ch.Labels = append(ch.Labels, m.Month.String())
		ch.Series[0].Values = append(ch.Series[0].Values, &d)
	}
	return []report.Block{b, {Type: report.ChartB, Title: s.Side.Chinese() + "按月净额", Claims: []report.Claim{}, Chart: ch}}
}

// goods compares what is sold with what is bought and with the industry.
func (v *View) goods(g *invoice.GoodsResult) []report.Block {
	if g == nil {
		return nil
	}
	side := func(title string, ts []invoice.GoodsTotal) report.Block {
		b := v.table(title, "货物类别", "金额", "占比", "对侧同类金额")
		for i, t := range ts {
			if i < topShown {
				b.Rows = append(b.Rows, []report.Claim{label(t.Name), v.amount(t.Net.Decimal()), label(percent(t.Share)), v.some(t.Other.Decimal(), nil)})
			}
		}
		return b
	}
	return kept(side("销售的货物与服务", g.Sold), side("采购的货物与服务", g.Bought), side("与登记行业不符的销售", g.ForeignSold), side("与登记行业不符的采购", g.ForeignBought), side("只销不购的货物", g.Unbought))
}

// ranking shows what each feature adds; it orders ledgers, and says so.
func ranking(r *invoice.Ranking) []report.Block {
	if r == nil {
		return nil
	}
	b := plain("发票特征与核查先后", "特征", "数值", "对风险排序的贡献")
	for _, c := range r.Contributions {
		b.Rows = append(b.Rows, []report.Claim{label(c.Name), label(fmt.Sprintf("%.2f", c.Value)), label(fmt.Sprintf("%+.2f", c.Adds))})
	}
	b.Note = r.Note
	return kept(b)
}
