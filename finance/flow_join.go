package finance

import (
	"fmt"
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// JoinFlows puts the parts of one account together: statements of successive spans, and the same rows handed in twice.
// Accounts without a number stay apart, as do currencies and kinds.
func JoinFlows(fs []*Flow) []*Flow {
	var out []*Flow
	by := map[string][]*Flow{}
	var keys []string
	for n, f := range fs {
		k := fmt.Sprint(f.Kind, "|", f.Account, "|", f.Currency)
		if f.Account == "" {
			k = fmt.Sprint("#", n)
		}
		if by[k] == nil {
			keys = append(keys, k)
		}
		by[k] = append(by[k], f)
	}
	for _, k := range keys {
		if parts := by[k]; len(parts) == 1 {
			out = append(out, parts[0])
		} else {
			out = append(out, joinParts(parts))
		}
	}
	return out
}

func joinParts(parts []*Flow) *Flow {
	parts = append([]*Flow(nil), parts...)
	sort.SliceStable(parts, func(i, j int) bool {
		a, b := parts[i].Rows, parts[j].Rows
		if a[0].Date != b[0].Date {
			return a[0].Date.Before(b[0].Date)
		}
		return a[len(a)-1].Date.Before(b[len(b)-1].Date)
	})
	for i := 1; i < len(parts); i++ { // parts of one day: the balances tell which comes first
		if a, b := parts[i-1], parts[i]; a.Rows[0].Date == b.Rows[0].Date && !goesOn(a, b) && goesOn(b, a) {
			parts[i-1], parts[i] = b, a
		}
	}
	j := *parts[0]
	j.Rows = append([]Txn(nil), parts[0].Rows...)
	j.Neutral = append([]Txn(nil), parts[0].Neutral...)
	j.HeaderIn, j.HeaderOut = nil, nil // of one part
	j.Parts = []string{parts[0].File}
	for _, p := range parts[1:] {
		if !j.holds(p) && goesOn(&j, p) || p.Rows[0].Date.After(j.Rows[len(j.Rows)-1].Date) {
			j.Rows = append(j.Rows, p.Rows...)
		} else {
			j.merge(p)
		}
		j.Neutral = append(j.Neutral, p.Neutral...)
		j.Skipped += p.Skipped
		j.Cut = j.Cut || p.Cut
		if p.End.After(j.End) || p.End == j.End {
			j.End, j.Closing = p.End, p.Closing
		}
		if p.Start.Before(j.Start) {
			j.Start = p.Start
		}
		if j.Owner == "" {
			j.Owner = p.Owner
		}
		if j.Bank == "" {
			j.Bank = p.Bank
		}
		j.Parts = append(j.Parts, p.File)
	}
	for i := range j.Rows {
		j.Rows[i].N = i + 1
	}
	return &j
}

// goesOn tells whether b's first balance follows from a's last.
func goesOn(a, b *Flow) bool {
	last, first := a.Rows[len(a.Rows)-1], b.Rows[0]
	return last.Balance != nil && first.Balance != nil && !first.Date.Before(last.Date) && last.Balance.Add(first.Net()).Equal(*first.Balance)
}

// sameRow is equal for rows that are the same row of an account on one day, as far as statements tell.
func sameRow(t Txn) string {
	k := t.In.String() + "|" + t.Out.String()
	if t.Balance != nil {
		return k + "|" + t.Balance.String()
	}
	return k + "|" + nameKey(t.Party) + "|" + t.Time
}

// holds tells whether every row of p is there already: a copy, even where a day that ends as it began would let p go on.
func (f *Flow) holds(p *Flow) bool {
	n := map[string]int{}
	for _, t := range f.Rows {
		n[t.Date.String()+sameRow(t)]++
	}
	for _, t := range p.Rows {
		k := t.Date.String() + sameRow(t)
		if n[k]--; n[k] < 0 {
			return false
		}
	}
	return true
}

// merge adds a part that overlaps: of a day that both hold, rows that the other already has are the same rows when all
// of them are there.
func (f *Flow) merge(p *Flow) {
	key := sameRow
	days := func(rows []Txn) map[dossier.Date]map[string]int {
		m := map[dossier.Date]map[string]int{}
		for _, t := range rows {
			if m[t.Date] == nil {
				m[t.Date] = map[string]int{}
			}
			m[t.Date][key(t)]++
		}
		return m
	}
	within := func(a, b map[string]int) bool {
		for k, n := range a {
			if b[k] < n {
				return false
			}
		}
		return len(b) > 0
	}
	mine, theirs := days(f.Rows), days(p.Rows)
	replace := map[dossier.Date]bool{}
	var add []Txn
	for _, t := range p.Rows {
		switch d := t.Date; {
		case within(theirs[d], mine[d]): // nothing new
			f.Doubled++
		case within(mine[d], theirs[d]):
			replace[d] = true
			add = append(add, t)
		default:
			add = append(add, t)
		}
	}
	rows := f.Rows[:0]
	for _, t := range f.Rows {
		if replace[t.Date] {
			f.Doubled++
			continue
		}
		rows = append(rows, t)
	}
	f.Rows = append(rows, add...)
	sort.SliceStable(f.Rows, func(i, j int) bool { return f.Rows[i].Date.Before(f.Rows[j].Date) })
}
