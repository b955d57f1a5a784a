package finance

import (
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func BenchmarkRatioBook(b *testing.B) {
	figs := company().All()
	for b.Loop() {
		s := NewSet("甲", figs...)
		s.Ratios("", []dossier.Period{year(2024), year(2025)})
	}
}

// BenchmarkModels is what a study computes beside the ratios for one borrower.
func BenchmarkModels(b *testing.B) {
	figs := company().All()
	ps := []dossier.Period{year(2023), year(2024), year(2025)}
	pol := DefaultPolicy()
	for b.Loop() {
		s := NewSet("甲", figs...)
		s.DuPont("", ps)
		s.ZScores("", ps, pol.Z)
		s.Trends("", ps)
		s.CommonSize("", ps)
		s.Material("", ps[2], pol.Material)
	}
}

func BenchmarkWorkingCapital(b *testing.B) {
	figs := annexCompany(year(2025)).All()
	for b.Loop() {
		s := NewSet("甲", figs...)
		w := s.WorkingCapital(annexParams())
		s.Sensitivity(w, DefaultPolicy().Need)
		s.Stress(w, DefaultPolicy().Need)
	}
}
