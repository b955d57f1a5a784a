package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/repay"
)

// personalLoans are the loans of a personal credit report; cards are left out. It prints neither due days nor rates.
func personalLoans(d *dossier.Document, pick func(kind string) bool) []ExistingDebt {
	rows, _ := d.Field("accounts")
	var out []ExistingDebt
	for _, r := range rows.Rows {
		kind := r.Get("type")
		b, err := parseDecimal(r.Get("balance"))
		if err != nil || !b.IsPositive() || b.Exponent() > 15 || strings.Contains(kind, "卡") || !pick(kind) {
			continue
		}
		out = append(out, ExistingDebt{Lender: r.Get("bank"), Kind: kind, Balance: b, Rate: repay.TheRates().Existing, RateFrom: "假定", At: d.At(r.At)})
	}
	return out
}

// ownerLoans are all loans of the borrower itself where it is a person.
func (st *Study) ownerLoans(docs []*dossier.Document) []ExistingDebt {
	var out []ExistingDebt
	for _, d := range current(docs, "credit_report_personal") {
		if f, ok := d.Field("name"); ok && SameName(f.Value, st.Set.Entity) {
			out = append(out, personalLoans(d, anyLoan)...)
		}
	}
	return out
}

// relatedLoans says what persons around the borrower owe for business: the debt is theirs, the cash often is not.
func (st *Study) relatedLoans(docs []*dossier.Document) []string {
	total, n := zero, 0
	for _, d := range current(docs, "credit_report_personal") {
		if f, ok := d.Field("name"); ok && SameName(f.Value, st.Set.Entity) {
			continue
		}
		for _, e := range personalLoans(d, func(kind string) bool { return strings.Contains(kind, "经营") }) {
			total, n = total.Add(e.Balance), n+1
		}
	}
	if n == 0 {
		return nil
	}
	return []string{fmt.Sprintf("相关个人信用报告中有%d笔经营性贷款余额%s元，借款人为个人，未计入借款企业的还本付息，实际由企业归还的须加计", n, Money(total))}
}
