package finance

import "slices"

// knownIssues are the kinds that rules may adopt.
var knownIssues = []string{KindBalance, KindSubtotal, KindOpening, KindRetained, KindCash, KindCashFlow, KindDifference,
	KindUnit, KindUnread, KindUnitAssumed, KindRunning, KindHeaderTotal, KindRoundTrip, KindBridge, KindThirdParty,
	KindLoanUse, KindMonths, KindInterest, KindVAT, KindHeadcount, KindDebt, KindAging, KindCollateral, KindUtility,
	KindCovenant, KindConcentration, KindPassThrough, KindBothSides, KindNeed,
	KindDebtor, KindCIT, KindInvoiced, KindReceipts, KindInterestPaid, KindPowerOutput, KindInventoryList, KindGuaranteeList,
	KindPaidCapital, KindTaxPaid, KindTwoBooks, KindPublicReport,
	KindCirculation, KindHiddenDebt, KindDressing, KindMissingAcct, KindLoanSplit, KindLoanReturn, KindNoInterest, KindSilence,
	KindFastFlow, KindCashShare, KindPersonal, KindRoundSums, KindOffHours, KindCurrency, KindFlowCut,
	KindProfit, KindAuditReport, KindDebtCover, KindLoanTerm, KindInstalments, KindProjectTable, KindProjectRate,
	KindInvoiceInvalid, KindInvoiceDuplicate, KindInvoiceDiffers, KindInvoiceVoid, KindInvoiceRed, KindInvoiceReversed,
	KindInvoiceSilence, KindInvoiceBurst, KindInvoiceGoods, KindInvoiceCircle, KindInvoiceParties, KindRepaired}

// KnownIssue tells whether a kind of issue exists.
func KnownIssue(kind string) bool { return slices.Contains(knownIssues, kind) }

// Items returns the lines that a subtotal of CAS 2019 adds up, down to single items: total_assets gives cash,
// accounts_receivable and so on.
func Items(total string) []string {
	l := theChart().lines[CAS2019][total]
	if l == nil || l.Formula == "" {
		return nil
	}
	e, err := parseExpr(l.Formula)
	if err != nil {
		return nil // Lint refuses such a formula
	}
	var out []string
	for _, id := range e.idents() {
		if sub := Items(id); sub != nil {
			out = append(out, sub...)
		} else {
			out = append(out, id)
		}
	}
	return out
}
