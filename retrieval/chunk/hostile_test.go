package chunk

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// Nothing here may take more than linear time: the sizes are such that a quadratic step would stand out.
func TestHostileSizes(t *testing.T) {
	for name, text := range map[string]string{
		"one line without an end":   strings.Repeat("很长的一行没有句号", 40_000),
		"one word":                  strings.Repeat("a", 1<<20),
		"only marks":                strings.Repeat("。", 300_000),
		"only tabs":                 "a" + strings.Repeat("\t", 1<<20) + "b",
		"blank lines":               "a" + strings.Repeat("\n", 1<<20) + "b",
		"lone bytes":                strings.Repeat("\xe4\xb8", 300_000),
		"NULs":                      strings.Repeat("\x00", 1<<20),
		"headings only":             strings.Repeat("一、基本情况\n", 20_000),
		"clauses only":              strings.Repeat("第一条 付款\n", 20_000),
		"numbers only":              strings.Repeat("1.", 400_000),
		"wrapped lines":             strings.Repeat(strings.Repeat("文", 40)+"\n", 10_000),
		"short lines with brackets": strings.Repeat("（", 500_000),
	} {
		t.Run(name, func(t *testing.T) {
			cs := sound(t, []*dossier.Document{doc(text)}, Options{})
			if len(cs) == 0 {
				t.Error("nothing was cut")
			}
		})
	}
}

func TestManyRows(t *testing.T) {
	d := &dossier.Document{File: "流水.xlsx"}
	var b strings.Builder
	table := dossier.Table{Name: "明细", Sheet: true}
	b.WriteString("序号\t交易日期\t借方\t贷方\t余额\t摘要\n")
	add := func(row string, n int) {
		var cells []dossier.Cell
		for k, s := range strings.Split(row, "\t") {
			cells = append(cells, dossier.Cell{Text: s, Ref: fmt.Sprintf("%c%d", 'A'+k, n)})
		}
		table.Rows = append(table.Rows, cells)
	}
	add("序号\t交易日期\t借方\t贷方\t余额\t摘要", 1)
	for i := range 100_000 {
		row := fmt.Sprintf("%d\t2026-01-%02d\t%d.00\t\t%d.00\t货款", i, i%28+1, i*3, i*7)
		add(row, i+2)
		b.WriteString(row + "\n")
	}
	d.Pages = []dossier.Page{{Number: 1, Name: "明细", Text: b.String(), Tables: []dossier.Table{table}}}
	cs := Cut([]*dossier.Document{d}, Options{})
	last := cs[len(cs)-1]
	if !strings.HasPrefix(last.Cell, "明细!A") || !strings.Contains(last.Context, "交易日期") || last.Kind != Row || last.Period == "" {
		t.Errorf("%+v", last)
	}
	if last.Line != 1+strings.Count(b.String()[:last.Start], "\n") || last.FileEnd != len(strings.TrimSpace(b.String())) {
		t.Errorf("line %d, end %d", last.Line, last.FileEnd)
	}
}

// A row of a million repeated words is matched once, and its words are not repeated beside every chunk.
func TestHugeHeaderIsNotRepeated(t *testing.T) {
	huge := strings.Repeat("项目名称", 50_000)
	text := huge + "\t金额\n" + strings.Repeat("甲\t1\n", 2000)
	p := dossier.Page{Number: 1, Text: text, Tables: []dossier.Table{{Rows: [][]dossier.Cell{{{Text: huge}, {Text: "金额"}}}}}}
	total := 0
	for _, c := range Cut([]*dossier.Document{{Pages: []dossier.Page{p}}}, Options{}) {
		total += len(c.Context)
	}
	if total > 1<<20 {
		t.Errorf("%d bytes of context", total)
	}
}

func TestEmpty(t *testing.T) {
	if cs := Cut(nil, Options{}); len(cs) != 0 {
		t.Error(cs)
	}
	if cs := Cut([]*dossier.Document{nil, {}, doc("", " \n\t\u3000", "\f")}, Options{}); len(cs) != 0 {
		t.Error(cs)
	}
}

func TestBrokenConfiguration(t *testing.T) {
	good := string(embedded)
	for name, c := range map[string]struct{ body, says string }{
		"unknown key": {good + "colour: red\n", "colour"},
		"no owner":    {strings.Replace(good, "owner: 信调项目组（检索）", "owner: \"\"", 1), "owner"},
		"no date":     {strings.Replace(good, "date: 2026-11-22", "date: 2026-13-22", 1), "date"},
		"size":        {strings.Replace(good, "runes: 300", "runes: 3", 1), "sizes.runes"},
	} {
		if _, err := decode("my.yaml", []byte(c.body)); err == nil || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "my.yaml") {
			t.Errorf("%s: %v", name, err)
		}
	}
	c, err := decode("my.yaml", []byte(strings.Replace(good, `period: 2025-12-31}`, `period: 2024-12-31}`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	if errs := c.RunExamples("my.yaml"); len(errs) != 1 || !strings.Contains(errs[0].Error(), "2024-12-31") {
		t.Errorf("%v", errs)
	}
	if _, err := Load("no/such.yaml"); err == nil {
		t.Error("a missing file was loaded")
	}
}

func bank(n int) []*dossier.Document {
	var docs []*dossier.Document
	for i := range n / 10 {
		var b strings.Builder
		b.WriteString("借款合同\n第一章 总则\n")
		for k := range 5 {
			fmt.Fprintf(&b, "第%d条 买方于2026年%d月支付货款%d,%03d.50元，卖方开具第%d号发票，逾期按日计息。\n", k+1, k%12+1, i, k*37, i*10+k)
		}
		for k := range 30 {
			fmt.Fprintf(&b, "%d\t2026-01-%02d\t%d.00\t\t%d.00\t某某贸易有限公司\t货款\n", k, k%28+1, i*3+k, i*7)
		}
		docs = append(docs, doc(b.String()))
	}
	return docs
}

func BenchmarkCut5000(b *testing.B) {
	docs := bank(5000)
	n := 0
	for _, d := range docs {
		n += len(d.Pages[0].Text)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	b.ResetTimer()
	chunks := 0
	for b.Loop() {
		chunks = len(Cut(docs, Options{}))
	}
	b.ReportMetric(float64(chunks), "chunks")
}
