package finance

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/xindiao/xindiao/dossier"
)

func TestRowOrderChangesNoTotal(t *testing.T) {
	day := dossier.NewDate(2025, 1, 1)
	parties := []string{"乙商贸有限公司", "丙物流有限公司", "李建国", "甲公司", "国家税务总局", "某银行"}
	notes := []string{"货款", "往来款", "运费", "转账", "税款", "贷款发放", "利息收入", "工资"}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "rows")
		rows := make([]Txn, n)
		for i := range rows {
			v := decimal.New(rapid.Int64Range(1, 500_000_000).Draw(t, "cents"), -2)
			rows[i] = Txn{N: i + 1, Date: day.AddDays(30*rapid.IntRange(0, 11).Draw(t, "month") + rapid.IntRange(0, 1).Draw(t, "day")), Party: rapid.SampledFrom(parties).Draw(t, "party"),
				Summary: rapid.SampledFrom(notes).Draw(t, "note")}
			if rapid.Bool().Draw(t, "in") {
				rows[i].In = v
			} else {
				rows[i].Out = v
			}
		}
		mixed := rapid.Permutation(rows).Draw(t, "order")
		for i := range mixed {
			mixed[i].N = i + 1 // as a file with the rows in that order is read
		}
		total := func(rows []Txn) *FlowAnalysis {
			f := &Flow{File: "流水.xlsx", Kind: FlowBank, Owner: "甲公司", Start: day, End: day.AddDays(364), Unit: dossier.Yuan, Rows: append([]Txn(nil), rows...)}
			return Analyse(f, FlowOptions{Borrower: "甲公司"})
		}
		a, b := total(rows), total(mixed)
		if !a.TotalIn.Equal(b.TotalIn) || !a.TotalOut.Equal(b.TotalOut) || !a.Receipts.Equal(b.Receipts) {
			t.Errorf("in %s, %s; out %s, %s; receipts %s, %s", a.TotalIn, b.TotalIn, a.TotalOut, b.TotalOut, a.Receipts, b.Receipts)
		}
		for c, v := range a.Classes {
			if !v.Equal(b.Classes[c]) {
				t.Errorf("%s: %s, %s", c, v, b.Classes[c])
			}
		}
		if len(a.Months) != len(b.Months) {
			t.Fatalf("%d months, %d months", len(a.Months), len(b.Months))
		}
		for i, m := range a.Months {
			if o := b.Months[i]; m.Month != o.Month || !m.In.Equal(o.In) || !m.Out.Equal(o.Out) || !m.Receipt.Equal(o.Receipt) || m.Rows != o.Rows {
				t.Errorf("%+v, %+v", m, o)
			}
		}
	})
}
