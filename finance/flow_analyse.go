package finance

import (
	"fmt"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// FlowOptions say who is who.
type FlowOptions struct {
	Borrower     string
	RelatedNames []string // shareholders, legal representative, spouse, related companies
	MinMonths    int      // months that the bank asks for; 0: no check
	Lenders      []string // as the credit reports of the dossier name them
	Reported     bool     // a credit report is there, so that a lender that it lacks means something
	Scan         bool     // the rows come from OCR: what does not add up may be misread
}

// MonthTotal is one calendar month of a flow.
type MonthTotal struct {
	Month   string // 2026-08
	In, Out dossier.Decimal
	Receipt dossier.Decimal // customer receipts
	Rows    int
	Average *dossier.Decimal          // mean daily balance over the month's days that the flow covers
	Classes map[Class]dossier.Decimal // amounts by class
}

// PartyTotal is one counterparty.
type PartyTotal struct {
	Party  string
	Amount dossier.Decimal
	Rows   int
	Share  dossier.Decimal // of customer receipts, or of all payments
}

// FlowAnalysis is everything that a flow shows.
type FlowAnalysis struct {
	Flow       *Flow
	Limits     *FlowLimits // the thresholds used
	TotalIn    dossier.Decimal
	TotalOut   dossier.Decimal
	Months     []MonthTotal
	FullMonths int // calendar months covered from first to last day
	Classes    map[Class]dossier.Decimal
	Class      []Class // of each row
	Receipts   dossier.Decimal
	TopIn      []PartyTotal // by customer receipts
	TopOut     []PartyTotal // by payments to others than banks and tax offices
	Interest   []InterestRow
	RoundTrips []RoundTrip
	RoundTotal dossier.Decimal // money in of the round trips
	Circles    []Circulation   // out and back (or in and back) within days, same party
	Bridges    []Bridge
	Lent       []Txn
	Loans      []LoanTrace
	Passed     []PassThrough
	Breaks     []Break
	Unsteady   bool // the balance column does not run on at all: Breaks tells the count, not each
	Debts      []DebtSign
	Dressings  []Dressing
	Silences   []Silence
	Fast       FastMoney
	Habits     FlowHabits
	Average    *dossier.Decimal // mean daily balance, when balances are printed
	Figures    []dossier.Figure
	Issues     []Issue

	byClass map[Class][]Txn
	flowIndex
	closing []dayBalance
}

// Analyse computes totals, patterns and issues of a flow.
func Analyse(f *Flow, o FlowOptions) *FlowAnalysis {
	a := &FlowAnalysis{Flow: f, Limits: Limits(), Classes: map[Class]dossier.Decimal{}, byClass: map[Class][]Txn{}}
	a.index(newClassifier(f, o))
	a.roundTrips()
	a.running()
	a.totals()
	a.interest()
	a.bridges()
	a.loanTrace()
	a.passThrough()
	a.circulations()
	a.debts(o)
	a.dressing()
	a.silences()
	a.fastMoney()
	a.habits()
	a.issues(o)
	a.figures()
	return a
}

// totals sums rows by month, class and counterparty.
func (a *FlowAnalysis) totals() {
	months := map[[2]int]*MonthTotal{}
	in, out := map[string]*PartyTotal{}, map[string]*PartyTotal{}
	for _, i := range a.order {
		t, c := &a.Flow.Rows[i], a.Class[i]
		addTo(&a.TotalIn, t.In)
		addTo(&a.TotalOut, t.Out)
		k := [2]int{t.Date.Year, int(t.Date.Month)}
		m := months[k]
		if m == nil {
			m = &MonthTotal{Month: fmt.Sprintf("%04d-%02d", k[0], k[1]), Classes: map[Class]dossier.Decimal{}}
			months[k] = m
		}
		addTo(&m.In, t.In)
		addTo(&m.Out, t.Out)
		m.Rows++
		v := t.Amount()
		m.Classes[c] = m.Classes[c].Add(v)
		a.Classes[c] = a.Classes[c].Add(v)
		a.byClass[c] = append(a.byClass[c], *t)
		switch {
		case a.trip[i]:
		case c == ClassCustomer:
			a.Receipts = a.Receipts.Add(t.In)
			m.Receipt = m.Receipt.Add(t.In)
			addParty(in, a.key[i], t)
		case t.Out.IsPositive() && paid(c):
			addParty(out, a.key[i], t)
		}
	}
	a.Lent = a.byClass[ClassLent]
	for _, m := range months {
		d := monthStart(m.Month)
		if n, v := a.balanceDays(d, d.AddMonths(1)); n > 0 {
			v = div(v, intD(n)).Round(2)
			m.Average = &v
		}
		a.Months = append(a.Months, *m)
	}
	sort.Slice(a.Months, func(i, j int) bool { return a.Months[i].Month < a.Months[j].Month })
	a.TopIn, a.TopOut = topParties(in, a.Receipts), topParties(out, a.TotalOut)
	a.FullMonths = monthsCovered(a.Flow.Start, a.Flow.End)
}

// addTo adds what is not zero: half of all sums over rows.
func addTo(to *dossier.Decimal, v dossier.Decimal) {
	if !v.IsZero() {
		*to = to.Add(v)
	}
}

// paid tells whether a class is a payment to a counterparty of the trade or to somebody close.
func paid(c Class) bool {
	switch c {
	case ClassOut, ClassRelated, ClassLent, ClassPersonal, ClassRent, ClassUtility:
		return true
	}
	return false
}

func monthStart(m string) dossier.Date {
	d, _ := dossier.ParseDate(m + "-01")
	return d
}

func addParty(m map[string]*PartyTotal, key string, t *Txn) {
	if key == "" {
		return
	}
	p := m[key]
	if p == nil {
		p = &PartyTotal{Party: t.Party}
		m[key] = p
	}
	p.Amount, p.Rows = p.Amount.Add(t.Amount()), p.Rows+1
	p.Party = min(p.Party, t.Party) // of several spellings, whatever their order
}

func topParties(m map[string]*PartyTotal, of dossier.Decimal) []PartyTotal {
	out := make([]PartyTotal, 0, len(m))
	for _, p := range m {
		out = append(out, *p)
	}
	sort.Slice(out, func(i, j int) bool {
		if !out[i].Amount.Equal(out[j].Amount) {
			return out[i].Amount.GreaterThan(out[j].Amount)
		}
		return out[i].Party < out[j].Party
	})
	if len(out) > 20 {
		out = out[:20]
	}
	for i := range out {
		if of.IsPositive() {
			out[i].Share = div(out[i].Amount, of).Round(4)
		}
	}
	return out
}

// monthsCovered counts calendar months from start to end, a month counting when it is covered to its end or for at
// least 25 days.
func monthsCovered(start, end dossier.Date) int {
	if start.IsZero() || end.Before(start) {
		return 0
	}
	n := (end.Year-start.Year)*12 + int(end.Month) - int(start.Month) + 1
	if start.MonthEnd().Sub(start) < 24 {
		n--
	}
	if end.Day < 25 {
		n--
	}
	return max(n, 0)
}

func parties(ps []PartyTotal, n int) string {
	var out []string
	for i, p := range ps {
		if i < n {
			out = append(out, fmt.Sprintf("%s %s元（%s）", p.Party, Money(p.Amount), percent(p.Share)))
		}
	}
	return strings.Join(out, "、")
}
