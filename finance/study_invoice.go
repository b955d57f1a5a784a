package finance

import (
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/invoice"
)

// InvoiceStudy is what the borrower's invoice ledgers and single invoices say together.
type InvoiceStudy struct {
	*invoice.Result
	Files   []string         // that gave rows, in reading order
	Figures []dossier.Figure // with their ids in the Set
	Ranking *invoice.Ranking // which ledgers to look at first; nil for a ledger too short to say
	Whole   [2]bool          // by side: long enough to be the ledger of the business, not a sample of some invoices
	Others  int              // rows that name the borrower on neither side
	Again   int              // invoices that another paper lists too, counted once

	at      []rowAt // by the line given to the row, from 1
	begins  [2]int  // line of each side's first row
	scans   map[string]bool
	differs []invoiceDiffers
}

// rowAt is where a row stands.
type rowAt struct {
	file int // in Files
	page int
	cell string
	box  *dossier.Box
}

const (
	wholeMonths = 6  // a ledger shorter than this is a sample
	wholeRows   = 20 // and so is one with fewer rows
)

var invoiceTypes = []string{"vat_invoices_sales", "vat_invoices_purchase"}

// invoices reads all invoice papers of the borrower and runs every check over them at once.
func (st *Study) invoices(d *dossier.Dossier) {
	app := d.Application
	o := invoice.Options{AsOf: app.AsOf, Industry: app.Industry, Scope: scopeOf(d.Documents, st.Set.Entity), Related: st.Related}
	if app.PostLoan() {
		o.Approved = loanDay(d.Documents)
	} else {
		o.Applied = app.AsOf
	}
	in := newInvoiceFeed(st.Set.Entity, o)
	for _, typ := range invoiceTypes {
		for _, doc := range current(d.Documents, typ) {
			in.document(doc)
		}
	}
	if len(in.study.at) == 0 {
		return
	}
	res, x := in.ledger.Close()[0], in.study
	x.Result = res
	for _, s := range []*invoice.SideResult{res.Sales, res.Purchases} {
		if s != nil {
			x.Whole[s.Side] = len(s.Months) >= wholeMonths && s.Rows >= wholeRows
		}
	}
	if x.Whole[invoice.Sales] {
		x.Ranking = invoice.RankModel().Rank(res)
	}
	x.figures(st.Set)
	st.Invoices = x
	st.Issues = append(st.Issues, x.issues(st.Set.Entity)...)
}

// scopeOf is the borrower's registered scope of business, "" when no paper shows it.
func scopeOf(docs []*dossier.Document, borrower string) string {
	for _, typ := range []string{"business_license", "business_registration_extract"} {
		for _, d := range current(docs, typ) {
			n, named := d.Field("name")
			if f, ok := d.Field("scope"); ok && (!named || borrower == "" || SameName(n.Value, borrower)) {
				return f.Value
			}
		}
	}
	return ""
}

// loanDay is the first day of the loan that a post-loan check is about, as its papers say.
func loanDay(docs []*dossier.Document) (day dossier.Date) {
	for _, typ := range []string{"loan_iou", "loan_contract"} {
		for _, doc := range current(docs, typ) {
			if f, ok := doc.Field("start"); ok {
				if v, ok := f.Date(); ok && (day.IsZero() || v.Before(day)) {
					day = v
				}
			}
		}
		if !day.IsZero() {
			return day
		}
	}
	return day
}
