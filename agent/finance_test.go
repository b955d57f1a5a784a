package agent

import (
	"slices"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/agent/analysis"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Every amount that the analysis of the sample shows leads to a figure or to a place.
func TestFinanceOfTheSample(t *testing.T) {
	s := openSample(t)
	r := s.a.FinanceCase(s.c, dossier.Yuan)
	known := map[string]bool{}
	for _, f := range r.Figures {
		known[f.ID] = true
	}
	var got []string
	for _, sec := range r.Sections {
		got = append(got, strings.TrimPrefix(sec.ID, "finance."))
		for _, c := range allClaims([]report.Section{sec}) {
			for _, id := range c.Figures {
				if !known[id] {
					t.Errorf("%s shows %q of the unknown figure %s", sec.ID, c.Text, id)
				}
			}
			if (c.Status == report.Computed || c.Status == report.Read) && len(c.Figures)+len(c.Citations) == 0 {
				t.Errorf("%s shows %q without a source", sec.ID, c.Text)
			}
		}
	}
	for _, want := range []string{"statements", "ratios", "need", "flows"} {
		if !slices.Contains(got, want) {
			t.Errorf("no section %s in %s", want, got)
		}
	}
	for _, b := range r.Sections[0].Blocks {
		if strings.Contains(b.Title, "对照") {
			continue // compares, and says so in words
		}
		for _, row := range b.Rows {
			for _, c := range row[1:] {
				if c.Text != "—" && len(c.Figures) != 1 {
					t.Errorf("%s: %s shows %q without its figure", b.Title, row[0].Text, c.Text)
				}
			}
		}
	}
}

func TestFinanceSections(t *testing.T) {
	s := openSample(t)
	all := s.a.FinanceCase(s.c, dossier.Yuan)
	one := s.a.FinanceCase(s.c, dossier.WanYuan, "statements")
	if len(one.Sections) != 1 || one.Sections[0].ID != "finance.statements" {
		t.Fatalf("%d sections", len(one.Sections))
	}
	yuan, wan := all.Sections[0].Blocks[0], one.Sections[0].Blocks[0]
	if yuan.Unit != "元" || wan.Unit != "万元" || yuan.Rows[0][1].Text == wan.Rows[0][1].Text {
		t.Errorf("units %s and %s: %q and %q", yuan.Unit, wan.Unit, yuan.Rows[0][1].Text, wan.Rows[0][1].Text)
	}
	if len(analysis.Names()) < len(all.Sections) {
		t.Error("a section without a name")
	}
}
