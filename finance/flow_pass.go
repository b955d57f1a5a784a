package finance

import (
	"fmt"
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// PassThrough is money that came from one party and went on to another within days in the same amount, time and
// again: the shape of turnover made to look like trade.
type PassThrough struct {
	From, To string
	Ins      []Txn
	Outs     []Txn
	Total    dossier.Decimal // that came in
}

// passThrough pairs receipts with the first payment of nearly the same amount that follows.
func (a *FlowAnalysis) passThrough() {
	l := a.Limits.PassThrough
	rows := a.Flow.Rows
	used := make([]bool, len(rows))
	byPair := map[[2]string]*PassThrough{}
	for p, i := range a.order {
		if a.cents[i] <= 0 || a.trip[i] || a.Class[i] == ClassLoanIn || a.Class[i] == ClassInterest || a.key[i] == "" {
			continue
		}
		for q := a.sameDay(p); q < len(a.order) && q < p+400; q++ {
			j := a.order[q]
			if a.gap(i, j) > l.Days {
				break
			}
			if a.cents[j] >= 0 || used[j] || a.trip[j] || a.key[j] == "" || !near(a.cents[i], a.cents[j], l.Tolerance) || a.key[i] == a.key[j] ||
				a.Class[j] == ClassLoanRepay || rows[j].Date == rows[i].Date && rows[j].N < rows[i].N {
				continue
			}
			used[j] = true
			k := [2]string{a.key[i], a.key[j]}
			t := byPair[k]
			if t == nil {
				t = &PassThrough{From: rows[i].Party, To: rows[j].Party}
				byPair[k] = t
			}
			t.Ins, t.Outs, t.Total = append(t.Ins, rows[i]), append(t.Outs, rows[j]), t.Total.Add(rows[i].In)
			break
		}
	}
	for _, t := range byPair {
		if len(t.Ins) >= l.Times && t.Total.GreaterThan(a.TotalIn.Mul(l.Share)) { // less may be chance
			a.Passed = append(a.Passed, *t)
		}
	}
	sort.Slice(a.Passed, func(i, j int) bool {
		if !a.Passed[i].Total.Equal(a.Passed[j].Total) {
			return a.Passed[i].Total.GreaterThan(a.Passed[j].Total)
		}
		return a.Passed[i].From+a.Passed[i].To < a.Passed[j].From+a.Passed[j].To
	})
}

// sameDay is the first place in order of the day of place p, at most 200 back: payments of a day stand before its
// receipts there.
func (a *FlowAnalysis) sameDay(p int) int {
	d := a.day[a.order[p]]
	q := p
	for q > 0 && q > p-200 && a.day[a.order[q-1]] == d {
		q--
	}
	return q
}

// dealingsIssues reports pass-through and parties that both pay and are paid for goods.
func (a *FlowAnalysis) dealingsIssues() {
	f := a.Flow
	for _, p := range a.Passed {
		a.issue(KindPassThrough, p.Total, fmt.Sprintf("《%s》收%s款项后%d天内等额转付%s，共%d次、合计%s元，疑似空转走账", f.File, p.From,
			a.Limits.PassThrough.Days, p.To, len(p.Ins), Money(p.Total)), "", interleave(p.Ins, p.Outs)...)
	}
	if f.Kind != FlowBank {
		return
	}
	least := a.Limits.BothSides.Share
	for _, in := range a.TopIn {
		for _, out := range a.TopOut {
			if SameName(in.Party, out.Party) && in.Share.GreaterThan(least) && out.Share.GreaterThan(least) {
				a.issue(KindBothSides, in.Amount, fmt.Sprintf("《%s》%s既是回款客户（%s元，占%s）又是付款对象（%s元，占%s），交易真实性须核实", f.File, in.Party,
					Money(in.Amount), percent(in.Share), Money(out.Amount), percent(out.Share)), "")
			}
		}
	}
}

func interleave(a, b []Txn) []Txn {
	var out []Txn
	for i := range a {
		out = append(out, a[i], b[i])
	}
	return out
}
