package finance

import (
	"fmt"
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// FlowAccount is one account of the dossier beside the others.
type FlowAccount struct {
	Owner, Account, Bank string
	Kind                 FlowKind
	Relation             string // 借款人, 关联人, 其他
	Files                []string
	Start, End           dossier.Date
	In, Out, Receipts    dossier.Decimal
	Average              *dossier.Decimal
	Rows, Doubled        int
	analysis             *FlowAnalysis
	mine                 bool // the borrower's
}

// FlowLeg is a row of one of the accounts.
type FlowLeg struct {
	Account int // place in Accounts
	Row     Txn
}

// Transfer is money that left one account of the dossier and came in on another.
type Transfer struct {
	Out, In FlowLeg
	Amount  dossier.Decimal
}

// Circle is money that went through several hands and came back to where it started.
type Circle struct {
	Names []string // of the hands, the first again at the end
	Legs  []FlowLeg
	Days  int
	In    dossier.Decimal // that came back
}

// MissingAccount is an own account that transfers name and whose statement is not there, or lacks the other side.
type MissingAccount struct {
	Owner, Account string // number as printed, "" when none is
	There          bool   // its statement is there, without these rows
	In, Out        dossier.Decimal
	Legs           []FlowLeg
}

// TogetherMonth is one month over all accounts.
type TogetherMonth struct {
	Month             string
	In, Out           dossier.Decimal
	Internal          dossier.Decimal // between the accounts, once
	OwnIn, OwnOut     dossier.Decimal // with own accounts that are not in the dossier
	Circular          dossier.Decimal // round trips and circles, once
	NetIn, NetOut     dossier.Decimal
	Receipts          dossier.Decimal // for trade, on the borrower's accounts and wallets
	Cards             dossier.Decimal // for trade, on cards of persons: counted only with contracts and invoices
	Loans, Repayments dossier.Decimal
}

// FlowsTogether is the whole dossier's view of money: all accounts of the borrower and of those close to it, netted.
type FlowsTogether struct {
	Accounts  []FlowAccount
	Transfers []Transfer
	Circles   []Circle
	Missing   []MissingAccount
	Hops      []LoanHop
	Months    []TogetherMonth
	Total     TogetherMonth // over all months
	TopIn     []PartyTotal
	TopOut    []PartyTotal
	Figures   []dossier.Figure
	Issues    []Issue

	options  FlowOptions
	internal []map[int]bool // rows of each account that are transfers
	circular []map[int]bool
}

// Together joins the parts of each account, matches transfers between accounts, finds circles through several hands
// and nets what was counted twice.
func Together(as []*FlowAnalysis, o FlowOptions) *FlowsTogether {
	j := &FlowsTogether{options: o}
	by := map[*Flow]*FlowAnalysis{}
	var fs []*Flow
	for _, a := range as {
		by[a.Flow] = a
		fs = append(fs, a.Flow)
	}
	rest := o
	rest.MinMonths = 0
	for _, f := range JoinFlows(fs) {
		a := by[f]
		if a == nil {
			a = Analyse(f, rest)
			j.partIssues(a, as)
		}
		j.account(a)
	}
	j.transfers()
	j.circles()
	j.missing()
	j.hops()
	j.net()
	j.issues()
	return j
}

func (j *FlowsTogether) account(a *FlowAnalysis) {
	f := a.Flow
	x := FlowAccount{Owner: f.Owner, Account: f.Account, Bank: f.Bank, Kind: f.Kind, Files: f.Parts, Start: f.Start, End: f.End, In: a.TotalIn, Out: a.TotalOut,
		Receipts: a.Receipts, Average: a.Average, Rows: len(f.Rows), Doubled: f.Doubled, analysis: a, Relation: "其他"}
	if x.Files == nil {
		x.Files = []string{f.File}
	}
	switch {
	case SameName(f.Owner, j.options.Borrower) || f.Owner == "" && f.DocType != "bank_statement_personal":
		x.Relation, x.mine = "借款人", true
	case f.Kind != FlowBank: // wallets print nicknames; they are handed in as the borrower's takings
		x.Relation, x.mine = "借款人", true
	case j.options.related(f.Owner):
		x.Relation = "关联人"
	}
	j.Accounts = append(j.Accounts, x)
	j.internal, j.circular = append(j.internal, map[int]bool{}), append(j.circular, map[int]bool{})
}

func (o FlowOptions) related(name string) bool {
	for _, n := range o.RelatedNames {
		if SameName(n, name) {
			return true
		}
	}
	return false
}

// partIssues keeps what only the joined account shows: rows missing between two parts.
func (j *FlowsTogether) partIssues(a *FlowAnalysis, as []*FlowAnalysis) {
	seen := map[string]bool{}
	for _, p := range as {
		for _, is := range p.Issues {
			seen[is.Kind+fmt.Sprint(is.Diff)] = true
		}
	}
	for _, is := range a.Issues {
		if is.Kind == KindRunning && !seen[is.Kind+fmt.Sprint(is.Diff)] {
			j.Issues = append(j.Issues, is)
		}
	}
	if j.options.MinMonths > 0 && a.FullMonths < j.options.MinMonths && a.Flow.DocType == flowTypes[0] {
		a.issue(KindMonths, intD(a.FullMonths-j.options.MinMonths), fmt.Sprintf("账户%s各份流水合计只覆盖%s至%s（%d个月），不足%d个月", a.Flow.Account,
			a.Flow.Start, a.Flow.End, a.FullMonths, j.options.MinMonths), "")
		j.Issues = append(j.Issues, a.Issues[len(a.Issues)-1])
	}
}

// net sums the months over all accounts.
func (j *FlowsTogether) net() {
	months := map[[2]int]*TogetherMonth{}
	in, out := map[string]*PartyTotal{}, map[string]*PartyTotal{}
	for n, acc := range j.Accounts {
		a := acc.analysis
		for _, i := range a.order {
			t, c := &a.Flow.Rows[i], a.Class[i]
			k := [2]int{t.Date.Year, int(t.Date.Month)}
			m := months[k]
			if m == nil {
				m = &TogetherMonth{Month: fmt.Sprintf("%04d-%02d", k[0], k[1])}
				months[k] = m
			}
			addTo(&m.In, t.In)
			addTo(&m.Out, t.Out)
			switch {
			case j.internal[n][i]:
				m.Internal = m.Internal.Add(t.In)
				continue
			case a.trip[i] || j.circular[n][i]:
				m.Circular = m.Circular.Add(t.In)
				continue
			case c == ClassOwn:
				m.OwnIn, m.OwnOut = m.OwnIn.Add(t.In), m.OwnOut.Add(t.Out)
				continue
			}
			addTo(&m.NetIn, t.In)
			addTo(&m.NetOut, t.Out)
			switch {
			case c == ClassCustomer && acc.mine:
				m.Receipts = m.Receipts.Add(t.In)
				addParty(in, a.key[i], t)
			case c == ClassCustomer:
				m.Cards = m.Cards.Add(t.In)
			case c == ClassLoanIn:
				m.Loans = m.Loans.Add(t.In)
			case c == ClassLoanRepay:
				m.Repayments = m.Repayments.Add(t.Out)
			case t.Out.IsPositive() && paid(c):
				addParty(out, a.key[i], t)
			}
		}
	}
	j.Months = nil
	for _, m := range months {
		j.Months = append(j.Months, *m)
	}
	sort.Slice(j.Months, func(a, b int) bool { return j.Months[a].Month < j.Months[b].Month })
	for i := range j.Months {
		m, t := &j.Months[i], &j.Total
		t.In, t.Out, t.Internal = t.In.Add(m.In), t.Out.Add(m.Out), t.Internal.Add(m.Internal)
		t.OwnIn, t.OwnOut, t.Circular = t.OwnIn.Add(m.OwnIn), t.OwnOut.Add(m.OwnOut), t.Circular.Add(m.Circular)
		t.NetIn, t.NetOut = t.NetIn.Add(m.NetIn), t.NetOut.Add(m.NetOut)
		t.Receipts, t.Cards = t.Receipts.Add(m.Receipts), t.Cards.Add(m.Cards)
		t.Loans, t.Repayments = t.Loans.Add(m.Loans), t.Repayments.Add(m.Repayments)
	}
	j.TopIn, j.TopOut = topParties(in, j.Total.Receipts), topParties(out, j.Total.NetOut)
}

// leg is row i of account n.
func (j *FlowsTogether) leg(n, i int) FlowLeg {
	return FlowLeg{n, j.Accounts[n].analysis.Flow.Rows[i]}
}
