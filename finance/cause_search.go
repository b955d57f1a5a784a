package finance

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

const maxTerms = 200 // lines of one sum

// search is the state of one FindCause.
type search struct {
	sum   Sum
	ev    Evidence
	exp   int32 // amounts are counted in 10^exp 元
	diff  int64 // total less terms
	tol   int64
	lines []line
	by    map[cell][]Sum // other sums by the lines they hold
	found []Cause
	seen  map[change]bool
}

// line is one figure of the sum, the total first; need is the change that would close the sum.
type line struct {
	f    dossier.Figure
	v    int64
	low  int
	need int64
	ok   bool // small enough to be searched
}

// cell tells where a figure stands: the same line of the same column of the same paper.
type cell struct {
	line, entity, file string
	scope              dossier.Scope
	period             dossier.Period
}

func cellOf(f dossier.Figure) cell {
	return cell{line: f.Indicator, entity: f.Entity, file: file(f), scope: f.Scope, period: f.Period}
}

// change is a value put into a cell.
type change struct {
	at cell
	to string
}

func scanned(f dossier.Figure) bool { return strings.Contains(f.Note, ScanNote) }

func newSearch(s Sum, ev Evidence) *search {
	q := &search{sum: s, ev: ev, seen: map[change]bool{}, by: map[cell][]Sum{}}
	q.exp = min(-2, s.Total.Value.Exponent())
	for _, t := range s.Terms {
		q.exp = min(q.exp, t.Figure.Value.Exponent())
	}
	diff, ok := count(s.Diff(), q.exp)
	if !ok {
		return q
	}
	q.diff = diff
	q.tol, _ = count(s.Tolerance.Shift(-q.exp).Floor().Shift(q.exp), q.exp)
	q.line(s.Total, -diff)
	for _, t := range s.Terms {
		q.line(t.Figure, diff*int64(t.Sign))
	}
	mine := map[cell]bool{}
	for _, l := range q.lines {
		mine[cellOf(l.f)] = true
	}
	self := sumKey(s)
	for _, o := range ev.Sums {
		if sumKey(o) == self {
			continue
		}
		for _, f := range o.figures() {
			if k := cellOf(f); mine[k] {
				q.by[k] = append(q.by[k], o)
			}
		}
	}
	return q
}

func (s Sum) figures() []dossier.Figure {
	out := []dossier.Figure{s.Total}
	for _, t := range s.Terms {
		out = append(out, t.Figure)
	}
	return out
}

// sumID tells sums apart; a comparison is told by both its papers.
type sumID struct {
	check       string
	total, term cell
}

func sumKey(s Sum) sumID {
	k := sumID{check: s.Check, total: cellOf(s.Total)}
	if s.Equal && len(s.Terms) > 0 {
		k.term = cellOf(s.Terms[0].Figure)
	}
	return k
}

func (q *search) line(f dossier.Figure, need int64) {
	v, ok := count(f.Value, q.exp)
	q.lines = append(q.lines, line{f, v, placesBelow(ulp(f), q.exp), need, ok})
}

func (q *search) decimal(n int64) dossier.Decimal { return intD(int(n)).Shift(q.exp) }

func nearCount(a, b, tol int64) bool {
	d := a - b
	return d <= tol && d >= -tol
}

// add keeps a cause unless its change breaks a sum that holds. The first cause found for a change stays.
func (q *search) add(c Cause) {
	k := change{cellOf(c.Figure), c.To.String()}
	if q.seen[k] {
		return
	}
	closes, breaks := q.effect(c.Figure, c.To)
	if breaks > 0 {
		return
	}
	q.seen[k] = true
	c.Closes, c.Confirmed = closes, closes > 0
	q.found = append(q.found, c)
}

// effect counts the other sums that a change closes and breaks.
func (q *search) effect(f dossier.Figure, to dossier.Decimal) (closes, breaks int) {
	at := cellOf(f)
	for _, s := range q.by[at] {
		was, is := s.Holds(), s.with(at, to).Holds()
		switch {
		case is && !was:
			closes++
		case was && !is:
			breaks++
		}
	}
	return closes, breaks
}

