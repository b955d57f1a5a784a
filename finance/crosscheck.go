package finance

import (
	"github.com/xindiao/xindiao/dossier"
)

// Kinds of issues that breaks become, beside those that other files name.
const (
	KindCIT           = "cit_statement"     // annual income tax return against the statements
	KindInvoiced      = "invoices_declared" // more invoiced than declared
	KindReceipts      = "receipts_revenue"  // bank receipts against what revenue should bring in
	KindInterestPaid  = "interest_paid"     // more interest paid than booked
	KindPowerOutput   = "power_revenue"     // power falls while revenue grows
	KindInventoryList = "inventory_list"    // stock-taking against the books
	KindGuaranteeList = "guarantee_list"    // guarantees of the credit report that the borrower's list lacks
	KindPaidCapital   = "paid_capital"      // registered contributions against paid-in capital
	KindTaxPaid       = "tax_paid"          // tax certificate against the return of the same month
	KindTwoBooks      = "two_books"         // statements for the tax office against those for the bank
	KindPublicReport  = "public_report"     // publicised annual report against the statements
)

// Outcome of a cross-check.
type Outcome string

// Outcomes. Remark is within tolerance but worth a word; Untestable says which paper is missing.
const (
	OutcomePass       Outcome = "pass"
	OutcomeRemark     Outcome = "remark"
	OutcomeBreak      Outcome = "break"
	OutcomeUntestable Outcome = "untestable"
)

// Chinese prints 一致, 容差内有差异, 不符, 无法核对.
func (o Outcome) Chinese() string {
	switch o {
	case OutcomePass:
		return "一致"
	case OutcomeRemark:
		return "容差内有差异"
	case OutcomeBreak:
		return "不符"
	}
	return "无法核对"
}

// CrossSide is one side of a comparison.
type CrossSide struct {
	Name    string           // in Chinese: what it is and of which paper
	Figure  *dossier.Figure  // nil when it cannot be told
	Figures []dossier.Figure // what it is made of, itself when it was read
	Places  []dossier.Place
	Shown   string // the value as a reader sees it, "" when it cannot be told
}

// CrossCheck is one comparison of two independent sources for one period: a row of the table 交叉核验.
type CrossCheck struct {
	ID        string // of crosschecks/*.yaml, with what it is about when there are several: x10_debtor/某公司
	Code      string // X1 … X16
	Name      string
	Entity    string
	Period    dossier.Period
	Left      CrossSide
	Right     CrossSide
	Diff      dossier.Decimal  // left less right
	Share     *dossier.Decimal // what the tolerance is held against: Diff over right, or left over right
	Tolerance string           // as a reader sees it: ±10.00%, 0.70至1.20
	Basis     string           // why these two belong together and where the tolerance comes from
	Gap       string           // what explains a gap honestly
	Outcome   Outcome
	Missing   []string // papers that would make it testable
	Notes     []string // what limits the comparison here
	Message   string   // one sentence in Chinese
	Owner     string   // who answers for the tolerance
	Since     string
	Kind      string // of the Issue that a break becomes; "" when a break stays a line of the table
	Doubtful  bool   // rests on text that OCR read
}

// issue turns a break into material for a finding.
func (c CrossCheck) issue() Issue {
	is := Issue{Kind: c.Kind, Entity: c.Entity, Period: c.Period, Diff: c.Diff, Message: c.Message, Doubtful: c.Doubtful}
	if l := c.Left.Figure; l != nil {
		is.Indicator, is.Name, is.Actual = l.Indicator, l.Name, l.Value
	}
	if r := c.Right.Figure; r != nil {
		is.Expected = r.Value
	}
	seen := map[dossier.Place]bool{}
	for _, side := range []CrossSide{c.Left, c.Right} {
		is.Figures = append(is.Figures, side.Figures...)
		for _, p := range side.Places {
			if !seen[p] {
				seen[p] = true
				is.Places = append(is.Places, p)
			}
		}
	}
	is.Docs = docsOf(is.Figures...)
	for _, p := range is.Places {
		is.Docs = union(is.Docs, []string{p.File})
	}
	is.Arithmetic = c.Arithmetic()
	return is
}

// Arithmetic prints the comparison: (左 － 右) ÷ 右 = 3.00%, 容差±10.00%.
func (c CrossCheck) Arithmetic() string {
	if c.Left.Figure == nil || c.Right.Figure == nil {
		return ""
	}
	out := c.Left.Shown + " － " + c.Right.Shown + " = " + FormatValue(dossier.Figure{Value: c.Diff, Unit: c.Left.Figure.Unit})
	if c.Share != nil {
		out += "；差异率 " + percent(*c.Share)
	}
	if c.Tolerance != "" {
		out += "，容差 " + c.Tolerance
	}
	return out
}

// crossChecks runs every comparison of crosschecks/*.yaml over the figures and keeps breaks as issues.
func (st *Study) crossChecks(d *dossier.Dossier) {
	s := st.Set
	for _, f := range theCrossBook().feeds {
		s.feed(f, d.Documents)
	}
	s.feedCredit(d.Documents)
	s.feedPeople()
	s.backVAT()
	utility := s.CheckUtility(d.Documents, zero)
	st.feedFlows()
	st.feedInvoices()
	for _, c := range theCrossBook().checks {
		st.CrossChecks = append(st.CrossChecks, s.cross(c)...)
	}
	st.debtorChecks(d.Documents)
	for _, c := range st.CrossChecks {
		if c.Outcome == OutcomeBreak && c.Kind != "" {
			st.Issues = append(st.Issues, c.issue())
		}
	}
	st.Issues = append(st.Issues, utility...)
	s.agingTotals(d.Documents)
}
