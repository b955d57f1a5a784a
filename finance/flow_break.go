package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// BreakCause is what a break of the running balance most likely comes from.
type BreakCause string

// Causes of breaks.
const (
	BreakBalance BreakCause = "balance_changed" // the row's balance alone is wrong: the next row follows from the right one
	BreakEcho    BreakCause = "echo"            // the row after such a balance
	BreakInsert  BreakCause = "row_inserted"    // without the row before, the balance runs on
	BreakAmount  BreakCause = "amount_changed"  // the amount differs by a digit or two from what the balances give
	BreakSide    BreakCause = "side_changed"    // in and out swapped
	BreakMissing BreakCause = "rows_missing"    // rows or pages between the two are not there
	BreakUnknown BreakCause = "unknown"         // rows missing or an amount changed
)

// Break is a row whose balance does not follow from the row before.
type Break struct {
	Row      Txn
	Expected dossier.Decimal
	Implied  dossier.Decimal // net of the row that the two balances give
	Cause    BreakCause
	Suspect  int    // N of the row that is wrong, 0 where rows are missing
	Why      string // in Chinese
}

// cause tells a changed balance, an inserted row, a changed amount and missing rows apart.
func (a *FlowAnalysis) cause(i int, prev dossier.Decimal) Break {
	rows := a.Flow.Rows
	t := rows[i]
	b := Break{Row: t, Expected: prev.Add(t.Net()), Implied: t.Balance.Sub(prev), Cause: BreakUnknown, Suspect: t.N}
	if n := len(a.Breaks); n > 0 && a.Breaks[n-1].Cause == BreakBalance && a.Breaks[n-1].Row.N == t.N-1 {
		b.Cause, b.Suspect, b.Why = BreakEcho, t.N-1, fmt.Sprintf("由第%d笔的余额引起", t.N-1)
		return b
	}
	follows := func(before dossier.Decimal, k int) bool {
		return k < len(rows) && rows[k].Balance != nil && before.Add(rows[k].Net()).Equal(*rows[k].Balance)
	}
	gap := i > 0 && rows[i-1].Serial > 0 && t.Serial > 0 && t.Serial != rows[i-1].Serial+1 && t.Serial != rows[i-1].Serial-1
	page := i > 0 && rows[i-1].At.Page != t.At.Page
	var before *dossier.Decimal // the balance two rows up
	switch {
	case i >= 2:
		before = rows[i-2].Balance
	case i == 1:
		before = a.Flow.Opening
	}
	diff := b.Implied.Sub(t.Net())
	switch {
	case gap:
		b.Cause, b.Suspect = BreakMissing, 0
		b.Why = fmt.Sprintf("序号由%d跳到%d，其间缺少净额%s元的交易", rows[i-1].Serial, t.Serial, Money(diff))
	case follows(b.Expected, i+1):
		b.Cause, b.Why = BreakBalance, fmt.Sprintf("其后各笔按%s元续算无误，本笔余额被改动或误读", Money(b.Expected))
	case before != nil && follows(*before, i):
		b.Cause, b.Suspect = BreakInsert, t.N-1
		b.Why = fmt.Sprintf("去掉第%d笔（%s %s %s元）后余额连续，该笔疑为后加", t.N-1, rows[i-1].Date, rows[i-1].Party, Money(rows[i-1].Amount()))
	case b.Implied.Equal(t.Net().Neg()):
		b.Cause, b.Why = BreakSide, "收支方向与余额相反"
	case page:
		b.Cause, b.Suspect = BreakMissing, 0
		b.Why = fmt.Sprintf("换页处（第%d页至第%d页）缺少净额%s元的交易，疑有缺页", rows[i-1].At.Page, t.At.Page, Money(diff))
	case b.Implied.Sign() == t.Net().Sign() && fewDigits(b.Implied, t.Net()):
		b.Cause, b.Why = BreakAmount, fmt.Sprintf("按前后余额本笔应为%s元，列示%s元，金额疑被改动", Money(b.Implied.Abs()), Money(t.Amount()))
	default:
		b.Why = fmt.Sprintf("与上一笔之间缺少净额%s元的交易，或本笔金额被改动（按前后余额应为%s元）", Money(diff), Money(b.Implied))
	}
	return b
}

// fewDigits tells whether two amounts are printed alike but for one digit, two digits swapped, or one left out.
func fewDigits(a, b dossier.Decimal) bool {
	x, y := a.Abs().StringFixed(2), b.Abs().StringFixed(2)
	if len(x) < len(y) {
		x, y = y, x
	}
	switch len(x) - len(y) {
	case 0:
		var at []int
		for i := range len(x) {
			if x[i] != y[i] {
				at = append(at, i)
			}
		}
		return len(at) == 1 || len(at) == 2 && x[at[0]] == y[at[1]] && x[at[1]] == y[at[0]]
	case 1:
		for i := range len(y) {
			if x[i] != y[i] {
				return x[i+1:] == y[i:]
			}
		}
		return true
	}
	return false
}

// breakIssues tells breaks one by one, or how many where the column does not run on at all.
func (a *FlowAnalysis) breakIssues(doubtful bool) {
	f := a.Flow
	if a.Unsteady {
		b := a.Breaks[0]
		a.issue(KindRunning, b.Row.Balance.Sub(b.Expected), fmt.Sprintf("《%s》余额列与发生额大量不符（%d笔中至少%d笔，首笔为第%d笔 %s），无法逐笔核对余额", f.File,
			len(f.Rows), len(a.Breaks), b.Row.N, b.Row.Date), "", b.Row)
		a.Issues[len(a.Issues)-1].Doubtful = doubtful
		return
	}
	told := 0
	for _, b := range a.Breaks {
		if b.Cause == BreakEcho {
			continue
		}
		if told++; told > a.Limits.MissingRows.Most {
			break
		}
		prev := b.Expected.Sub(b.Row.Net())
		a.issue(KindRunning, b.Row.Balance.Sub(b.Expected), fmt.Sprintf("《%s》第%d笔（%s %s）余额不连续：应为%s元，列示%s元；%s", f.File, b.Row.N,
			b.Row.Date, b.Row.Party, Money(b.Expected), Money(*b.Row.Balance), b.Why), fmt.Sprintf("%s ＋ %s － %s = %s，列示 %s", Money(prev), Money(b.Row.In),
			Money(b.Row.Out), Money(b.Expected), Money(*b.Row.Balance)), b.Row)
		is := &a.Issues[len(a.Issues)-1]
		is.Expected, is.Actual, is.Doubtful = b.Expected, *b.Row.Balance, doubtful
	}
}
