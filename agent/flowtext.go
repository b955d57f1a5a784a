package agent

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/agent/voice"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

const topShown = 5

// flows says what each account shows: totals, operating receipts, what was taken out, who pays.
func flows(w *writer) []report.Block {
	var out []report.Block
	for _, f := range w.c.Study.Flows {
		out = append(out, paragraph(flowClaims(f)...)...)
		if b, ok := payers(f); ok {
			out = append(out, b)
		}
	}
	return out
}

func flowClaims(f *finance.FlowAnalysis) []report.Claim {
	a := f
	fig := func(indicator string) (dossier.Figure, bool) {
		for _, x := range a.Figures {
			if x.Indicator == indicator || x.Indicator == indicator+"_"+string(f.Flow.Kind) {
				return x, true
			}
		}
		return dossier.Figure{}, false
	}
	claim := func(text string, status report.Status, figs ...dossier.Figure) report.Claim {
		c := report.Claim{Text: text, Status: status, Author: report.ByTemplate}
		for _, x := range figs {
			c.Figures = append(c.Figures, x.ID)
			if x.Source != nil {
				c.Citations = append(c.Citations, report.Cite(x.Source.Place))
			}
		}
		return c
	}
	var out []report.Claim
	in, ok1 := fig("flow_in")
	paid, ok2 := fig("flow_out")
	if ok1 && ok2 && len(a.RoundTrips) > 0 {
		out = append(out, claim(fmt.Sprintf("%s（户名%s）覆盖%s至%s，明细收入%s中含%d对当日等额往返资金%s，可疑，不采信为经营收入。", f.Flow.Kind.Chinese(),
			blank(f.Flow.Owner), f.Flow.Start.Chinese(), f.Flow.End.Chinese(), voice.Wan(in.Value), len(a.RoundTrips), voice.Wan(a.RoundTotal)),
			report.Computed, in, paid))
	} else if ok1 && ok2 {
		out = append(out, claim(fmt.Sprintf("%s（户名%s）覆盖%s至%s，贷方（收入）发生额%s，借方（支出）发生额%s。", f.Flow.Kind.Chinese(), blank(f.Flow.Owner),
			f.Flow.Start.Chinese(), f.Flow.End.Chinese(), voice.Wan(in.Value), voice.Wan(paid.Value)), report.Computed, in, paid))
	}
	if r, ok := fig("flow_customer_receipts"); ok {
		text := "其中经营性回款"
		if len(a.RoundTrips) > 0 {
			text = "剔除往返资金后，经营收入为"
		}
		out = append(out, claim(text+voice.Wan(r.Value)+"（不含本户互转、关联方往来、贷款、结息和退款）。", report.Computed, r))
	}
	for _, is := range a.Issues {
		if is.Kind == finance.KindHeaderTotal || is.Kind == finance.KindBridge || is.Kind == finance.KindThirdParty {
			c := report.Claim{Text: voice.InWan(strings.TrimSuffix(is.Message, "。")) + "，待核实。", Status: report.Judged, Author: report.ByTemplate}
			for i, p := range is.Places {
				if i < 4 {
					c.Citations = append(c.Citations, report.Cite(p))
				}
			}
			out = append(out, c)
		}
	}
	return out
}

func blank(s string) string {
	if s == "" {
		return "未载明"
	}
	return s
}

// payers lists who the operating receipts come from.
func payers(f *finance.FlowAnalysis) (report.Block, bool) {
	b := report.Block{Type: report.TableB, Title: "回款前" + fmt.Sprint(topShown) + "名（" + f.Flow.Kind.Chinese() + "）", Unit: "万元", Claims: []report.Claim{},
		Columns: []string{"付款方", "金额", "占经营性回款"}}
	if f.Flow.Kind != finance.FlowBank { // payers of a payment code are nicknames
		return b, false
	}
	for i, p := range f.TopIn {
		if i >= topShown {
			break
		}
		cite := []report.Citation{{File: f.Flow.File, Page: 1, Quote: fmt.Sprintf("%s 共%d笔", p.Party, p.Rows)}}
		b.Rows = append(b.Rows, []report.Claim{label(p.Party),
			{Text: strings.TrimSuffix(voice.Wan(p.Amount), "万元"), Status: report.Computed, Author: report.ByTemplate, Citations: cite},
			{Text: p.Share.Mul(dossier.D("100")).StringFixed(2) + "%", Status: report.Computed, Author: report.ByTemplate, Citations: cite}})
	}
	return b, len(b.Rows) > 0
}
