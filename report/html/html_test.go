package html_test

import (
	"bytes"
	"io"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/html"
	"github.com/xindiao/xindiao/report/layout"
	"github.com/xindiao/xindiao/report/reporttest"
)

func page(t *testing.T, write func(io.Writer) error) (string, *nethtml.Node) {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	if out := os.Getenv("HTML_OUT"); out != "" {
		if err := os.WriteFile(path.Join(out, t.Name()+".html"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := nethtml.Parse(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), root
}

func text(n *nethtml.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == nethtml.TextNode && c.Parent.Data != "style" && c.Parent.Data != "script" {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func attrs(n *nethtml.Node, name string) []string {
	var out []string
	for c := range n.Descendants() {
		for _, a := range c.Attr {
			if a.Key == name {
				out = append(out, a.Val)
			}
		}
	}
	return out
}

func TestReport(t *testing.T) {
	r := reporttest.Report()
	raw, root := page(t, func(w io.Writer) error { return html.Write(w, r) })
	body := text(root)
	for _, want := range []string{"一、借款人概况", "（二）偿债能力", "附件三　数据来源与计算过程", "单位：万元", "【待核实：未见应付账款明细】", "待补充：实际控制人",
		"资产负债率 = 负债合计 ÷ 资产总计", "43.92%", "缺少可绘制的数据", "openai:demo-model", "宣传册<旧>&.pdf"} {
		if !strings.Contains(body, want) {
			t.Errorf("page lacks %q", want)
		}
	}
	layout.EachClaim(r, func(c *report.Claim) {
		for _, cit := range c.Citations {
			if !strings.Contains(body, report.Mask(cit.Quote)) {
				t.Errorf("quote lost: %s", cit.Quote)
			}
		}
	})
	if strings.Contains(raw, "110101199003074514") || strings.Contains(raw, "6222021234567890123") {
		t.Error("a personal number is shown")
	}
	seen := map[string]bool{}
	for _, id := range attrs(root, "id") {
		if seen[id] {
			t.Errorf("id %s twice", id)
		}
		seen[id] = true
	}
	for _, h := range attrs(root, "href") {
		if !strings.HasPrefix(h, "#") || !seen[h[1:]] {
			t.Errorf("link %s leads nowhere", h)
		}
	}
	if regexp.MustCompile(`(?:src|href)="(?:https?:)?//|@import|url\(`).MatchString(raw) {
		t.Error("the page asks the network for something")
	}
}

// What a material says is shown, never run.
func TestHostileTextStaysText(t *testing.T) {
	evil := `</script><img src=x onerror=alert(1)>"'<svg onload=alert(1)>`
	c := report.Claim{Text: evil, Status: report.Quoted, Citations: []report.Citation{{File: evil, Page: 1, Quote: evil, Cell: evil}}, Reason: evil}
	r := &report.Report{Title: evil, Cover: report.Cover{Applicant: evil}, Findings: []report.Finding{{Title: evil, Message: evil, Severity: "x\" onclick=\"y", Evidence: c.Citations}},
		Materials: []report.Material{{File: evil}}, Sections: []report.Section{{Title: evil, Blocks: []report.Block{
			{Type: report.Paragraph, Claims: []report.Claim{c}}, {Type: report.TableB, Title: evil, Unit: evil, Columns: []string{evil}, Rows: [][]report.Claim{{c}}}}}}}
	_, root := page(t, func(w io.Writer) error { return html.Write(w, r) })
	for n := range root.Descendants() {
		if n.Type == nethtml.ElementNode && (n.Data == "img" || n.Data == "svg") {
			t.Errorf("a material's text became <%s>", n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("a material's text became attribute %s", a.Key)
			}
		}
	}
	if !strings.Contains(text(root), evil) {
		t.Error("the text is not shown as it is")
	}
}

func TestReview(t *testing.T) {
	_, root := page(t, func(w io.Writer) error { return html.WriteReview(w, reporttest.Review()) })
	body := text(root)
	for _, want := range []string{"缺少个人征信报告", "计算：2026-09-30 − 2026-08-16 = 45日 > 30日", "可接受：个人信用报告", "以 财务/2025年度审计报告.pdf 为准", "VAL002 不符合", "缺失", "通过 8"} {
		if !strings.Contains(body, want) {
			t.Errorf("page lacks %q", want)
		}
	}
	if strings.Index(body, "缺少个人征信报告") > strings.Index(body, "登记查询已过期") {
		t.Error("findings are not in order of gravity")
	}
}

func TestEmptyReportIsAPage(t *testing.T) {
	_, root := page(t, func(w io.Writer) error { return html.Write(w, &report.Report{}) })
	if !strings.Contains(text(root), "没有引用任何材料") {
		t.Error("an empty report does not say so")
	}
}
