package html

import (
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/chart"
	"github.com/xindiao/xindiao/report/layout"
)

func (p *page) section(s report.Section, level int) {
	p.heading(level)
	for i := range s.Blocks {
		p.block(&s.Blocks[i])
	}
	for _, sub := range s.Sections {
		p.section(sub, level+1)
	}
}

func (p *page) block(b *report.Block) {
	if b.Title != "" && (b.Type == report.Paragraph || b.Type == report.List) {
		p.f(`<p><strong>%s</strong></p>`, b.Title)
	}
	switch b.Type {
	case report.List:
		p.list(b)
	case report.Gap:
		for i := range b.Claims {
			p.gap(&b.Claims[i])
		}
	default:
		p.paragraph(b)
	}
	switch b.Type {
	case report.TableB:
		p.table(b)
	case report.ChartB:
		p.chart(b)
	}
	if b.Note != "" {
		p.f(`<p class="note">注：%s</p>`, strings.TrimPrefix(b.Note, "注："))
	}
}

func (p *page) list(b *report.Block) {
	p.b.WriteString(`<ol class="items">`)
	for i := range b.Claims {
		if c := &b.Claims[i]; c.Status == report.Missing {
			p.b.WriteString(`</ol>`)
			p.gap(c)
			p.f(`<ol class="items" start="%d">`, i+1)
		} else {
			p.f(`<li>%s</li>`, safe(p.claim(c)))
		}
	}
	p.b.WriteString(`</ol>`)
}

func (p *page) gap(c *report.Claim) {
	lead := "待补充："
	if strings.HasPrefix(c.Text, "待补充") {
		lead = ""
	}
	p.f(`<div class="gap"><strong>%s</strong>%s</div>`, lead, safe(p.claim(c)))
}

// paragraph is a div: the quotes that open in it are not allowed inside a p.
func (p *page) paragraph(b *report.Block) {
	var run []string
	model := ""
	flush := func() {
		if len(run) > 0 {
			p.f(`<div class="para%s">%s</div>`, model, safe(strings.Join(run, "")))
		}
		run, model = nil, ""
	}
	for i := range b.Claims {
		c := &b.Claims[i]
		if c.Status == report.Missing {
			flush()
			p.gap(c)
			continue
		}
		run = append(run, p.claim(c))
		if c.Author == report.ByModel {
			model = " model"
		}
	}
	flush()
}

// claim is its text, its sources, its formulas and its doubt.
func (p *page) claim(c *report.Claim) string {
	text, stop := layout.Stop(c.Text)
	marks, tail := p.cites(p.src.Numbers(c), p.src.Citations(c))+p.computed(c.Figures), p.words(c, stop)
	if i := strings.LastIndex(marks, `<details`); i >= 0 && tail != "" { // a line must not begin with the full stop
		marks, tail = marks[:i], `<span class="nb">`+marks[i:]+tail+`</span>`
	}
	return p.words(c, text) + marks + tail + doubt(c)
}

func (p *page) words(c *report.Claim, s string) string {
	switch {
	case s == "":
		return ""
	case c.Author == report.ByModel:
		return `<span class="m">` + esc(s) + `</span>`
	}
	return esc(s)
}

func doubt(c *report.Claim) string {
	if d := layout.Doubt(c); d != "" {
		return `<span class="d">` + esc(d) + `</span>`
	}
	return ""
}

// cites is one opening mark a source, with the words of this very claim.
func (p *page) cites(ns []int, cs []report.Citation) string {
	var b strings.Builder
	for _, n := range ns {
		s := p.src.List()[n-1]
		b.WriteString(`<details class="c"><summary aria-label="来源` + strconv.Itoa(n) + `">[` + strconv.Itoa(n) + `]</summary><span class="pop"><b>` + esc(s.File) + `</b>` + esc(s.Where()))
		for _, c := range cs {
			if p.src.N(c) != n {
				continue
			}
			if c.Quote != "" {
				b.WriteString(`<q>` + esc(report.Mask(strings.TrimSpace(c.Quote))) + `</q>`)
			}
			if c.Cell != "" {
				b.WriteString(`<span class="k">单元格 ` + esc(c.Cell) + `</span>`)
			}
		}
		b.WriteString(`</span></details>`)
	}
	return b.String()
}

// computed opens the formulas of the computed figures that a claim shows.
func (p *page) computed(ids []string) string {
	var b strings.Builder
	for _, id := range ids {
		f, ok := p.figs[id]
		if !ok || f.Formula == "" {
			continue
		}
		s := layout.Spell(p.figs, f)
		b.WriteString(`<details class="c"><summary aria-label="公式">ƒ</summary><span class="pop"><b>` + esc(s.Name+" "+s.Period) + `</b>` +
			esc(s.Name+" = "+s.Formula) + `<q>` + esc(s.Operands) + `</q>结果：` + esc(s.Value) + `</span></details>`)
	}
	return b.String()
}

func (p *page) chart(b *report.Block) {
	svg, err := chart.SVG(b.Chart, b.Title)
	if err != nil {
		p.f(`<div class="gap">图“%s”缺少可绘制的数据。</div>`, b.Title)
		return
	}
	p.charts++
	cs := p.src.ChartCitations(b.Chart)
	p.f(`<figure>%s<figcaption class="cap">图%d　%s%s</figcaption></figure>`, safe(svg), p.charts, b.Title, safe(p.cites(p.src.NumbersOf(cs), cs)))
}
