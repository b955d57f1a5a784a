package repay

import (
	"fmt"
	"sort"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

// PlanMonth is one month under a plan.
type PlanMonth struct {
	Month
	Principal dossier.Decimal
	Interest  dossier.Decimal
	Cash      dossier.Decimal  // cumulated, after all service
	DSCR      *dossier.Decimal // Net and Return over all service of the month; nil when there is none
}

// Plan is one candidate for a loan with what it does to the borrower's months.
type Plan struct {
	ID, Name, Fit string
	Schedule      *Schedule
	Months        []PlanMonth
	MinCash       dossier.Decimal // lowest cumulated cash
	Worst         dossier.Date    // end of the month in which it stands
	LowDSCR       *dossier.Decimal
	LowDSCRMonth  dossier.Date
	Shortfalls    []dossier.Date // ends of months with cumulated cash below zero
	Half          dossier.Decimal
	Last          dossier.Decimal // share of the principal that maturity repays
	Remarks       []string        // what the plan needs justified by law, with the article
	Points        []Point
	Score         dossier.Decimal // 0 to 100
	Rank          int             // from 1
	Why           string          // one sentence in Chinese
}

// Excluded is a candidate that is not offered.
type Excluded struct{ ID, Name, Why string }

// Plans are the candidates for one loan, ranked.
type Plans struct {
	Terms    Terms // principal, rate, start, months and count that all share
	Forecast Forecast
	Scoring  Scoring
	Plans    []Plan
	Excluded []Excluded
	Remarks  []string // of the loan as a whole, as a term that must be justified
	Why      string   // why there are none, in Chinese
}

// Offer makes every candidate of data/plans.yaml for the loan, leaves out what the limit forbids and what comes to
// the same payments as another, and ranks the rest. limit nil: no law at hand speaks of the product.
func Offer(loan Terms, f Forecast, limit *Limit) *Plans {
	p := &Plans{Terms: loan, Forecast: f, Scoring: TheScoring()}
	why, hard := limit.Term(loan.Months)
	if hard {
		p.Why = why
		return p
	}
	if why != "" {
		p.Remarks = append(p.Remarks, why)
	}
	seen := map[string]string{}
	b := theBook().plans
	for _, tpl := range b.Plans {
		s, err := New(tpl.terms(loan, f, b.Slope))
		if err != nil {
			p.Excluded = append(p.Excluded, Excluded{tpl.ID, tpl.Name, err.Error()})
			continue
		}
		why, remark := limit.Allows(s)
		if why != "" {
			p.Excluded = append(p.Excluded, Excluded{tpl.ID, tpl.Name, why})
			continue
		}
		key := s.key()
		if other, ok := seen[key]; ok {
			p.Excluded = append(p.Excluded, Excluded{tpl.ID, tpl.Name, "与“" + other + "”的还款相同"})
			continue
		}
		seen[key] = tpl.Name
		plan := Plan{ID: tpl.ID, Name: tpl.Name, Fit: tpl.Fit, Schedule: s}
		if remark != "" {
			plan.Remarks = []string{remark}
		}
		plan.months(f)
		p.Plans = append(p.Plans, plan)
	}
	if len(p.Plans) == 0 {
		p.Why = "没有可行的还款方案"
		if len(p.Excluded) > 0 {
			p.Why += "：" + p.Excluded[0].Why
		}
		return p
	}
	p.rank()
	return p
}

// key tells schedules with the same payments apart from others.
func (s *Schedule) key() string {
	out := ""
	for _, r := range s.Rows {
		if r.Payment.IsPositive() {
			out += r.Date.String() + ":" + r.Principal.String() + "/" + r.Interest.String() + ";"
		}
	}
	return out
}

// terms fits the template to the loan.
func (tpl Template) terms(loan Terms, f Forecast, slope dossier.Decimal) Terms {
	t := loan
	t.Method, t.Every, t.Repay = tpl.Method, tpl.Every, tpl.Repay
	t.Grace = int(tpl.Grace.Mul(intD(t.Months)).IntPart())
	t.Balloon = t.Principal.Mul(tpl.Balloon).Round(2)
	if t.Method == Planned {
		t.Weights = tpl.weights(t, f, slope)
	}
	return t
}

// weights are the shares of principal at the plan's dates.
func (tpl Template) weights(t Terms, f Forecast, slope dossier.Decimal) []dossier.Decimal {
	frame := &Schedule{Terms: t}
	if frame.Terms.Every == 0 {
		frame.Terms.Every = 1
	}
	if frame.Terms.Repay == 0 {
		frame.Terms.Repay = frame.Terms.Every
	}
	frame.frame()
	due := frame.due()
	n := len(due)
	out := make([]dossier.Decimal, n)
	from := dossier.Date{}
	for k, i := range due {
		switch tpl.Weights {
		case "up", "down":
			at := k
			if tpl.Weights == "down" {
				at = n - 1 - k
			}
			out[k] = one
			if n > 1 {
				out[k] = one.Add(div(slope.Sub(one).Mul(intD(at)), intD(n-1)))
			}
		case "flat":
			out[k] = one
		default:
			end := frame.Rows[i].Date.MonthEnd()
			out[k] = decimal.Max(zero, f.free(from, end))
			from = end
		}
	}
	if tpl.Weights == "peak" {
		keepPeaks(out)
	}
	total := zero
	for _, w := range out {
		total = total.Add(w)
	}
	if !total.IsPositive() { // no month leaves anything over
		for k := range out {
			out[k] = one
		}
	}
	return out
}

// free is what the months after from, up to end, leave over after existing debts.
func (f Forecast) free(from, end dossier.Date) dossier.Decimal {
	t := zero
	for _, m := range f.Months {
		if m.Month.After(from) && !m.Month.After(end) {
			t = t.Add(m.Net).Sub(m.Existing)
		}
	}
	return t
}

// keepPeaks drops the lower half of the dates.
func keepPeaks(ws []dossier.Decimal) {
	order := make([]int, len(ws))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return ws[order[a]].LessThan(ws[order[b]]) })
	for _, i := range order[:len(ws)/2] {
		ws[i] = zero
	}
}

