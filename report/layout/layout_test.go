package layout_test

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
	"github.com/xindiao/xindiao/report/reporttest"
)

func TestChinese(t *testing.T) {
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 23: "二十三", 99: "九十九", 100: "100"} {
		if got := layout.Chinese(n); got != want {
			t.Errorf("Chinese(%d) = %s", n, got)
		}
	}
}

func TestASamePageKeepsItsNumber(t *testing.T) {
	r := reporttest.Report()
	s := layout.Number(r)
	seen := map[string]bool{}
	for i, src := range s.List() {
		if src.N != i+1 {
			t.Errorf("source %d has number %d", i+1, src.N)
		}
		key := src.File + src.Where()
		if seen[key] {
			t.Errorf("%s has two numbers", key)
		}
		seen[key] = true
	}
	a := s.N(report.Citation{File: "押品/不动产登记查询结果.pdf", Page: 1, Quote: "抵押权人 他行"})
	b := s.N(report.Citation{File: "押品/不动产登记查询结果.pdf", Page: 1, Quote: "最高额 600 万元"})
	if a == 0 || a != b {
		t.Errorf("numbers %d and %d", a, b)
	}
}

func TestComputedClaimsLeadToWhatWasRead(t *testing.T) {
	r := reporttest.Report()
	s := layout.Number(r)
	c := report.Claim{Text: "资产负债率", Figures: []string{"f3"}}
	if cs := s.Citations(&c); len(cs) != 2 || !strings.Contains(cs[0].Quote, "负债合计") {
		t.Errorf("citations %v", cs)
	}
	figs := layout.Figures(r)
	loop := figs["f3"]
	loop.Operands = []string{"f3", "nowhere"}
	figs["f3"] = loop
	if got := layout.Leaves(figs, []string{"f3"}); len(got) != 0 {
		t.Errorf("a loop gave %v", got)
	}
}

func TestSharedSourcesMoveUnderTheTable(t *testing.T) {
	r := reporttest.Report()
	s := layout.Number(r)
	m := s.Marks(&r.Sections[1].Sections[0].Blocks[1])
	if len(m.Columns[1]) != 1 || len(m.Columns[3]) != 1 || len(m.Cells[0][1]) != 0 {
		t.Errorf("marks %+v", m)
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct{ value, unit, want string }{{"48402200", "元", "4,840.22万元"}, {"0.4392", "ratio", "43.92%"}, {"1.5207", "times", "1.52"},
		{"63.27", "days", "63.3天"}, {"-1234.5", "㎡", "-1,234.5㎡"}, {"n/a", "元", "n/a"}} {
		if got := layout.Value(report.FigureJSON{Value: c.value, Unit: c.unit}); got != c.want {
			t.Errorf("%s %s = %s, want %s", c.value, c.unit, got, c.want)
		}
	}
	for s, want := range map[string]bool{"1,234.50": true, "-3.2%": true, "—": true, "2026年": false, "≤60%": false, "": false} {
		if layout.Numeric(s) != want {
			t.Errorf("Numeric(%q) = %v", s, !want)
		}
	}
}
