package finance

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// LoanTrace follows the money of a loan out of the account.
type LoanTrace struct {
	Loan      Txn
	Uses      []Txn
	Classes   []Class
	Traced    dossier.Decimal
	Entrusted bool        // the payments say 受托支付
	Splits    []LoanSplit // even parts to several payees, or to one payee below the limit of entrusted payment
	Back      []LoanBack  // payees that paid back
}

// LoanSplit is loan money paid out in parts of one day.
type LoanSplit struct {
	Rows   []Txn
	Payees int
	Total  dossier.Decimal
	Below  bool // one payee, parts below the limit that together exceed it
}

// LoanBack is money that a payee of the loan sent back.
type LoanBack struct {
	Paid, Back []Txn
	Out, In    dossier.Decimal
	Days       int // from the payment to the last return
}

// loanTrace takes payments that name 受托支付 or equal the loan first, then the payments that follow.
func (a *FlowAnalysis) loanTrace() {
	rows := a.Flow.Rows
	l := a.Limits.Loan
	for _, g := range a.largest(ClassLoanIn) {
		loan := rows[g]
		tr := LoanTrace{Loan: loan}
		left := loan.In
		var uses []int
		take := func(i int) {
			uses = append(uses, i)
			tr.Uses, tr.Classes = append(tr.Uses, rows[i]), append(tr.Classes, a.Class[i])
			tr.Traced = tr.Traced.Add(rows[i].Out)
			left = left.Sub(rows[i].Out)
		}
		near := slices.Clone(a.window(loan.Date, loan.Date.AddDays(l.Days), maxWindow))
		slices.Sort(near) // in printed order
		near = slices.DeleteFunc(near, func(i int) bool { return a.cents[i] >= 0 || rows[i].Date == loan.Date && rows[i].N < loan.N })
		named := make([]bool, len(near))
		for k, i := range near {
			if named[k] = entrusted(rows[i]); named[k] && !rows[i].Out.GreaterThan(left) {
				take(i)
				tr.Entrusted = true
			}
		}
		for k, i := range near {
			switch {
			case !left.IsPositive() || tr.Entrusted && named[k]:
			case !tr.Entrusted, (away(a.Class[i]) || a.purpose(rows[i]) != "") && !rows[i].Out.GreaterThan(left): // what is not entrusted may still go astray
				take(i)
			}
		}
		a.splits(&tr)
		a.returns(&tr, uses)
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
	return strings.Contains(t.Summary, "付") && says("entrusted", squeeze(t.Summary))
}

// purpose names a use that the loan is not for, whatever the class of the row: securities, property.
func (a *FlowAnalysis) purpose(t Txn) string {
	text := t.Summary + " " + t.Party
	switch {
	case says("securities", text):
		return "证券期货"
	case says("property", text):
		return "房地产"
	}
	return ""
}

// splits finds even parts to several payees on one day, and several payments to one payee that stay below the limit
// above which the bank must pay by entrustment.
func (a *FlowAnalysis) splits(tr *LoanTrace) {
	l := a.Limits.Loan
	type group struct{ rows []Txn }
	days, payees := map[dossier.Date]*group{}, map[string]*group{}
	for i, t := range tr.Uses {
		switch tr.Classes[i] {
		case ClassPayroll, ClassTax, ClassSocial, ClassUtility, ClassLoanRepay, ClassLoanInterest:
			continue
		}
		if entrusted(t) || t.Out.LessThan(tr.Loan.In.Mul(l.Ignore)) {
			continue
		}
		if days[t.Date] == nil {
			days[t.Date] = &group{}
		}
		days[t.Date].rows = append(days[t.Date].rows, t)
		if k := nameKey(t.Party); k != "" {
			if payees[k] == nil {
				payees[k] = &group{}
			}
			payees[k].rows = append(payees[k].rows, t)
		}
	}
	add := func(rows []Txn, below bool) {
		who := map[string]bool{}
		s := LoanSplit{Rows: rows, Below: below}
		for _, t := range rows {
			who[nameKey(t.Party)] = true
			s.Total = s.Total.Add(t.Out)
		}
		s.Payees = len(who)
		if !below && (s.Payees < l.SplitPayees || s.Total.LessThan(tr.Loan.In.Mul(l.SplitShare))) {
			return
		}
		if below && (len(rows) < 2 || s.Total.LessThan(l.EntrustedLimit)) {
			return
		}
		tr.Splits = append(tr.Splits, s)
	}
	for _, g := range days {
		sort.SliceStable(g.rows, func(i, j int) bool { return g.rows[i].Out.LessThan(g.rows[j].Out) })
		for from := 0; from < len(g.rows); { // runs of nearly equal amounts
			to := from + 1
			for to < len(g.rows) && !g.rows[to].Out.GreaterThan(g.rows[from].Out.Mul(one.Add(l.SplitSpread))) {
				to++
			}
			add(g.rows[from:to], false)
			from = to
		}
	}
	for _, g := range payees {
		small := slices.DeleteFunc(slices.Clone(g.rows), func(t Txn) bool { return t.Out.GreaterThanOrEqual(l.EntrustedLimit) })
		add(small, true)
	}
	sort.SliceStable(tr.Splits, func(i, j int) bool {
		x, y := tr.Splits[i].Rows[0], tr.Splits[j].Rows[0]
		return x.Date.Before(y.Date) || x.Date == y.Date && x.N < y.N
	})
}

// returns finds payees of the loan that pay the borrower back within days.
func (a *FlowAnalysis) returns(tr *LoanTrace, uses []int) {
	l := a.Limits.Loan
	rows := a.Flow.Rows
	by := map[string]*LoanBack{}
	var keys []string
	for _, i := range uses {
		k := a.key[i]
		if k == "" || a.Class[i] == ClassOwn || a.Class[i] == ClassWealth || classData().bankish(rows[i].Party) || rows[i].Out.LessThan(tr.Loan.In.Mul(l.Ignore)) {
			continue
		}
		if by[k] == nil {
			by[k] = &LoanBack{}
			keys = append(keys, k)
		}
		by[k].Paid, by[k].Out = append(by[k].Paid, rows[i]), by[k].Out.Add(rows[i].Out)
	}
	for _, k := range keys {
		b := by[k]
		first := b.Paid[0]
		for _, j := range a.ofParty(k, first.Date, first.Date.AddDays(l.BackDays)) {
			if len(b.Back) >= 1000 {
				break
			}
			if a.cents[j] > 0 && (rows[j].Date != first.Date || rows[j].N > first.N) {
				b.Back, b.In, b.Days = append(b.Back, rows[j]), b.In.Add(rows[j].In), rows[j].Date.Sub(first.Date)
			}
		}
		if len(b.Back) > 0 && !b.In.LessThan(b.Out.Mul(l.BackShare)) {
			tr.Back = append(tr.Back, *b)
		}
	}
}

// loanIssues tells uses of loan money that are not payments for trade.
func (a *FlowAnalysis) loanIssues() {
	for _, l := range a.Loans {
		a.useIssues(l)
		for _, s := range l.Splits {
			if s.Below {
				a.issue(KindLoanSplit, s.Total, fmt.Sprintf("《%s》%s贷款%s元发放后，分%d笔向%s支付共%s元，单笔均低于受托支付起点%s元，疑化整为零", a.Flow.File, l.Loan.Date,
					Money(l.Loan.In), len(s.Rows), s.Rows[0].Party, Money(s.Total), Money(a.Limits.Loan.EntrustedLimit)), "", append([]Txn{l.Loan}, s.Rows...)...)
				continue
			}
			a.issue(KindLoanSplit, s.Total, fmt.Sprintf("《%s》%s贷款%s元发放后，%s以每笔约%s元均分付给%d个收款人，共%s元，用途须逐户核实", a.Flow.File, l.Loan.Date,
				Money(l.Loan.In), s.Rows[0].Date, Money(s.Rows[0].Out), s.Payees, Money(s.Total)), "", append([]Txn{l.Loan}, s.Rows...)...)
		}
		for _, b := range l.Back {
			a.issue(KindLoanReturn, b.In, fmt.Sprintf("《%s》%s贷款%s元发放后付给%s %s元，%d天内由其转回%s元（占%s），疑贷款资金回流", a.Flow.File, l.Loan.Date,
				Money(l.Loan.In), b.Paid[0].Party, Money(b.Out), b.Days, Money(b.In), percent(div(b.In, b.Out))), fmt.Sprintf("%s ÷ %s = %s", Money(b.In),
				Money(b.Out), percent(div(b.In, b.Out))), append(slices.Clone(b.Paid), b.Back...)...)
		}
	}
}

func (a *FlowAnalysis) useIssues(l LoanTrace) {
	type use struct{ party, what string }
	var order []use
	by := map[use][]Txn{}
	for i, t := range l.Uses {
		what := a.purpose(t)
		if what == "" && away(l.Classes[i]) {
			what = l.Classes[i].Chinese()
		}
		if what == "" {
			continue
		}
		k := use{t.Party, what}
		if by[k] == nil {
			order = append(order, k)
		}
		by[k] = append(by[k], t)
	}
	for _, k := range order {
		var days []string
		sum := zero
		for _, t := range by[k] {
			days, sum = append(days, t.Date.String()), sum.Add(t.Out)
		}
		if sum.LessThan(l.Loan.In.Mul(a.Limits.Loan.Ignore)) { // wages, expenses
			continue
		}
		who, times := k.party, ""
		if who == "" {
			who = "流水未列户名的账户"
		}
		if len(days) > 1 {
			times = fmt.Sprintf("共%d笔、合计", len(days))
		}
		a.issue(KindLoanUse, sum, fmt.Sprintf("《%s》%s贷款%s元发放后，%s有%s%s元流向%s（%s）", a.Flow.File, l.Loan.Date, Money(l.Loan.In),
			shortList(days, 6, "等日"), times, Money(sum), who, k.what), "", append([]Txn{l.Loan}, by[k]...)...)
	}
}

func shortList(s []string, most int, more string) string {
	if len(s) > most {
		s = append(s[:most:most], more)
	}
	out := ""
	for i, x := range s {
		if i > 0 {
			out += "、"
		}
		out += x
	}
	return out
}
