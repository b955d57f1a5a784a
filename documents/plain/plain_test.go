package plain

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func TestCleanLine(t *testing.T) {
	for in, want := range map[string]string{
		"借 款 申 请 书":         "借款申请书",
		"资    产":            "资\t产",
		"甲方：某公司    乙方：某厂":   "甲方：某公司\t乙方：某厂",
		"  名称 ABC 有限公司 ":    "名称 ABC 有限公司",
		"| 户名 | 甲 |":        "户名\t甲",
		"签字　　盖章":            "签字\t盖章",
		"日期 2026-09-01 打印 ": "日期 2026-09-01 打印",
	} {
		if got := CleanLine(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestWayBack(t *testing.T) {
	d := &dossier.Document{Pages: []dossier.Page{{Number: 2, Text: "标题\n某某（集团）有 限公司\n合同编号：ＡＢ-１"}}}
	x := Of(d)
	i := strings.Index(x.Flow, "(集团)有限公司")
	if i < 0 {
		t.Fatalf("flow %q", x.Flow)
	}
	if got := x.Clean(i, i+len("(集团)有限公司")); got != "（集团）有限公司" {
		t.Errorf("%q", got)
	}
	if l := x.LineAt(i); l.Page != 2 || l.Number != 2 {
		t.Errorf("%+v", l)
	}
	if !strings.Contains(x.Flow, "AB-1") {
		t.Errorf("flow %q", x.Flow)
	}
	l := x.Lines[1]
	j := strings.Index(l.Fold, "(集团)")
	if got := l.CleanSpan(j, j+len("(集团)")); got != "（集团）" {
		t.Errorf("%q", got)
	}
}

func TestGhosts(t *testing.T) {
	for in, want := range map[string]string{"2025年]]月6日": "2025年11月6日", "鲜花路]号": "鲜花路1号", "（¥] ,850,000.00）": "（¥1,850,000.00）", "每年1月]日": "每年1月1日"} {
		if got := ghostOne(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
