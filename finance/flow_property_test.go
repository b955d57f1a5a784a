package finance

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"

	"github.com/xindiao/xindiao/dossier"
)

var propOptions = FlowOptions{Borrower: "甲有限公司", RelatedNames: []string{"赵一"}}

// drawFlow draws an account whose balances run on.
func drawFlow(t *rapid.T) *Flow {
	n := rapid.IntRange(2, 60).Draw(t, "rows")
	opening := dossier.D("1000000")
	f := &Flow{File: "流水.xlsx", DocType: flowTypes[0], Kind: FlowBank, Owner: "甲有限公司", Account: "6222000011112222", Unit: dossier.Yuan,
		Opening: &opening, Start: dossier.NewDate(2026, 1, 1)}
	day, bal := f.Start, opening
	for i := range n {
		day = day.AddDays(rapid.IntRange(0, 4).Draw(t, "gap"))
		v := intD(rapid.IntRange(1, 4000).Draw(t, "amount")).Mul(dossier.D("250.25"))
		x := Txn{N: i + 1, Date: day, Party: rapid.SampledFrom([]string{"乙公司", "丙贸易公司", "赵一", "李建国", "某银行", "甲有限公司", ""}).Draw(t, "party"),
			Summary: rapid.SampledFrom([]string{"货款", "往来款", "工资", "贷款发放", "归还贷款", "还款", "退款", "材料款", ""}).Draw(t, "summary"),
			At:      dossier.Place{File: "流水.xlsx", Page: 1, Quote: fmt.Sprint(i)}}
		if rapid.Bool().Draw(t, "in") {
			x.In, bal = v, bal.Add(v)
		} else {
			x.Out, bal = v, bal.Sub(v)
		}
		b := bal
		x.Balance = &b
		f.Rows = append(f.Rows, x)
	}
	f.End = day
	return f
}

// totalsOf is what no order of rows may change.
func totalsOf(a *FlowAnalysis) string {
	out := fmt.Sprint(a.TotalIn, a.TotalOut, a.Receipts, a.RoundTotal, len(a.RoundTrips), len(a.Circles))
	for _, m := range a.Months {
		out += fmt.Sprint(" ", m.Month, m.In, m.Out, m.Receipt, m.Rows)
		for _, c := range sortedClasses(m.Classes) {
			out += fmt.Sprint(" ", c, m.Classes[c])
		}
	}
	for _, c := range sortedClasses(a.Classes) {
		out += fmt.Sprint(" ", c, a.Classes[c])
	}
	for _, p := range append(slices.Clone(a.TopIn), a.TopOut...) {
		out += fmt.Sprint(" ", p.Party, p.Amount, p.Rows)
	}
	return out
}

func sortedClasses(m map[Class]dossier.Decimal) []Class {
	var out []Class
	for c, v := range m {
		if !v.IsZero() {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

func cloneFlow(f *Flow) *Flow {
	g := *f
	g.Rows = slices.Clone(f.Rows)
	return &g
}

func renumber(f *Flow) *Flow {
	for i := range f.Rows {
		f.Rows[i].N = i + 1
	}
	return f
}

func TestPermutedRowsChangeNoTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFlow(t)
		want := totalsOf(Analyse(f, propOptions))
		g := cloneFlow(f)
		g.Rows = rapid.Permutation(g.Rows).Draw(t, "order")
		if got := totalsOf(Analyse(renumber(g), propOptions)); got != want {
			t.Fatalf("order changes totals:\n%s\n%s", want, got)
		}
	})
}

// Within a day the printed order says nothing: no break, the same average.
func TestOrderWithinADayBreaksNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFlow(t)
		want := Analyse(f, propOptions)
		g := cloneFlow(f)
		for from := 0; from < len(g.Rows); {
			to := from
			for to < len(g.Rows) && g.Rows[to].Date == g.Rows[from].Date {
				to++
			}
			copy(g.Rows[from:to], rapid.Permutation(slices.Clone(g.Rows[from:to])).Draw(t, "day"))
			from = to
		}
		got := Analyse(renumber(g), propOptions)
		if len(want.Breaks) != 0 || len(got.Breaks) != 0 || !want.Average.Equal(*got.Average) {
			t.Fatalf("%d and %d breaks, average %s and %s", len(want.Breaks), len(got.Breaks), want.Average, got.Average)
		}
	})
}

func TestSplitFilesJoinToTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFlow(t)
		whole := Analyse(f, propOptions)
		k := rapid.IntRange(1, len(f.Rows)-1).Draw(t, "cut")
		a, b := cloneFlow(f), cloneFlow(f)
		a.Rows, b.Rows = a.Rows[:k:k], slices.Clone(b.Rows[k:])
		a.End, b.Start, b.Opening = a.Rows[k-1].Date, b.Rows[0].Date, nil
		b.File = "流水2.xlsx"
		if a.holds(b) {
			t.Skip("a day that repeats itself row by row cannot be told from a copy")
		}
		parts := []*FlowAnalysis{Analyse(renumber(b), propOptions), Analyse(a, propOptions)}
		j := Together(parts, propOptions)
		if len(j.Accounts) != 1 {
			t.Fatalf("%d accounts", len(j.Accounts))
		}
		joined := j.Accounts[0].analysis
		if got, want := totalsOf(joined), totalsOf(whole); got != want || len(joined.Breaks) != 0 || !joined.Average.Equal(*whole.Average) {
			t.Fatalf("joined:\n%s\n%s\n%d breaks", got, want, len(joined.Breaks))
		}
		alone := Together([]*FlowAnalysis{whole}, propOptions)
		if !reflect.DeepEqual(sums(alone), sums(j)) {
			t.Fatalf("%v\n%v", sums(alone), sums(j))
		}
	})
}

func sums(j *FlowsTogether) []string {
	t := j.Total
	return []string{t.In.String(), t.Out.String(), t.NetIn.String(), t.NetOut.String(), t.Receipts.String(), t.OwnIn.String(), t.Circular.String()}
}

// The same statement handed in twice counts once.
func TestSameStatementTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFlow(t)
		g := cloneFlow(f)
		g.File = "流水副本.pdf"
		one := Together([]*FlowAnalysis{Analyse(f, propOptions)}, propOptions)
		two := Together([]*FlowAnalysis{Analyse(f, propOptions), Analyse(g, propOptions)}, propOptions)
		if !reflect.DeepEqual(sums(one), sums(two)) || two.Accounts[0].Doubled != len(f.Rows) {
			t.Fatalf("%v\n%v, %d doubled", sums(one), sums(two), two.Accounts[0].Doubled)
		}
	})
}

func TestChangedAmountIsNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFlow(t)
		k := rapid.IntRange(0, len(f.Rows)-1).Draw(t, "row")
		x := &f.Rows[k]
		more := intD(rapid.IntRange(1, 9).Draw(t, "more"))
		if x.In.IsPositive() {
			x.In = x.In.Add(more)
		} else {
			x.Out = x.Out.Add(more)
		}
		a := Analyse(f, propOptions)
		if len(a.Breaks) == 0 || !slices.ContainsFunc(a.Breaks, func(b Break) bool { return b.Row.Date == x.Date && b.Why != "" }) {
			t.Fatalf("row %d changed by %s: %+v", k+1, more, a.Breaks)
		}
		if alone(f, k) && (len(a.Breaks) != 1 || a.Breaks[0].Row.N != k+1) {
			t.Fatalf("row %d changed: %+v", k+1, a.Breaks)
		}
	})
}

func TestRemovedRowIsNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFlow(t)
		if len(f.Rows) < 3 {
			return
		}
		k := rapid.IntRange(0, len(f.Rows)-2).Draw(t, "row")
		for i := range f.Rows {
			f.Rows[i].Serial = i + 1
		}
		next := f.Rows[k+1].Serial
		f.Rows = slices.Delete(f.Rows, k, k+1)
		a := Analyse(renumber(f), propOptions)
		if len(a.Breaks) != 1 && len(a.Breaks) != 2 {
			t.Fatalf("row %d removed: %+v", k+1, a.Breaks)
		}
		if b := a.Breaks[0]; k > 0 && (b.Row.Serial != next || b.Cause != BreakMissing) {
			t.Fatalf("row %d removed: %+v", k+1, b)
		}
	})
}

// alone tells whether row k has its day for itself.
func alone(f *Flow, k int) bool {
	d := f.Rows[k].Date
	return (k == 0 || f.Rows[k-1].Date != d) && (k == len(f.Rows)-1 || f.Rows[k+1].Date != d)
}

func TestEqualPairRaisesNoReceipts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFlow(t)
		before := Together([]*FlowAnalysis{Analyse(f, propOptions)}, propOptions).Total
		k := rapid.IntRange(0, len(f.Rows)-1).Draw(t, "at")
		v := intD(rapid.IntRange(100_000, 900_000).Draw(t, "amount")).Mul(dossier.D("11.37"))
		in := Txn{Date: f.Rows[k].Date, Party: "新来公司", Summary: "货款", In: v}
		out := Txn{Date: f.Rows[k].Date, Party: "新来公司", Summary: "货款", Out: v}
		g := cloneFlow(f)
		g.Rows = slices.Insert(g.Rows, k, in, out)
		after := Together([]*FlowAnalysis{Analyse(renumber(g), propOptions)}, propOptions).Total
		if !after.Receipts.Equal(before.Receipts) || !after.NetIn.Equal(before.NetIn) || !after.NetOut.Equal(before.NetOut) {
			t.Fatalf("receipts %s, then %s; net in %s, then %s", before.Receipts, after.Receipts, before.NetIn, after.NetIn)
		}
	})
}
