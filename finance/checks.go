package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Default tolerances of the cross-checks; a gap within them is a remark at most.
var (
	TolVAT     = dossier.D("0.10") // X1: declared sales against revenue
	TolPeople  = dossier.D("0.10") // X8: payroll against insured staff
	TolDebt    = dossier.D("0.01") // X11: credit report against borrowings
	TolAging   = dossier.D("0.001")
	TolUtility = dossier.D("0.05") // last month against the mean of the three before
)

// gap returns (a-b)/b.
func gap(a, b dossier.Decimal) (dossier.Decimal, bool) {
	if !b.IsPositive() {
		return zero, false
	}
	return div(a.Sub(b), b).Round(4), true
}

// add puts a figure into the set and returns it with its id.
func (s *Set) add(f dossier.Figure) dossier.Figure {
	g, _ := s.Figure(s.Add(f))
	return g
}

// CheckVAT compares the sales that the VAT returns of a year add up to with revenue of the same span (X1). Each
// return's cumulated sales become a figure vat_sales. Issues come only for gaps beyond tol (zero: TolVAT).
func (s *Set) CheckVAT(docs []*dossier.Document, tol dossier.Decimal) []Issue {
	if tol.IsZero() {
		tol = TolVAT
	}
	var out []Issue
	for _, d := range current(docs, "vat_return") {
		end, ok := fieldDate(d, "period_end")
		if !ok {
			if end, ok = fieldPeriod(d, "period"); !ok {
				continue
			}
		}
		p := dossier.Span(end.MonthEnd(), int(end.Month))
		f, ok := FromField(d, "sales_ytd", "vat_sales", s.ownerOf(d, "taxpayer"), p, dossier.Yuan)
		if !ok {
			continue
		}
		f = s.add(f)
		rev, ok := s.Best("revenue", f.Entity, p)
		if !ok {
			continue
		}
		g, ok := gap(f.Value, rev.Value)
		if !ok || g.Abs().LessThanOrEqual(tol) {
			continue
		}
		out = append(out, pairIssue(KindVAT, f, rev, fmt.Sprintf("%s增值税申报销售额%s元，利润表营业收入%s元，申报数%s%s", p.Chinese(), Money(f.Value),
			Money(rev.Value), higher(g), percent(g.Abs())), fmt.Sprintf("(%s － %s) ÷ %s = %s", Money(f.Value), Money(rev.Value), Money(rev.Value), percent(g))))
	}
	return out
}

func higher(g dossier.Decimal) string {
	if g.IsNegative() {
		return "低"
	}
	return "高"
}

func pairIssue(kind string, a, b dossier.Figure, msg, arithmetic string) Issue {
	is := Issue{Kind: kind, Indicator: a.Indicator, Name: a.Name, Entity: a.Entity, Period: a.Period, Expected: b.Value, Actual: a.Value,
		Diff: a.Value.Sub(b.Value), Figures: []dossier.Figure{a, b}, Docs: docsOf(a, b), Message: msg, Arithmetic: arithmetic}
	for _, f := range is.Figures {
		if f.Source != nil {
			is.Places = append(is.Places, f.Source.Place)
		}
	}
	return is
}

// ownerOf is the document's party as printed, the set's borrower when none is.
func (s *Set) ownerOf(d *dossier.Document, key string) string {
	if f, ok := d.Field(key); ok && f.Value != "" {
		if SameName(f.Value, s.Entity) {
			return s.Entity
		}
		return f.Value
	}
	return s.Entity
}

// CheckHeadcount compares payroll with insured staff (X8).
func (s *Set) CheckHeadcount(docs []*dossier.Document, tol dossier.Decimal) []Issue {
	if tol.IsZero() {
		tol = TolPeople
	}
	var out []Issue
	for _, pay := range current(docs, "payroll_list") {
		pe, _ := fieldPeriod(pay, "month")
		a, ok := FromField(pay, "headcount", "payroll_headcount", s.ownerOf(pay, "entity"), dossier.At(pe.MonthEnd()), dossier.Persons)
		if !ok || pe.IsZero() {
			continue
		}
		a = s.add(a)
		for _, soc := range current(docs, "social_insurance_record") {
			se, ok := fieldPeriod(soc, "last_period")
			if !ok {
				if se, ok = fieldDate(soc, "printed"); !ok {
					continue
				}
			}
			b, ok := FromField(soc, "last_headcount", "insured_headcount", s.ownerOf(soc, "entity"), dossier.At(se.MonthEnd()), dossier.Persons)
			if !ok || !SameName(a.Entity, b.Entity) {
				continue
			}
			b = s.add(b)
			g, ok := gap(a.Value, b.Value)
			if !ok || g.Abs().LessThanOrEqual(tol) {
				continue
			}
			out = append(out, pairIssue(KindHeadcount, a, b, fmt.Sprintf("工资表（%d年%d月）%s人，社保缴费（%d年%d月）%s人，相差%s", pe.Year, pe.Month, a.Value,
				se.Year, se.Month, b.Value, percent(g.Abs())), fmt.Sprintf("%s － %s = %s", a.Value, b.Value, a.Value.Sub(b.Value))))
		}
	}
	return out
}

