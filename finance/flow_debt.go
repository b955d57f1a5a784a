package finance

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// DebtSign is a party that is paid like a lender: by its name, or by monthly equal amounts.
type DebtSign struct {
	Party    string
	Kind     string // 银行, 小额贷款公司…; 个人 or 单位 where only the rhythm of the payments speaks
	Rows     []Txn
	Total    dossier.Decimal
	Amount   dossier.Decimal // of one instalment; zero where they differ
	Months   int             // with a payment
	Granted  dossier.Decimal // money that came in from the party
	ByName   bool
	Reported bool // a credit report of the dossier names the lender
}

// debts collects lenders by name and instalments by rhythm, the largest first.
func (a *FlowAnalysis) debts(o FlowOptions) {
	d := classData()
	rows := a.Flow.Rows
	for _, k := range sortedKeys(a.byKey) {
		list := a.byKey[k]
		party := rows[list[0]].Party
		kind := d.lender(party)
		bank := kind == "" && d.says("bank", party)
		sign := DebtSign{Party: party, Kind: kind, ByName: true, Reported: reported(party, o.Lenders)}
		if bank {
			sign.Kind = "银行"
		}
		var even []int
		for _, i := range list {
			t := rows[i]
			switch c := a.Class[i]; {
			case kind != "" && t.In.IsPositive() && (c == ClassLoanIn || c == ClassBorrowed || c == ClassCustomer), bank && c == ClassLoanIn:
				sign.Granted = sign.Granted.Add(t.In)
			case (kind != "" || bank) && (c == ClassLoanRepay || c == ClassLoanInterest):
				sign.Rows, sign.Total = append(sign.Rows, t), sign.Total.Add(t.Out)
			case kind == "" && !bank && a.instalment(i):
				even = append(even, i)
			}
		}
		if len(sign.Rows) > 0 || kind != "" && sign.Granted.IsPositive() {
			sign.Months = monthsOf(sign.Rows)
			a.Debts = append(a.Debts, sign)
		}
		if len(even) >= a.Limits.Instalment.Months {
			a.rhythm(party, even)
		}
	}
	sort.SliceStable(a.Debts, func(i, j int) bool { return a.Debts[i].Total.GreaterThan(a.Debts[j].Total) })
}

// reported tells whether a lender is among those of the credit reports: by its name, or by the bank's name before
// that of the branch.
func reported(party string, lenders []string) bool {
	p := bankName(party)
	return slices.ContainsFunc(lenders, func(l string) bool {
		l = bankName(l)
		return l != "" && (strings.Contains(p, l) || strings.Contains(l, p))
	})
}

func bankName(s string) string {
	s = nameKey(s)
	for _, w := range []string{"银行", "信用社", "农商行"} {
		if i := strings.Index(s, w); i > 0 {
			return s[:i+len(w)]
		}
	}
	return strings.TrimSuffix(strings.TrimSuffix(s, "有限公司"), "股份")
}

// instalment tells whether a payment may be one: no wage, rent, tax or trade by its words.
func (a *FlowAnalysis) instalment(i int) bool {
	t := a.Flow.Rows[i]
	if t.Out.LessThan(a.Limits.Instalment.MinAmount) || a.trip[i] || says("regular", t.Summary) || says("trade", t.Summary) {
		return false
	}
	switch a.Class[i] {
	case ClassOut, ClassPersonal, ClassLoanRepay, ClassLent:
		return says("instalment", t.Summary) || a.person[i] && t.Summary == ""
	case ClassRelated, ClassLoanInterest:
		return says("repay_borrowed", t.Summary) || strings.Contains(t.Summary, "还款") || strings.Contains(t.Summary, "本息")
	}
	return false
}

// rhythm looks for equal amounts in months that follow each other, once a month, near one day.
func (a *FlowAnalysis) rhythm(party string, list []int) {
	l := a.Limits.Instalment
	rows := a.Flow.Rows
	byAmount := slices.Clone(list)
	sort.SliceStable(byAmount, func(p, q int) bool { return a.cents[byAmount[p]] > a.cents[byAmount[q]] })
	for from := 0; from < len(byAmount); {
		to := from + 1
		for to < len(byAmount) && near(a.cents[byAmount[from]], a.cents[byAmount[to]], l.AmountSpread) {
			to++
		}
		run := slices.Clone(byAmount[from:to])
		from = to
		slices.SortFunc(run, func(i, j int) int { return a.at[i] - a.at[j] })
		var cur []int
		done := func() {
			if len(cur) >= l.Months {
				s := DebtSign{Party: party, Kind: "单位", Months: len(cur), Amount: rows[cur[0]].Out}
				if a.person[cur[0]] {
					s.Kind = "个人"
				}
				for _, i := range cur {
					s.Rows, s.Total = append(s.Rows, rows[i]), s.Total.Add(rows[i].Out)
				}
				for _, i := range a.byKey[a.key[cur[0]]] {
					s.Granted = s.Granted.Add(rows[i].In)
				}
				a.Debts = append(a.Debts, s)
			}
			cur = nil
		}
		for _, i := range run {
			if len(cur) > 0 && !nextMonth(rows[cur[len(cur)-1]].Date, rows[i].Date, l.DaySpread) {
				done()
			}
			cur = append(cur, i)
		}
		done()
	}
}

// nextMonth tells whether b is one month after a, give or take some days.
func nextMonth(a, b dossier.Date, spread int) bool {
	d := b.Sub(a.AddMonths(1))
	return d >= -spread && d <= spread
}

func monthsOf(rows []Txn) int {
	seen := map[[2]int]bool{}
	for _, t := range rows {
		seen[[2]int{t.Date.Year, int(t.Date.Month)}] = true
	}
	return len(seen)
}

// debtIssues tells lenders that the credit reports do not name, and instalments to others. Without a credit report
// only lenders that are no banks are told.
func (a *FlowAnalysis) debtIssues(o FlowOptions) {
	for _, d := range a.Debts {
		if d.Reported || d.Kind == "银行" && (!o.Reported || d.Months < 2) || d.ByName && !o.Reported && d.Kind == "财务公司" {
			continue
		}
		msg := ""
		switch {
		case d.ByName && o.Reported:
			msg = fmt.Sprintf("《%s》向%s（%s）还款%d笔、合计%s元，征信报告未见该机构", a.Flow.File, d.Party, d.Kind, len(d.Rows), Money(d.Total))
		case d.ByName:
			msg = fmt.Sprintf("《%s》向%s（%s）还款%d笔、合计%s元，未提供征信报告，无法核对", a.Flow.File, d.Party, d.Kind, len(d.Rows), Money(d.Total))
		default:
			msg = fmt.Sprintf("《%s》连续%d个月向%s（%s）等额支付%s元，合计%s元，形似分期还款，疑有未披露借款", a.Flow.File, d.Months, d.Party, d.Kind,
				Money(d.Amount), Money(d.Total))
		}
		if d.Granted.IsPositive() {
			msg += fmt.Sprintf("；其转入%s元", Money(d.Granted))
		}
		a.issue(KindHiddenDebt, d.Total, msg, fmt.Sprintf("%d笔合计 %s", len(d.Rows), Money(d.Total)), d.Rows...)
	}
}
