package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// creditLoans is a credit report's balance of loans that pick wants, by their kind. Rows without a kind are no loans
// of the borrower's own (guarantees are listed in a like table) unless no row has one. all tells that every row counts.
func creditLoans(d *dossier.Document, pick func(kind string) bool) (v dossier.Decimal, n int, all bool) {
	f, _ := d.Field("loans")
	typed := false
	for _, r := range f.Rows {
		typed = typed || r.Get("type") != ""
	}
	all = true
	for _, r := range f.Rows {
		b, err := parseDecimal(r.Get("balance"))
		kind := r.Get("type")
		if err != nil || typed && kind == "" || !pick(kind) {
			all = false
			continue
		}
		v, n = v.Add(b), n+1
	}
	return v, n, all && n > 0
}

func anyLoan(string) bool { return true }

func workingLoan(kind string) bool {
	for _, w := range []string{"固定资产", "项目", "房", "按揭", "融资租赁"} {
		if strings.Contains(kind, w) {
			return false
		}
	}
	return true
}

// creditFigure makes a figure of the loans that pick wants: the printed or summed field where it covers them all.
func (s *Set) creditFigure(d *dossier.Document, indicator string, pick func(string) bool) (dossier.Figure, bool) {
	day, ok := fieldDate(d, "report_date")
	if !ok {
		return dossier.Figure{}, false
	}
	e := s.ownerOf(d, "entity")
	v, n, all := creditLoans(d, pick)
	if n == 0 || all {
		return FromField(d, "loan_balance", indicator, e, dossier.At(day), dossier.Yuan)
	}
	rows, _ := d.Field("loans")
	f := dossier.Figure{Indicator: indicator, Entity: e, Period: dossier.At(day), Value: v, Unit: dossier.Yuan, Basis: dossier.BasisOfficial,
		Source: &dossier.Source{Place: rows.At, Printed: Format(v, 2), Unit: dossier.Yuan}}
	f.Source.File = d.File
	f.Source.Quote = fmt.Sprintf("未结清信贷%d笔合计 %s", n, Money(v))
	return f, true
}

// workingLoans is the borrower's outstanding working-capital loans by its credit report.
func (st *Study) workingLoans(docs []*dossier.Document) (dossier.Figure, bool) {
	for _, d := range current(docs, "credit_report_enterprise") {
		if !SameName(st.Set.ownerOf(d, "entity"), st.Set.Entity) {
			continue
		}
		if f, ok := st.Set.creditFigure(d, "credit_wc_loans", workingLoan); ok {
			return st.Set.add(f), true
		}
	}
	return dossier.Figure{}, false
}
