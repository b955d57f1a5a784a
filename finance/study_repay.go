package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/repay"
)

// Kinds of issues about what the borrower must pay back.
const (
	KindDebtCover    = "debt_cover"       // a year's cash does not carry the year's debt service, even with working loans renewed
	KindLoanTerm     = "loan_term"        // the term asked for is beyond what law sets for the product
	KindInstalments  = "loan_instalments" // a loan above a year that papers want repaid in one sum
	KindProjectTable = "project_table"    // a project's table contradicts itself
	KindProjectRate  = "project_stated"   // a stated rate of return or payback does not follow from the table
)

// DebtStudy is what the borrower must pay in the twelve months after AsOf and what its cash covers of it.
type DebtStudy struct {
	AsOf     dossier.Date
	Year     dossier.Period // whose statements give cash and profit
	Loan     *NewLoan       // nil for post-loan checks and where no amount or term is given
	Existing []ExistingDebt
	Cases    []DebtCase // the first one is the base, the others are stressed
	Notes    []string   // assumptions and gaps, in Chinese
	Why      string     // why there are no cases, in Chinese
}

// NewLoan is the loan asked for.
type NewLoan struct {
	Amount   dossier.Figure
	Rate     dossier.Figure
	Assumed  bool // no paper states the rate, see Rate.Note
	Method   string
	Schedule *repay.Schedule
}

// DebtResult is a figure or why there is none, in Chinese.
type DebtResult struct {
	Figure *dossier.Figure
	Why    string
}

// DebtCase is one case of debt service over the next twelve months.
type DebtCase struct {
	ID, Name  string
	Principal dossier.Figure // of all debts
	Interest  dossier.Figure
	Service   dossier.Figure
	Rolled    dossier.Figure // Service with working-capital loans renewed at their due day
	DSCR      DebtResult     // (cfo - maintenance capex) over Service
	EBITDA    DebtResult     // (EBITDA - income tax - increase of working capital) over Service
	DSCRRoll  DebtResult     // the two over Rolled
	EBITDARol DebtResult
	Cover     DebtResult // EBIT over interest expense and the new loan's interest
}

// repayment fills Debt, Plans and Project.
func (st *Study) repayment(d *dossier.Dossier) {
	st.debt(d)
	if !d.Application.PostLoan() {
		st.loanTerms(d)
		st.plans(d)
	}
	st.project(d)
}

// drawDay is the day from which the study counts: the application's, else the end of the newest flow or balance.
func (st *Study) drawDay(app dossier.Application) dossier.Date {
	day := app.AsOf
	if day.Valid() && day.Year > 1900 {
		return day
	}
	day = dossier.Date{}
	for _, a := range st.Flows {
		if a.Flow.End.After(day) {
			day = a.Flow.End
		}
	}
	if p, ok := st.Set.LatestBalance(""); ok && p.End.After(day) {
		day = p.End
	}
	return day
}

// put makes a computed figure and keeps it.
func (st *Study) put(id, name string, p dossier.Period, v dossier.Decimal, u dossier.Unit, formula, note string, ops ...dossier.Figure) dossier.Figure {
	f := dossier.Figure{Indicator: id, Name: name, Period: p, Value: v, Unit: u, Basis: dossier.BasisComputed, Formula: formula, Note: note}
	for _, o := range ops {
		if o.ID != "" {
			f.Operands = append(f.Operands, o.ID)
		}
	}
	return st.Set.add(f)
}

