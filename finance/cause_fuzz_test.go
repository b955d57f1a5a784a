package finance

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

// FuzzFindCause holds that whatever amounts stand in a sum, the search ends, and that putting the value of a cause in
// its place closes the sum.
func FuzzFindCause(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18}, uint8(2))
	f.Add([]byte("\x00\x00\x00\x00\x00\x00\x00\x01\xff\xff\xff\xff\xff\xff\xff\xff\x7f\xff\xff\xff\xff\xff\xff\xff"), uint8(0))
	f.Add([]byte("\x00\x00\x00\x00\x00\x00\x27\x10\x00\x00\x00\x00\x00\x01\x86\xa0"), uint8(200))
	ids := []string{"total_current_assets", "cash", "inventories", "accounts_receivable", "prepayments", "other_receivables"}
	f.Fuzz(func(t *testing.T, data []byte, exp uint8) {
		if len(data) > 1<<16 {
			t.Skip()
		}
		var figs []dossier.Figure
		at := dossier.At(dossier.NewDate(2025, 12, 31))
		for i := 0; i+8 <= len(data) && len(figs) < 40; i += 8 {
			v := int64(0)
			for _, b := range data[i : i+8] {
				v = v<<8 | int64(b)
			}
			g := printedYuan("a.xlsx", ids[len(figs)%len(ids)], "0", dossier.At(at.End.AddDays(len(figs)/len(ids))))
			g.Value = decimal.New(v, int32(exp%16)-8)
			figs = append(figs, g)
		}
		if len(figs) < 2 {
			t.Skip()
		}
		x := Sum{Check: "A2", Total: figs[0], Tolerance: cent}
		for i, g := range figs[1:] {
			x.Terms = append(x.Terms, Term{g, 1 - i%2*2})
		}
		y := Sum{Check: "A1", Total: figs[len(figs)-1], Terms: []Term{{figs[0], 1}}, Tolerance: cent}
		ev := Evidence{Sums: []Sum{x, y}}
		for i, g := range figs {
			ev.Others = append(ev.Others, Other{g, []OtherKind{OtherPaper, OtherColumn, OtherScope, OtherOfWhich, OtherLine, OtherLastYear}[i%6]})
		}
		for _, c := range FindCause(x, ev) {
			if c.Text == "" {
				t.Errorf("%s without words", c.Class)
			}
			switch c.Class {
			case CauseTransposed, CauseDigit, CauseDigitCount, CauseUnit, CauseSign, CauseWrong, CausePaper, CauseSwapped:
				if !x.with(cellOf(c.Figure), c.To).Holds() {
					t.Errorf("%s: %s for %s does not close %s", c.Class, c.To, c.From, x.text())
				}
			}
		}
	})
}
