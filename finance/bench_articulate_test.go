package finance

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

// benchSet is three years of full statements, two columns a paper, with slips more than the first year has.
func benchSet(slips int) *Set {
	s := NewSet("甲公司")
	for y := 2023; y <= 2025; y++ {
		for i, p := range []dossier.Period{dossier.At(dossier.NewDate(y, 12, 31)), dossier.At(dossier.NewDate(y-1, 12, 31)), year(y), year(y - 1)} {
			n := int64(y - i%2) // the same year has the same amounts in each paper
			m := map[string]dossier.Decimal{}
			for _, id := range lineIDs(CAS2019) {
				l := theChart().lines[CAS2019][id]
				if (l.Statement == BalanceSheet) == (p.Months == 0) && l.Formula == "" && l.Kind != "of_which" {
					n = n*6364136223846793005 + 1442695040888963407
					m[id] = decimal.New((n>>20)&0xfffffffff+100_000, -2)
				}
			}
			if p.Months == 0 {
				m["retained_earnings"] = zero
				m["retained_earnings"] = addUp(CAS2019, m, "total_assets").Sub(addUp(CAS2019, m, "total_liabilities_equity"))
			}
			for _, id := range lineIDs(CAS2019) {
				l := theChart().lines[CAS2019][id]
				if (l.Statement == BalanceSheet) != (p.Months == 0) || l.Kind == "of_which" {
					continue
				}
				v := addUp(CAS2019, m, id)
				if slips > 0 && l.Formula == "" && v.GreaterThan(hundred) {
					v, slips = v.Add(dossier.D("9000")), slips-1
				}
				s.Add(printedYuan(intD(y).String()+".xlsx", id, v.String(), p))
			}
		}
	}
	return s
}

func BenchmarkWorkings(b *testing.B) {
	s := benchSet(0)
	for b.Loop() {
		s.Workings()
	}
}

func BenchmarkCheckArticulation(b *testing.B) {
	s := benchSet(0)
	for b.Loop() {
		s.CheckArticulation(nil)
	}
}

// BenchmarkFindCause is the search for one break of a sum of thirteen lines, with the evidence of three years.
func BenchmarkFindCause(b *testing.B) {
	w := benchSet(1).Workings()
	x := w.Broken()[0]
	for b.Loop() {
		w.Causes(x)
	}
}

// BenchmarkTwoSlips is a break that no single slip explains.
func BenchmarkTwoSlips(b *testing.B) {
	s := drawFixed()
	w := s.Workings()
	x := w.Broken()[0]
	for b.Loop() {
		w.Causes(x)
	}
}

func drawFixed() *Set {
	return sheetSet(map[string]string{"cash": "1324567.89", "accounts_receivable": "2354678.91", "inventories": "12346.11"})
}
