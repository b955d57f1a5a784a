package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// Dressing is a month's end at which the balance was lifted: in during the last days, out in the first of the next
// month.
type Dressing struct {
	End     dossier.Date
	Quarter bool            // a quarter ends as well
	Last    dossier.Decimal // mean balance of the last days
	Other   dossier.Decimal // mean balance of the three weeks before and after them
	Ins     []Txn
	Outs    []Txn
	In, Out dossier.Decimal
}

// dressing holds the balance of the last days of each month against that of the weeks around.
func (a *FlowAnalysis) dressing() {
	l, f := a.Limits.Dressing, a.Flow
	if len(a.closing) == 0 || f.Kind != FlowBank {
		return
	}
	mean := func(from, to dossier.Date) (dossier.Decimal, int, dossier.Decimal) {
		n, sum := a.balanceDays(from, to)
		if n == 0 {
			return zero, 0, zero
		}
		return div(sum, intD(n)), n, sum
	}
	least := centsAt(l.MinAmount)
	for end := f.Start.MonthEnd(); !end.After(f.End.AddDays(-1)); end = end.AddDays(1).MonthEnd() {
		first, next := end.AddDays(1-l.Days), end.AddDays(1)
		last, n1, _ := mean(first, next)
		_, n2, before := mean(first.AddDays(-21), first)
		_, n3, after := mean(next.AddDays(l.Days), next.AddDays(l.Days+21))
		if n1 == 0 || n2+n3 < 7 {
			continue
		}
		d := Dressing{End: end, Quarter: int(end.Month)%3 == 0, Last: last.Round(2), Other: div(before.Add(after), intD(n2+n3)).Round(2)}
		for _, i := range a.window(first, next.AddDays(l.Days-1), maxWindow) {
			t := f.Rows[i]
			switch c := a.cents[i]; {
			case c >= least && !t.Date.After(end) && a.Class[i] != ClassLoanIn:
				d.Ins, d.In = append(d.Ins, t), d.In.Add(t.In)
			case -c >= least && t.Date.After(end):
				d.Outs, d.Out = append(d.Outs, t), d.Out.Add(t.Out)
			}
		}
		if d.Last.LessThan(d.Other.Mul(l.Times)) || len(d.Ins) == 0 || d.In.Mul(intD(2)).LessThan(d.Last.Sub(d.Other)) || d.Out.LessThan(d.In.Mul(l.Back)) {
			continue
		}
		a.Dressings = append(a.Dressings, d)
	}
}

func (a *FlowAnalysis) dressingIssue() {
	if len(a.Dressings) < a.Limits.Dressing.Months {
		return
	}
	var days []string
	var rows []Txn
	total := zero
	for _, d := range a.Dressings {
		days, total = append(days, d.End.String()), total.Add(d.In)
		rows = append(append(rows, d.Ins[0]), d.Outs[0])
	}
	d := a.Dressings[0]
	a.issue(KindDressing, total, fmt.Sprintf("《%s》%s月末突击存入、月初转出，共%d次、存入%s元，月末余额不代表日常存款", a.Flow.File, shortList(days, 6, "等"),
		len(a.Dressings), Money(total)), fmt.Sprintf("%s末三日均余额 %s，前后三周日均 %s，月末存入 %s，月初转出 %s", d.End.String()[:7], Money(d.Last), Money(d.Other),
		Money(d.In), Money(d.Out)), rows...)
}
