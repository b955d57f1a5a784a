package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

// maybe shows a figure, a dash for none.
func (v *View) maybe(f *dossier.Figure) report.Claim {
	if f == nil {
		return dash
	}
	return v.cell(*f)
}

// owned names who answers for a configuration.
func owned(o finance.Owned) string {
	if o.Owner == "" {
		return ""
	}
	return "口径：" + o.Owner + "，" + o.Date.String()
}

// verdicts shows ratios against the bank's thresholds, and beside peers where the bank has set any.
func verdicts(v *View) []report.Block {
	b := plain("行内阈值对照", "指标", "期间", "数值", "判断")
	notes := report.Block{Type: report.List, Title: "须关注的指标", Claims: []report.Claim{}}
	for _, x := range v.Study.Verdicts {
		if x.Level != "正常" {
			b.Strong = append(b.Strong, len(b.Rows))
			c := v.claim(strings.TrimSuffix(x.Text, "。")+"。", x.Figure)
			c.Status = report.Judged
			notes.Claims = append(notes.Claims, c)
		}
		b.Rows = append(b.Rows, []report.Claim{label(x.Figure.Name), label(x.Figure.Period.Chinese()), v.claim(v.withUnit(x.Figure), x.Figure), label(x.Level)})
		b.Note = owned(x.Owned) + "；阈值不是监管规定"
	}
	peers := plain("同业对照（"+v.Study.Benchmarks.Industry+"）", "指标", "期间", "数值", "下四分位", "中位数", "上四分位", "位置", "来源")
	for _, x := range v.Study.Benchmarks.Rows {
		peers.Rows = append(peers.Rows, []report.Claim{label(x.Figure.Name), label(x.Figure.Period.Chinese()), v.cell(x.Figure), v.maybe(x.Q1), v.cell(x.Median), v.maybe(x.Q3), label(x.Position), label(x.Source)})
	}
	return append(kept(b, notes, peers), v.says(v.Study.Benchmarks.Why)...)
}

// dupont takes the return on equity apart, with what each factor brought to its change.
func dupont(v *View) []report.Block {
	var out []report.Block
	for _, d := range v.Study.DuPont {
		if d.ROE == nil {
			out = append(out, v.says(d.Period.Chinese()+"杜邦分析："+d.Why)...)
			continue
		}
		factors := d.Five
		if len(factors) == 0 {
			factors = d.Three
		}
		b := plain("杜邦分析（"+d.Period.Chinese()+"）", "项目", "数值", "对净资产收益率变动的影响")
		for _, f := range factors {
			b.Rows = append(b.Rows, []report.Claim{label(f.Figure.Name), v.claim(v.withUnit(f.Figure), f.Figure), v.points(f.Effect)})
		}
		b.Strong = []int{len(b.Rows)}
		b.Rows = append(b.Rows, []report.Claim{label(d.ROE.Name), v.claim(v.withUnit(*d.ROE), *d.ROE), v.points(d.Change)})
		b.Note = strings.TrimSuffix(strings.Join(nonEmpty(d.Note, d.FiveWhy), "；"), "。")
		out = append(out, b)
	}
	return out
}

func nonEmpty(ss ...string) []string {
	return slices.DeleteFunc(ss, func(s string) bool { return s == "" })
}

// points prints a change of a ratio in percentage points.
func (v *View) points(f *dossier.Figure) report.Claim {
	if f == nil {
		return dash
	}
	return v.claim(f.Value.Shift(2).StringFixed(2)+"个百分点", *f)
}

// zscore shows Altman's Z″ with its terms; it orders, it does not rate.
func zscore(v *View) []report.Block {
	b := plain("Z″值（Altman，新兴市场）", "期间", "X1", "X2", "X3", "X4", "Z″", "区间", "EMS", "区间")
	var notes []string
	for _, z := range v.Study.ZScore {
		if z.Z == nil {
			notes = append(notes, z.Period.Chinese()+z.Why)
			continue
		}
		row := []report.Claim{label(z.Period.Chinese())}
		for _, x := range z.X {
			row = append(row, v.claim(x.Value.StringFixed(4), x))
		}
		b.Rows = append(b.Rows, append(row, v.claim(z.Z.Value.StringFixed(2), *z.Z), label(z.Zone), v.maybe(z.EMS), label(z.EMSZone)))
		b.Note = z.Note
	}
	return append(kept(b), v.says(notes...)...)
}

