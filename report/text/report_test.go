package text_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/reporttest"
	"github.com/xindiao/xindiao/report/text"
)

func TestReportGolden(t *testing.T) {
	var b bytes.Buffer
	if err := text.WriteReport(&b, reporttest.Report(), 80); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/report.txt", b.String())
}

func TestTableOfNumbersIsNeverCut(t *testing.T) {
	long := strings.Repeat("长", 200)
	r := &report.Report{Kind: report.Finance, Sections: []report.Section{{Title: "表", Blocks: []report.Block{{Type: report.TableB, Columns: []string{"事项", "金额"},
		Rows: [][]report.Claim{{{Text: long}, {Text: "1,234,567,890.12"}}, {{Text: "短"}, {Text: "-3.00"}}}}}}}}
	var b bytes.Buffer
	if err := text.WriteReport(&b, r, 60); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "1,234,567,890.12") || strings.Count(b.String(), "长") != 200 {
		t.Errorf("words or numbers were lost:\n%s", b.String())
	}
	for _, l := range strings.Split(b.String(), "\n") {
		if text.Width(l) > 62 {
			t.Errorf("%d columns: %s", text.Width(l), l)
		}
	}
}

func TestBars(t *testing.T) {
	a, z := dossier.D("20000"), dossier.D("-10000")
	r := &report.Report{Sections: []report.Section{{Blocks: []report.Block{{Type: report.ChartB, Chart: &report.Chart{Unit: "元", Labels: []string{"一月", "二月", "三月"},
		Series: []report.Series{{Name: "净额", Values: []*dossier.Decimal{&a, &z, nil}}}}}}}}}
	var b bytes.Buffer
	if err := text.WriteReport(&b, r, 80); err != nil {
		t.Fatal(err)
	}
	if n, m := strings.Count(b.String(), "█"), strings.Count(b.String(), "░"); n != 2*m || n == 0 || !strings.Contains(b.String(), "2.00万元") || strings.Contains(b.String(), "三月") {
		t.Errorf("%d and %d blocks:\n%s", n, m, b.String())
	}
}

func TestWrapKeepsNumbersWhole(t *testing.T) {
	for _, l := range text.Wrap("货币资金 2,760,735.00 ＋ 应收票据 1,319,630.00 ＝ 4,080,365.00", 24) {
		if strings.HasSuffix(l, ",") || strings.HasPrefix(l, "0") {
			t.Errorf("a number is broken: %q", l)
		}
	}
	if got := text.Wrap("12345678901234567890", 8); len(got) != 3 {
		t.Errorf("a number longer than a line: %q", got)
	}
}
