package ocr

import "sort"

// What settles a number beyond its look, as a reader of the report sees it.
const (
	proofSum     = "合计相符"
	proofBalance = "余额连续"
	proofRow     = "同行勾稽相符"
	proofCapital = "大写与小写相符"
	proofCheck   = "校验码相符"
)

// entry is a number on the page with the readings it may have.
type entry struct {
	r      *region
	all    []amount
	pick   int
	proof  string
	x1, y  float64
	sealed bool // its value carries a proof and changes no more
}

func (e *entry) value() int64 { return e.all[e.pick].value }

func (e *entry) settle(proof string) {
	if e.proof == "" {
		e.proof = proof
	}
	e.sealed = true
}

// large tells a number of which chance agreement need not be feared.
func (e *entry) large() bool { v := e.value(); return v >= 10000 || v <= -10000 }

// prove holds the page's numbers against each other: columns that add up, balances that run on, rows, 大写, and check
// characters. A reading that fits where the elected one does not is taken when it is the only one. Then it marks as
// doubtful what nothing settles: in tables of amounts all of it, elsewhere where the readings differ.
func prove(rs []*region, size float64) {
	var es []*entry
	for _, r := range rs {
		proveCode(r)
		if !r.digits || r.proof != "" {
			continue
		}
		if all := r.amounts(); len(all) > 0 {
			es = append(es, &entry{r: r, all: all, x1: r.box.X1, y: (r.box.Y0 + r.box.Y1) / 2})
		}
	}
	cols, rows := columnsOf(es, size), rowsOf(es, size)
	for _, c := range cols {
		proveSums(c)
		proveBalances(c, rows)
	}
	for _, row := range rows {
		proveRow(row)
	}
	proveCapitals(rs, es)
	inTable := map[*entry]bool{}
	for _, c := range cols {
		n := 0
		for _, e := range c {
			if e.all[e.pick].decimals {
				n++
			}
		}
		for _, e := range c {
			inTable[e] = n >= 3 && e.all[e.pick].decimals
		}
	}
	for _, e := range es {
		e.r.put(e.all[e.pick].text)
		e.r.proof = e.proof
		e.r.doubt = e.proof == "" && (inTable[e] || len(e.all) > 1 && !agreed(e))
	}
}

// agreed tells that all readings of the line by itself but one say the same.
func agreed(e *entry) bool {
	same := 0
	for _, cs := range e.r.alone {
		if a, ok := parseAmount(plainText(cs)); ok && a.value == e.value() {
			same++
		}
	}
	return same >= 2 && same >= len(e.r.alone)-1
}

// columnsOf groups numbers that end at the same place, from the top down.
func columnsOf(es []*entry, size float64) [][]*entry {
	sorted := append([]*entry(nil), es...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].x1 < sorted[j].x1 })
	var out [][]*entry
	for i, e := range sorted {
		if i == 0 || e.x1-sorted[i-1].x1 > 0.7*size {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], e)
	}
	for _, c := range out {
		sort.SliceStable(c, func(i, j int) bool { return c[i].y < c[j].y })
	}
	return out
}

// rowsOf groups numbers that stand at the same height, from left to right.
func rowsOf(es []*entry, size float64) [][]*entry {
	sorted := append([]*entry(nil), es...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].y < sorted[j].y })
	var out [][]*entry
	for i, e := range sorted {
		if i == 0 || e.y-sorted[i-1].y > 0.45*size {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], e)
	}
	for _, c := range out {
		sort.SliceStable(c, func(i, j int) bool { return c[i].x1 < c[j].x1 })
	}
	return out
}

// maxColumn bounds the search for sums.
const maxColumn = 120

// proveSums finds totals in a column: a number that is the sum of those right above it. What has been added up counts
// as one from there on, so that totals of totals are found too.
func proveSums(col []*entry) {
	if len(col) > maxColumn {
		col = col[:maxColumn]
	}
	var stack []*entry
	for _, e := range col {
		n, fix, to := sumAbove(stack, e)
		if n == 0 {
			stack = append(stack, e)
			continue
		}
		if fix != nil {
			fix.pick = to
		}
		terms := stack[len(stack)-n:]
		e.settle(proofSum)
		for _, t := range terms {
			t.settle(proofSum)
		}
		stack = append(stack[:len(stack)-n], e)
	}
}

