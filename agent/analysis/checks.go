package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

// articulation shows every check of the statements: what holds, what does not with its likeliest cause, and what could
// not be tested for want of a paper.
func articulation(v *View) []report.Block {
	b := v.table("勾稽检查结果", "编号", "检查", "期间", "左边", "右边", "差额", "结果")
	open := report.Block{Type: report.List, Title: "不符与需说明的事项", Claims: []report.Claim{}}
	var gaps gathered
	var sums gathered // checks of whole statements that hold: one row for all periods
	row := map[string]int{}
	for _, c := range v.Study.Checks {
		name := c.Name + v.whose(c)
		switch {
		case c.Outcome == finance.CheckUntestable:
			gaps.add(c.ID+" "+name, strings.TrimSuffix(c.Why, "。"))
			continue
		case c.Outcome == finance.CheckPass && (c.Left == nil || c.Right == nil):
			if sums.add(c.ID+name, periodOf(c.Period)); row[c.ID+name] == 0 {
				b.Rows = append(b.Rows, []report.Claim{label(c.ID), label(name), dash, dash, dash, dash, label(c.Outcome.Chinese())})
				row[c.ID+name] = len(b.Rows)
			}
			b.Rows[row[c.ID+name]-1][2] = label(span(sums.of[c.ID+name]))
			continue
		}
		cells := []report.Claim{label(c.ID), label(name), label(periodOf(c.Period)), v.sideOf(c.Left), v.bounds(c.Low, c.Right), dash, outcome(c)}
		if c.Left != nil && c.Right != nil {
			d := *c.Left
			d.Value = c.Diff
			cells[5] = label(v.bare(d))
		}
		if c.Outcome == finance.CheckBreak {
			b.Strong = append(b.Strong, len(b.Rows))
		}
		b.Rows = append(b.Rows, cells)
		if c.Outcome == finance.CheckPass && c.Low == nil && c.Diff.IsNegative() && c.Diff.Abs().GreaterThan(c.Tolerance) {
			cells[6].Text = "差额可解释"
		}
		if c.Outcome != finance.CheckPass {
			open.Claims = append(open.Claims, v.checkNote(c))
		}
	}
	return kept(b, open, gaps.block("未能检查的事项"))
}

// span prints the periods of one check: all of them, or first and last with their number.
func span(periods []string) string {
	if len(periods) <= 2 {
		return strings.Join(periods, "、")
	}
	return fmt.Sprintf("%s至%s（%d期）", periods[len(periods)-1], periods[0], len(periods))
}

// kept leaves out blocks that hold nothing.
func kept(blocks ...report.Block) []report.Block {
	var out []report.Block
	for _, b := range blocks {
		if len(b.Rows)+len(b.Claims) > 0 || b.Chart != nil {
			out = append(out, b)
		}
	}
	return out
}

// outcome says how a check came out, with the places of what was compared.
func outcome(c finance.CheckResult) report.Claim {
	at := c.Places
	for _, f := range c.Figures {
		if len(c.Places) == 0 && f.Source != nil {
			at = append(at, f.Source.Place)
		}
	}
	out := cited(c.Outcome.Chinese(), at...)
	if len(at) == 0 {
		out.Status = report.Judged
	}
	return out
}

// whose names the company or the group where it is not the borrower alone.
func (v *View) whose(c finance.CheckResult) string {
	s := ""
	if c.Scope == dossier.ScopeConsolidated {
		s = "（合并）"
	}
	if c.Entity != "" && !finance.SameName(c.Entity, v.Study.Set.Entity) {
		s += "（" + c.Entity + "）"
	}
	return s
}

func (v *View) sideOf(f *dossier.Figure) report.Claim {
	if f == nil {
		return dash
	}
	return label(v.bare(*f))
}

// bounds prints the right side, or the span that the left side must lie in.
func (v *View) bounds(low, f *dossier.Figure) report.Claim {
	if low == nil || f == nil {
		return v.sideOf(f)
	}
	return label(v.bare(*low) + " 至 " + v.bare(*f))
}

// bare prints a figure, money without its unit.
func (v *View) bare(f dossier.Figure) string {
	if f.Unit.Money() {
		return v.money(f.Value)
	}
	return v.withUnit(f)
}

// checkNote says what does not hold, with the arithmetic and the likeliest cause.
func (v *View) checkNote(c finance.CheckResult) report.Claim {
	parts := []string{c.ID + " " + periodOf(c.Period) + c.Name + "：" + c.Why}
	if c.Arithmetic != "" {
		parts = append(parts, "计算："+c.Arithmetic)
	}
	if len(c.Causes) > 0 {
		parts = append(parts, "最可能的原因（"+c.Causes[0].Class.Chinese()+"）："+c.Causes[0].Text)
	} else if len(c.Explains) > 0 {
		parts = append(parts, "可能的合理原因："+strings.Join(c.Explains, "；"))
	}
	if c.Owner != "" {
		parts = append(parts, "容差由"+c.Owner+"于"+c.Since+"设定")
	}
	if c.Doubtful {
		parts = append(parts, "涉及扫描件识别的数字，须对照原件")
	}
	for i, p := range parts {
		parts[i] = strings.TrimSuffix(p, "。")
	}
	out := cited(strings.Join(parts, "。")+"。", c.Places...)
	out.Status = report.Judged
	return out
}

// periodOf prints a period, nothing for none.
func periodOf(p dossier.Period) string {
	if p.End.IsZero() {
		return "—"
	}
	return p.Chinese()
}

// gathered collects what belongs under one head each, in the order met, each thing once.
type gathered struct {
	heads []string
	of    map[string][]string
}

func (g *gathered) add(head, what string) {
	if g.of == nil {
		g.of = map[string][]string{}
	}
	if g.of[head] == nil {
		g.heads = append(g.heads, head)
	}
	if !slices.Contains(g.of[head], what) {
		g.of[head] = append(g.of[head], what)
	}
}

// block is a list: each head with what it is about, a dozen things at most.
func (g *gathered) block(title string) report.Block {
	const most = 12
	b := report.Block{Type: report.List, Title: title, Claims: []report.Claim{}}
	for _, head := range g.heads {
		names, tail := g.of[head], ""
		if len(names) > most {
			names, tail = names[:most], fmt.Sprintf("等%d项", len(names))
		}
		b.Claims = append(b.Claims, report.Claim{Text: head + "：" + strings.Join(names, "、") + tail + "。", Status: report.Judged, Author: report.ByTemplate})
	}
	return b
}
