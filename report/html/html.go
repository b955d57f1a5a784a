// Package html writes a report or a review as one page that needs no network and no script to be read.
package html

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

//go:embed page.css
var css string

//go:embed page.js
var script string

// CSP is the policy that pages carry: nothing is loaded, and no script runs but the page's own.
var CSP = func() string {
	sum := sha256.Sum256([]byte(script))
	return "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

// Write writes r to w. A claim's sources open in place, with their words; all of them stand again at the end.
func Write(w io.Writer, r *report.Report) error {
	p := &page{src: layout.Number(r), figs: layout.Figures(r), heads: layout.Outline(r)}
	title := layout.Title(r)
	p.open(title, r.Cover.Applicant)
	p.nav(p.heads)
	wide := ""
	if r.Kind == report.Finance {
		wide = ` class="wide"`
	}
	p.f("<main%s><h1>%s</h1>", safe(wide), title)
	p.cover(r)
	for _, s := range r.Sections {
		p.section(s, 2)
	}
	p.annexes(r)
	p.close()
	_, err := w.Write(p.b.Bytes())
	return err
}

// page collects the document.
type page struct {
	b      bytes.Buffer
	src    *layout.Sources
	figs   map[string]report.FigureJSON
	heads  []layout.Heading
	head   int
	tables int
	charts int
}

// f writes format with every argument escaped; safe() marks what is HTML already.
func (p *page) f(format string, args ...any) {
	for i, a := range args {
		switch v := a.(type) {
		case string:
			args[i] = esc(v)
		case safe:
			args[i] = string(v)
		}
	}
	fmt.Fprintf(&p.b, format, args...)
}

type safe string

// esc drops control characters, which HTML forbids, and escapes the rest.
func esc(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' || r == 0x7f || r == 0xfffd {
			return -1
		}
		return r
	}, s))
}

func (p *page) open(title, applicant string) {
	p.f(`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`+
		`<meta http-equiv="Content-Security-Policy" content="%s"><title>%s %s</title><style>%s</style></head><body>`+
		`<div class="bar"><span>%s</span><span>%s（草稿）</span></div><div class="page">`, CSP, applicant, title, safe(css), applicant, title)
}

func (p *page) nav(heads []layout.Heading) {
	p.b.WriteString(`<nav aria-label="目录">`)
	for _, h := range heads {
		sep := ""
		if strings.HasPrefix(h.Number, "附件") {
			sep = "　"
		}
		p.f(`<a class="l%d" href="#%s">%s</a>`, h.Level, h.Anchor, h.Number+sep+h.Title)
	}
	p.b.WriteString(`</nav>`)
}

func (p *page) heading(level int) {
	h := p.heads[p.head]
	p.head++
	sep := ""
	if strings.HasPrefix(h.Number, "附件") {
		sep = "　"
	}
	p.f(`<h%d id="%s">%s</h%d>`, level, h.Anchor, h.Number+sep+h.Title, level)
}

func (p *page) close() {
	p.f(`</main></div><script>%s</script></body></html>`, safe(script))
}
