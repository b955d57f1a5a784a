package finance

import (
	"fmt"
	"slices"
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// finish puts each account's rows into time order, lets the balances prove what the columns leave open, fills what was
// not printed and numbers the rows.
func (r *flowReader) finish() ([]*Flow, error) {
	r.apply()
	if len(r.flows) == 0 {
		return nil, fmt.Errorf("《%s》%w", r.doc.File, ErrNoFlow)
	}
	for _, f := range r.flows {
		r.prove(f)
		f.order()
		for i := range f.Rows {
			f.Rows[i].N = i + 1
		}
		r.fill(f)
	}
	return r.flows, nil
}

// chain counts rows whose balance follows from the one before; n is how many have one before.
func chain(rows []Txn) (good, n int) {
	for i := 1; i < len(rows); i++ {
		if rows[i].Balance == nil || rows[i-1].Balance == nil {
			continue
		}
		n++
		if rows[i-1].Balance.Add(rows[i].In).Sub(rows[i].Out).Equal(*rows[i].Balance) {
			good++
		}
	}
	return good, n
}

// best counts the chain in the printed order or, if that is better, backwards.
func best(rows []Txn) (good, n int) {
	good, n = chain(rows)
	if good < n {
		back := slices.Clone(rows)
		slices.Reverse(back)
		if g, _ := chain(back); g > good {
			good = g
		}
	}
	return good, n
}

// prove settles what the columns leave open, where the balances prove it: sides named from the holder's books,
// balances whose 借 belonged to the row, and one amount column without a direction.
func (r *flowReader) prove(f *Flow) {
	good, n := best(f.Rows)
	if n < 3 || good == n {
		if n >= 3 || !r.unsaid[f] {
			return
		}
	}
	if r.unsaid[f] {
		r.bookByBalance(f)
		if good, n = best(f.Rows); good == n {
			return
		}
	}
	if n < 3 {
		return
	}
	try := func(flip func(), note string) bool {
		flip()
		if g, _ := best(f.Rows); g > good && g*10 >= n*9 {
			f.Notes = append(f.Notes, note)
			return true
		}
		flip()
		return false
	}
	if try(func() {
		for _, b := range r.marked[f] {
			*b = b.Neg()
		}
	}, "借贷标志属于发生额，不是余额方向（余额逐笔相符）") {
		return
	}
	try(func() {
		for i := range f.Rows {
			f.Rows[i].In, f.Rows[i].Out = f.Rows[i].Out, f.Rows[i].In
		}
	}, "列示的借方为收入、贷方为支出（余额逐笔相符），已按此读取")
}

// bookByBalance gives rows of an unsigned amount column their side by the way the balance moves.
func (r *flowReader) bookByBalance(f *Flow) {
	rows := f.Rows
	newest := len(rows) > 1 && rows[0].Date.After(rows[len(rows)-1].Date)
	prev := f.Opening
	for k := range rows {
		i := k
		if newest {
			i = len(rows) - 1 - k
		}
		t := &rows[i]
		v := t.Amount()
		switch {
		case t.Balance == nil:
		case prev != nil && prev.Sub(v).Equal(*t.Balance), prev == nil && says("spending", t.Summary) && !says("deposit_interest", t.Summary):
			t.In, t.Out = zero, v
		default:
			t.In, t.Out = v, zero
		}
		if t.Balance != nil {
			prev = t.Balance
		}
	}
}

// order puts the rows into time order. Balances decide between orders that the days allow.
func (f *Flow) order() {
	rows := f.Rows
	n := len(rows)
	if n < 2 {
		return
	}
	newest := rows[0].Date.After(rows[n-1].Date)
	if rows[0].Date == rows[n-1].Date || !monotone(rows) {
		forward, with := chain(rows)
		if with > 0 && forward < with {
			back := slices.Clone(rows)
			slices.Reverse(back)
			if g, _ := chain(back); g > forward {
				newest = true
			}
		}
	}
	if newest {
		slices.Reverse(rows)
	}
	if monotone(rows) {
		return
	}
	sorted := slices.Clone(rows)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].Date.Before(sorted[j].Date) })
	was, with := chain(rows)
	if now, _ := chain(sorted); with == 0 || now >= was {
		f.Rows = sorted
	}
}

// monotone tells whether the days never turn round, in one direction or the other.
func monotone(rows []Txn) bool {
	up, down := true, true
	for i := 1; i < len(rows); i++ {
		up = up && !rows[i].Date.Before(rows[i-1].Date)
		down = down && !rows[i].Date.After(rows[i-1].Date)
	}
	return up || down
}

// fill completes owner and span from the fields and the rows.
func (r *flowReader) fill(f *Flow) {
	if v, ok := r.doc.Field("account_name"); ok && f.Owner == "" {
		f.Owner = v.Value
	}
	if v, ok := r.doc.Field("owner"); ok && f.Kind != FlowBank {
		f.Owner = v.Value
	}
	first, last := f.Rows[0].Date, f.Rows[0].Date
	for _, t := range f.Rows {
		if t.Date.Before(first) {
			first = t.Date
		}
		if t.Date.After(last) {
			last = t.Date
		}
	}
	if f.Start.IsZero() || f.Start.After(first) {
		f.Start = first
	}
	if f.End.IsZero() || f.End.Before(last) {
		f.End = last
	}
	if f.Unit == "" {
		f.Unit = dossier.Yuan
	}
}
