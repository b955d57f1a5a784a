package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// trialRow is one account of one date or span.
type trialRow struct {
	code, name string
	dr, cr     dossier.Decimal
	cell       dossier.Cell // with the amount
	row        int
	leaf       bool // no other row's code begins with its own
}

func (t trialRow) net() dossier.Decimal { return t.dr.Sub(t.cr) }

// trialRows reads the accounts of two columns; rows without an amount are left out.
func trialRows(g grid, t trialCols, dr, cr, from int) []trialRow {
	var out []trialRow
	for i := from; i < len(g.rows); i++ {
		x := trialRow{name: strings.TrimSpace(g.text(i, t.name)), row: i, leaf: true}
		if t.code >= 0 {
			if x.code = squeeze(g.text(i, t.code)); !codeRE.MatchString(x.code) {
				continue
			}
		}
		read := false
		for _, c := range []int{dr, cr} {
			v, _, ok := ParseAmount(g.text(i, c))
			if !ok {
				continue
			}
			if c == dr {
				x.dr = v
			} else {
				x.cr = v
			}
			if !read || !v.IsZero() {
				x.cell = g.rows[i][c]
			}
			read = true
		}
		if read {
			out = append(out, x)
		}
	}
	return out
}

// children are the leaves below rows[i], by their codes; their sum must be the account's own, else there are none.
func children(rows []trialRow, i int) []trialRow {
	p := rows[i]
	if p.code == "" {
		return nil
	}
	var kids []trialRow
	for k := i + 1; k < len(rows) && strings.HasPrefix(rows[k].code, p.code) && rows[k].code != p.code; k++ {
		if k+1 < len(rows) && rows[k+1].code != rows[k].code && strings.HasPrefix(rows[k+1].code, rows[k].code) {
			continue // has children of its own
		}
		kids = append(kids, rows[k])
	}
	sum := zero
	for _, k := range kids {
		sum = sum.Add(k.net())
	}
	if !sum.Equal(p.net()) {
		return nil
	}
	return kids
}

// share is what one account gives to one statement line.
type share struct {
	id    string
	value dossier.Decimal
	note  string // of a reclassification
}

// shares splits an account among statement lines: its own side to its line, subsidiary balances on the other side to
// the opposite line, named parts to theirs.
func (a account) shares(row trialRow, kids []trialRow) []share {
	own := func(v dossier.Decimal) dossier.Decimal {
		if a.Side == "credit" {
			return v.Neg()
		}
		return v
	}
	if len(a.Parts) > 0 && len(kids) > 0 {
		var out []share
		for _, k := range kids {
			id := a.Indicator
			for _, p := range a.Parts {
				if strings.Contains(squeeze(k.name), p.Word) {
					id = p.Indicator
				}
			}
			out = append(out, share{id: id, value: own(k.net())})
		}
		return out
	}
	if a.Opposite == "" {
		return []share{{id: a.Indicator, value: own(row.net())}}
	}
	mine, other := zero, zero
	put := func(v dossier.Decimal) {
		if v = own(v); v.IsNegative() {
			other = other.Sub(v)
		} else {
			mine = mine.Add(v)
		}
	}
	switch {
	case len(kids) > 0:
		for _, k := range kids {
			put(k.net())
		}
	case row.dr.IsPositive() && row.cr.IsPositive(): // printed on both sides: the balances of its customers
		put(row.dr)
		put(row.cr.Neg())
	default:
		put(row.net())
	}
	out := []share{{id: a.Indicator, value: mine}}
	if !other.IsZero() {
		out = append(out, share{a.Opposite, other, fmt.Sprintf("含%s重分类 %s", a.Name, Money(other))})
	}
	return out
}

// flows is what an account of revenue or expense gave in a span: the movement on its own side, as closing entries empty
// it on the other; without closing entries the net.
func (a account) flows(row trialRow) dossier.Decimal {
	mine, other := row.dr, row.cr
	if a.Side == "credit" {
		mine, other = row.cr, row.dr
	}
	if mine.Equal(other) {
		return mine
	}
	return mine.Sub(other)
}

// balances sums the accounts of one date, or of one span, into statement lines.
func (r *reader) balances(p *dossier.Page, g grid, h header, dr, cr int, t trialCols, from int, at dossier.Period) {
	type total struct {
		f             dossier.Figure
		parts, prints []string
		moved         []string
	}
	totals := map[string]*total{}
	var order []string
	rows := trialRows(g, t, dr, cr, from)
	for i, row := range rows {
		a, ok := accountOf(row.code, row.name)
		if !ok || (StatementOf(a.Indicator) == BalanceSheet) != (at.Months == 0) {
			continue
		}
		var shares []share
		if at.Months == 0 {
			shares = a.shares(row, children(rows, i))
		} else {
			shares = []share{{id: a.Indicator, value: a.flows(row)}}
		}
		for _, sh := range shares {
			x := totals[sh.id]
			if x == nil {
				x = &total{f: dossier.Figure{Indicator: sh.id, Name: r.c.display[sh.id], Entity: h.entity, Scope: dossier.ScopeSingle,
					Period: at, Unit: dossier.Yuan, Basis: r.basis, Source: &dossier.Source{Place: g.place(r.doc.File, g.page(row.row, p.Number),
						row.cell, ""), Unit: h.unit}}}
				totals[sh.id] = x
				order = append(order, sh.id)
			}
			x.f.Value = x.f.Value.Add(sh.value.Mul(h.unit.Scale()))
			printed := Format(sh.value, 0)
			x.parts = append(x.parts, row.name+" "+printed)
			x.prints = append(x.prints, printed)
			if sh.note != "" {
				x.moved = append(x.moved, sh.note)
			}
		}
	}
	b := r.begin(BalanceSheet, h)
	for _, id := range order {
		x := totals[id]
		x.f.Source.Printed = strings.Join(x.prints, "＋")
		x.f.Source.Quote = clip(strings.Join(x.parts, "；"), 80)
		x.f.Note = TrialNote
		if len(x.parts) > 1 {
			x.f.Note = fmt.Sprintf("%s：%d个科目合计", TrialNote, len(x.parts))
		}
		if len(x.moved) > 0 {
			x.f.Note = clip(x.f.Note+"，"+strings.Join(x.moved, "，"), 120)
		}
		b.figs = append(b.figs, readFigure{x.f, true})
	}
	r.end()
	r.last = h
}
