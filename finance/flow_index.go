package finance

import (
	"math"
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// flowIndex is what the detectors share: who, how much and when, in an order that does not depend on how the rows of a
// day are printed.
type flowIndex struct {
	key    []string // party as names are compared
	person []bool
	day    []int            // days since 2000
	cents  []int64          // net of the row in 分; 0 when it does not fit
	order  []int            // rows by day, then by content
	at     []int            // place of each row in order
	byKey  map[string][]int // rows of a party, in order
	trip   []bool           // part of a round trip
}

func (a *FlowAnalysis) index(c *classifier) {
	rows := a.Flow.Rows
	n := len(rows)
	x := &a.flowIndex
	x.key, x.person, x.cents = make([]string, n), make([]bool, n), make([]int64, n)
	x.day = make([]int, n)
	x.order, x.at, x.trip = make([]int, n), make([]int, n), make([]bool, n)
	x.byKey = map[string][]int{}
	a.Class = make([]Class, n)
	for i, t := range rows {
		x.key[i], x.person[i], x.cents[i] = c.key(t.Party), c.person(t.Party), centsOf(t)
		x.order[i], x.day[i] = i, dayNumber(t.Date)
		a.Class[i] = c.class(t)
	}
	sort.SliceStable(x.order, func(p, q int) bool {
		i, j := x.order[p], x.order[q]
		a, b := &rows[i], &rows[j]
		switch {
		case x.day[i] != x.day[j]:
			return x.day[i] < x.day[j]
		case x.cents[i] != x.cents[j]:
			return x.cents[i] < x.cents[j]
		case x.key[i] != x.key[j]:
			return x.key[i] < x.key[j]
		case a.Summary != b.Summary:
			return a.Summary < b.Summary
		}
		return a.Account < b.Account
	})
	for p, i := range x.order {
		x.at[i] = p
		if k := x.key[i]; k != "" {
			x.byKey[k] = append(x.byKey[k], i)
		}
	}
}

// centsOf is the row's net in 分; counters and comparisons of a detector may use it, sums told to the user do not.
func centsOf(t Txn) int64 {
	v := t.Net()
	if v.Abs().GreaterThan(maxYuan) {
		return 0
	}
	return v.Mul(hundred).Round(0).IntPart()
}

// from is the first place in order on or after a day.
func (a *FlowAnalysis) from(d dossier.Date) int {
	n := dayNumber(d)
	return sort.Search(len(a.order), func(p int) bool { return a.day[a.order[p]] >= n })
}

// window lists at most most rows from day a to day b, both included, in order.
func (a *FlowAnalysis) window(from, to dossier.Date, most int) []int {
	p := a.from(from)
	q := min(a.from(to.AddDays(1)), p+most)
	return a.order[p:max(p, q)]
}

// ofParty lists a party's rows from day a to day b.
func (a *FlowAnalysis) ofParty(key string, from, to dossier.Date) []int {
	all := a.byKey[key]
	first, last := dayNumber(from), dayNumber(to)
	p := sort.Search(len(all), func(k int) bool { return a.day[all[k]] >= first })
	q := sort.Search(len(all), func(k int) bool { return a.day[all[k]] > last })
	return all[p:max(p, q)]
}

// near tells whether two amounts in 分 differ by no more than a tolerance of the first.
func near(a, b int64, tolerance dossier.Decimal) bool {
	if a < 0 {
		a = -a
	}
	if b < 0 {
		b = -b
	}
	f, _ := tolerance.Float64() // of 分 compared, not of money told
	return a > 0 && math.Abs(float64(a-b)) <= float64(a)*f
}

// maxWindow bounds the rows that a detector looks at around one event.
const maxWindow = 5_000

// centsAt is a threshold of so many 元 in 分.
func centsAt(d dossier.Decimal) int64 { return d.Mul(hundred).IntPart() }

// days between two rows.
func (a *FlowAnalysis) gap(i, j int) int { return a.day[j] - a.day[i] }

var firstDay = dossier.NewDate(2000, 1, 1)

func dayNumber(d dossier.Date) int { return d.Sub(firstDay) }

var maxYuan = dossier.D("90000000000000") // whose 分 fit an int64
