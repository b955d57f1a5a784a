package invoice

import (
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// Close finishes the checks over all rows and gives one result an owner, in the order in which owners appeared. It
// never fails: what could not be checked is a note. The ledger is used up.
func (l *Ledger) Close() []*Result {
	var notes []string
	nw := &numberWalk{l: l}
	err := l.numbers.each(nw.take)
	if nw.open {
		nw.finish()
	}
	if err != nil {
		notes = append(notes, "重号与号码顺序未能全部检查："+err.Error())
	}
	vw := &valueWalk{l: l}
	err = l.values.each(vw.take)
	vw.finish()
	if err != nil {
		notes = append(notes, "红字发票与原票未能全部核对："+err.Error())
	}
	members := make([][]*party, len(l.books))
	for i, b := range l.books {
		for _, p := range b.named {
			members[i] = append(members[i], p)
		}
		if b.rest != nil {
			members[i] = append(members[i], b.rest)
			notes = append(notes, "对手方过多，其余合并计算，集中度偏低")
		}
		sort.Slice(members[i], func(x, y int) bool { return members[i][x].id < members[i][y].id })
	}
	var out []*Result
	for i, b := range l.books {
		out = append(out, l.result(b, members[i], notes))
	}
	return out
}

func (l *Ledger) result(b *book, members []*party, notes []string) *Result {
	r := &Result{Owner: b.owner, Notes: append([]string(nil), notes...)}
	end := l.asOf
	if end == 0 {
		for _, s := range b.sides {
			if s != nil {
				end = max(end, s.last)
			}
		}
	}
	r.AsOf = end.Date()
	r.Sales = l.side(b.sides[Sales], Sales, members)
	r.Purchases = l.side(b.sides[Purchase], Purchase, members)
	for _, s := range b.sides {
		if s != nil && s.gross > maxGross {
			r.Notes = append(r.Notes, "金额过大，合计不可用")
		}
	}
	l.bothSides(r, members)
	l.goodsResult(r, b)
	l.burst(r, end)
	l.afterLoan(r)
	l.related(r, members)
	return r
}

func (l *Ledger) side(s *sideBook, side Side, members []*party) *SideResult {
	if s == nil {
		return nil
	}
	r := &SideResult{Side: side, Rows: s.rows, Blue: s.valid, Red: s.red, Void: s.void, First: s.first.Date(), Last: s.last.Date(), Net: s.net,
		Tax: s.tax, Total: s.total, BlueAmount: s.blue, RedAmount: s.redAmount, VoidAmount: s.voidAmount, TaxChecked: s.rated,
		VoidRate: ratio(Cents(s.void), Cents(s.rows)), RedRate: ratio(s.redAmount, s.blue), Checks: s.list()}
	run := 0
	for i := range s.months {
		m, month := &s.months[i], s.base+Month(i)
		r.Months = append(r.Months, MonthTotal{month, m.rows, m.red, m.void, m.net, m.tax, m.redAmount})
		r.MonthEndReversals += m.late
		if m.rows-m.red > 0 {
			run = 0
			continue
		}
		run++
		r.Silent = append(r.Silent, month)
		r.LongestSilence = max(r.LongestSilence, run)
	}
	l.parts(r, s, members)
	return r
}

// parts works out shares, concentration and stability.
func (l *Ledger) parts(r *SideResult, s *sideBook, members []*party) {
	var all []*party
	var positive Cents
	for _, p := range members {
		if p.sides[r.Side].rows > 0 {
			all = append(all, p)
			positive += max(p.sides[r.Side].net, 0)
		}
	}
	r.Parties = len(all)
	sort.SliceStable(all, func(i, j int) bool { return all[i].sides[r.Side].net > all[j].sides[r.Side].net })
	square := dossier.Decimal{}
	for i, p := range all {
		t := total(p, r.Side, positive)
		if i < 30 {
			r.Top = append(r.Top, t)
		}
		if t.Net <= 0 {
			break
		}
		if i == 0 {
			r.Top1 = t.Share
		}
		if i < 5 {
			r.Top5 = r.Top5.Add(t.Share)
		}
		if i < 1000 { // what comes after is below a thousandth each and adds nothing that shows
			square = square.Add(t.Share.Mul(t.Share))
		}
	}
	r.HHI = square.Round(6)
	l.stability(r, s, all)
}

func total(p *party, side Side, whole Cents) PartyTotal {
	s := &p.sides[side]
	return PartyTotal{Name: p.name, Side: side, Rows: int(s.rows), Net: s.net, Share: ratio(s.net, whole), Months: len(s.months)}
}

// stability compares the last twelve months of the series with the twelve before.
func (l *Ledger) stability(r *SideResult, s *sideBook, all []*party) {
	if len(s.months) == 0 {
		return
	}
	end := s.base + Month(len(s.months)) // the month after the last
	st := &r.Stability
	st.Compared = len(s.months) >= 24
	type sums struct {
		recent, before Cents
		active         int
	}
	var whole, fresh, old, kept Cents
	parts := make([]sums, len(all))
	for i, p := range all {
		for _, m := range p.sides[r.Side].months {
			switch {
			case m.month >= end-12:
				parts[i].recent += m.net
				if m.net > 0 {
					parts[i].active++
				}
			case m.month >= end-24:
				parts[i].before += m.net
			}
		}
		whole += max(parts[i].recent, 0)
		old += max(parts[i].before, 0)
		if parts[i].before <= 0 {
			fresh += max(parts[i].recent, 0)
		} else if parts[i].recent > 0 {
			kept += parts[i].before
		}
	}
	for i, p := range all {
		share := ratio(parts[i].recent, whole)
		if parts[i].active >= l.lim.StableMonths && share.GreaterThanOrEqual(l.lim.LargeShare) {
			st.LargeStable = append(st.LargeStable, PartyTotal{p.name, r.Side, int(p.sides[r.Side].rows), parts[i].recent, share, parts[i].active})
		}
	}
	st.Enough = len(st.LargeStable) >= l.lim.StableParties
	st.NewShare, st.KeptShare = ratio(fresh, whole), ratio(kept, old)
}
