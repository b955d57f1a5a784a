package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// Every ratio's examples lead from the operands that the figure names back to its value.
func TestRecomputeFromLineage(t *testing.T) {
	n := 0
	for _, r := range theRatios().all {
		for i, ex := range r.Examples {
			s, p := exampleSet(t, ex)
			f, u := s.Compute(r.ID, "", p)
			if u != nil {
				continue
			}
			v, err := s.Recompute(f)
			if err != nil || !v.Round(places(f.Unit)).Equal(f.Value) {
				t.Errorf("%s example %d: %s, %v, the figure says %s by %s", r.ID, i+1, v, err, f.Value, f.Formula)
			}
			n++
		}
	}
	if n < 40 {
		t.Errorf("only %d examples", n)
	}
}

func TestRecomputeKeepsDigits(t *testing.T) {
	end := dossier.NewDate(2025, 12, 31)
	s := NewSet("例", dossier.Figure{Indicator: "total_current_assets", Period: dossier.At(end), Value: dossier.D("124949"), Unit: dossier.Yuan},
		dossier.Figure{Indicator: "total_current_liabilities", Period: dossier.At(end), Value: dossier.D("100000"), Unit: dossier.Yuan})
	f, u := s.Compute("current_ratio", "", dossier.At(end))
	if u != nil {
		t.Fatal(u.Why)
	}
	if v, err := s.Recompute(f); err != nil || v.String() != "1.24949" {
		t.Errorf("%s %v", v, err)
	}
	read, _ := s.Get("total_current_assets", dossier.At(end))
	if _, err := s.Recompute(read); err == nil || !strings.Contains(err.Error(), "没有公式") {
		t.Errorf("a figure that was read: %v", err)
	}
	f.Operands = f.Operands[:1]
	if _, err := s.Recompute(f); err == nil || !strings.Contains(err.Error(), "流动负债合计") {
		t.Errorf("an operand is gone: %v", err)
	}
}

// Definitions of others never appear in a report's ratios, but answer to their name.
func TestAskedRatiosStayOut(t *testing.T) {
	y := dossier.Span(dossier.NewDate(2025, 12, 31), 12)
	s := NewSet("例", dossier.Figure{Indicator: "revenue", Period: y, Value: dossier.D("10"), Unit: dossier.Yuan},
		dossier.Figure{Indicator: "cogs", Period: y, Value: dossier.D("8"), Unit: dossier.Yuan})
	figs, undef := s.Ratios("", []dossier.Period{y})
	for _, f := range figs {
		if r, _ := LookupRatio(f.Indicator); r.Asked {
			t.Errorf("%s is shown", f.Indicator)
		}
	}
	for _, u := range undef {
		if r, _ := LookupRatio(u.ID); r.Asked {
			t.Errorf("%s is missed", u.ID)
		}
	}
	if f, u := s.Compute("cost_rate", "", y); u != nil || f.Value.String() != "0.8" {
		t.Errorf("%s %v", f.Value, u)
	}
	if _, u := s.Compute("cash_ratio_narrow", "", y); u == nil || u.Why != "缺2025年末的货币资金" {
		t.Errorf("no reason: %v", u)
	}
}
