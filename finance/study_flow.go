package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

var flowTypes = []string{"bank_statement_corporate", "bank_statement_personal", "payment_platform_statement"}

// flows reads and analyses every account, then all of them together.
func (st *Study) flows(d *dossier.Dossier) {
	type read struct {
		f   *Flow
		doc *dossier.Document
	}
	var all []read
	parts := map[string]int{} // statements of one account
	for _, typ := range flowTypes {
		for _, doc := range current(d.Documents, typ) {
			fs, err := ReadFlows(doc)
			if err != nil {
				st.Issues = append(st.Issues, Issue{Kind: KindUnread, Docs: []string{doc.File}, Doubtful: doc.Scan, Message: err.Error()})
				continue
			}
			for _, f := range fs {
				if f.Foreign() {
					st.Issues = append(st.Issues, foreignIssue(f, doc))
					continue
				}
				if SameName(f.Owner, st.Set.Entity) || f.Kind != FlowBank {
					f.Owner = ownerName(f, st.Set.Entity)
				}
				all = append(all, read{f, doc})
				parts[f.Account]++
			}
		}
	}
	o := FlowOptions{Borrower: st.Set.Entity, RelatedNames: st.Related}
	o.Lenders, o.Reported = lendersOf(d.Documents)
	if !d.Application.PostLoan() {
		o.MinMonths = d.Application.Bank.BankStatementMonths
	}
	for _, x := range all {
		own := o
		own.Scan = x.doc.Scan
		if x.doc.Type != flowTypes[0] || x.f.Account != "" && parts[x.f.Account] > 1 { // the joined account is held against the months
			own.MinMonths = 0
		}
		a := Analyse(x.f, own)
		a.Figures = st.Set.AddAll(a.Figures)
		st.Flows = append(st.Flows, a)
		st.Issues = append(st.Issues, a.Issues...)
	}
	if len(st.Flows) > 0 {
		st.Together = Together(st.Flows, o)
		st.Together.addFigures(st.Set, st.Flows)
		st.Issues = append(st.Issues, st.Together.Issues...)
	}
}

func foreignIssue(f *Flow, doc *dossier.Document) Issue {
	is := Issue{Kind: KindCurrency, Entity: f.Owner, Docs: []string{f.File}, Doubtful: doc.Scan,
		Message: fmt.Sprintf("《%s》含%s账户（%d笔），未指定折算汇率，未并入人民币流水", f.File, f.Currency, len(f.Rows))}
	if len(f.Rows) > 0 {
		is.Places = []dossier.Place{f.Rows[0].At}
	}
	return is
}

// ownerName keeps a platform account's own holder; a bank account in the borrower's name gets it as the application writes it.
func ownerName(f *Flow, borrower string) string {
	if f.Kind == FlowBank {
		return borrower
	}
	return f.Owner
}

// lendersOf lists the lenders that the credit reports of the dossier name; reported tells whether there is a report.
func lendersOf(docs []*dossier.Document) (names []string, reported bool) {
	for _, typ := range []string{"credit_report_enterprise", "credit_report_personal"} {
		for _, d := range current(docs, typ) {
			reported = true
			for _, k := range sortedKeys(d.Fields) {
				for _, r := range d.Fields[k].Rows {
					if b := strings.TrimSpace(r.Get("bank")); b != "" && len(names) < 1000 {
						names = append(names, b)
					}
				}
			}
		}
	}
	return names, reported
}
