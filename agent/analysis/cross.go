package analysis

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

// crossChecks shows each comparison of independent sources with both sides; what cannot be compared stands apart with
// the papers that are missing.
func crossChecks(v *View) []report.Block {
	b := v.table("交叉核验结果", "核验", "期间", "甲方", "乙方", "差额", "差异率或比值", "容差", "结果")
	notes := report.Block{Type: report.List, Title: "核验说明", Claims: []report.Claim{}}
	gaps := report.Block{Type: report.List, Title: "无法核对的事项", Claims: []report.Claim{}}
	for _, c := range v.Study.CrossChecks {
		switch {
		case strings.Contains(c.ID, "/"): // one of several of a kind: they have a table of their own
			continue
		case c.Outcome == finance.OutcomeUntestable:
			gaps.Claims = append(gaps.Claims, missing(c.Name, c.Missing))
			continue
		case c.Outcome == finance.OutcomeBreak:
			b.Strong = append(b.Strong, len(b.Rows))
		}
		diff, share := dash, dash
		if c.Left.Figure != nil && c.Right.Figure != nil {
			d := *c.Left.Figure
			d.Value = c.Diff
			diff = label(v.bare(d))
		}
		if c.Share != nil {
			share = label(percent(*c.Share))
		}
		b.Rows = append(b.Rows, []report.Claim{label(c.Name), label(c.Period.Chinese()), v.side(c.Left), v.side(c.Right), diff, share, label(c.Tolerance), label(c.Outcome.Chinese())})
		if c.Outcome != finance.OutcomePass {
			notes.Claims = append(notes.Claims, crossNote(c))
		}
	}
	b.Note = "甲方、乙方依核验名称的先后。"
	return append(kept(b, notes), append(debtors(v), kept(gaps)...)...)
}

// crossTable is the comparisons alone, in as few columns as a page holds, with words only where two sides do not fit.
func crossTable(v *View) []report.Block {
	b := v.table("财务数据交叉核验", "核验", "期间", "甲方", "乙方", "差异率或比值", "结果")
	notes := report.Block{Type: report.List, Claims: []report.Claim{}}
	for _, c := range v.Study.CrossChecks {
		if strings.Contains(c.ID, "/") || c.Outcome == finance.OutcomeUntestable {
			continue
		}
		if c.Outcome == finance.OutcomeBreak {
			b.Strong = append(b.Strong, len(b.Rows))
			notes.Claims = append(notes.Claims, crossNote(c))
		}
		share := dash
		if c.Share != nil {
			share = label(percent(*c.Share))
		}
		b.Rows = append(b.Rows, []report.Claim{label(c.Name), label(c.Period.Chinese()), v.side(c.Left), v.side(c.Right), share, label(c.Outcome.Chinese())})
	}
	return kept(b, notes)
}

// side is one side of a comparison: its value and its places.
func (v *View) side(s finance.CrossSide) report.Claim {
	if s.Figure == nil {
		return label(s.Shown)
	}
	c := cited(v.bare(*s.Figure), s.Places...)
	for _, f := range s.Figures {
		if len(c.Citations) == 0 && f.Source != nil {
			c.Citations = []report.Citation{report.Cite(f.Source.Place)}
		}
	}
	if s.Figure.ID != "" {
		c.Figures = []string{s.Figure.ID}
	}
	return c
}

// debtors holds the largest receivables against contracts, invoices and receipts.
func debtors(v *View) []report.Block {
	b := v.table("主要应收账款三方核对", "客户", "余额", "占账龄表", "合同", "开票（含税）", "回款", "结果")
	some := func(v *View, d *dossier.Decimal) report.Claim {
		if d == nil {
			return label("材料未提供")
		}
		return v.amount(*d)
	}
	for _, d := range v.Study.Debtors {
		v := v
		if d.Balance.Source != nil {
			v = v.on(report.Cite(d.Balance.Source.Place))
		}
		contracts := label("未见")
		if len(d.Contracts) > 0 {
			contracts = label(itoa(len(d.Contracts)) + "份")
			for _, f := range d.Contracts {
				contracts.Citations = append(contracts.Citations, report.Citation{File: f, Page: 1})
			}
		}
		if d.Outcome == finance.OutcomeBreak {
			b.Strong = append(b.Strong, len(b.Rows))
		}
		b.Rows = append(b.Rows, []report.Claim{label(d.Name), v.cell(d.Balance), label(percent(d.Share)), contracts, some(v, d.Invoiced), some(v, d.Received), label(d.Outcome.Chinese())})
	}
	return kept(b)
}

// crossNote says why a comparison is made, and what explains a gap.
func crossNote(c finance.CrossCheck) report.Claim {
	parts := []string{c.Message}
	if c.Basis != "" {
		parts = append(parts, "依据："+c.Basis)
	}
	if c.Gap != "" {
		parts = append(parts, "可能的合理原因："+c.Gap)
	}
	parts = append(parts, c.Notes...)
	for i, p := range parts {
		parts[i] = strings.TrimSuffix(p, "。")
	}
	out := cited(strings.Join(parts, "。")+"。", append(c.Left.Places, c.Right.Places...)...)
	out.Status = report.Judged
	return out
}

// missing says what cannot be done and which papers would make it possible.
func missing(what string, papers []string) report.Claim {
	text := what
	if len(papers) > 0 {
		text += "：需提供" + strings.Join(papers, "、")
	}
	return report.Claim{Text: text + "。", Status: report.Judged, Author: report.ByTemplate}
}
