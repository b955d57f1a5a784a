package agent

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/agent/analysis"
	"github.com/xindiao/xindiao/agent/voice"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

// builders are the blocks that templates name and code builds.
var builders = map[string]func(*writer) []report.Block{
	"verdict": verdict, "risks": risks, "conditions": conditions, "gaps": gapsList, "articulation": articulation,
	"superseded": superseded, "flows": flows, "payments": payments,
	"classification": classification,
}

// builder finds a block's builder by its name: the report's own, or one of the analysis that `xindiao finance` shows.
func builder(name string) (func(*writer) []report.Block, bool) {
	if b, ok := builders[name]; ok {
		return b, true
	}
	build, ok := analysis.Lookup(name)
	return func(w *writer) []report.Block {
		return build(&analysis.View{Study: w.c.Study, Dossier: w.c.Dossier, Unit: dossier.WanYuan})
	}, ok
}

func (w *writer) failures(severities ...report.Severity) []report.Finding {
	var out []report.Finding
	for _, f := range w.c.Result.Findings {
		for _, s := range severities {
			if f.Result == report.Fail && f.Severity == s {
				out = append(out, f)
			}
		}
	}
	return out
}

func paragraph(claims ...report.Claim) []report.Block {
	if len(claims) == 0 {
		return nil
	}
	return []report.Block{{Type: report.Paragraph, Claims: claims}}
}

func fromFinding(f report.Finding, text string) report.Claim {
	cites := f.Evidence
	if len(cites) > 6 {
		cites = cites[:6]
	}
	return report.Claim{Text: tidy(text), Status: report.Judged, Author: report.ByTemplate, Citations: cites}
}

// verdict says at the head what stands in the way.
func verdict(w *writer) []report.Block {
	blockers, majors := w.failures(report.Blocker), w.failures(report.Major)
	if len(blockers)+len(majors) == 0 {
		return paragraph(report.Claim{Text: "规则检查未发现阻断性或重大问题，一般问题与待补充事项见后文。", Status: report.Judged, Author: report.ByTemplate})
	}
	var titles []string
	for _, f := range append(blockers, majors...) {
		if !slices.Contains(titles, f.Title) {
			titles = append(titles, f.Title)
		}
	}
	text := fmt.Sprintf("检查发现阻断性问题%d项、重大问题%d项，涉及%s。", len(blockers), len(majors), strings.Join(titles, "、"))
	switch {
	case len(blockers) > 0 && w.c.Dossier.Application.PostLoan():
		text += "阻断性问题须立即处置并上报，处置前不再新增放款。"
	case len(blockers) > 0:
		text += "阻断性问题解决前不具备提款条件。"
	}
	return paragraph(report.Claim{Text: text, Status: report.Judged, Author: report.ByTemplate})
}

// risks lists the findings with size, mitigation and what is asked for.
func risks(w *writer) []report.Block {
	b := report.Block{Type: report.List, Claims: []report.Claim{}}
	var papers []string
	for _, f := range w.failures(report.Blocker, report.Major, report.Minor) {
		mitigation := "缓释：无。"
		if len(f.Accepts) > 0 {
			mitigation = "缓释：待提供" + strings.Join(f.Accepts, "，或") + "。"
		}
		if f.Severity == report.Minor && f.Kind == report.Completeness && strings.HasPrefix(f.Title, "缺少") {
			papers = append(papers, strings.TrimPrefix(f.Title, "缺少"))
			continue
		}
		text := fmt.Sprintf("%s（%s）。%s。%s要求：%s。", f.Title, layout.SeverityZH(f.Severity), voice.InWan(f.Message), mitigation, f.Remedy)
		b.Claims = append(b.Claims, fromFinding(f, text))
	}
	if len(papers) > 0 {
		b.Claims = append(b.Claims, report.Claim{Text: "资料不全（一般）。尚缺" + strings.Join(papers, "、") + "，相应事项未经核实。缓释：无。要求：补齐。",
			Status: report.Judged, Author: report.ByTemplate})
	}
	if len(b.Claims) == 0 {
		return paragraph(report.Claim{Text: "已执行的规则未发现风险事项；未能检查的事项见附件。", Status: report.Judged, Author: report.ByTemplate})
	}
	return []report.Block{b}
}