// CheckDebt compares the credit report's outstanding loans with the borrowings of the balance sheet nearest to the
// report's day (X11). The balance becomes a figure credit_loan_balance.
func (s *Set) CheckDebt(docs []*dossier.Document, tol dossier.Decimal) []Issue {
	if tol.IsZero() {
		tol = TolDebt
	}
	var out []Issue
	for _, d := range current(docs, "credit_report_enterprise") {
		day, ok := fieldDate(d, "report_date")
		if !ok {
			continue
		}
		e := s.ownerOf(d, "entity")
		a, ok := s.creditFigure(d, "credit_loan_balance", anyLoan)
		if !ok {
			continue
		}
		a = s.add(a)
		at, ok := s.balanceBy(e, day)
		if !ok {
			continue
		}
		b, undef := s.Compute("debt", e, at)
		if undef != nil {
			if !a.Value.IsPositive() {
				continue
			}
			b = dossier.Figure{Indicator: "debt", Name: NameOf("debt"), Entity: e, Period: at, Unit: dossier.Yuan}
		}
		diff := a.Value.Sub(b.Value)
		base := decMax(a.Value, b.Value)
		if !base.IsPositive() || div(diff.Abs(), base).LessThanOrEqual(tol) {
			continue
		}
		is := pairIssue(KindDebt, a, b, fmt.Sprintf("%s征信未结清贷款余额%s元，%s报表有息负债%s元，相差%s元", day.Chinese(), Money(a.Value), at.Chinese(),
			Money(b.Value), Money(diff.Abs())), Money(a.Value)+" － "+Money(b.Value)+" = "+Money(diff))
		for _, id := range b.Operands {
			if o, ok := s.Figure(id); ok && o.Source != nil {
				is.Docs, is.Places = append(is.Docs, o.Source.File), append(is.Places, o.Source.Place)
			}
		}
		out = append(out, is)
	}
	return out
}

// balanceBy is the balance-sheet date nearest to day.
func (s *Set) balanceBy(entity string, day dossier.Date) (dossier.Period, bool) {
	best, found := dossier.Period{}, false
	away := func(p dossier.Period) int { return max(p.End.Sub(day), day.Sub(p.End)) }
	for _, p := range s.Periods("total_assets", entity) {
		if p.Months == 0 && (!found || away(p) < away(best)) {
			best, found = p, true
		}
	}
	return best, found
}

// CheckAging compares the ageing list's total with receivables of the same day; the total is a candidate for
// accounts_receivable of its own.
func (s *Set) CheckAging(docs []*dossier.Document, tol dossier.Decimal) []Issue {
	if tol.IsZero() {
		tol = TolAging
	}
	var out []Issue
	for _, d := range current(docs, "ar_aging") {
		day, ok := fieldDate(d, "as_of")
		if !ok {
			continue
		}
		e := s.ownerOf(d, "entity")
		book, known := s.Best("accounts_receivable", e, dossier.At(day))
		a, ok := FromField(d, "total", "accounts_receivable", e, dossier.At(day), dossier.Yuan)
		if !ok {
			continue
		}
		a.Note = TrialNote + "（账龄表）"
		a = s.add(a)
		if !known {
			continue
		}
		g, ok := gap(a.Value, book.Value)
		if !ok || g.Abs().LessThanOrEqual(tol) {
			continue
		}
		out = append(out, pairIssue(KindAging, a, book, fmt.Sprintf("%s应收账款账龄表合计%s元，账面应收账款%s元，相差%s元", day.Chinese(), Money(a.Value),
			Money(book.Value), Money(a.Value.Sub(book.Value).Abs())), Money(a.Value)+" － "+Money(book.Value)+" = "+Money(a.Value.Sub(book.Value))))
	}
	return out
}

// CheckUtility makes each month's consumption a figure utility_kwh and reports a last month that lies more than tol
// below the mean of the three before it, with the fall from the recent peak.
func (s *Set) CheckUtility(docs []*dossier.Document, tol dossier.Decimal) []Issue {
	if tol.IsZero() {
		tol = TolUtility
	}
	var out []Issue
	for _, d := range current(docs, "utility_bills") {
		rows, ok := d.Field("rows")
		if !ok {
			continue
		}
		var months []dossier.Figure
		for _, r := range rows.Rows {
			end, _, _, ok := readPeriod(monthText(r.Get("month")))
			if !ok {
				continue
			}
			c := r.Cells["kwh"]
			if c.At.File == "" {
				c.At = r.At
			}
			f, ok := fieldFigure(d, c, "utility_kwh", s.ownerOf(d, "entity"), dossier.Span(end.MonthEnd(), 1), dossier.KWh)
			if ok {
				months = append(months, s.add(f))
			}
		}
		n := len(months)
		if n < 4 {
			continue
		}
		last := months[n-1]
		mean := div(sum(months[n-4].Value, months[n-3].Value, months[n-2].Value), intD(3))
		g, ok := gap(last.Value, mean)
		if !ok || g.Neg().LessThanOrEqual(tol) {
			continue
		}
		peak := months[n-2]
		for _, m := range months[n-4 : n-1] {
			if m.Value.GreaterThan(peak.Value) {
				peak = m
			}
		}
		fall, _ := gap(last.Value, peak.Value)
		is := pairIssue(KindUtility, last, peak, fmt.Sprintf("%s用电量%skWh，较%s（%skWh）下降%s，较前三个月平均下降%s，产能利用可能下降", last.Period.Chinese(),
			Format(last.Value, 0), peak.Period.Chinese(), Format(peak.Value, 0), percent1(fall.Neg()), percent1(g.Neg())),
			fmt.Sprintf("(%s － %s) ÷ %s = %s", Format(last.Value, 0), Format(peak.Value, 0), Format(peak.Value, 0), percent(fall)))
		out = append(out, is)
	}
	return out
}

func percent1(d dossier.Decimal) string { return d.Mul(hundred).StringFixed(1) + "%" }

// monthText turns 202608 into 2026-08.
func monthText(s string) string {
	s = squeeze(s)
	if len(s) == 6 && !strings.ContainsAny(s, "-年.") {
		return s[:4] + "-" + s[4:]
	}
	return s
}
