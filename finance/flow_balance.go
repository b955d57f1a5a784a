package finance

import (
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// dayBalance is what stands on the account at the end of a day that has rows.
type dayBalance struct {
	day     dossier.Date
	balance dossier.Decimal
}

// running recomputes the balance row by row. Rows of one day may be printed in any order: where the printed one does
// not run on, another in which every row of the day does is as good.
func (a *FlowAnalysis) running() {
	rows := a.Flow.Rows
	without := 0
	for i := range rows {
		if rows[i].Balance == nil {
			without++
		}
	}
	if without*5 > len(rows) { // no balance column worth the name
		return
	}
	prev := a.Flow.Opening
	open := prev // when row i's day began
	var tried dossier.Date
	bad := 0
	for i := 0; i < len(rows); i++ {
		t := &rows[i]
		if i == 0 || rows[i-1].Date != t.Date {
			open = prev
		}
		if t.Balance == nil {
			if prev != nil {
				v := prev.Add(t.Net())
				prev = &v
			}
			continue
		}
		if prev == nil || prev.Add(t.In).Sub(t.Out).Equal(*t.Balance) {
			prev = t.Balance
			continue
		}
		if t.Date != tried {
			tried = t.Date
			if end, n := a.rechain(i, open); n > 0 {
				i, prev = i+n-1, end
				continue
			}
		}
		bad++
		if len(a.Breaks) < maxBreaks {
			a.Breaks = append(a.Breaks, a.cause(i, *prev))
		}
		prev = t.Balance
	}
	if bad > len(rows)/4 && len(rows) > 8 { // not a running balance in this order
		a.Unsteady = true
	}
	a.closings()
	a.average()
}

const maxBreaks = 2000

// rechain looks for an order of the rows of row i's day, which began with the balance start, in which each follows
// from the one before. It returns the balance at the day's end and how many rows from i on belong to the day.
func (a *FlowAnalysis) rechain(i int, start *dossier.Decimal) (*dossier.Decimal, int) {
	rows := a.Flow.Rows
	from, to := i, i
	for from > 0 && rows[from-1].Date == rows[i].Date {
		from--
	}
	for to < len(rows) && rows[to].Date == rows[i].Date {
		to++
	}
	if to-from < 2 {
		return nil, 0
	}
	for k := from; k < to; k++ {
		if rows[k].Balance == nil {
			return nil, 0
		}
	}
	next := map[string][]int{} // balance before -> rows
	degree := map[string]int{}
	for k := from; k < to; k++ {
		b := rows[k].Balance.Sub(rows[k].In).Add(rows[k].Out).String()
		next[b] = append(next[b], k)
		degree[b]++
		degree[rows[k].Balance.String()]--
	}
	at := ""
	if start != nil {
		at = start.String()
	} else {
		for _, b := range sortedKeys(degree) {
			if degree[b] == 1 {
				at = b
			}
		}
		if at == "" { // a ring: begins where the printed order begins
			at = rows[from].Balance.Sub(rows[from].In).Add(rows[from].Out).String()
		}
	}
	// Hierholzer's walk: every row once.
	stack, path := []int{-1}, []int{}
	node := []string{at}
	for len(stack) > 0 {
		b := node[len(node)-1]
		if out := next[b]; len(out) > 0 {
			k := out[0]
			next[b] = out[1:]
			stack, node = append(stack, k), append(node, rows[k].Balance.String())
			continue
		}
		if k := stack[len(stack)-1]; k >= 0 {
			path = append(path, k)
		}
		stack, node = stack[:len(stack)-1], node[:len(node)-1]
	}
	if len(path) != to-from {
		return nil, 0
	}
	for p := len(path) - 2; p >= 0; p-- { // a walk that jumped is none
		k, before := path[p], path[p+1]
		if !rows[before].Balance.Add(rows[k].Net()).Equal(*rows[k].Balance) {
			return nil, 0
		}
	}
	end := *rows[path[0]].Balance
	a.closing = append(a.closing, dayBalance{rows[i].Date, end})
	return &end, to - i
}

// closings lists the balance at the end of each day with rows.
func (a *FlowAnalysis) closings() {
	rows := a.Flow.Rows
	chained := a.closing
	a.closing = nil
	for i := range rows {
		d := rows[i].Date
		if rows[i].Balance == nil {
			continue
		}
		if n := len(a.closing); n > 0 && a.closing[n-1].day == d {
			a.closing[n-1].balance = *rows[i].Balance
		} else {
			a.closing = append(a.closing, dayBalance{d, *rows[i].Balance})
		}
	}
	sort.SliceStable(a.closing, func(i, j int) bool { return a.closing[i].day.Before(a.closing[j].day) })
	for _, c := range chained {
		if k := sort.Search(len(a.closing), func(i int) bool { return !a.closing[i].day.Before(c.day) }); k < len(a.closing) {
			a.closing[k].balance = c.balance
		}
	}
}

// average is the mean of the closing balances of every day from the first row on.
func (a *FlowAnalysis) average() {
	days, total := a.balanceDays(a.Flow.Start, a.Flow.End.AddDays(1))
	if days > 0 {
		v := div(total, intD(days)).Round(2)
		a.Average = &v
	}
}

// balanceDays sums the daily closing balances from start up to, not including, end; n is the number of days whose
// balance is known.
func (a *FlowAnalysis) balanceDays(start, end dossier.Date) (n int, total dossier.Decimal) {
	if len(a.closing) == 0 {
		return 0, zero
	}
	if last := a.Flow.End.AddDays(1); end.After(last) {
		end = last
	}
	if start.Before(a.Flow.Start) {
		start = a.Flow.Start
	}
	k := sort.Search(len(a.closing), func(i int) bool { return a.closing[i].day.After(start) })
	bal := a.Flow.Opening
	if k > 0 {
		bal = &a.closing[k-1].balance
	}
	for day := start; day.Before(end); k++ {
		to := end
		if k < len(a.closing) && a.closing[k].day.Before(end) {
			to = a.closing[k].day
		}
		if bal != nil {
			d := to.Sub(day)
			total, n = total.Add(bal.Mul(intD(d))), n+d
		}
		if k >= len(a.closing) {
			break
		}
		day, bal = to, &a.closing[k].balance
	}
	return n, total
}

// balanceAt is the closing balance of a day.
func (a *FlowAnalysis) balanceAt(d dossier.Date) (dossier.Decimal, bool) {
	k := sort.Search(len(a.closing), func(i int) bool { return a.closing[i].day.After(d) })
	if k > 0 {
		return a.closing[k-1].balance, true
	}
	if a.Flow.Opening != nil {
		return *a.Flow.Opening, true
	}
	return zero, false
}
