package finance

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// row reads one transaction of a table; true when the row is done with, as a transaction or as a row to skip.
func (r *flowReader) row(page int, g grid, i int) bool {
	c := r.cols
	d, clock, ok := dayTime(g.text(i, c.date))
	if !ok {
		return r.side(g, i)
	}
	if r.side(g, i) {
		return true
	}
	t := Txn{Date: d, Time: clock, Party: g.cell(i, c.party), Account: g.cell(i, c.account), Serial: smallInt(g.text(i, c.serial))}
	if c.time >= 0 {
		if s := clockOf(g.text(i, c.time)); s != "" {
			t.Time = s
		}
	}
	t.Summary = r.summary(g, i)
	if t.Party == "/" || t.Party == "-" {
		t.Party = ""
	}
	r.enter(g.cell(i, c.own), g.cell(i, c.currency))
	if r.full() {
		return true
	}
	scale := c.scale.Mul(r.f.Unit.Scale())
	unit := scale.Equal(one)
	times := func(v dossier.Decimal) dossier.Decimal {
		if unit {
			return v
		}
		return v.Mul(scale)
	}
	mark := ""
	if c.in >= 0 && c.out >= 0 { // the flag beside two columns is the balance's
		mark = g.cell(i, c.flag)
	}
	if c.balance >= 0 {
		if v, ok := signedBalance(g.text(i, c.balance), mark); ok {
			v = times(v)
			t.Balance = &v
			if mark != "" && v.IsNegative() {
				r.marked[r.f] = append(r.marked[r.f], t.Balance)
			}
		}
	}
	if c.in >= 0 && c.out >= 0 {
		in, _, ok1 := flowAmount(g.text(i, c.in))
		out, _, ok2 := flowAmount(g.text(i, c.out))
		if !ok1 && !ok2 {
			return false
		}
		t.In, t.Out = times(in), times(out)
		settle(&t)
	} else {
		v, flag, ok := flowAmount(g.text(i, c.amount))
		if !ok {
			return false
		}
		if s := g.cell(i, c.flag); s != "" {
			flag = s
		}
		if !r.direction(&t, times(v), flag, g.cell(i, c.status)) {
			t.Out, t.At = times(v).Abs(), g.place(r.doc.File, page, firstCell(g.rows[i]), g.rowText(i))
			if len(r.f.Neutral) < maxTxns {
				r.f.Neutral = append(r.f.Neutral, t)
			}
			r.f.Skipped++
			return true
		}
	}
	cell := g.rows[i][max(0, min(amountCol(c, t), len(g.rows[i])-1))]
	t.At = g.place(r.doc.File, page, cell, d.String()+" "+t.Party+" "+t.Summary+" "+Money(t.Amount()))
	r.add(t)
	return true
}

// settle turns reversed entries (red figures) round and nets a row that has both sides.
func settle(t *Txn) {
	switch {
	case t.In.IsNegative() && t.Out.IsZero():
		t.Out, t.In = t.In.Neg(), zero
	case t.Out.IsNegative() && t.In.IsZero():
		t.In, t.Out = t.Out.Neg(), zero
	case !t.In.IsZero() && !t.Out.IsZero():
		n := t.In.Sub(t.Out)
		t.In, t.Out = n, zero
		if n.IsNegative() {
			t.In, t.Out = zero, n.Neg()
		}
	}
}

func (r *flowReader) summary(g grid, i int) string {
	switch len(r.cols.summary) {
	case 0:
		return ""
	case 1:
		if s := g.cell(i, r.cols.summary[0]); s != "/" {
			return s
		}
		return ""
	}
	var parts []string
	for _, k := range r.cols.summary {
		if s := g.cell(i, k); s != "" && s != "/" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

func amountCol(c *flowCols, t Txn) int {
	switch {
	case c.amount >= 0 && (c.in < 0 || c.out < 0):
		return c.amount
	case t.In.IsZero():
		return c.out
	}
	return c.in
}

func (g grid) cell(r, c int) string {
	if c < 0 {
		return ""
	}
	s := g.text(r, c)
	if !strings.ContainsAny(s, " \t\n\r\u00a0\u3000") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// direction books a signed or flagged amount; false when the row moves no money of the owner's.
func (r *flowReader) direction(t *Txn, v dossier.Decimal, flag, status string) bool {
	if status != "" && hasAny(status, r.w.dead) {
		return false
	}
	in := v.IsPositive()
	switch r.flag(flag) {
	case "none":
		return false
	case "out":
		in = v.IsNegative()
	case "in":
		in = !v.IsNegative()
	default:
		if u, seen := r.unsaid[r.f]; v.IsNegative() {
			r.unsaid[r.f] = false
		} else if !seen || u {
			r.unsaid[r.f] = true
		}
	}
	if in {
		t.In = v.Abs()
	} else {
		t.Out = v.Abs()
	}
	return true
}

// flag reads 借, 贷, 收入, 支出, D, C…: in, out, none, "" when it says nothing.
func (r *flowReader) flag(s string) string {
	if s == "" {
		return ""
	}
	if d, ok := r.flags[s]; ok {
		return d
	}
	k := squeeze(s)
	d := ""
	switch {
	case len(k) > 60:
	case r.w.none.MatchString(k):
		d = "none"
	case r.w.out.MatchString(k):
		d = "out"
	case r.w.in.MatchString(k):
		d = "in"
	}
	if len(r.flags) < 1000 {
		r.flags[s] = d
	}
	return d
}
