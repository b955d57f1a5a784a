package finance

import (
	"fmt"
	"slices"

	"github.com/xindiao/xindiao/dossier"
)

// LoanHop is loan money that went on from a second account of the dossier.
type LoanHop struct {
	Loan FlowLeg
	Via  []Transfer // from the account that got the loan to the one that paid
	Uses []FlowLeg
	What []string // of each use: its class or forbidden purpose; "" for trade
	Left dossier.Decimal
}

const maxHops = 3

// hops follows loan money that was moved to another account of the dossier.
func (j *FlowsTogether) hops() {
	for n, acc := range j.Accounts {
		for _, tr := range acc.analysis.Loans {
			for _, use := range tr.Uses {
				if x, ok := j.transferOf(n, use.N); ok {
					j.follow(FlowLeg{n, tr.Loan}, []Transfer{x}, x.Amount)
				}
			}
		}
	}
}

// transferOf is the transfer that a row of an account began.
func (j *FlowsTogether) transferOf(account, n int) (Transfer, bool) {
	k := slices.IndexFunc(j.Transfers, func(t Transfer) bool { return t.Out.Account == account && t.Out.Row.N == n })
	if k < 0 {
		return Transfer{}, false
	}
	return j.Transfers[k], true
}

// follow takes the payments after the arrival, up to the amount that arrived.
func (j *FlowsTogether) follow(loan FlowLeg, via []Transfer, left dossier.Decimal) {
	in := via[len(via)-1].In
	a := j.Accounts[in.Account].analysis
	h := LoanHop{Loan: loan, Via: via}
	days := a.Limits.Loan.Days
	rows := slices.Clone(a.window(in.Row.Date, in.Row.Date.AddDays(days), maxWindow))
	slices.Sort(rows)
	for _, i := range rows {
		t := a.Flow.Rows[i]
		if !left.IsPositive() || len(h.Uses) > 500 {
			break
		}
		if a.cents[i] >= 0 || t.Date == in.Row.Date && t.N < in.Row.N {
			continue
		}
		if x, ok := j.transferOf(in.Account, t.N); ok && len(via) < maxHops {
			j.follow(loan, append(slices.Clone(via), x), x.Amount)
			left = left.Sub(t.Out)
			continue
		}
		what := a.purpose(t)
		if what == "" && away(a.Class[i]) {
			what = a.Class[i].Chinese()
		}
		h.Uses, h.What = append(h.Uses, FlowLeg{in.Account, t}), append(h.What, what)
		left = left.Sub(t.Out)
	}
	h.Left = left
	if left.IsNegative() {
		h.Left = zero
	}
	if len(h.Uses) > 0 {
		j.Hops = append(j.Hops, h)
	}
}

// hopIssues tells uses behind the first account that are not trade.
func (j *FlowsTogether) hopIssues(h LoanHop) {
	least := h.Loan.Row.In.Mul(j.options.limits().Loan.Ignore)
	for i, u := range h.Uses {
		if h.What[i] == "" || u.Row.Out.LessThan(least) {
			continue
		}
		who := u.Row.Party
		if who == "" {
			who = "流水未列户名的账户"
		}
		legs := []FlowLeg{h.Loan}
		for _, v := range h.Via {
			legs = append(legs, v.Out, v.In)
		}
		j.issue(KindLoanUse, u.Row.Out, fmt.Sprintf("%s贷款%s元发放后，%s转至%s账户%s元，%s其中%s元流向%s（%s）", h.Loan.Row.Date, Money(h.Loan.Row.In),
			h.Via[0].Out.Row.Date, j.Accounts[u.Account].Owner, Money(h.Via[0].Amount), u.Row.Date, Money(u.Row.Out), who, h.What[i]), "", append(legs, u)...)
	}
}
