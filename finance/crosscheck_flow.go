package finance

import (
	"fmt"
	"slices"

	"github.com/xindiao/xindiao/dossier"
)

// flowSums are the classes of bank rows that a span's statements can be held against.
var flowSums = []struct {
	id    string
	class Class
	out   bool
}{{"bank_receipts", ClassCustomer, false}, {"bank_interest_paid", ClassLoanInterest, true}, {"bank_payroll", ClassPayroll, true},
	{"bank_taxes", ClassTax, true}}

// feedFlows adds, for each span of the statements that the accounts cover from its first to its last month, what the
// accounts together show for exactly these months, and the VAT rate that receipts carry. Accounts that cover only a
// part are left out and named.
func (st *Study) feedFlows() {
	s := st.Set
	accounts := st.accounts()
	for _, p := range st.Periods {
		var in []crossAccount
		short := 0
		for _, a := range accounts {
			if covers(a.Flow, p) {
				in = append(in, a)
			} else {
				short++
			}
		}
		if !slices.ContainsFunc(in, func(a crossAccount) bool { return a.Flow.Kind == FlowBank }) {
			st.spreadReceipts(p, accounts)
			continue
		}
		for _, k := range flowSums {
			st.flowSum(k.id, k.class, k.out, p, in, short)
		}
		s.rateOf(p)
	}
	s.powerOf()
}

// crossAccount is one account or wallet of the borrower, its statements joined.
type crossAccount struct {
	*FlowAnalysis
	drop func(row int) bool // transfers between the accounts and money that went in circles: no receipts
}

func (st *Study) accounts() []crossAccount {
	var out []crossAccount
	if j := st.Together; j != nil {
		for n, acc := range j.Accounts {
			if acc.mine {
				out = append(out, crossAccount{acc.analysis, func(i int) bool { return j.internal[n][i] || j.circular[n][i] }})
			}
		}
		return out
	}
	for _, a := range st.Flows {
		if a.Flow.Kind != FlowBank || SameName(a.Flow.Owner, st.Set.Entity) {
			out = append(out, crossAccount{a, func(int) bool { return false }})
		}
	}
	return out
}

// covers tells whether an account's rows run over every month of p.
func covers(f *Flow, p dossier.Period) bool {
	first := p.End.AddDays(1).AddMonths(-p.Months)
	return !f.Start.IsZero() && !f.Start.After(first.AddDays(6)) && !f.End.Before(p.End.AddDays(-6))
}

// flowSum adds the rows of a class within p over several accounts.
func (st *Study) flowSum(id string, class Class, out bool, p dossier.Period, in []crossAccount, short int) {
	first := p.End.AddDays(1).AddMonths(-p.Months)
	total, n := zero, 0
	var at dossier.Place
	hits := 0
	for _, a := range in {
		before := n
		for i, t := range a.Flow.Rows {
			if i >= len(a.Class) || a.Class[i] != class || a.drop(i) || t.Date.Before(first) || t.Date.After(p.End) {
				continue
			}
			v := t.In
			if out {
				v = t.Out
			}
			if !v.IsPositive() {
				continue
			}
			if total, n = total.Add(v), n+1; n == 1 {
				if at = t.At; at.File == "" {
					at.File = a.Flow.File
				}
			}
		}
		if n > before {
			hits++
		}
	}
	if n == 0 {
		return
	}
	at.Quote = fmt.Sprintf("%s%d笔%s合计 %s", p.Chinese(), n, class.Chinese(), Money(total))
	var notes []string
	if hits > 1 {
		notes = append(notes, fmt.Sprintf("%d个账户合计", hits))
	}
	if short > 0 {
		notes = append(notes, fmt.Sprintf("有%d个账户的流水未覆盖该期间，未计入", short))
	}
	st.Set.add(dossier.Figure{Indicator: id, Entity: st.Set.Entity, Period: p, Value: total, Unit: dossier.Yuan, Basis: dossier.BasisOfficial,
		Note: joinNotes(notes), Source: &dossier.Source{Place: at, Printed: Money(total), Unit: dossier.Yuan}})
}

// spreadReceipts stands in where no account covers p: the receipts of the account with the most months within it, three
// at least and half of p, spread evenly over p.
func (st *Study) spreadReceipts(p dossier.Period, accounts []crossAccount) {
	var best []crossAccount
	var q dossier.Period
	for _, a := range accounts {
		if a.Flow.Kind != FlowBank {
			continue
		}
		for m := p.Months - 1; m >= 3 && 2*m >= p.Months && m > q.Months; m-- {
			if part := dossier.Span(p.End, m); covers(a.Flow, part) {
				best, q = []crossAccount{a}, part
			}
		}
	}
	if best == nil {
		return
	}
	st.flowSum("bank_receipts", ClassCustomer, false, q, best, len(accounts)-1)
	f, ok := st.Set.Best("bank_receipts", "", q)
	if !ok {
		return
	}
	st.Set.add(dossier.Figure{Indicator: "bank_receipts", Entity: st.Set.Entity, Period: p, Value: div(f.Value.Mul(intD(p.Months)), intD(q.Months)).Round(2),
		Unit: dossier.Yuan, Basis: dossier.BasisComputed, Formula: fmt.Sprintf("bank_receipts * %d / %d", p.Months, q.Months), Operands: []string{f.ID},
		Note: fmt.Sprintf("流水只覆盖%s，按月均折算为%d个月", q.Chinese(), p.Months)})
	st.Set.rateOf(p)
}

// Rates where no return shows output tax: goods of a general taxpayer, and the reduced levy of small ones.
var (
	assumedRate = dossier.D("0.13")
	smallRate   = dossier.D("0.01")
)

// rateOf adds the VAT that receipts of p carry: output tax over sales of a return near p.
func (s *Set) rateOf(p dossier.Period) {
	for _, q := range s.Periods("vat_output_month", "") {
		a, _ := s.Best("vat_output_month", "", q)
		b, ok := s.Best("vat_sales_month", "", q)
		if ok && b.Value.IsPositive() && q.End.Year >= p.End.Year-1 && q.End.Year <= p.End.Year {
			s.add(dossier.Figure{Indicator: "vat_rate", Entity: s.Entity, Period: p, Value: div(a.Value, b.Value).Round(4), Unit: dossier.Ratio,
				Basis: dossier.BasisComputed, Formula: "vat_output_month / vat_sales_month", Operands: []string{a.ID, b.ID}})
			return
		}
	}
	rate, note := assumedRate, "未见申报表销项税额，按13%估计"
	if len(s.Periods("vat_sales_quarter", "")) > 0 {
		rate, note = smallRate, "按季申报的小规模纳税人，按1%征收率"
	}
	s.add(dossier.Figure{Indicator: "vat_rate", Entity: s.Entity, Period: p, Value: rate, Unit: dossier.Ratio, Basis: dossier.BasisComputed,
		Formula: rate.String(), Note: note})
}
