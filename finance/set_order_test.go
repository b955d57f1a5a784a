package finance

import (
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// The examples of papers/order.yaml hold for a set, and every reading is kept.
func TestPaperOrderExamples(t *testing.T) {
	f := thePapers()
	if f.Owner == "" || f.Date.IsZero() || len(f.Examples) == 0 || len(PaperOrder()) != len(f.Order)+len(f.Then) {
		t.Errorf("%+v", f)
	}
	for _, ex := range f.Examples {
		s := NewSet("甲")
		at := dossier.At(dossier.NewDate(2025, 12, 31))
		for i, b := range ex.Bases {
			s.Add(dossier.Figure{Indicator: "cash", Period: at, Value: intD(i + 1), Unit: dossier.Yuan, Basis: b,
				Source: &dossier.Source{Place: dossier.Place{File: string(b)}, Printed: intD(i + 1).String(), Unit: dossier.Yuan}})
		}
		if best, ok := s.Get("cash", at); !ok || best.Basis != ex.First || len(s.Candidates("cash", "", at)) != len(ex.Bases) {
			t.Errorf("%v: %+v", ex.Bases, best)
		}
	}
}
