package invoice

import "fmt"

// valueWalk looks at records sorted by owner, party, amount without sign, then day: red letters stand beside the
// originals that they may cancel, and equal sums bought and sold beside each other.
type valueWalk struct {
	l     *Ledger
	now   record
	open  bool
	blue  [2][]blueDay // not yet cancelled, oldest first
	mark  [2]int       // originals marked as reversed, less red letters seen
	last  [2]record    // an original marked as reversed
	trade [2][]Day     // for equal sums both ways
}

type blueDay struct{ day Day }

const maxOpen = 4096 // equal invoices of one party that wait for a red one; the oldest are dropped

func (w *valueWalk) side(r *record) *sideBook { return w.l.books[r.a>>32].sides[w.dir(r)] }

func (w *valueWalk) dir(r *record) int {
	if r.flags&flagPurchase != 0 {
		return 1
	}
	return 0
}

func (w *valueWalk) example(r *record, note string) func() Example {
	return func() Example {
		return Example{int(r.line), "", r.day.Date(), w.l.parties[r.party].name, r.total, note}
	}
}

func (w *valueWalk) take(r *record) {
	if !w.open || r.a != w.now.a || r.b != w.now.b {
		w.finish()
		w.now, w.open = *r, true
	}
	d := w.dir(r)
	if r.total > 0 {
		w.blue[d] = push(w.blue[d], blueDay{r.day})
		if r.flags&flagState == uint16(Reversed) {
			w.mark[d]++
			w.last[d] = *r
		}
		w.returns(r, d)
		return
	}
	w.mark[d]--
	s := w.side(r)
	n := len(w.blue[d])
	if n == 0 {
		if r.flags&flagKnown == 0 { // else the number decides
			w.unmatched(s, r, d)
		}
		return
	}
	o := w.blue[d][n-1]
	w.blue[d] = w.blue[d][:n-1]
	if r.flags&flagKnown == 0 {
		s.hit(checkRedByAmount, r.total, w.example(r, ""))
	}
	if a := w.l.approved(); a != 0 && r.day > a && o.day <= a {
		s.hit(checkAfterLoan, r.total, w.example(r, fmt.Sprintf("原票开于%s", o.day.Date())))
	}
}

// unmatched tells a part of a larger invoice from a red letter that nothing explains.
func (w *valueWalk) unmatched(s *sideBook, r *record, d int) {
	p := &w.l.parties[r.party].sides[d]
	if p.largest >= r.total.abs() && p.first != 0 && p.first <= r.day {
		s.hit(checkRedPart, r.total, w.example(r, ""))
		return
	}
	s.hit(checkRedOrphan, r.total, w.example(r, ""))
}

// returns finds the same sum bought from and sold to one party within some days.
func (w *valueWalk) returns(r *record, d int) {
	other := w.trade[1-d]
	for len(other) > 0 && r.day-other[0] > w.l.lim.ReturnDays {
		other = other[1:]
	}
	if len(other) == 0 {
		w.trade[1-d] = other
		w.trade[d] = push(w.trade[d], r.day)
		return
	}
	w.trade[1-d] = other[1:]
	w.side(r).hit(checkReturn, r.total, w.example(r, fmt.Sprintf("%s有等额的%s", other[0].Date(), Side(1-d).Chinese())))
}

// finish closes a group of equal sums of one party.
func (w *valueWalk) finish() {
	for d := range w.blue {
		if w.open {
			for ; w.mark[d] > 0; w.mark[d]-- {
				r := &w.last[d]
				w.side(r).hit(checkReversedOnly, r.total, w.example(r, ""))
			}
		}
		w.blue[d], w.trade[d], w.mark[d] = w.blue[d][:0], w.trade[d][:0], 0
	}
	w.open = false
}

func push[T any](list []T, v T) []T {
	if len(list) >= maxOpen {
		list = append(list[:0], list[maxOpen/2:]...)
	}
	return append(list, v)
}

func (l *Ledger) approved() Day {
	if l.o.Approved.IsZero() {
		return 0
	}
	return DayOf(l.o.Approved)
}