// months runs the plan against the forecast.
func (p *Plan) months(f Forecast) {
	cash, from := f.Opening, p.Schedule.Terms.Start
	for k, m := range f.Months {
		r := PlanMonth{Month: m}
		r.Principal, r.Interest = p.Schedule.Between(from, m.Month)
		if k == len(f.Months)-1 { // a payment on a day of the last month, whatever the calendar
			r.Principal, r.Interest = p.Schedule.Between(from, dossier.NewDate(9999, 12, 31))
		}
		from = m.Month
		due := r.Principal.Add(r.Interest).Add(m.Existing)
		cash = cash.Add(m.Net).Add(m.Return).Sub(due)
		r.Cash = cash
		if due.IsPositive() {
			d := div(m.Net.Add(m.Return), due).Round(4)
			r.DSCR = &d
			if p.LowDSCR == nil || d.LessThan(*p.LowDSCR) {
				p.LowDSCR, p.LowDSCRMonth = &d, m.Month
			}
		}
		if k == 0 || cash.LessThan(p.MinCash) {
			p.MinCash, p.Worst = cash, m.Month
		}
		if cash.IsNegative() {
			p.Shortfalls = append(p.Shortfalls, m.Month)
		}
		p.Months = append(p.Months, r)
	}
	t := p.Schedule.Terms
	p.Half = div(p.Schedule.Balance(t.Start.AddMonths((t.Months+1)/2)), t.Principal).Round(4)
	last := p.Schedule.Rows[len(p.Schedule.Rows)-1]
	p.Last = div(last.Principal, t.Principal).Round(4)
}

// monthName prints 2027年3月.
func monthName(d dossier.Date) string { return fmt.Sprintf("%d年%d月", d.Year, int(d.Month)) }
