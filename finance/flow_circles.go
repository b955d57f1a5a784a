package finance

import (
	"fmt"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// edge is money that went from one name to another, as a row of the dossier shows it.
type edge struct {
	from, to string
	cents    int64
	day      int
	end
}

const maxSteps = 1_000_000 // steps of the search over all starts

// edges lists rows as arrows between names: what a transfer shows twice stands once, on the paying side.
func (j *FlowsTogether) edges() map[string][]edge {
	least := centsAt(j.options.limits().Circulation.MinAmount)
	out := map[string][]edge{}
	for n, acc := range j.Accounts {
		a := acc.analysis
		me := nameKey(acc.Owner)
		if me == "" {
			me = nameKey(j.options.Borrower)
		}
		for _, i := range a.order {
			c := a.cents[i]
			if a.key[i] == "" || a.key[i] == me || a.trip[i] || c < least && -c < least || c > 0 && j.internal[n][i] {
				continue
			}
			switch a.Class[i] {
			case ClassCustomer, ClassOut, ClassRelated, ClassPersonal, ClassDealings, ClassBorrowed, ClassLent, ClassCapital:
			default:
				continue
			}
			e := edge{me, a.key[i], c, a.day[i], end{n, i}}
			if c > 0 {
				e.from, e.to = e.to, e.from
			} else {
				e.cents = -c
			}
			out[e.from] = append(out[e.from], e)
		}
	}
	for _, l := range out {
		sort.SliceStable(l, func(p, q int) bool { return l[p].day < l[q].day })
	}
	return out
}

// circles looks for money that leaves one of the accounts and comes back to its holder through two or more other
// hands, each step within days and of nearly the same amount. A step between two strangers leaves no row, so at
// least every second hand holds an account of the dossier.
func (j *FlowsTogether) circles() {
	l := j.options.limits().Circulation
	all := j.edges()
	names := map[string]bool{}
	for _, acc := range j.Accounts {
		names[nameKey(acc.Owner)] = true
	}
	if len(names) < 2 { // one holder's accounts show no third hand
		return
	}
	used := map[end]bool{}
	steps := 0
	var path []edge
	var walk func(home string) bool
	walk = func(home string) bool {
		last := path[len(path)-1]
		if last.to == home {
			return len(path) >= 3
		}
		if len(path) >= l.Hops {
			return false
		}
		next := all[last.to]
		p := sort.Search(len(next), func(k int) bool { return next[k].day >= last.day })
		for ; p < len(next) && next[p].day <= last.day+l.Days && steps < maxSteps; p++ {
			steps++
			e := next[p]
			if used[e.end] || !near(path[0].cents, e.cents, l.Tolerance) || onPath(path, e) {
				continue
			}
			path = append(path, e)
			if walk(home) {
				return true
			}
			path = path[:len(path)-1]
		}
		return false
	}
	for _, home := range sortedKeys(names) {
		for _, e := range all[home] {
			if used[e.end] {
				continue
			}
			path = append(path[:0], e)
			if !walk(home) {
				continue
			}
			c := Circle{Names: []string{home}, Days: path[len(path)-1].day - path[0].day}
			for _, s := range path {
				used[s.end] = true
				j.circular[s.account][s.row] = true
				leg := j.leg(s.account, s.row)
				c.Names, c.Legs = append(c.Names, s.to), append(c.Legs, leg)
				c.In = leg.Row.Amount()
			}
			j.Circles = append(j.Circles, c)
		}
	}
}

// onPath tells whether a step would come to a hand that the path already passed, the first one excepted.
func onPath(path []edge, e edge) bool {
	for _, p := range path {
		if p.to == e.to || p.end == e.end {
			return true
		}
	}
	return false
}

// missing groups transfers to own accounts that found no other side.
func (j *FlowsTogether) missing() {
	by := map[string]*MissingAccount{}
	var keys []string
	for n, acc := range j.Accounts {
		a := acc.analysis
		if acc.Kind != FlowBank {
			continue
		}
		for _, i := range a.order {
			t := a.Flow.Rows[i]
			if a.Class[i] != ClassOwn || j.internal[n][i] || a.trip[i] || says("wealth", t.Summary) || sameNumber(t.Account, acc.Account) {
				continue
			}
			there := false
			if m := j.numbered(t.Account); m >= 0 {
				if there = !t.Date.Before(j.Accounts[m].Start.AddDays(2)) && !t.Date.After(j.Accounts[m].End.AddDays(-2)); !there {
					continue // outside the span of its statement
				}
			}
			k := t.Account + "|" + a.key[i]
			if by[k] == nil {
				by[k] = &MissingAccount{Owner: t.Party, Account: t.Account, There: there}
				keys = append(keys, k)
			}
			x := by[k]
			x.In, x.Out = x.In.Add(t.In), x.Out.Add(t.Out)
			if len(x.Legs) < 10_000 {
				x.Legs = append(x.Legs, j.leg(n, i))
			}
		}
	}
	for _, k := range keys {
		j.Missing = append(j.Missing, *by[k])
	}
	sort.SliceStable(j.Missing, func(p, q int) bool {
		return j.Missing[p].In.Add(j.Missing[p].Out).GreaterThan(j.Missing[q].In.Add(j.Missing[q].Out))
	})
}

// issues tells circles, missing accounts and where loan money went behind the first account.
func (j *FlowsTogether) issues() {
	for n, c := range j.Circles {
		if n >= 20 {
			break
		}
		var legs []string
		for _, l := range c.Legs {
			legs = append(legs, l.Row.Date.String()+" "+Money(l.Row.Amount()))
		}
		j.issue(KindCirculation, c.In, fmt.Sprintf("资金经%s回到原处（%d天，%s元），疑似循环走账", strings.Join(c.Names, "→"), c.Days, Money(c.In)),
			strings.Join(legs, "；"), c.Legs...)
	}
	l := j.options.limits().MissingAccount
	for _, m := range j.Missing {
		sum := m.In.Add(m.Out)
		if len(m.Legs) < l.Rows && sum.LessThan(j.Total.In.Mul(l.Share)) {
			continue
		}
		who := "未列账号"
		if m.Account != "" {
			who = "账号" + m.Account
		}
		msg := fmt.Sprintf("与%s本户名另一账户（%s）往来%d笔，转入%s元、转出%s元，未见该账户流水", m.Owner, who, len(m.Legs), Money(m.In), Money(m.Out))
		if m.There {
			msg = fmt.Sprintf("与%s本户名另一账户（%s）往来%d笔，转入%s元、转出%s元，而该账户流水中无对应记录", m.Owner, who, len(m.Legs), Money(m.In), Money(m.Out))
		}
		j.issue(KindMissingAcct, sum, msg, fmt.Sprintf("转入 %s ＋ 转出 %s = %s", Money(m.In), Money(m.Out), Money(sum)), m.Legs...)
	}
	for _, h := range j.Hops {
		j.hopIssues(h)
	}
}

func (j *FlowsTogether) issue(kind string, diff dossier.Decimal, msg, arithmetic string, legs ...FlowLeg) {
	is := Issue{Kind: kind, Entity: j.options.Borrower, Diff: diff, Message: msg, Arithmetic: arithmetic}
	seen := map[string]bool{}
	for i, l := range legs {
		if i < 12 {
			is.Places = append(is.Places, l.Row.At)
		}
		if f := l.Row.At.File; !seen[f] && f != "" {
			seen[f] = true
			is.Docs = append(is.Docs, f)
		}
	}
	if len(legs) > 0 {
		is.Period = j.Accounts[legs[0].Account].analysis.period()
	}
	j.Issues = append(j.Issues, is)
}
