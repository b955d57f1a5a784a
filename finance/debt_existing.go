package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/repay"
)

// ExistingDebt is one debt that the credit report shows.
type ExistingDebt struct {
	Lender, Kind string
	Balance      dossier.Decimal
	Rate         dossier.Decimal
	RateFrom     string // the paper that states it, or that it is assumed
	Due          dossier.Date
	Working      bool            // a working-capital loan, renewed at its due day as a rule
	Replaced     bool            // the loan asked for repays it
	Principal    dossier.Decimal // due in the twelve months after AsOf
	Interest     dossier.Decimal // of those months, to the due day
	InterestRoll dossier.Decimal // of the whole twelve months, as if renewed
	At           dossier.Place
}

// existingDebts lists the borrower's debts of the newest credit report; why tells that there is none.
func (st *Study) existingDebts(d *dossier.Dossier, day dossier.Date) (out []ExistingDebt, notes []string) {
	report := st.creditReport(d.Documents)
	if owner := st.ownerLoans(d.Documents); report == nil && len(owner) > 0 {
		for _, e := range owner {
			e.next(day, e.Rate)
			out = append(out, e)
		}
		return out, []string{"借款人为个人，按个人信用报告计入贷款，报告不列到期日和利率，只按假定利率计息，本金须按合同补充"}
	}
	notes = st.relatedLoans(d.Documents)
	if report == nil {
		return nil, append(notes, "没有借款人的企业信用报告，未计入现有债务的还本付息，需提供征信报告")
	}
	rows, ok := report.Field("loans")
	if !ok {
		return nil, notes
	}
	typed := false
	for _, r := range rows.Rows {
		typed = typed || r.Get("type") != ""
	}
	if rd, ok := fieldDate(report, "report_date"); ok && day.Sub(rd) > 60 {
		notes = append(notes, fmt.Sprintf("征信报告日期为%s，距测算日%d天，其后的借还未计入", rd, day.Sub(rd)))
	}
	assumed := false
	for _, r := range rows.Rows {
		e := ExistingDebt{Lender: r.Get("bank"), Kind: r.Get("type"), At: report.At(r.At)}
		b, err := parseDecimal(r.Get("balance"))
		if err != nil || !b.IsPositive() || typed && e.Kind == "" || b.Exponent() > 15 {
			continue
		}
		e.Balance, e.Working = b, workingLoan(e.Kind)
		if due, err := dossier.ParseDate(r.Get("due")); err == nil {
			e.Due = due
		}
		e.Rate, e.RateFrom = rateOf(d.Documents, e)
		assumed = assumed || strings.HasPrefix(e.RateFrom, "假定")
		e.Replaced = replaces(d.Application, e, day)
		if e.Replaced {
			notes = append(notes, fmt.Sprintf("申请用途为续贷或归还贷款，%s余额%s元视为由新增贷款置换，不重复计入", e.Lender, Money(e.Balance)))
		}
		e.next(day, e.Rate)
		out = append(out, e)
	}
	if assumed {
		notes = append(notes, fmt.Sprintf("征信报告不列利率，现有债务未取得合同的按年利率%s假定", percent(repay.TheRates().Existing)))
	}
	return out, notes
}

// creditReport is the newest credit report of the borrower.
func (st *Study) creditReport(docs []*dossier.Document) *dossier.Document {
	var best *dossier.Document
	var bestDay dossier.Date
	for _, d := range current(docs, "credit_report_enterprise") {
		if !SameName(st.Set.ownerOf(d, "entity"), st.Set.Entity) {
			continue
		}
		day, _ := fieldDate(d, "report_date")
		if best == nil || day.After(bestDay) {
			best, bestDay = d, day
		}
	}
	return best
}

// rateOf finds a debt's rate in contracts, notes and lists of loans: same lender and same due day or balance.
func rateOf(docs []*dossier.Document, e ExistingDebt) (dossier.Decimal, string) {
	valid := func(v dossier.Decimal) bool { return v.IsPositive() && v.LessThan(dossier.D("0.36")) }
	for _, typ := range []string{"loan_contract", "loan_iou"} {
		for _, d := range current(docs, typ) {
			f, ok := d.Field("rate")
			end, okEnd := fieldDate(d, "end")
			if v, isNum := f.Decimal(); ok && isNum && valid(v) && f.Doubt == "" && okEnd && end == e.Due {
				return v, d.File
			}
		}
	}
	for _, d := range current(docs, "bank_loan_list") {
		rows, _ := d.Field("rows")
		for _, r := range rows.Rows {
			bank := nameKey(r.Get("bank"))
			if bank == "" || !strings.Contains(nameKey(e.Lender), bank) && !strings.Contains(bank, nameKey(e.Lender)) {
				continue
			}
			due, _ := dossier.ParseDate(r.Get("due"))
			v, err := parseDecimal(r.Get("rate"))
			b, errB := parseDecimal(r.Get("balance"))
			if err == nil && valid(v) && (!due.IsZero() && due == e.Due || errB == nil && b.Equal(e.Balance)) {
				return v, d.File
			}
		}
	}
	return repay.TheRates().Existing, "假定"
}

// replaces tells whether the loan asked for repays e: the purpose says so, the lender is the same and e falls due
// within three months.
func replaces(app dossier.Application, e ExistingDebt, day dossier.Date) bool {
	if app.PostLoan() || app.Lender == "" || e.Due.IsZero() || e.Due.After(day.AddMonths(3)) ||
		!strings.Contains(nameKey(e.Lender), nameKey(bankRoot(app.Lender))) {
		return false
	}
	return repay.Renewal(app.Purpose)
}

// next fills what falls due in the twelve months after day at that rate.
func (e *ExistingDebt) next(day dossier.Date, rate dossier.Decimal) {
	e.Principal, e.Interest, e.InterestRoll = zero, zero, zero
	if e.Replaced {
		return
	}
	year := e.Balance.Mul(rate).Round(2)
	end := day.AddMonths(12)
	e.Interest, e.InterestRoll = year, year
	if e.Due.IsZero() || e.Due.After(end) {
		return
	}
	e.Principal = e.Balance
	e.Interest = div(e.Balance.Mul(rate).Mul(intD(max(e.Due.Sub(day), 0))), year360).Round(2)
	if !e.Working {
		e.InterestRoll = e.Interest
	}
}
