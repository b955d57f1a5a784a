package text_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/reporttest"
	"github.com/xindiao/xindiao/report/text"
)

var update = flag.Bool("update", false, "write the golden file")

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestReviewGolden(t *testing.T) {
	var b bytes.Buffer
	if err := text.WriteReview(&b, reporttest.Review(), 72); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/review.txt", b.String())
	for _, line := range strings.Split(b.String(), "\n") {
		if w := text.Width(line); w > 74 { // a closing mark may hang
			t.Errorf("%d columns: %s", w, line)
		}
	}
}

func TestNothingSteersTheTerminal(t *testing.T) {
	var b bytes.Buffer
	r := &report.Review{Findings: []report.Finding{{Title: "a\x1b[2Jb", Message: "x\x1b]0;t\x07y\u202ez"}}, Documents: []report.DocumentJSON{{File: "\x1b[31m.pdf"}}}
	if err := text.WriteReview(&b, r, 80); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\x07\u202e") {
		t.Errorf("control characters came through: %q", b.String())
	}
}

func TestWidths(t *testing.T) {
	for s, n := range map[string]int{"abc": 3, "信调": 4, "（一）": 6, "“a”": 3, "": 0} {
		if got := text.Width(s); got != n {
			t.Errorf("Width(%q) = %d, want %d", s, got, n)
		}
	}
	if got := text.Cut("流动资金贷款", 7); got != "流动资…" {
		t.Errorf("Cut = %q", got)
	}
	if got := text.CutLeft("财务/审计报告.pdf", 9); got != "…告.pdf" && got != "…报告.pdf" {
		t.Errorf("CutLeft = %q", got)
	}
	if got := text.Wrap("一二三四五，六", 10); len(got) != 2 || got[0] != "一二三四五，" {
		t.Errorf("Wrap = %q", got)
	}
}
