package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// period is the span over all accounts in whole months.
func (j *FlowsTogether) period() dossier.Period {
	start, end := j.Accounts[0].Start, j.Accounts[0].End
	for _, a := range j.Accounts {
		if a.Start.Before(start) {
			start = a.Start
		}
		if a.End.After(end) {
			end = a.End
		}
	}
	return spanOf(start, end)
}

// jointFigures makes the netted totals into figures of a set.
type jointFigures struct {
	j      *FlowsTogether
	s      *Set
	p      dossier.Period
	entity string
}

// addFigures makes the netted totals into figures: sums of the accounts' own figures, less what was counted twice.
// Their lineage leads to the accounts.
func (j *FlowsTogether) addFigures(s *Set, flows []*FlowAnalysis) {
	if len(j.Accounts) == 0 {
		return
	}
	b := jointFigures{j: j, s: s, p: j.period(), entity: j.options.Borrower}
	if b.entity == "" {
		b.entity = j.Accounts[0].Owner
	}
	var between, round []FlowLeg
	for _, t := range j.Transfers {
		between = append(between, t.In)
	}
	for _, c := range j.Circles {
		round = append(round, c.Legs[len(c.Legs)-1])
	}
	t := j.Total
	in := b.sum("flow_all_in", "flow_in", flows, t.In, func(a FlowAccount) dossier.Decimal { return a.In })
	b.sum("flow_all_out", "flow_out", flows, t.Out, func(a FlowAccount) dossier.Decimal { return a.Out })
	inner := b.read("flow_internal", b.p, t.Internal, between, fmt.Sprintf("各账户之间划转%d笔合计 %s", len(j.Transfers), Money(t.Internal)))
	circ := b.read("flow_circular", b.p, t.Circular, round, "往返及循环资金合计 "+Money(t.Circular))
	own := b.read("flow_own_in", b.p, t.OwnIn, nil, "本户名其他账户转入合计 "+Money(t.OwnIn))
	net := b.figure("flow_net_in", b.p, t.NetIn)
	net.Formula, net.Operands = "flow_all_in - flow_internal - flow_circular - flow_own_in", []string{in.ID, inner.ID, circ.ID, own.ID}
	b.keep(net)
	b.read("flow_net_out", b.p, t.NetOut, nil, "各账户支出合计剔除账户间划转、往返及循环资金 "+Money(t.NetOut))
	b.read("flow_net_receipts", b.p, t.Receipts, nil, "借款人各账户客户回款合计（剔除划转、往返及循环） "+Money(t.Receipts))
	if t.Cards.IsPositive() {
		b.read("flow_card_receipts", b.p, t.Cards, nil, "关联个人账户经营性收款合计 "+Money(t.Cards))
	}
	for _, m := range j.Months {
		at := dossier.Span(monthStart(m.Month).MonthEnd(), 1)
		b.read("flow_month_net_in", at, m.NetIn, nil, fmt.Sprintf("%s 各账户净流入 %s", m.Month, Money(m.NetIn)))
		b.read("flow_month_net_out", at, m.NetOut, nil, fmt.Sprintf("%s 各账户净流出 %s", m.Month, Money(m.NetOut)))
		b.read("flow_month_net_receipts", at, m.Receipts, nil, fmt.Sprintf("%s 各账户客户回款 %s", m.Month, Money(m.Receipts)))
	}
}

func (b jointFigures) figure(id string, p dossier.Period, v dossier.Decimal) dossier.Figure {
	return dossier.Figure{Indicator: id, Name: NameOf(id), Entity: b.entity, Scope: dossier.ScopeSingle, Period: p, Value: v, Unit: dossier.Yuan,
		Basis: dossier.BasisComputed}
}

func (b jointFigures) keep(f dossier.Figure) dossier.Figure {
	f = b.s.add(f)
	b.j.Figures = append(b.j.Figures, f)
	return f
}

// read is a sum over rows: it stands at the first of them and says what was summed.
func (b jointFigures) read(id string, p dossier.Period, v dossier.Decimal, legs []FlowLeg, quote string) dossier.Figure {
	f := b.figure(id, p, v)
	at := b.j.Accounts[0].analysis.Flow.Rows[0].At
	if len(legs) > 0 {
		at = legs[0].Row.At
	}
	at.File = orText(at.File, b.j.Accounts[0].Files[0])
	at.Quote = clip(quote, 80)
	f.Source = &dossier.Source{Place: at, Printed: Format(v, 0), Unit: dossier.Yuan}
	return b.keep(f)
}

// sum adds one indicator over the accounts.
func (b jointFigures) sum(id, of string, flows []*FlowAnalysis, total dossier.Decimal, value func(FlowAccount) dossier.Decimal) dossier.Figure {
	f := b.figure(id, b.p, total)
	for _, a := range flows {
		for _, x := range a.Figures {
			if x.Indicator == of+a.suffix() {
				f.Operands = append(f.Operands, x.ID)
			}
		}
	}
	var words []string
	for i, a := range b.j.Accounts {
		if i < 20 {
			words = append(words, fmt.Sprintf("%s%s %s", a.Owner, tail(a.Account), Money(value(a))))
		}
	}
	f.Formula = strings.Join(words, " ＋ ")
	return b.keep(f)
}

func orText(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// tail shows the last four digits of an account.
func tail(account string) string {
	if len(account) < 4 {
		return ""
	}
	return "（尾号" + account[len(account)-4:] + "）"
}
