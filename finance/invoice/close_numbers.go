package invoice

import (
	"fmt"
)

// numberWalk looks at records sorted by owner, side, seller, number, then line: duplicates stand together, and numbers
// that follow each other too.
type numberWalk struct {
	l     *Ledger
	prev  record // the last invoice, of whatever number
	first record // the first invoice of the number
	group []record
	tail  record   // the last row of the number
	refs  []record // red letters whose remark names this number, or the one just passed
	open  bool
}

const maxGroup = 64 // rows of one number that are compared with each other; more of them count as copies

func sameNumber(x, y *record) bool { return x.a == y.a && x.b == y.b && x.c == y.c }

func (w *numberWalk) side(r *record) *sideBook {
	return w.l.books[r.a>>33].sides[r.a>>32&1]
}

func (w *numberWalk) example(r *record, note string) func() Example {
	return func() Example {
		return Example{int(r.line), numberText(r), r.day.Date(), w.l.parties[r.party].name, r.total, note}
	}
}

// numberText prints the number again from its key.
func numberText(r *record) string {
	switch kind := numberKind(r.b >> 56 & 0x7f); {
	case r.b&oddKey != 0:
		return ""
	case kind == numberFull:
		return fmt.Sprintf("%010d%010d", r.b&(1<<56-1), r.c)
	case kind == numberPaper:
		code := r.b & (1<<56 - 1)
		if code >= 1e12 {
			return fmt.Sprintf("%012d-%08d", code-1e12, r.c)
		}
		return fmt.Sprintf("%010d-%08d", code, r.c)
	default:
		return fmt.Sprintf("%08d", r.c)
	}
}

func (w *numberWalk) take(r *record) {
	if w.open && !sameNumber(r, &w.first) {
		w.finish()
	}
	if !w.open {
		w.open, w.first = true, *r
		w.group, w.refs = w.group[:0], w.refs[:0]
	}
	switch {
	case r.flags&flagRef != 0:
		if len(w.refs) < maxGroup {
			w.refs = append(w.refs, *r)
		}
	case len(w.group) < maxGroup:
		w.group = append(w.group, *r)
	default: // an invoice of many lines, or one number over and over
		if !nextLine(&w.tail, r) {
			w.side(r).hit(checkCopy, r.total, w.example(r, ""))
		}
	}
	if r.flags&flagRef == 0 {
		w.tail = *r
	}
}

// nextLine tells that r is another line of the invoice that last belongs to.
func nextLine(last, r *record) bool {
	return r.flags&flagLines != 0 && r.line == last.line+1 && r.party == last.party && r.day == last.day && r.flags == last.flags &&
		!(r.total == last.total && r.goods == last.goods)
}

// finish judges all rows of one number.
func (w *numberWalk) finish() {
	w.open = false
	w.duplicates()
	w.references()
	if len(w.group) == 0 {
		return
	}
	w.order(&w.group[0])
	w.prev = w.group[len(w.group)-1]
}

func (w *numberWalk) duplicates() {
	// Without a code a number is unique only within a batch, so that only rows alike in everything are the same invoice.
	weak := numberKind(w.first.b>>56&0x7f) == numberShort
	for i := 1; i < len(w.group); i++ {
		r := &w.group[i]
		if nextLine(&w.group[i-1], r) {
			continue
		}
		id, with := checkNone, &w.group[0]
		for j := range w.group[:i] {
			o := &w.group[j]
			same := o.party == r.party && o.day == r.day && o.total == r.total && o.goods == r.goods
			void := (o.flags&flagState == uint16(Void)) != (r.flags&flagState == uint16(Void))
			switch {
			case same && !void:
				id, with = checkCopy, o
			case o.party == r.party && o.day == r.day && void && id != checkCopy:
				id, with = checkTwoStates, o
			}
		}
		switch {
		case id != checkNone:
		case weak:
			continue
		case with.party != r.party:
			id = checkSharedNumber
		default:
			id = checkSameNumber
		}
		w.side(r).hit(id, r.total, w.example(r, fmt.Sprintf("与第%d行", with.line)))
	}
}

// references matches red letters to the original that their remark names.
func (w *numberWalk) references() {
	for i := range w.refs {
		r := &w.refs[i]
		var whole Cents
		found := false
		for j := range w.group {
			if o := &w.group[j]; o.total > 0 && o.flags&flagState != uint16(Void) {
				whole += o.total
				found = true
			}
		}
		switch s := w.side(r); {
		case !found:
			s.hit(checkRedOrphan, r.total, w.example(r, "原票号码不在清单内"))
		case r.total.abs() > whole:
			s.hit(checkRedTooMuch, r.total, w.example(r, "原票"+whole.String()))
		default:
			s.hit(checkRedByNumber, r.total, w.example(r, ""))
		}
	}
}

// order compares an invoice with the one of the next lower number of the same batch. Numbers of 20 digits are dealt
// out by the platform and say nothing about time.
func (w *numberWalk) order(r *record) {
	kind := numberKind(r.b >> 56 & 0x7f)
	p := &w.prev
	if r.b&oddKey != 0 || kind != numberPaper && kind != numberShort || p.a != r.a || p.b != r.b || p.day == 0 || r.day == 0 {
		return
	}
	if gap := r.c - p.c; gap > 0 && gap <= w.l.lim.OrderGap && r.day < p.day && p.day-r.day <= w.l.lim.OrderDays {
		w.side(r).hit(checkOrder, r.total, w.example(r, fmt.Sprintf("号码%08d开于%s", p.c, p.day.Date())))
	}
}