// with is the sum with another value in one cell.
func (s Sum) with(at cell, to dossier.Decimal) Sum {
	if cellOf(s.Total) == at {
		s.Total.Value = to
	}
	ts := append([]Term(nil), s.Terms...)
	for i := range ts {
		if cellOf(ts[i].Figure) == at {
			ts[i].Figure.Value = to
		}
	}
	s.Terms = ts
	return s
}

// rounding: a difference of no more than one unit of the last place a line.
func (q *search) rounding() {
	most := zero
	for _, l := range q.lines {
		most = decMax(most, ulp(l.f))
	}
	if q.sum.Diff().Abs().LessThanOrEqual(most.Mul(intD(len(q.lines)))) && most.GreaterThanOrEqual(one) {
		t := q.sum.Total
		q.found = append(q.found, Cause{Class: CauseRounding, Figure: t, From: t.Value, To: q.sum.Want()})
	}
}

// restated: two papers differ although each adds up in itself.
func (q *search) restated() {
	if !q.sum.Equal {
		return
	}
	for _, l := range q.lines {
		proven := false
		for _, s := range q.by[cellOf(l.f)] {
			if !s.Equal {
				if !s.Holds() {
					return
				}
				proven = true
			}
		}
		if !proven {
			return
		}
	}
	t, o := q.sum.Total, q.sum.Terms[0].Figure
	q.found = append(q.found, Cause{Class: CauseRestated, Figure: t, From: t.Value, To: o.Value, Other: &o, Confirmed: true})
}

// slips tries every single slip on every line.
func (q *search) slips() {
	for _, l := range q.lines {
		if !l.ok {
			continue
		}
		eachSlip(l.v, l.low, func(s slip) {
			if nearCount(s.to-l.v, l.need, q.tol) {
				q.add(Cause{Class: s.class, Figure: l.f, From: l.f.Value, To: q.decimal(s.to), Lookalike: s.alike})
			}
		})
	}
}

// others tries the values that other papers, columns and scopes print for the lines of the sum.
func (q *search) others() {
	for i := range q.ev.Others {
		o := q.ev.Others[i]
		v, ok := count(o.Figure.Value, q.exp)
		if !ok {
			continue
		}
		class := map[OtherKind]CauseClass{OtherPaper: CausePaper, OtherColumn: CauseSwapped, OtherScope: CauseScope}[o.Kind]
		if class == "" {
			continue
		}
		for _, l := range q.lines {
			if l.f.Indicator == o.Figure.Indicator && l.ok && cellOf(l.f) != cellOf(o.Figure) && nearCount(v-l.v, l.need, q.tol) {
				q.outside(Cause{Class: class, Figure: l.f, From: l.f.Value, To: o.Figure.Value, Other: &o.Figure})
			}
		}
	}
	q.scopes()
}

// outside adds a cause that rests on a value printed elsewhere; a slip that makes the same change keeps its class and
// gets the value as evidence.
func (q *search) outside(c Cause) {
	for i, f := range q.found {
		if cellOf(f.Figure) == cellOf(c.Figure) && f.To.Equal(c.To) {
			q.found[i].Other = c.Other
			return
		}
	}
	q.add(c)
}

// scopes: one line prints the other scope's value while its fellows do not.
func (q *search) scopes() {
	for i := range q.ev.Others {
		o := q.ev.Others[i]
		if o.Kind != OtherScope || o.Figure.Value.IsZero() {
			continue
		}
		for _, l := range q.lines {
			if l.ok && l.f.Indicator == o.Figure.Indicator && l.f.Value.Equal(o.Figure.Value) && q.differs(o.Figure) {
				q.add(Cause{Class: CauseScope, Figure: l.f, From: l.f.Value, To: q.decimal(l.v + l.need), Other: &o.Figure})
			}
		}
	}
}

// differs tells whether the other lines of the sum differ between the scopes.
func (q *search) differs(but dossier.Figure) bool {
	same, other := 0, 0
	for _, o := range q.ev.Others {
		for _, l := range q.lines {
			if o.Kind == OtherScope && o.Figure.Indicator != but.Indicator && l.f.Indicator == o.Figure.Indicator && !l.f.Value.IsZero() {
				if l.f.Value.Equal(o.Figure.Value) {
					same++
				} else {
					other++
				}
			}
		}
	}
	return other > same
}
