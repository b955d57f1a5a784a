package html

import (
	"strconv"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

func (p *page) cover(r *report.Report) {
	c := r.Cover
	asOf := ""
	if !c.AsOf.IsZero() {
		asOf = c.AsOf.Chinese()
	}
	meta := [][2]string{{"借款人", c.Applicant}, {"贷款人", c.Lender}, {"业务品种", c.Product}, {"申请金额", c.Amount}, {"期限", c.Term},
		{"担保方式", c.Guarantee}, {"所属行业", c.Industry}, {"基准日", asOf}}
	if r.Kind == report.Finance {
		p.meta(meta)
		p.b.WriteString(`<p class="note">阅读说明：点按上标编号可查看出处原文，“ƒ”可查看指标公式与代入的数字。全部数字读自材料或由材料中的数字算得。</p>`)
		return
	}
	p.meta(append(meta, [][2]string{{"起草方式", layout.Drafting(r)}, {"模板", r.Template.ID}}...))
	p.f(`<p class="note"><strong>声明：</strong>%s</p>`, layout.Statement)
	p.b.WriteString(`<p class="note">阅读说明：点按上标编号可查看出处原文；`)
	if layout.ModelWritten(r) {
		p.f(`<span class="m">浅蓝底文字</span>由语言模型（%s）撰写；`, r.Generation.Model)
	}
	p.b.WriteString(`<span class="d">【待核实】</span>表示尚无材料印证或与材料不一致；“ƒ”可查看指标公式。`)
	if v := r.Coverage; v.Required > 0 {
		p.f(`模板要求 %d 项，已有材料支持 %d 项，待补充 %d 项。`, v.Required, v.Filled, v.Missing)
	}
	p.b.WriteString(`</p>`)
}

func (p *page) meta(kvs [][2]string) {
	p.b.WriteString(`<dl class="meta">`)
	for _, kv := range kvs {
		v := kv[1]
		if v == "" {
			v = "（未提供）"
		}
		p.f(`<dt>%s</dt><dd>%s</dd>`, kv[0], v)
	}
	p.b.WriteString(`</dl>`)
}

func (p *page) annexes(r *report.Report) {
	if r.Kind != report.Finance {
		p.heading(2)
		p.findings(r.Findings, func(cs []report.Citation) string { return p.cites(p.src.NumbersOf(cs), cs) })
		p.heading(2)
		p.materials(r.Materials)
	}
	p.heading(2)
	p.formulas(r)
	p.sources()
}

func (p *page) materials(ms []report.Material) {
	p.b.WriteString(`<div class="scroll"><table><thead><tr><th>序号</th><th>材料</th><th>文件</th><th>页数</th><th>状态</th><th>说明</th></tr></thead><tbody>`)
	for i, m := range ms {
		note := ""
		if m.Scan {
			note = "扫描件（文字识别）"
		}
		for _, s := range m.Problems {
			if note != "" {
				note += "；"
			}
			note += s
		}
		pages := "—"
		if m.Pages > 0 {
			pages = strconv.Itoa(m.Pages)
		}
		p.f(`<tr><td class="n">%d</td><td>%s</td><td>%s</td><td class="n">%s</td><td>%s</td><td>%s</td></tr>`, i+1, m.NameZH, m.File, pages, m.State, note)
	}
	p.b.WriteString(`</tbody></table></div>`)
}

func (p *page) formulas(r *report.Report) {
	fs := layout.Formulas(r)
	if len(fs) == 0 {
		return
	}
	p.b.WriteString(`<h3>指标计算过程</h3><div class="scroll"><table><thead><tr><th>指标</th><th>期间</th><th>公式</th><th>代入</th><th>结果</th></tr></thead><tbody>`)
	for _, f := range fs {
		p.f(`<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td class="n">%s</td></tr>`, f.Name, f.Period, f.Formula, f.Operands, f.Value)
	}
	p.b.WriteString(`</tbody></table></div>`)
}

func (p *page) sources() {
	if len(p.src.List()) == 0 {
		p.b.WriteString(`<p class="note">本稿没有引用任何材料。</p>`)
		return
	}
	p.b.WriteString(`<h3>来源原文</h3><p class="note">个人证件号码、账号、手机号码已遮盖。</p>`)
	for _, file := range p.src.ByFile() {
		p.f(`<p class="note"><strong>%s</strong></p><ol class="src">`, file.File)
		for _, s := range file.Sources {
			p.f(`<li value="%d" id="s%d">%s`, s.N, s.N, s.Where())
			for i, sp := range s.Spots {
				sep := "；"
				if i == 0 {
					sep = "："
				}
				p.f(`%s%s`, sep, sp.Text())
			}
			p.b.WriteString(`</li>`)
		}
		p.b.WriteString(`</ol>`)
	}
}
