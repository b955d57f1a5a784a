package finance

import (
	"fmt"
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// PassThrough is money that came from one party and went on to another within two days in the same amount, at
// least three times: the shape of turnover made to look like trade.
type PassThrough struct {
	From, To string
	Ins      []Txn
	Outs     []Txn
	Total    dossier.Decimal // that came in
}

const (
	passDays  = 2
	passTimes = 3
)

// passThrough pairs receipts with the first payment of the same amount, up to half a percent, that follows.
func (a *FlowAnalysis) passThrough() {
	rows := a.Flow.Rows
	trip := a.inTrips()
	used := map[int]bool{}
	byPair := map[string]*PassThrough{}
	for i, in := range rows {
		if !in.In.IsPositive() || trip[in.N] || a.Class[i] == ClassLoanIn || a.Class[i] == ClassInterest || in.Party == "" {
			continue
		}
		for j := i + 1; j < len(rows) && j < i+200; j++ {
			out := rows[j]
			if out.Date.Sub(in.Date) > passDays {
				break
			}
			if !out.Out.IsPositive() || used[out.N] || trip[out.N] || out.Party == "" || SameName(out.Party, in.Party) || a.Class[j] == ClassLoanRepay {
				continue
			}
			if in.In.Sub(out.Out).Abs().Mul(intD(200)).GreaterThan(in.In) {
				continue
			}
			used[out.N] = true
			k := nameKey(in.Party) + "|" + nameKey(out.Party)
			p := byPair[k]
			if p == nil {
				p = &PassThrough{From: in.Party, To: out.Party}
				byPair[k] = p
			}
			p.Ins, p.Outs, p.Total = append(p.Ins, in), append(p.Outs, out), p.Total.Add(in.In)
			break
		}
	}
	for _, p := range byPair {
		if len(p.Ins) >= passTimes && p.Total.Mul(intD(50)).GreaterThan(a.TotalIn) { // below two percent it may be chance
			a.Passed = append(a.Passed, *p)
		}
	}
	sort.Slice(a.Passed, func(i, j int) bool {
		if !a.Passed[i].Total.Equal(a.Passed[j].Total) {
			return a.Passed[i].Total.GreaterThan(a.Passed[j].Total)
		}
		return a.Passed[i].From+a.Passed[i].To < a.Passed[j].From+a.Passed[j].To
	})
}

// dealings reports pass-through and parties that both pay and are paid for goods.
func (a *FlowAnalysis) dealingsIssues() {
	f := a.Flow
	for _, p := range a.Passed {
		a.issue(KindPassThrough, p.Total, fmt.Sprintf("《%s》收%s款项后%d天内等额转付%s，共%d次、合计%s元，疑似空转走账", f.File, p.From, passDays, p.To,
			len(p.Ins), Money(p.Total)), "", interleave(p.Ins, p.Outs)...)
	}
	if f.Kind != FlowBank {
		return
	}
	for _, in := range a.TopIn {
		for _, out := range a.TopOut {
			if SameName(in.Party, out.Party) && in.Share.GreaterThan(dossier.D("0.05")) && out.Share.GreaterThan(dossier.D("0.05")) {
				a.issue(KindBothSides, in.Amount, fmt.Sprintf("《%s》%s既是回款客户（%s元，占%s）又是付款对象（%s元，占%s），交易真实性须核实", f.File, in.Party,
					Money(in.Amount), percent(in.Share), Money(out.Amount), percent(out.Share)), "")
			}
		}
	}
}

func interleave(a, b []Txn) []Txn {
	var out []Txn
	for i := range a {
		out = append(out, a[i], b[i])
	}
	return out
}
