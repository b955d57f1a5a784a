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
}

// MonthTotal is one calendar month of a flow.
type MonthTotal struct {
	Month   string // 2026-08
	In, Out dossier.Decimal
	Receipt dossier.Decimal // customer receipts
	Rows    int
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
	Bridges    []Bridge
	Lent       []Txn
	Loans      []LoanTrace
	Passed     []PassThrough
	Breaks     []Break
	Average    *dossier.Decimal // mean daily balance, when balances are printed
	Figures    []dossier.Figure
	Issues     []Issue

	byClass map[Class][]Txn
}

// Analyse computes totals, patterns and issues of a flow.
func Analyse(f *Flow, o FlowOptions) *FlowAnalysis {
	a := &FlowAnalysis{Flow: f, Classes: map[Class]dossier.Decimal{}, byClass: map[Class][]Txn{}}
	a.Class = make([]Class, len(f.Rows))
	for i, t := range f.Rows {
		a.Class[i] = o.classify(f, t)
	}
	a.roundTrips()
	a.totals()
	a.running()
	a.interest()
	a.bridges(o)
	a.loanTrace()
	a.passThrough()
	a.issues(o)
	a.figures()
	return a
}

// totals sums rows by month, class and counterparty.
func (a *FlowAnalysis) totals() {
	months := map[string]*MonthTotal{}
	in, out := map[string]*PartyTotal{}, map[string]*PartyTotal{}
	trip := a.inTrips()
	for i, t := range a.Flow.Rows {
		c := a.Class[i]
		a.TotalIn, a.TotalOut = a.TotalIn.Add(t.In), a.TotalOut.Add(t.Out)
		k := t.Date.String()[:7]
		m := months[k]
		if m == nil {
			m = &MonthTotal{Month: k}
			months[k] = m
		}
		m.In, m.Out, m.Rows = m.In.Add(t.In), m.Out.Add(t.Out), m.Rows+1
		a.Classes[c] = a.Classes[c].Add(t.Amount())
		a.byClass[c] = append(a.byClass[c], t)
		switch {
		case c == ClassCustomer && !trip[t.N]:
			a.Receipts = a.Receipts.Add(t.In)
			m.Receipt = m.Receipt.Add(t.In)
			addParty(in, t)
		case t.Out.IsPositive() && (c == ClassOut || c == ClassRelated || c == ClassLent || c == ClassPersonal) && !trip[t.N]:
			addParty(out, t)
		}
	}
	a.Lent = a.byClass[ClassLent]
	for _, m := range months {
		a.Months = append(a.Months, *m)
	}
	sort.Slice(a.Months, func(i, j int) bool { return a.Months[i].Month < a.Months[j].Month })
	a.TopIn, a.TopOut = topParties(in, a.Receipts), topParties(out, a.TotalOut)
	a.FullMonths = monthsCovered(a.Flow.Start, a.Flow.End)
}

func addParty(m map[string]*PartyTotal, t Txn) {
	if t.Party == "" {
		return
	}
	k := nameKey(t.Party)
	p := m[k]
	if p == nil {
		p = &PartyTotal{Party: t.Party}
		m[k] = p
	}
	p.Amount, p.Rows = p.Amount.Add(t.Amount()), p.Rows+1
}

func topParties(m map[string]*PartyTotal, of dossier.Decimal) []PartyTotal {
	out := make([]PartyTotal, 0, len(m))
	for _, p := range m {
		if of.IsPositive() {
			p.Share = div(p.Amount, of).Round(4)
		}
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

// Break is a row whose balance does not follow from the row before.
type Break struct {
	Row      Txn
	Expected dossier.Decimal
}

// running recomputes the balance row by row. Rows of one moment may be printed in any order, so a row is also right
// when the next one puts it straight.
func (a *FlowAnalysis) running() {
	rows := a.Flow.Rows
	prev := a.Flow.Opening
	for i := range rows {
		t := rows[i]
		if t.Balance == nil {
			return
		}
		if prev != nil {
			want := prev.Add(t.In).Sub(t.Out)
			if !want.Equal(*t.Balance) {
				a.Breaks = append(a.Breaks, Break{t, want})
			}
		}
		prev = t.Balance
	}
	if len(a.Breaks) > len(rows)/4 && len(rows) > 8 { // not a running balance in this order
		a.Breaks = nil
	}
	a.average()
}

// average is the mean of the closing balances of every day from the first row on.
func (a *FlowAnalysis) average() {
	days, total := a.balanceDays(a.Flow.Start, a.Flow.End.AddDays(1))
	if days > 0 {
		v := div(total, intD(days)).Round(2)
		a.Average = &v
	}
}

// balanceDays sums the daily closing balances from start up to, not including, end.
func (a *FlowAnalysis) balanceDays(start, end dossier.Date) (int, dossier.Decimal) {
	rows := a.Flow.Rows
	bal := a.Flow.Opening
	day, total, n := start, zero, 0
	step := func(to dossier.Date) {
		if bal == nil || !day.Before(to) {
			if day.Before(to) {
				day = to
			}
			return
		}
		k := to.Sub(day)
		total, n, day = total.Add(bal.Mul(intD(k))), n+k, to
	}
	for i := range rows {
		if rows[i].Balance == nil {
			return 0, zero
		}
		if !rows[i].Date.Before(end) {
			break
		}
		if rows[i].Date.After(day) {
			step(rows[i].Date)
		}
		bal = rows[i].Balance
	}
	step(end)
	return n, total
}

// InterestRow is one settlement of deposit interest with the balances behind it.
type InterestRow struct {
	Row      Txn
	Days     int             // covered by the rows
	Balances dossier.Decimal // sum of daily balances over those days (积数)
	Rate     dossier.Decimal // yearly rate that follows, 360 days
	Partial  bool            // the flow starts within the quarter
}

func (a *FlowAnalysis) interest() {
	from := a.Flow.Start
	for _, t := range a.byClass[ClassInterest] {
		r := InterestRow{Row: t, Partial: t.Date.Sub(from) < 85}
		r.Days, r.Balances = a.balanceDays(from, t.Date)
		if r.Balances.IsPositive() {
			r.Rate = div(t.In.Mul(year360), r.Balances).Round(6)
		}
		a.Interest = append(a.Interest, r)
		from = t.Date
	}
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
