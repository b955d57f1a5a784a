package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/repay"
)

// Study is everything that the package finds in one dossier: the one call that intake, checks and drafting share.
type Study struct {
	Set       *Set
	Periods   []dossier.Period // that a report compares: full years, oldest first, then the interim span
	Issues    []Issue          // statements, cross-checks and flows
	Undefined []Undefined
	Flows     []*FlowAnalysis
	Together  *FlowsTogether // all accounts netted; nil without flows
	WorkCap   *WorkCap       // nil for post-loan checks
	Covers    []Cover
	Covenants []CovenantResult
	Old       []dossier.Figure // of superseded versions: for comparison, never for statements of fact
	Related   []string         // names taken for related parties

	Debt      *DebtStudy    // service of existing debts and the loan asked for, base and stressed
	Plans     *repay.Plans  // repayment plans fitted to the months, ranked; nil without a loan asked for
	MonthNets []MonthNet    // trade receipts less operating payments, month by month
	Project   *ProjectStudy // a feasibility study's table recomputed; nil when none is there
	Checks    []CheckResult // articulation A1 to A19: what holds, what breaks, what could not be tested

	Trials []TrialDiff // account balances beside the statements of the same day or span

	Invoices *InvoiceStudy // invoice ledgers and single invoices together; nil when there are none

	CrossChecks []CrossCheck // independent sources against each other, with what could not be tested
	Debtors     []Debtor     // largest receivables against contracts, invoices and receipts

	Policy      *Policy    // the bank's configuration that the following rest on
	DuPont      []DuPont   // a full year each
	ZScore      []ZScore   // a full year each
	Trends      []Trend    // every line over Periods
	CommonSize  []ShareRow // shares of total assets and of revenue over Periods
	Material    []MaterialAccount
	Verdicts    []Verdict    // ratios against the bank's thresholds
	Benchmarks  Benchmarks   // ratios beside peers, or why not
	Sensitivity *Sensitivity // of WorkCap; nil without an estimate
	NeedStress  []NeedCell   // WorkCap under the bank's scenarios
	NeedMethods []NeedMethod // every way to find the need, computed or why not
}

// StudyOf reads statements and flows of a dossier whose documents are classified and extracted, checks and computes.
// It never fails: what cannot be read or computed is an Issue, an Undefined or a reason. The policy is the program's own.
func StudyOf(d *dossier.Dossier) *Study { return StudyWith(d, nil) }

// StudyWith is StudyOf under a bank's own policy, nil for the program's.
func StudyWith(d *dossier.Dossier, policy *Policy) *Study {
	app := d.Application
	figs, issues := Statements(d.Documents)
	st := &Study{Set: NewSet(app.Applicant, figs...), Issues: issues, Old: Superseded(d.Documents)}
	s := st.Set
	if s.Entity == "" && len(figs) > 0 {
		s.Entity = figs[0].Entity
	}
	st.Issues = append(st.Issues, s.Articulate()...)
	st.Trials = s.TrialDiffs("")
	years := app.Bank.FinancialsYears
	if years < 2 {
		years = 3
	}
	st.Periods = s.ReportPeriods("", years)
	st.Related = RelatedNames(d.Documents, s.Entity)
	st.flows(d)
	st.invoices(d)
	st.crossChecks(d)
	st.inputs(d)
	st.articulation(d)
	s.Ratios("", s.Interims(""))
	_, st.Undefined = s.Ratios("", st.Periods)
	st.guarantors()
	if !app.PostLoan() {
		st.need(d)
	}
	if policy == nil {
		policy = DefaultPolicy()
	}
	st.Apply(d, policy)
	st.covers(d)
	st.covenants(d)
	st.repayment(d)
	return st
}

// guarantors computes the ratios of other entities whose statements are there.
func (st *Study) guarantors() {
	for _, e := range st.Set.Entities() {
		if !SameName(e, st.Set.Entity) {
			if ps := st.Set.ReportPeriods(e, 3); len(ps) > 0 {
				st.Set.Ratios(e, ps)
			}
		}
	}
}

// RelatedNames collects who stands close to the borrower: shareholders, managers' and spouses' names, the legal
// representative, as the papers name them.
func RelatedNames(docs []*dossier.Document, borrower string) []string {
	var out []string
	seen := map[string]bool{nameKey(borrower): true}
	add := func(n string) {
		n = strings.TrimSpace(n)
		if k := nameKey(n); n != "" && len([]rune(n)) <= 40 && !seen[k] {
			seen[k] = true
			out = append(out, n)
		}
	}
	for _, d := range docs {
		if !d.Current() {
			continue
		}
		switch d.Type {
		case "business_license", "business_registration_extract", "articles_of_association":
			if f, ok := d.Field("name"); ok && !SameName(f.Value, borrower) {
				continue
			}
			for _, k := range []string{"legal_rep"} {
				if f, ok := d.Field(k); ok {
					add(f.Value)
				}
			}
			for _, k := range []string{"shareholders", "holders"} {
				if f, ok := d.Field(k); ok {
					for _, r := range f.Rows {
						add(r.Get("name"))
					}
				}
			}
		case "credit_report_personal":
			for _, k := range []string{"name", "spouse"} {
				if f, ok := d.Field(k); ok {
					add(f.Value)
				}
			}
		}
	}
	return out
}

// need estimates the working-capital need against the amount asked for.
func (st *Study) need(d *dossier.Dossier) {
	p := WorkCapParams{Requested: d.Application.AmountCNY, GrowthCap: d.Application.Bank.SalesGrowth}
	if f, ok := st.workingLoans(d.Documents); ok {
		p.Loans = &f
	}
	for _, typ := range []string{"loan_application", "usage_statement"} {
		for _, doc := range current(d.Documents, typ) {
			if f, ok := doc.Field("own_funds_cny"); ok {
				if v, ok := f.Decimal(); ok {
					p.OwnFunds = &v
				}
			}
		}
	}
	st.WorkCap = st.Set.WorkingCapital(p)
	st.needIssue(d)
}

// needIssue reports a request beyond the estimate, and a cycle that supports no loan at all.
func (st *Study) needIssue(d *dossier.Dossier) {
	w := st.WorkCap
	asked := d.Application.AmountCNY
	if !asked.IsPositive() || w.Limit == nil || w.Enough {
		return
	}
	is := Issue{Kind: KindNeed, Indicator: w.Limit.Indicator, Name: w.Limit.Name, Entity: st.Set.Entity, Period: w.Year, Expected: asked,
		Actual: w.Limit.Value, Diff: w.Limit.Value.Sub(asked), Arithmetic: st.Set.Arithmetic(*w.Limit)}
	is.Message = fmt.Sprintf("按流动资金贷款管理办法附件公式测算，营运资金量%s元，新增流动资金贷款额度%s元，小于申请金额%s元，相差%s元", Money(w.Need.Value),
		Money(w.Limit.Value), Money(asked), Money(w.Gap))
	for _, n := range w.Notes {
		is.Message += "；" + n
	}
	for _, t := range w.Terms {
		is.Figures = append(is.Figures, t.Figure)
	}
	is.Docs = docsOf(is.Figures...)
	for _, a := range current(d.Documents, "loan_application") {
		is.Docs = append(is.Docs, a.File)
	}
	st.Issues = append(st.Issues, is)
}
