package finance

import "github.com/xindiao/xindiao/dossier"

// counted: a line that the total leaves out or counts twice, a part counted beside its whole, a line not read.
func (q *search) counted() {
	total := q.sum.Total
	if q.sum.Equal {
		return
	}
	for _, l := range q.lines[min(1, len(q.lines)):] {
		if !l.ok || l.v == 0 || len(q.lines) == 2 {
			continue
		}
		f := l.f
		share := l.v * sign(l.need) * sign(q.diff) // what the line brings into the sum
		switch {
		case nearCount(q.diff, -share, q.tol):
			q.tally(Cause{Class: CauseMissing, Figure: total, From: total.Value, To: q.sum.Want(), Other: &f})
		case nearCount(q.diff, share, q.tol):
			q.tally(Cause{Class: CauseDouble, Figure: total, From: total.Value, To: q.sum.Want(), Other: &f})
		}
	}
	for i := range q.ev.Others {
		o := &q.ev.Others[i].Figure
		v, ok := count(o.Value, q.exp)
		if !ok || v == 0 || StatementOf(o.Indicator) != StatementOf(total.Indicator) || o.Period != total.Period {
			continue
		}
		hit := nearCount(q.diff, v, q.tol) || nearCount(q.diff, -v, q.tol)
		switch kind := q.ev.Others[i].Kind; {
		case kind == OtherOfWhich && hit && !q.has(o.Indicator):
			q.tally(Cause{Class: CauseDouble, Figure: total, From: total.Value, To: q.sum.Want(), Other: o})
		case kind == OtherLine && hit && !q.has(o.Indicator) && theChart().item(o.Indicator):
			q.tally(Cause{Class: CauseMissing, Figure: total, From: total.Value, To: q.sum.Want(), Other: o})
		}
	}
	q.unread()
}

// tally adds a cause that a total was added up wrongly. The totals above it inherit the slip, so that sums which break
// do not refute it.
func (q *search) tally(c Cause) {
	closes, breaks := q.effect(c.Figure, c.To)
	c.Closes, c.Confirmed = closes, closes > 0 && breaks == 0
	q.found = append(q.found, c)
}

// unread: a line that the year before has and this one lacks would make up the difference, in kind and in size.
func (q *search) unread() {
	for i := range q.ev.Others {
		o := &q.ev.Others[i].Figure
		v, ok := count(o.Value, q.exp)
		if q.ev.Others[i].Kind != OtherLastYear || !ok || v == 0 {
			continue
		}
		if q.has(o.Indicator) {
			continue
		}
		s := q.signIn(o.Indicator)
		want := q.diff * int64(s)
		if a, b := want*sign(want), v*sign(v); s == 0 || sign(want) != sign(v) || a/3 > b || b/3 > a {
			continue
		}
		f := *o
		f.Period, f.Source = q.sum.Total.Period, q.sum.Total.Source
		q.found = append(q.found, Cause{Class: CauseMissing, Figure: f, From: zero, To: q.decimal(want), Other: o})
	}
}

func (q *search) has(id string) bool {
	for _, l := range q.lines {
		if l.f.Indicator == id {
			return true
		}
	}
	return false
}

// item tells whether a line is no total in any standard.
func (c *chart) item(id string) bool {
	for _, ls := range c.lines {
		if l := ls[id]; l != nil && l.Formula != "" {
			return false
		}
	}
	return true
}

// signIn tells with which sign a line would enter the sum by the formulas of either standard, 0 when it would not: a
// part of a subtotal that is printed is no part of the sum.
func (q *search) signIn(id string) int {
	for _, std := range []string{CAS2019, Small2013} {
		if s := q.signUnder(std, q.sum.Total.Indicator, id, 0); s != 0 {
			return s
		}
	}
	return 0
}

func (q *search) signUnder(std, total, id string, depth int) int {
	l := theChart().lines[std][total]
	if l == nil || l.Formula == "" || depth > 6 || depth > 0 && q.has(total) {
		return 0
	}
	e, err := parseExpr(l.Formula)
	if err != nil {
		return 0 // Lint refuses such a formula
	}
	var walk func(e *expr, s int) int
	walk = func(e *expr, s int) int {
		switch e.op {
		case 'i':
			if e.name == id {
				return s
			}
			return s * q.signUnder(std, e.name, id, depth+1)
		case '~':
			return walk(e.args[0], -s)
		case '+', '-':
			if r := walk(e.args[0], s); r != 0 {
				return r
			}
			if e.op == '-' {
				s = -s
			}
			return walk(e.args[1], s)
		}
		return 0
	}
	return walk(e, 1)
}

