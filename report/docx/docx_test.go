package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/docx"
	"github.com/xindiao/xindiao/report/layout"
	"github.com/xindiao/xindiao/report/reporttest"
)

func write(t *testing.T, r *report.Report) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := docx.Write(&b, r, docx.Options{}); err != nil {
		t.Fatal(err)
	}
	if out := os.Getenv("DOCX_OUT"); out != "" {
		if err := os.WriteFile(path.Join(out, t.Name()+".docx"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		if _, twice := parts[f.Name]; twice {
			t.Errorf("part %s twice", f.Name)
		}
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(data)
	}
	return parts
}

func TestPartsAreWellFormedAndResolve(t *testing.T) {
	parts := write(t, reporttest.Report())
	for name, data := range parts {
		if strings.HasSuffix(name, ".png") {
			continue
		}
		d := xml.NewDecoder(strings.NewReader(data))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
	types := parts["[Content_Types].xml"]
	for _, m := range regexp.MustCompile(`PartName="/([^"]+)"`).FindAllStringSubmatch(types, -1) {
		if _, ok := parts[m[1]]; !ok {
			t.Errorf("content type for a part that is not there: %s", m[1])
		}
	}
	rels := map[string]string{}
	for _, m := range regexp.MustCompile(`Id="([^"]+)" Type="[^"]+" Target="([^"]+)"`).FindAllStringSubmatch(parts["word/_rels/document.xml.rels"], -1) {
		rels[m[1]] = m[2]
		if _, ok := parts["word/"+m[2]]; !ok {
			t.Errorf("relation %s leads to %s, which is not there", m[1], m[2])
		}
	}
	for _, m := range regexp.MustCompile(`r:(?:id|embed)="([^"]+)"`).FindAllStringSubmatch(parts["word/document.xml"], -1) {
		if rels[m[1]] == "" {
			t.Errorf("%s does not resolve", m[1])
		}
	}
}

func ids(t *testing.T, s, pattern string) map[string]bool {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(s, -1) {
		if seen[m[1]] {
			t.Errorf("%s twice for %s", m[1], pattern)
		}
		seen[m[1]] = true
	}
	return seen
}

func TestIdsAreUniqueAndStylesExist(t *testing.T) {
	parts := write(t, reporttest.Report())
	doc := parts["word/document.xml"]
	ids(t, doc, `<w:bookmarkStart w:id="(\d+)"`)
	ids(t, doc, `<wp:docPr id="(\d+)"`)
	marks := ids(t, doc, `<w:bookmarkStart w:id="\d+" w:name="([^"]+)"`)
	for _, p := range []string{`w:anchor="([^"]+)"`, `(?:NOTEREF|PAGEREF) (\S+)`} {
		for _, m := range regexp.MustCompile(p).FindAllStringSubmatch(doc, -1) {
			if !marks[m[1]] {
				t.Errorf("no bookmark %s", m[1])
			}
		}
	}
	styles := ids(t, parts["word/styles.xml"], `w:styleId="([^"]+)"`)
	for _, name := range []string{"word/document.xml", "word/endnotes.xml", "word/header1.xml", "word/footer1.xml"} {
		for _, m := range regexp.MustCompile(`<w:[pr]Style w:val="([^"]+)"`).FindAllStringSubmatch(parts[name], -1) {
			if !styles[m[1]] {
				t.Errorf("%s uses style %s, which is not defined", name, m[1])
			}
		}
	}
}

// A mark's number is Word's own count of endnotes, so first marks must come in rising order without a hole.
func TestEndnotesAreCompleteAndInOrder(t *testing.T) {
	r := reporttest.Report()
	parts := write(t, r)
	n := 0
	for _, m := range regexp.MustCompile(`<w:endnoteReference w:id="(\d+)"`).FindAllStringSubmatch(parts["word/document.xml"], -1) {
		n++
		if m[1] != strconv.Itoa(n) {
			t.Fatalf("endnote %s is the %d. to be referred to", m[1], n)
		}
	}
	src := layout.Number(r)
	if n != len(src.List()) || n < 20 {
		t.Errorf("%d endnotes for %d sources", n, len(src.List()))
	}
	notes := text(parts["word/endnotes.xml"])
	layout.EachClaim(r, func(c *report.Claim) {
		for _, cit := range c.Citations {
			if !strings.Contains(notes, cit.File) || !strings.Contains(notes, report.Mask(cit.Quote)) {
				t.Errorf("citation lost: %s %s", cit.File, cit.Quote)
			}
		}
	})
	for _, secret := range []string{"110101199003074514", "6222021234567890123"} {
		if strings.Contains(notes, secret) {
			t.Errorf("personal number %s not masked", secret)
		}
	}
	if !strings.Contains(notes, "91330200MA2AAAAA1B") {
		t.Error("a company's credit code was masked")
	}
}

var tag = regexp.MustCompile(`<[^>]+>`)

func text(s string) string {
	s = tag.ReplaceAllString(s, "")
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&", "&#34;", `"`, "&#39;", "'").Replace(s)
}

func TestSaysWhatABankExpects(t *testing.T) {
	r := reporttest.Report()
	parts := write(t, r)
	doc := text(parts["word/document.xml"])
	for _, want := range []string{"授信调查报告", r.Cover.Applicant, "800.00万元", "2026年9月30日", "调查人（签字）", "协查人（签字）", "单位：万元", "一、借款人概况", "（二）经营情况",
		"附件一　问题与整改清单", "附件二", "附件三", "【待核实：租赁合同与权属证书面积不一致】", "待补充：实际控制人个人征信报告", "负债合计 ÷ 资产总计", "流动资金贷款管理办法第十六条",
		"openai:demo-model", "模板要求 96 项", "图1　营业收入", "表1　主要财务数据", "宣传册<旧>&.pdf", "43.92%", "缺少可绘制的数据"} {
		if !strings.Contains(doc, want) {
			t.Errorf("document lacks %q", want)
		}
	}
	raw := parts["word/document.xml"]
	for _, want := range []string{"<w:tblHeader/>", "<w:cantSplit/>", `TOC \o "1-2"`, modelFill, `w:highlight w:val="yellow"`, `<w:jc w:val="right"/>`} {
		if !strings.Contains(raw, want) {
			t.Errorf("document.xml lacks %s", want)
		}
	}
	if !strings.Contains(parts["word/footer1.xml"], "NUMPAGES") || !strings.Contains(text(parts["word/header1.xml"]), r.Cover.Applicant) {
		t.Error("header or footer incomplete")
	}
	if strings.Contains(doc, "待补充：待补充") {
		t.Error("a gap's lead is doubled")
	}
	if blocker, minor := strings.Index(doc, "缺少个人征信报告"), strings.Index(doc, "登记查询已过期"); blocker > minor {
		t.Error("findings are not in order of gravity")
	}
}

const modelFill = `w:fill="E3EEF8"`

func TestWithoutAModelNothingIsMarkedAsOne(t *testing.T) {
	r := reporttest.Report()
	layout.EachClaim(r, func(c *report.Claim) { c.Author = report.ByTemplate })
	r.Generation.Model = "none"
	parts := write(t, r)
	if strings.Contains(parts["word/document.xml"], modelFill) || !strings.Contains(text(parts["word/document.xml"]), "未使用语言模型") {
		t.Error("a template's draft looks like a model's")
	}
}

func TestAnEmptyReportIsStillADocument(t *testing.T) {
	parts := write(t, &report.Report{})
	if doc := text(parts["word/document.xml"]); !strings.Contains(doc, "没有引用任何材料") || !strings.Contains(doc, "（未提供）") {
		t.Error("an empty report does not say so")
	}
}

func TestSameReportSameBytes(t *testing.T) {
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if err := docx.Write(w, reporttest.Report(), docx.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two writes differ")
	}
}
