package finance

import (
	"github.com/xindiao/xindiao/dossier"
)

// RoundTrip is money that came in and went out again on one day, same counterparty, same amount.
type RoundTrip struct{ In, Out Txn }

// roundTrips pairs rows of a day; each row is used once.
func (a *FlowAnalysis) roundTrips() {
	type key struct {
		day    dossier.Date
		party  string
		amount string
	}
	open := map[key][]int{}
	used := make([]bool, len(a.Flow.Rows))
	for i, t := range a.Flow.Rows {
		switch a.Class[i] {
		case ClassRefund, ClassWealth, ClassLoanIn, ClassLoanRepay, ClassInterest, ClassLoanInterest:
			continue // a reversed entry is no trip; banks are looked at elsewhere
		}
		if t.Party == "" || t.Amount().IsZero() {
			continue
		}
		k := key{t.Date, nameKey(t.Party), t.Amount().String()}
		matched := false
		for n, j := range open[k] {
			if o := a.Flow.Rows[j]; o.In.IsPositive() != t.In.IsPositive() && !used[j] {
				in, out := o, t
				if t.In.IsPositive() {
					in, out = t, o
				}
				a.RoundTrips = append(a.RoundTrips, RoundTrip{in, out})
				a.RoundTotal = a.RoundTotal.Add(in.In)
				used[j] = true
				open[k] = append(open[k][:n:n], open[k][n+1:]...)
				matched = true
				break
			}
		}
		if !matched {
			open[k] = append(open[k], i)
		}
	}
}

func (a *FlowAnalysis) inTrips() map[int]bool {
	m := map[int]bool{}
	for _, r := range a.RoundTrips {
		m[r.In.N], m[r.Out.N] = true, true
	}
	return m
}

// Bridge is a repayment that private money bridged: in from a person or related party, loan repaid, loan granted
// anew, the same amount back.
type Bridge struct {
	In, Repay, Out Txn
	New            *Txn // the new loan, when one follows
}

// Days within which the legs of a bridge follow each other.
const (
	bridgeBefore = 15 // money in before the repayment
	bridgeAfter  = 30 // money back after it
)

func (a *FlowAnalysis) bridges(o FlowOptions) {
	rows := a.Flow.Rows
	used := map[int]bool{}
	for _, rp := range a.byClass[ClassLoanRepay] {
		for i, in := range rows {
			if used[in.N] || !in.In.IsPositive() || in.Date.After(rp.Date) || rp.Date.Sub(in.Date) > bridgeBefore {
				continue
			}
			if c := a.Class[i]; c != ClassPersonal && c != ClassRelated && c != ClassBorrowed && c != ClassDealings &&
				!(c == ClassCustomer && isPerson(in.Party)) {
				continue
			}
			if in.In.Mul(intD(5)).LessThan(rp.Out) { // less than a fifth bridges nothing
				continue
			}
			for _, back := range rows {
				d := back.Date.Sub(rp.Date)
				if back.Out.IsZero() || d < 0 || d > bridgeAfter || !SameName(back.Party, in.Party) || used[back.N] {
					continue
				}
				gap := back.Out.Sub(in.In).Abs()
				if gap.Mul(intD(20)).GreaterThan(in.In) {
					continue
				}
				b := Bridge{In: in, Repay: rp, Out: back}
				for _, n := range a.byClass[ClassLoanIn] {
					if e := n.Date.Sub(rp.Date); e >= 0 && e <= bridgeAfter && !n.Date.After(back.Date) {
						n := n
						b.New = &n
						break
					}
				}
				used[in.N], used[back.N] = true, true
				a.Bridges = append(a.Bridges, b)
				break
			}
		}
	}
}

// LoanTrace follows the money of a loan out of the account.
type LoanTrace struct {
	Loan      Txn
	Uses      []Txn
	Classes   []Class
	Traced    dossier.Decimal
	Entrusted bool // the payments say 受托支付
}

// loanDays is how long after the grant payments are taken for uses of the loan.
const loanDays = 15

// loanTrace takes payments that name 受托支付 or equal the loan first, then the payments that follow.
func (a *FlowAnalysis) loanTrace() {
	rows := a.Flow.Rows
	for _, l := range a.byClass[ClassLoanIn] {
		tr := LoanTrace{Loan: l}
		left := l.In
		take := func(i int) {
			tr.Uses, tr.Classes = append(tr.Uses, rows[i]), append(tr.Classes, a.Class[i])
			tr.Traced = tr.Traced.Add(rows[i].Out)
			left = left.Sub(rows[i].Out)
		}
		window := func(t Txn) bool {
			d := t.Date.Sub(l.Date)
			return t.Out.IsPositive() && d >= 0 && d <= loanDays && (d > 0 || t.N > l.N)
		}
		for i, t := range rows {
			if window(t) && entrusted(t) && !t.Out.GreaterThan(left) {
				take(i)
				tr.Entrusted = true
			}
		}
		for i, t := range rows {
			switch {
			case !window(t) || !left.IsPositive() || tr.Entrusted && entrusted(t):
			case !tr.Entrusted, away(a.Class[i]) && !t.Out.GreaterThan(left): // what is not entrusted may still go astray
				take(i)
			}
		}
		a.Loans = append(a.Loans, tr)
	}
}

// away tells whether a payment leaves the borrower's trade.
func away(c Class) bool {
	switch c {
	case ClassRelated, ClassPersonal, ClassLent, ClassWealth, ClassOwn, ClassWithdraw:
		return true
	}
	return false
}

func entrusted(t Txn) bool {
	for _, w := range []string{"受托支付", "受托付款", "委托支付", "贷款支付"} {
		if containsFold(t.Summary, w) {
			return true
		}
	}
	return false
}