// wrong: one value in the place of a line closes this sum and others that are broken, although no slip leads to it.
func (q *search) wrong() {
	for _, l := range q.lines {
		if !l.ok || q.sum.Equal && len(q.by[cellOf(l.f)]) < 2 {
			continue
		}
		to := q.decimal(l.v + l.need)
		closes, breaks := q.effect(l.f, to)
		if closes == 0 || breaks > 0 {
			continue
		}
		known := false
		for _, c := range q.found {
			known = known || cellOf(c.Figure) == cellOf(l.f) && within(c.To, to, q.sum.Tolerance)
		}
		if !known {
			q.found = append(q.found, Cause{Class: CauseWrong, Figure: l.f, From: l.f.Value, To: to, Closes: closes, Confirmed: true})
		}
	}
}

// offset: another sum of the same statement is off by the same amount, so that one amount stands under the wrong
// heading. Sums that share a line are left to the slips.
func (q *search) offset() {
	t := q.sum.Total
	mine := map[cell]bool{}
	for _, l := range q.lines {
		mine[cellOf(l.f)] = true
	}
	for _, s := range q.ev.Sums {
		o := s.Total
		if s.Equal || q.sum.Equal || s.Holds() || o.Period != t.Period || StatementOf(o.Indicator) != StatementOf(t.Indicator) ||
			file(o) != file(t) || o.Scope != t.Scope || nameKey(o.Entity) != nameKey(t.Entity) {
			continue
		}
		d, ok := count(s.Diff(), q.exp)
		shared := false
		for _, f := range s.figures() {
			shared = shared || mine[cellOf(f)]
		}
		if !ok || shared || !nearCount(d, -q.diff, q.tol) {
			continue
		}
		q.found = append(q.found, Cause{Class: CauseOffset, Figure: t, From: t.Value, To: q.sum.Want(), Other: &o, Closes: 1, Confirmed: true})
	}
}

func file(f dossier.Figure) string {
	if f.Source == nil {
		return ""
	}
	return f.Source.File
}

// pairs looks for two lines, each with one slip, that close the sum together; kept only when there is one such pair.
func (q *search) pairs() {
	type half struct {
		line int
		to   int64
		c    CauseClass
	}
	if q.tol > pow10[3] { // sums of rounded amounts fit too many pairs
		return
	}
	var all []half
	by := map[int64][]half{}
	for i, l := range q.lines {
		if !l.ok || len(all) > 20000 {
			continue
		}
		eachSlip(l.v, l.low, func(s slip) {
			if s.class == CauseDigitCount || s.class == CauseDigit && !s.alike {
				return
			}
			h := half{i, s.to, s.class}
			all = append(all, h)
			// what the slip brings towards closing the difference
			by[q.toward(i, s.to)] = append(by[q.toward(i, s.to)], h)
		})
	}
	var hits [][2]half
	for _, a := range all {
		for d := -q.tol; d <= q.tol; d++ {
			for _, b := range by[q.diff-q.toward(a.line, a.to)+d] {
				if a.line < b.line {
					hits = append(hits, [2]half{a, b})
				}
			}
		}
		if len(hits) > 1 {
			return
		}
	}
	if len(hits) == 1 {
		a, b := hits[0][0], hits[0][1]
		x, y := q.lines[a.line].f, q.lines[b.line].f
		_, breaksA := q.effect(x, q.decimal(a.to))
		_, breaksB := q.effect(y, q.decimal(b.to))
		if breaksA+breaksB == 0 {
			q.found = append(q.found, Cause{Class: CauseTwo, Figure: x, From: x.Value, To: q.decimal(a.to), Other: &y, OtherTo: q.decimal(b.to)})
		}
	}
}

// toward is by how much a changed line lessens the difference.
func (q *search) toward(i int, to int64) int64 {
	l := q.lines[i]
	d := to - l.v
	if sign(l.need) != sign(q.diff) {
		d = -d
	}
	return d
}
