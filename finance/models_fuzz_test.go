package finance

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xindiao/xindiao/dossier"
)

// FuzzFormula: no formula makes the parser panic, what parses prints as something that parses to the same, and it can be
// evaluated and explained over a company.
func FuzzFormula(f *testing.F) {
	for _, r := range theRatios().all {
		f.Add(r.Formula)
	}
	for _, s := range []string{"first(a?, b)", "((((", "-(-(1))", "avg(first(cash?, revenue)) / 0", "base(cash)", "open(prior(cash))", "first(,)", "a??"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if len(in) > 64<<10 {
			return
		}
		e, err := parseExpr(in)
		if err != nil {
			return
		}
		again, err := parseExpr(e.String())
		if err != nil || again.String() != e.String() {
			t.Fatalf("%q prints as %q, which is %v %v", in, e.String(), again, err)
		}
		s := company()
		r := &Ratio{ID: "fuzz", Name: "试", Formula: in, Unit: dossier.Ratio, Period: "flow", expr: e}
		if g, err := s.compute(r, "甲", dossier.ScopeSingle, year(2025)); err == nil {
			s.Explain(g)
			s.Lineage(g)
		} else if err.Error() == "" {
			t.Fatalf("%q fails without a reason", in)
		}
	})
}

// FuzzBenchmarks: no file of a bank's makes the program panic; what loads can be compared with.
func FuzzBenchmarks(f *testing.F) {
	f.Add(peers)
	f.Add(strings.Replace(peers, "q1: '0.3'", "q1: -0.3", 1))
	f.Add("owner: a\ndate: 2026-01-01\nsource: b\nindustries:\n  - \n")
	f.Add("industries: [{code: C, ratios: [{ratio: current_ratio}]}]")
	f.Fuzz(func(t *testing.T, in string) {
		if len(in) > 64<<10 {
			return
		}
		p, err := LoadPolicy(fstest.MapFS{"benchmarks.yaml": {Data: []byte(in)}})
		if err != nil {
			return
		}
		s := company()
		s.Ratios("", []dossier.Period{year(2025)})
		for _, b := range s.Benchmarks("", "C3525", []dossier.Period{year(2025)}, p.Benchmarks).Rows {
			if b.Position == "" || b.Industry == "" {
				t.Fatalf("%+v", b)
			}
		}
	})
}
