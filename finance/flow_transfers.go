package finance

import (
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// end is one row that may be an end of a transfer.
type end struct{ account, row int }

// transfers pairs rows of two accounts of the dossier by amount and day, where at least one of them names the other's
// holder or number and neither names somebody else. Money drawn from a wallet is paired with its arrival at a bank.
func (j *FlowsTogether) transfers() {
	arrivals := map[int64][]end{}
	owners := map[string]bool{}
	for _, acc := range j.Accounts {
		owners[nameKey(acc.Owner)] = true
	}
	for n, acc := range j.Accounts {
		a := acc.analysis
		for _, i := range a.order {
			if c := a.cents[i]; c > 0 && (j.points(n, i, owners) || a.wallet(i)) {
				arrivals[c] = append(arrivals[c], end{n, i})
			}
		}
	}
	if len(arrivals) == 0 {
		return
	}
	for _, list := range arrivals {
		sort.SliceStable(list, func(p, q int) bool { return j.day(list[p]).Before(j.day(list[q])) })
	}
	for n, acc := range j.Accounts {
		a := acc.analysis
		for _, i := range a.order {
			if a.cents[i] < 0 && (j.points(n, i, owners) || a.Class[i] == ClassWithdraw) {
				if in, ok := j.arrival(arrivals, n, i, a.Flow.Rows[i]); ok {
					j.pair(end{n, i}, in)
				}
			}
		}
		for _, t := range a.Flow.Neutral { // 提现 that the bill counts as neither in nor out
			if says("withdraw", t.Summary+t.Party) {
				if in, ok := j.arrival(arrivals, n, -1, t); ok {
					j.internal[in.account][in.row] = true
					j.Transfers = append(j.Transfers, Transfer{FlowLeg{n, t}, j.leg(in.account, in.row), t.Out})
				}
			}
		}
	}
	sort.SliceStable(j.Transfers, func(p, q int) bool { return j.Transfers[p].Out.Row.Date.Before(j.Transfers[q].Out.Row.Date) })
}

func (j *FlowsTogether) day(e end) dossier.Date {
	return j.Accounts[e.account].analysis.Flow.Rows[e.row].Date
}

// points tells whether a row names the holder of another account of the dossier, or its own.
func (j *FlowsTogether) points(n, i int, owners map[string]bool) bool {
	a := j.Accounts[n].analysis
	if a.Class[i] == ClassOwn || owners[a.key[i]] && a.key[i] != "" {
		return true
	}
	number := a.Flow.Rows[i].Account
	return number != "" && j.numbered(number) >= 0
}

// numbered is the account with that number, -1 for none.
func (j *FlowsTogether) numbered(number string) int {
	for n, acc := range j.Accounts {
		if sameNumber(acc.Account, number) {
			return n
		}
	}
	return -1
}

// sameNumber compares account numbers, of which stars hide a part.
func sameNumber(a, b string) bool {
	if a == "" || b == "" || len(a) < 4 || len(b) < 4 {
		return false
	}
	if !strings.Contains(a+b, "*") {
		return a == b
	}
	return a[len(a)-4:] == b[len(b)-4:] && !strings.Contains(a[len(a)-4:], "*") && a[0] == b[0]
}

// wallet tells whether money came from a payment company.
func (a *FlowAnalysis) wallet(i int) bool { return says("wallet", a.Flow.Rows[i].Party) }

// arrival finds the first free row on another account with the amount of t, within days of it.
func (j *FlowsTogether) arrival(arrivals map[int64][]end, n, i int, t Txn) (end, bool) {
	list := arrivals[-centsOf(t)]
	from := t.Date.AddDays(-1)
	to := t.Date.AddDays(j.options.limits().Transfer.Days)
	p := sort.Search(len(list), func(k int) bool { return !j.day(list[k]).Before(from) })
	for k := p; k < len(list) && k < p+200 && !j.day(list[k]).After(to); k++ {
		if e := list[k]; e.account != n && !j.internal[e.account][e.row] && j.match(n, i, t, e) {
			return e, true
		}
	}
	return end{}, false
}

// match tells whether the two rows name each other's holder or number, and nobody else's.
func (j *FlowsTogether) match(n, i int, t Txn, e end) bool {
	from, to := &j.Accounts[n], &j.Accounts[e.account]
	r := to.analysis.Flow.Rows[e.row]
	if from.Kind != FlowBank && says("withdraw", t.Summary+t.Party) {
		return to.Kind == FlowBank && says("wallet", r.Party)
	}
	names := func(x Txn, acc *FlowAccount) (yes, no bool) {
		if x.Account != "" && acc.Account != "" {
			same := sameNumber(x.Account, acc.Account)
			return same, !same
		}
		if x.Party == "" {
			return false, false
		}
		same := SameName(x.Party, acc.Owner)
		return same, !same
	}
	yes1, no1 := names(t, to)
	yes2, no2 := names(r, from)
	return (yes1 || yes2) && !no1 && !no2
}

func (j *FlowsTogether) pair(out, in end) {
	j.internal[out.account][out.row], j.internal[in.account][in.row] = true, true
	o := j.leg(out.account, out.row)
	j.Transfers = append(j.Transfers, Transfer{o, j.leg(in.account, in.row), o.Row.Out})
}

// limits are the thresholds in force for the options.
func (o FlowOptions) limits() *FlowLimits { return Limits() }