// trends shows every line over the periods with its growth, and draws the main ones.
func trends(v *View) []report.Block {
	var out []report.Block
	for _, st := range []finance.Statement{finance.BalanceSheet, finance.IncomeStatement, finance.CashFlow} {
		b := v.table(st.Chinese()+"趋势", "项目")
		for _, p := range v.Study.Periods {
			b.Columns = append(b.Columns, p.Chinese(), "增长率")
		}
		for _, t := range v.Study.Trends {
			if t.Statement != st {
				continue
			}
			row := []report.Claim{label(t.Name)}
			for _, c := range t.Cells {
				row = append(row, v.maybe(c.Value), v.maybe(c.Growth))
			}
			b.Rows = append(b.Rows, row)
		}
		out = append(out, kept(b)...)
	}
	if len(out) > 0 {
		out = append(out, v.line("营业收入、净利润与经营现金流", "bar", []string{"revenue", "net_profit", "cfo"}, v.Study.Periods)...)
		out = append(out, v.line("资产、负债与所有者权益", "bar", []string{"total_assets", "total_liabilities", "total_equity"}, v.Study.Periods)...)
	}
	return out
}

// commonSize shows shares of total assets and of revenue.
func commonSize(v *View) []report.Block {
	var out []report.Block
	for _, of := range []struct{ id, title string }{{"total_assets", "资产负债结构（占资产总计）"}, {"revenue", "利润结构（占营业收入）"}} {
		b := plain(of.title, "项目")
		for _, p := range v.Study.Periods {
			b.Columns = append(b.Columns, p.Chinese())
		}
		for _, r := range v.Study.CommonSize {
			if r.Of != of.id {
				continue
			}
			row := []report.Claim{label(r.Name)}
			for _, f := range r.Cells {
				row = append(row, v.maybe(f))
			}
			b.Rows = append(b.Rows, row)
		}
		out = append(out, kept(b)...)
	}
	return out
}

// material lists the accounts that a report must speak of, then what to ask of each and which papers are there.
func material(v *View) []report.Block {
	b := v.table("重要科目", "科目", "余额", "占比", "上年末或上年同期", "变动", "变动率")
	asks := report.Block{Type: report.List, Title: "重要科目应了解的情况", Claims: []report.Claim{}}
	for _, m := range v.Study.Material {
		b.Rows = append(b.Rows, []report.Claim{label(m.Name), v.cell(m.Value), v.maybe(m.Share), v.maybe(m.Before), v.maybe(m.Change), v.maybe(m.Move)})
		have := "尚无相应材料"
		if len(m.Have) > 0 {
			have = "已有" + strings.Join(m.Have, "、")
		}
		asks.Claims = append(asks.Claims, report.Claim{Text: fmt.Sprintf("%s（%s）：%s；%s。", m.Name, strings.Join(m.Why, "，"), strings.TrimSuffix(m.Ask, "。"), have),
			Status: report.Judged, Author: report.ByTemplate})
	}
	if v.Study.Policy != nil {
		b.Note = owned(v.Study.Policy.Material.Owned)
	}
	return kept(b, asks)
}

// sensitivity shows what the estimate becomes when one assumption moves, and under the bank's scenarios.
func sensitivity(v *View) []report.Block {
	var out []report.Block
	if s := v.Study.Sensitivity; s != nil && len(s.Rows) > 0 {
		b := v.table("流动资金需求敏感性分析", "因素", "基准", "变动", "营运资金量", "新增额度", "额度变动", "能否覆盖申请金额")
		for _, r := range s.Rows {
			for i, c := range r.Cells {
				name, base := dash, dash
				if i == 0 {
					name, base = label(r.Name), v.claim(v.withUnit(r.Base), r.Base)
				}
				b.Rows = append(b.Rows, append([]report.Claim{name, base}, v.need(c)...))
			}
		}
		b.Note = owned(s.Owned)
		out = append(out, b)
	}
	b := v.table("流动资金需求压力情形", "情形", "营运资金量", "新增额度", "额度变动", "能否覆盖申请金额")
	for _, c := range v.Study.NeedStress {
		b.Rows = append(b.Rows, v.need(c))
	}
	methods := v.table("需求量测算方法", "方法", "公式", "需求量", "可新增额度", "说明")
	for _, m := range v.Study.NeedMethods {
		methods.Rows = append(methods.Rows, []report.Claim{label(m.Name), label(m.Formula), v.maybe(m.Need), v.maybe(m.Limit), label(strings.Join(nonEmpty(m.Why, m.Note, m.Basis), "；"))})
	}
	return append(out, kept(b, methods)...)
}

func (v *View) need(c finance.NeedCell) []report.Claim {
	enough := "能"
	switch {
	case c.Limit == nil:
		enough = c.Why
	case !c.Enough:
		enough = fmt.Sprintf("不能，相差%s", v.money(c.Gap))
	}
	return []report.Claim{label(c.Label), v.maybe(c.Need), v.maybe(c.Limit), v.maybe(c.Change), label(enough)}
}