// newLoan is the loan asked for with its schedule: the method that papers state, else interest by the month and
// principal at maturity up to a year, equal principal beyond.
func (st *Study) newLoan(d *dossier.Dossier, day dossier.Date) (*NewLoan, string) {
	app := d.Application
	if !app.AmountCNY.IsPositive() || app.TermMonths < 1 {
		return nil, "申请金额或期限未载明，未测算新增贷款的还本付息"
	}
	at := dossier.At(day)
	l := &NewLoan{Amount: st.asked(d, at)}
	l.Rate, l.Assumed = st.loanRate(d, at)
	t := repay.Terms{Principal: app.AmountCNY.Round(2), Rate: l.Rate.Value, Start: day, Months: app.TermMonths, Count: repay.TheRates().Count}
	var known bool
	if t.Method, t.Every, known = st.statedMethod(d); known {
		l.Method = t.Method.Chinese() + "（材料载明）"
	} else {
		t.Method, t.Every = repay.InterestOnly, 1
		if app.TermMonths > 12 {
			t.Method = repay.EqualPrincipal
		}
		l.Method = "按月付息、到期还本（假定）"
		if t.Method == repay.EqualPrincipal {
			l.Method = "按月等额本金（假定）"
		}
	}
	s, err := repay.New(t)
	if err != nil {
		return nil, "无法编制还款计划：" + err.Error()
	}
	l.Schedule = s
	return l, ""
}

// asked is the amount asked for, read off the application's paper where it says the same.
func (st *Study) asked(d *dossier.Dossier, at dossier.Period) dossier.Figure {
	for _, doc := range current(d.Documents, "loan_application") {
		if f, ok := FromField(doc, "amount_cny", "loan_requested", st.Set.Entity, at, dossier.Yuan); ok && f.Value.Equal(d.Application.AmountCNY) {
			return st.Set.add(f)
		}
	}
	return st.put("loan_requested", "", at, d.Application.AmountCNY, dossier.Yuan, "申请信息所列金额", "")
}

// loanRate is the rate that papers of the new loan state, else the bank's assumption.
func (st *Study) loanRate(d *dossier.Dossier, at dossier.Period) (dossier.Figure, bool) {
	for _, typ := range []string{"credit_approval", "loan_application", "usage_statement"} {
		for _, doc := range current(d.Documents, typ) {
			if f, ok := FromField(doc, "rate", "loan_rate", st.Set.Entity, at, dossier.Ratio); ok && f.Value.IsPositive() && f.Value.LessThan(dossier.D("0.36")) {
				return st.Set.add(f), false
			}
		}
	}
	rate, why := repay.TheRates().Assumed(d.Application.TermMonths)
	return st.put("loan_rate", "", at, rate, dossier.Ratio, why, why), true
}

// statedMethod looks for the method of repayment where applicants write it.
func (st *Study) statedMethod(d *dossier.Dossier) (repay.Method, int, bool) {
	for _, typ := range []string{"credit_approval", "repayment_source_statement", "cash_flow_forecast", "loan_application"} {
		for _, doc := range current(d.Documents, typ) {
			for _, k := range []string{"repayment", "schedule", "repayment_source", "conditions"} {
				if f, ok := doc.Field(k); ok {
					if m, every, ok := repay.StatedMethod(f.Value); ok {
						return m, every, true
					}
				}
			}
		}
	}
	return "", 0, false
}

// loanTerms reports a term and a method that law does not carry.
func (st *Study) loanTerms(d *dossier.Dossier) {
	app := d.Application
	limit := repay.LimitOf(app.Product, app.CustomerType)
	if limit == nil || app.TermMonths < 1 {
		return
	}
	var docs []string
	for _, a := range current(d.Documents, "loan_application") {
		docs = append(docs, a.File)
	}
	is := Issue{Indicator: "loan_term", Name: "贷款期限", Entity: st.Set.Entity, Period: dossier.At(st.drawDay(app)), Docs: docs,
		Expected: intD(limit.MaxMonths), Actual: intD(app.TermMonths), Diff: intD(app.TermMonths - limit.MaxMonths)}
	if why, _ := limit.Term(app.TermMonths); why != "" {
		is.Kind, is.Message = KindLoanTerm, "申请"+why
		st.Issues = append(st.Issues, is)
	}
	if st.Debt == nil || st.Debt.Loan == nil || !strings.Contains(st.Debt.Loan.Method, "载明") {
		return
	}
	if why, _ := limit.Allows(st.Debt.Loan.Schedule); why != "" {
		is.Kind = KindInstalments
		is.Message = fmt.Sprintf("材料载明的还款方式为%s，%s", st.Debt.Loan.Schedule.Terms.Method.Chinese(), why)
		st.Issues = append(st.Issues, is)
	}
}
