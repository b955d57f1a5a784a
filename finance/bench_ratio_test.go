package finance

import (
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// benchFigures is one company with every line of the general form for three years and an interim span, from one paper
// a period; amounts add up to nothing, which ratios do not mind.
func benchFigures() (figs []dossier.Figure, periods []dossier.Period) {
	periods = []dossier.Period{dossier.Span(dossier.NewDate(2023, 12, 31), 12), dossier.Span(dossier.NewDate(2024, 12, 31), 12),
		dossier.Span(dossier.NewDate(2025, 12, 31), 12), dossier.Span(dossier.NewDate(2026, 8, 31), 8)}
	for i, p := range periods {
		for _, st := range []Statement{BalanceSheet, IncomeStatement, CashFlow} {
			for k, l := range Lines(CAS2019, st) {
				at := p
				if st == BalanceSheet {
					at = Closing(p)
				}
				v := intD(1_000_000 + 7919*k + 104_729*i).Shift(-2)
				figs = append(figs, dossier.Figure{Indicator: l.ID, Entity: "算例有限公司", Period: at, Value: v, Unit: dossier.Yuan, Basis: dossier.BasisAudited,
					Source: &dossier.Source{Printed: v.String(), Unit: dossier.Yuan,
						Place: dossier.Place{File: "审计报告" + p.String() + ".pdf", Page: 4 + k%3, Line: k}}})
			}
		}
	}
	return figs, periods
}

// BenchmarkRatios computes every ratio of four periods over a set that is ready.
func BenchmarkRatios(b *testing.B) {
	figs, periods := benchFigures()
	s := NewSet("算例有限公司", figs...)
	got, _ := s.Ratios("", periods)
	if len(got) < 100 {
		b.Fatalf("only %d ratios", len(got))
	}
	b.ReportAllocs()
	for b.Loop() {
		s.Ratios("", periods)
	}
	b.ReportMetric(float64(len(got)), "ratios/op")
}

// BenchmarkSet adds a company's figures to a set.
func BenchmarkSet(b *testing.B) {
	figs, _ := benchFigures()
	b.ReportAllocs()
	for b.Loop() {
		NewSet("算例有限公司", figs...)
	}
	b.ReportMetric(float64(len(figs)), "figures/op")
}

// BenchmarkExplain prints the lineage of every ratio of a year.
func BenchmarkExplain(b *testing.B) {
	figs, periods := benchFigures()
	s := NewSet("算例有限公司", figs...)
	got, _ := s.Ratios("", periods[2:3])
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range got {
			s.Explain(f)
		}
	}
	b.ReportMetric(float64(len(got)), "figures/op")
}