// sumAbove tells how many of the last numbers add up to the total, and which one reading must change for it: nil for
// none. Changes must be the only possible one.
func sumAbove(stack []*entry, total *entry) (n int, fix *entry, to int) {
	if !total.large() {
		return 0, nil, 0
	}
	var sum int64
	for k := 1; k <= len(stack); k++ {
		sum += stack[len(stack)-k].value()
		if k >= 2 && sum == total.value() {
			return k, nil, 0
		}
	}
	found := 0
	sum = 0
	for k := 1; k <= len(stack); k++ {
		sum += stack[len(stack)-k].value()
		if k < 2 {
			continue
		}
		for i := range total.all {
			if !total.sealed && i != total.pick && total.all[i].value == sum {
				n, fix, to, found = k, total, i, found+1
			}
		}
		for _, t := range stack[len(stack)-k:] {
			for i := range t.all {
				if !t.sealed && i != t.pick && sum-t.value()+t.all[i].value == total.value() {
					n, fix, to, found = k, t, i, found+1
				}
			}
		}
	}
	if found != 1 {
		return 0, nil, 0
	}
	return n, fix, to
}

// proveBalances follows a running balance down a column: from one row to the next it changes by an amount that stands
// in one of the two rows. Two rows alone may agree by chance of the form; three links make it a balance.
func proveBalances(col []*entry, rows [][]*entry) {
	rowOf := map[*entry][]*entry{}
	for _, row := range rows {
		for _, e := range row {
			rowOf[e] = row
		}
	}
	type link struct{ a, b, by *entry }
	var links []link
	for i := 1; i < len(col); i++ {
		a, b := col[i-1], col[i]
		if by := step(a, b, rowOf); by != nil {
			links = append(links, link{a, b, by})
		}
	}
	if len(links) < 3 || 2*len(links) < len(col)-1 {
		return
	}
	for _, l := range links {
		l.a.settle(proofBalance)
		l.b.settle(proofBalance)
		l.by.settle(proofBalance)
	}
	for i := 1; i < len(col); i++ { // what another reading mends
		a, b := col[i-1], col[i]
		if step(a, b, rowOf) != nil {
			continue
		}
		var fix *entry
		to, found := 0, 0
		try := func(e *entry) {
			if e.sealed {
				return
			}
			old := e.pick
			for k := range e.all {
				if e.pick = k; k != old && step(a, b, rowOf) != nil {
					fix, to, found = e, k, found+1
				}
			}
			e.pick = old
		}
		try(a)
		try(b)
		for _, e := range rowOf[b] {
			if e != b {
				try(e)
			}
		}
		if found == 1 {
			fix.pick = to
			by := step(a, b, rowOf)
			a.settle(proofBalance)
			b.settle(proofBalance)
			by.settle(proofBalance)
		}
	}
}

// step finds the amount by which a balance changes from one row to the next.
func step(a, b *entry, rowOf map[*entry][]*entry) *entry {
	d := b.value() - a.value()
	if d == 0 {
		return nil
	}
	for _, own := range [][]*entry{rowOf[b], rowOf[a]} {
		for _, e := range own {
			if v := e.value(); e != a && e != b && (v == d || v == -d) {
				return e
			}
		}
	}
	return nil
}

// proveRow finds three neighbours in a row of which one is the sum of the others: amount and tax, opening and change.
func proveRow(row []*entry) {
	for i := 0; i+2 < len(row); i++ {
		a, b, c := row[i], row[i+1], row[i+2]
		if !a.large() || !b.large() || !c.large() {
			continue
		}
		x, y, z := a.value(), b.value(), c.value()
		if x+y == z || x-y == z || y+z == x {
			for _, e := range []*entry{a, b, c} {
				e.settle(proofRow)
			}
		}
	}
}
