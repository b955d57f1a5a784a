package finance

import (
	"slices"
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// RoundTrip is money that came in and went out again on one day, same counterparty, same amount.
type RoundTrip struct{ In, Out Txn }

// roundTrips pairs rows of a day; each row is used once.
func (a *FlowAnalysis) roundTrips() {
	type key struct {
		day   dossier.Date
		party string
		cents int64
	}
	open := map[key][]int{}
	for _, i := range a.order {
		switch a.Class[i] {
		case ClassRefund, ClassWealth, ClassLoanIn, ClassLoanRepay, ClassInterest, ClassLoanInterest:
			continue // a reversed entry is no trip; banks are looked at elsewhere
		}
		c := a.cents[i]
		if a.key[i] == "" || c == 0 {
			continue
		}
		t := &a.Flow.Rows[i]
		k, other := key{t.Date, a.key[i], c}, key{t.Date, a.key[i], -c}
		q := open[other]
		if len(q) == 0 || !a.Flow.Rows[q[0]].Amount().Equal(t.Amount()) {
			open[k] = append(open[k], i)
			continue
		}
		j := q[0]
		open[other] = q[1:]
		in, out := a.Flow.Rows[j], *t
		if c > 0 {
			in, out = out, in
		}
		a.trip[i], a.trip[j] = true, true
		a.RoundTrips = append(a.RoundTrips, RoundTrip{in, out})
		a.RoundTotal = a.RoundTotal.Add(in.In)
	}
}

// Circulation is money that went to a party and came back, or came and went back, within days.
type Circulation struct {
	First, Back Txn
	Days        int
}

// circulations pairs rows of one party in opposite directions; trips of one day are RoundTrips. The party's own trade
// with refunds, loans and deposits is left out.
func (a *FlowAnalysis) circulations() {
	l := a.Limits.Circulation
	least := centsAt(l.MinAmount)
	used := make([]bool, len(a.Flow.Rows))
	eligible := func(i int) bool {
		if used[i] || a.trip[i] || a.cents[i] < least && a.cents[i] > -least {
			return false
		}
		switch a.Class[i] {
		case ClassOwn, ClassRefund, ClassWealth, ClassLoanIn, ClassLoanRepay, ClassInterest, ClassLoanInterest, ClassWithdraw:
			return false
		}
		return true
	}
	for _, k := range sortedKeys(a.byKey) {
		list := a.byKey[k]
		for p, i := range list {
			if !eligible(i) {
				continue
			}
			for _, j := range list[p+1 : min(len(list), p+201)] {
				d := a.gap(i, j)
				if d > l.Days {
					break
				}
				if d > 0 && eligible(j) && (a.cents[i] > 0) != (a.cents[j] > 0) && near(a.cents[i], a.cents[j], l.Tolerance) {
					used[i], used[j] = true, true
					a.Circles = append(a.Circles, Circulation{a.Flow.Rows[i], a.Flow.Rows[j], d})
					break
				}
			}
		}
	}
	sort.SliceStable(a.Circles, func(i, j int) bool { return a.Circles[i].First.Date.Before(a.Circles[j].First.Date) })
}

// Bridge is a repayment that private money bridged: in from a person or related party, loan repaid, loan granted
// anew, the same amount back.
type Bridge struct {
	In, Repay, Out Txn
	New            *Txn // the new loan, when one follows
}

const maxLoans = 100 // grants and repayments looked at one by one, the largest

// largest keeps the largest rows, in their order.
func (a *FlowAnalysis) largest(c Class) []int {
	var out []int
	for _, i := range a.order {
		if a.Class[i] == c {
			out = append(out, i)
		}
	}
	if len(out) > maxLoans {
		abs := func(i int) int64 { return max(a.cents[i], -a.cents[i]) }
		sort.SliceStable(out, func(p, q int) bool { return abs(out[p]) > abs(out[q]) })
		out = out[:maxLoans]
		slices.SortFunc(out, func(i, j int) int { return a.at[i] - a.at[j] })
	}
	return out
}

func (a *FlowAnalysis) bridges() {
	l := a.Limits.Bridge
	rows := a.Flow.Rows
	used := map[int]bool{}
	grants := a.largest(ClassLoanIn)
	for _, p := range a.largest(ClassLoanRepay) {
		rp := rows[p]
		least := centsAt(rp.Out.Mul(l.Part))
		for _, i := range a.window(rp.Date.AddDays(-l.Before), rp.Date, maxWindow) {
			if used[i] || a.cents[i] <= 0 || a.cents[i] < least || !a.bridging(i) {
				continue
			}
			for _, j := range a.ofParty(a.key[i], rp.Date, rp.Date.AddDays(l.After)) {
				if a.cents[j] >= 0 || used[j] || !near(a.cents[i], a.cents[j], l.Tolerance) {
					continue
				}
				b := Bridge{In: rows[i], Repay: rp, Out: rows[j]}
				for _, n := range grants {
					if e := rows[n].Date.Sub(rp.Date); e >= 0 && e <= l.After && !rows[n].Date.After(rows[j].Date) {
						t := rows[n]
						b.New = &t
						break
					}
				}
				used[i], used[j] = true, true
				a.Bridges = append(a.Bridges, b)
				break
			}
		}
	}
}

// bridging tells whether money of that row may bridge a repayment.
func (a *FlowAnalysis) bridging(i int) bool {
	switch a.Class[i] {
	case ClassPersonal, ClassRelated, ClassBorrowed, ClassDealings:
		return true
	}
	return a.Class[i] == ClassCustomer && a.person[i]
}
