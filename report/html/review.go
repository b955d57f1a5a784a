package html

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

// WriteReview writes a review as a page: findings with a filter, requirements, materials.
func WriteReview(w io.Writer, r *report.Review) error {
	p := &page{}
	p.open("材料审查结果", r.Application.Applicant)
	p.nav([]layout.Heading{{Anchor: "findings", Level: 1, Title: "问题清单"}, {Anchor: "matrix", Level: 1, Title: "检查矩阵"}, {Anchor: "documents", Level: 1, Title: "材料清单"}})
	p.b.WriteString(`<main><h1>材料审查结果</h1>`)
	asOf := ""
	if !r.Application.AsOf.IsZero() {
		asOf = r.Application.AsOf.Chinese()
	}
	p.meta([][2]string{{"申请人", r.Application.Applicant}, {"业务品种", r.Application.Product}, {"担保方式", r.Application.Guarantee}, {"基准日", asOf}})
	m := r.Matrix
	p.f(`<p class="note">共检查 %d 项：通过 %d，不符合 %d，无法检验 %d。</p><h2 id="findings">问题清单</h2>`, m.Checked, m.Passed, m.Failed, m.NotTestable)
	p.findings(r.Findings, evidence)
	p.matrix(m.Rows)
	p.documents(r.Documents)
	p.close()
	_, err := w.Write(p.b.Bytes())
	return err
}

// evidence prints citations in full, for pages without a list of sources.
func evidence(cs []report.Citation) string {
	var b strings.Builder
	for _, c := range cs {
		where := ""
		switch {
		case c.Cell != "":
			where = "，" + c.Cell
		case c.Page > 0:
			where = "，第" + strconv.Itoa(c.Page) + "页"
		}
		fmt.Fprintf(&b, `<br><span class="k">%s%s：</span><q>%s</q>`, esc(c.File), esc(where), esc(report.Mask(c.Quote)))
	}
	return b.String()
}

func (p *page) findings(fs []report.Finding, cite func([]report.Citation) string) {
	fs = layout.Findings(fs)
	if len(fs) == 0 {
		p.b.WriteString(`<p class="note">按现有规则检查，未发现问题。</p>`)
		return
	}
	count := map[report.Severity]int{}
	for _, f := range fs {
		count[f.Severity]++
	}
	p.f(`<div class="filter" role="group" aria-label="按级别筛选" hidden><button type="button" data-s="" aria-pressed="true">全部 %d</button>`, len(fs))
	for _, s := range []report.Severity{report.Blocker, report.Major, report.Minor, report.Info} {
		if count[s] > 0 {
			p.f(`<button type="button" data-s="%s" aria-pressed="false">%s %d</button>`, string(s), layout.SeverityZH(s), count[s])
		}
	}
	p.b.WriteString(`</div>`)
	for i, f := range fs {
		p.f(`<section class="finding %s" data-s="%s"><h4>%d. %s <span class="tag %s">%s</span> <span class="tag info">%s</span>`, string(f.Severity), string(f.Severity), i+1,
			f.Title, string(f.Severity), layout.SeverityZH(f.Severity), layout.KindZH(f.Kind)+" "+f.Rule)
		if f.Result == report.NotTestable {
			p.b.WriteString(` <span class="tag info">无法检验</span>`)
		}
		p.f(`</h4><div>%s%s</div>`, f.Message, safe(cite(f.Evidence)))
		for _, kv := range [][2]string{{"计算", f.Arithmetic}, {"依据", layout.BasisText(f.Basis)}, {"整改", layout.RemedyText(f)}} {
			if kv[1] != "" {
				p.f(`<p><span class="k">%s：</span>%s</p>`, kv[0], kv[1])
			}
		}
		p.b.WriteString(`</section>`)
	}
}

func (p *page) matrix(rows []report.MatrixRow) {
	p.b.WriteString(`<h2 id="matrix">检查矩阵</h2><div class="scroll"><table><thead><tr><th>要求</th><th>级别</th><th>状态</th><th>文件</th><th>检查</th></tr></thead><tbody>`)
	for _, r := range rows {
		var checks []string
		for _, c := range r.Checks {
			checks = append(checks, c.Rule+" "+layout.StateZH(c.Result))
		}
		p.f(`<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>`, r.Item, layout.StateZH(r.Level), layout.StateZH(r.State), strings.Join(r.Files, "、"), strings.Join(checks, "；"))
	}
	p.b.WriteString(`</tbody></table></div>`)
}

func (p *page) documents(ds []report.DocumentJSON) {
	p.b.WriteString(`<h2 id="documents">材料清单</h2><div class="scroll"><table><thead><tr><th>序号</th><th>文件</th><th>材料</th><th>页数</th><th>状态</th><th>说明</th></tr></thead><tbody>`)
	for i, d := range ds {
		p.f(`<tr><td class="n">%d</td><td>%s</td><td>%s</td><td class="n">%d</td><td>%s</td><td>%s</td></tr>`, i+1, d.File, d.NameZH, d.Pages,
			layout.DocumentState(d), strings.Join(layout.DocumentNotes(d), "；"))
	}
	p.b.WriteString(`</tbody></table></div>`)
}
