package invoice

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"
)

// drawn is a plausible ledger: distinct numbers, honest arithmetic, some void.
func drawn(t *rapid.T) (rows []string) {
	n := rapid.IntRange(1, 60).Draw(t, "rows")
	for i := range n {
		amount := rapid.Int64Range(1, 9_999_999).Draw(t, "amount")
		tax := (amount*13 + 50) / 100
		state := rapid.SampledFrom([]string{"正常", "正常", "正常", "作废"}).Draw(t, "state")
		rows = append(rows, line(20_000_000+10*i, rapid.IntRange(1, 28).Draw(t, "day"), rapid.IntRange(1, 5).Draw(t, "party"), amount, tax, state))
	}
	return rows
}

func line(number, day, party int, amount, tax int64, state string) string {
	sign := ""
	if amount < 0 {
		sign, amount, tax = "-", -amount, -tax
	}
	return fmt.Sprintf("E1,%08d,2021-%02d-%02d,客户%d,%s%d.%02d,%s%d.%02d,%s%d.%02d,%s,\n", number, 1+number/10%12, day, party, sign, amount/100, amount%100, sign, tax/100,
		tax%100, sign, (amount+tax)/100, (amount+tax)%100, state)
}

func ledgerOf(t testing.TB, rows []string) *SideResult {
	return read(t, header+strings.Join(rows, ""), Options{}).Sales
}

// totals are the parts of a result that no order of rows may change.
func totals(s *SideResult) map[string]any {
	out := map[string]any{"net": s.Net, "tax": s.Tax, "total": s.Total, "months": s.Months, "void": s.Void, "red": s.Red, "hhi": s.HHI.String(), "top": s.Top5.String()}
	for _, c := range s.Checks {
		out[c.ID] = [2]any{c.Rows, c.Amount}
	}
	return out
}

func TestOrderChangesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := drawn(rt)
		if rapid.Bool().Draw(rt, "copy") {
			rows = append(rows, rows[0])
		}
		want := totals(ledgerOf(t, rows))
		g := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
		mixed := slices.Clone(rows)
		g.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if got := totals(ledgerOf(t, mixed)); !reflect.DeepEqual(got, want) {
			rt.Fatalf("%v\nwant %v", got, want)
		}
	})
}

func TestRedCancels(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := drawn(rt)
		before := ledgerOf(t, rows)
		amount := rapid.Int64Range(1, 9_999_999).Draw(rt, "new")
		tax := (amount*13 + 50) / 100
		after := ledgerOf(t, append(rows, line(90_000_000, 3, 7, amount, tax, "正常"), line(90_000_010, 4, 7, -amount, -tax, "正常")))
		if after.Net != before.Net || after.Tax != before.Tax || after.Total != before.Total {
			rt.Fatalf("%v %v", before, after)
		}
		if count(after, "red_by_amount") != count(before, "red_by_amount")+1 || count(after, "red_orphan") != 0 {
			rt.Fatalf("%+v", after.Checks)
		}
	})
}

func TestCopyIsFound(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := drawn(rt)
		i := rapid.IntRange(0, len(rows)-1).Draw(rt, "which")
		at := rapid.IntRange(0, len(rows)).Draw(rt, "where")
		s := ledgerOf(t, slices.Insert(slices.Clone(rows), at, rows[i]))
		if count(s, "duplicate_copy") != 1 || count(ledgerOf(t, rows), "duplicate_copy") != 0 {
			rt.Fatalf("%+v", s.Checks)
		}
	})
}

// What needs a spool gives the same with one that holds four records and one that holds all.
func TestSpool(t *testing.T) {
	text := string(rowsOf(3_000, 2))
	lines := strings.SplitAfter(text, "\n")
	text += lines[7] + lines[100] + lines[100]
	want := read(t, text, Options{})
	defer func(n int) { spoolRecords = n }(spoolRecords)
	spoolRecords = 4 // some 750 runs: two levels of merging
	if got := read(t, text, Options{TempDir: t.TempDir()}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant %+v", got.Sales.Checks, want.Sales.Checks)
	}
	if got := read(t, text, Options{TempDir: "/no such folder"}); len(got.Notes) != 2 || got.Sales.Net != want.Sales.Net {
		t.Errorf("without a place for files: %q", got.Notes)
	}
}