// conditions turns what must be cured into conditions; the decision stays with a person.
func conditions(w *writer) []report.Block {
	lead := "以下条件依据检查结果整理，授信与否由有权审批人决定。放款前须落实："
	if w.c.Dossier.Application.PostLoan() {
		lead = "以下措施依据检查结果整理，由有权人确定。后续须落实："
	}
	out := paragraph(report.Claim{Text: lead, Status: report.Judged, Author: report.ByTemplate})
	b := report.Block{Type: report.List, Claims: []report.Claim{}}
	seen := map[string]bool{}
	for _, f := range w.failures(report.Blocker, report.Major) {
		if !seen[f.Remedy] {
			seen[f.Remedy] = true
			b.Claims = append(b.Claims, fromFinding(f, f.Remedy+"（针对："+f.Title+"）。"))
		}
	}
	if n := len(w.failures(report.Minor)); n > 0 {
		b.Claims = append(b.Claims, report.Claim{Text: fmt.Sprintf("一般问题%d项，按附件所列要求在放款前或下次检查前整改。", n), Status: report.Judged, Author: report.ByTemplate})
	}
	if len(b.Claims) == 0 {
		return nil
	}
	return append(out, b)
}

// gapsList repeats the open items at the end, where the reader decides.
func gapsList(w *writer) []report.Block {
	if len(w.r.Missing) == 0 {
		return nil
	}
	b := report.Block{Type: report.Gap, Title: "待补充事项", Claims: []report.Claim{}}
	for _, m := range w.r.Missing {
		b.Claims = append(b.Claims, report.Claim{Text: fmt.Sprintf("待补充：%s——%s（需提供%s）。", m.Section, m.Item, strings.Join(m.Needs, "或")),
			Status: report.Missing, Author: report.ByTemplate})
	}
	return []report.Block{b}
}

// articulation says whether the statements hold together.
func articulation(w *writer) []report.Block {
	var claims []report.Claim
	for _, f := range w.c.Result.Findings {
		if f.Result == report.Fail && (strings.HasPrefix(f.Rule, "CON011") || strings.HasPrefix(f.Rule, "CON012") || strings.HasPrefix(f.Rule, "CON021")) {
			claims = append(claims, fromFinding(f, "未核实事项："+voice.InWan(f.Message)+"。"))
		}
	}
	if len(claims) == 0 && len(w.c.Figures.Periods("total_assets", "")) > 0 {
		claims = append(claims, report.Claim{Text: "已读取的各期报表表内、表间勾稽相符，期初期末衔接一致。", Status: report.Computed, Author: report.ByTemplate})
	}
	return paragraph(claims...)
}

// superseded says which papers were left aside; their numbers are not repeated.
func superseded(w *writer) []report.Block {
	var claims []report.Claim
	for _, d := range w.c.Dossier.Documents {
		if d.SupersededBy != "" {
			claims = append(claims, report.Claim{Text: fmt.Sprintf("《%s》已被《%s》替代，其数字未采用。", d.File, d.SupersededBy), Status: report.Judged,
				Author: report.ByTemplate, Citations: []report.Citation{{File: d.File, Page: 1, Quote: d.TypeName}}})
		}
	}
	return paragraph(claims...)
}

// payments lists the entrusted payments with what supports them.
func payments(w *writer) []report.Block {
	b := report.Block{Type: report.TableB, Title: "受托支付明细", Claims: []report.Claim{}, Columns: []string{"日期", "收款方", "金额", "用途"}}
	for _, d := range w.c.Dossier.Valid("payment_voucher") {
		var row []report.Claim
		for _, key := range []string{"date", "payee", "amount_cny", "memo"} {
			f, ok := d.Field(key)
			if !ok {
				row = append(row, dash)
				continue
			}
			at := d.At(f.At)
			row = append(row, fieldCell(d, f, at))
		}
		b.Rows = append(b.Rows, row)
	}
	if len(b.Rows) == 0 {
		return nil
	}
	return []report.Block{b}
}

// classification proposes the class that the evidence carries; a person decides.
func classification(w *writer) []report.Block {
	reasons := []string{}
	var cites []report.Citation
	for _, d := range w.c.Dossier.Valid("credit_report_enterprise") {
		loans, ok := d.Field("loans")
		if !ok {
			continue
		}
		normal := len(loans.Rows) > 0
		for _, r := range loans.Rows {
			normal = normal && strings.Contains(r.Get("cls"), "正常")
			at := d.At(r.At)
			cites = append(cites, report.Cite(at))
		}
		if normal {
			reasons = append(reasons, "信用报告各笔借款五级分类均为正常")
		}
	}
	if len(w.failures(report.Blocker)) > 0 || len(reasons) == 0 {
		return paragraph(report.Claim{Text: "现有材料不足以支持维持原风险分类的建议，须由有权人结合阻断性问题的处置情况认定。", Status: report.Judged, Author: report.ByTemplate})
	}
	text := "风险分类建议：正常。理由：" + strings.Join(reasons, "；")
	if n := len(w.failures(report.Major, report.Minor)); n > 0 {
		text += fmt.Sprintf("；检查发现的%d项问题尚未影响还款能力，须按下列措施跟踪", n)
	}
	return paragraph(report.Claim{Text: text + "。分类结果由有权人认定。", Status: report.Judged, Author: report.ByTemplate, Citations: cites})
}
