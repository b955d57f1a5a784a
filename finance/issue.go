package finance

import "github.com/xindiao/xindiao/dossier"

// Issue is something that the figures say against each other or against the papers. It is material for a finding;
// severity and law are the validators' business.
type Issue struct {
	Kind       string // see the constants
	Indicator  string
	Name       string // Chinese name of the indicator
	Entity     string
	Period     dossier.Period
	Expected   dossier.Decimal
	Actual     dossier.Decimal
	Diff       dossier.Decimal // Actual - Expected
	Figures    []dossier.Figure
	Message    string // in Chinese
	Arithmetic string
	Docs       []string
	Places     []dossier.Place // rows and cells that show it
	Suspect    *dossier.Figure // the figure that is wrong when another source proves it
	Proven     *dossier.Figure // the figure of that other source
	Doubtful   bool            // rests on text that OCR read
	Causes     []Cause         // what has likely gone wrong in a sum, the likeliest first
}

// Kinds of issues.
const (
	KindBalance       = "balance"          // A1: assets against liabilities and equity
	KindSubtotal      = "subtotal"         // A2: a subtotal against its items
	KindOpening       = "opening"          // A3: opening against the last closing
	KindRetained      = "retained"         // A4: retained earnings against the profit
	KindCash          = "cash"             // A6: cash flow statement against the balance sheet
	KindCashFlow      = "cash_flow"        // A7: net increase against the three activities
	KindDifference    = "difference"       // the same figure differs between papers
	KindUnit          = "unit"             // differs by a power of ten: a unit is wrong or missing
	KindUnread        = "unread"           // a statement that could not be read
	KindUnitAssumed   = "unit_assumed"     // no unit is printed
	KindRunning       = "running_balance"  // a bank row does not follow from the one before
	KindHeaderTotal   = "header_total"     // printed totals against the rows
	KindRoundTrip     = "round_trip"       // equal amounts in and out on one day
	KindBridge        = "bridge_loan"      // a private loan bridges a repayment
	KindThirdParty    = "third_party_loan" // money lent to others
	KindPassThrough   = "pass_through"     // money from one party goes on to another at once, time and again
	KindBothSides     = "both_sides"       // a customer that is also a supplier
	KindLoanUse       = "loan_use"         // where loan proceeds went
	KindMonths        = "months_covered"   // fewer months than the bank asks for
	KindInterest      = "interest_rate"    // deposit interest does not fit the balances
	KindVAT           = "vat_revenue"
	KindHeadcount     = "headcount"
	KindDebt          = "debt"
	KindAging         = "ar_aging"
	KindCollateral    = "collateral"
	KindUtility       = "utility"
	KindNeed          = "wc_need" // the amount asked for exceeds the estimated need
	KindCovenant      = "covenant"
	KindConcentration = "concentration"
)

func docsOf(figs ...dossier.Figure) []string {
	var out []string
	seen := map[string]bool{}
	for _, f := range figs {
		if f.Source != nil && !seen[f.Source.File] {
			seen[f.Source.File] = true
			out = append(out, f.Source.File)
		}
	}
	return out
}
