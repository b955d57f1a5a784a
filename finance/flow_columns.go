package finance

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// flowCols maps the columns of a flow; -1 where there is none.
type flowCols struct {
	date, time, in, out, amount, flag, balance, party, account, status, serial, own, currency int
	summary                                                                                   []int
	scale                                                                                     dossier.Decimal
}

func newFlowCols() *flowCols {
	return &flowCols{date: -1, time: -1, in: -1, out: -1, amount: -1, flag: -1, balance: -1, party: -1, account: -1, status: -1, serial: -1,
		own: -1, currency: -1, scale: one}
}

// slot is where the column of a role is kept, nil for other words.
func (c *flowCols) slot(role string) *int {
	switch role {
	case "date":
		return &c.date
	case "time":
		return &c.time
	case "in":
		return &c.in
	case "out":
		return &c.out
	case "amount":
		return &c.amount
	case "flag":
		return &c.flag
	case "balance":
		return &c.balance
	case "party":
		return &c.party
	case "account":
		return &c.account
	case "status":
		return &c.status
	case "serial":
		return &c.serial
	case "own":
		return &c.own
	case "currency":
		return &c.currency
	}
	return nil
}

// role names the column that a header cell heads, "" when it heads none that matters.
func (w *flowWords) role(s string) string {
	for _, c := range w.columns {
		if c.re.MatchString(s) {
			return c.role
		}
	}
	return ""
}

// read takes the cells of a header row.
func (c *flowCols) read(cells []string, w *flowWords) {
	for i, s := range cells {
		s = squeeze(s)
		if s == "" || len([]rune(s)) > 24 {
			continue
		}
		if m := unitInRE.FindStringSubmatch(s); m != nil {
			c.scale = unitNamed(m[1]).Scale()
			s = unitInRE.ReplaceAllString(s, "")
		}
		switch role := w.role(s); role {
		case "", "skip":
		case "summary":
			c.summary = append(c.summary, i)
		case "date":
			if c.date < 0 {
				c.date = i
			} else if c.time < 0 {
				c.time = i
			}
		case "time":
			c.time = i
		default:
			if p := c.slot(role); *p < 0 {
				*p = i
			}
		}
	}
}

// ok tells whether the columns make a flow.
func (c *flowCols) ok() bool {
	return c.date >= 0 && (c.in >= 0 && c.out >= 0 || c.amount >= 0 && (c.flag >= 0 || c.balance >= 0 || c.party >= 0))
}

// flowHead reads row i, alone or together with the row below it, as the header of a flow; n is how many rows it takes.
func (g grid) flowHead(i int, w *flowWords) (c *flowCols, n int) {
	texts := func(r int) []string {
		out := make([]string, len(g.rows[r]))
		for k := range g.rows[r] {
			out[k] = g.text(r, k)
		}
		return out
	}
	top := texts(i)
	c = newFlowCols()
	c.read(top, w)
	if c.date < 0 && c.serial < 0 || c.in >= 0 && c.out >= 0 || c.flag >= 0 || i+1 >= len(g.rows) {
		if c.ok() {
			return c, 1
		}
		return nil, 0
	}
	both := texts(i + 1) // 发生额 over 借方 and 贷方
	low := newFlowCols()
	low.read(both, w)
	if low.in >= 0 && low.out >= 0 && low.date < 0 {
		for k := range both {
			if strings.TrimSpace(both[k]) == "" && k < len(top) {
				both[k] = top[k]
			}
		}
		for k := len(both); k < len(top); k++ {
			both = append(both, top[k])
		}
		two := newFlowCols()
		if two.read(both, w); two.ok() {
			return two, 2
		}
	}
	if c.ok() {
		return c, 1
	}
	return nil, 0
}

// table reads the rows of one table; a table without header continues the one before.
func (r *flowReader) table(p *dossier.Page, t dossier.Joined, done map[int]bool) {
	g := newGrid(*p, t.Table)
	last := -2
	for i := 0; i < len(g.rows); i++ {
		page := p.Number
		if i < len(t.Pages) {
			page = t.Pages[i]
		}
		if r.cols != nil {
			if r.row(page, g, i) {
				done[page] = true
				last = i
				continue
			}
			if last == i-1 && r.wrapped(g, i) {
				last = i
				continue
			}
		}
		if c, n := g.flowHead(i, r.w); c != nil {
			r.cols = c
			i += n - 1
			continue
		}
		if i < 40 || r.rows == 0 || len(g.rows)-i < 12 {
			r.headText(g.rowText(i), g.place(r.doc.File, page, firstCell(g.rows[i]), ""))
		}
	}
}

func firstCell(row []dossier.Cell) dossier.Cell {
	for _, c := range row {
		if c.Text != "" {
			return c
		}
	}
	return dossier.Cell{}
}

// sideWords spare most cells the patterns: each of those holds one of them.
var sideWords = []string{"页", "计", "余", "转", "发生"}

// side tells whether row i carries a balance over or adds up; the first such balance is the opening one.
func (r *flowReader) side(g grid, i int) bool {
	for k := range g.rows[i] {
		if k > 12 {
			return false
		}
		s := g.text(i, k)
		if s == "" || len(s) > 60 || s[0] < 0x80 || !hasAny(s, sideWords) {
			continue
		}
		s = squeeze(s)
		switch {
		case r.w.carry.MatchString(s):
			if b := r.cols.balance; b >= 0 {
				if v, ok := signedBalance(g.text(i, b), ""); ok && (r.rows == 0 || !r.stale) && r.head.opening == nil {
					v = v.Mul(r.cols.scale).Mul(r.f.Unit.Scale())
					r.head.opening = &v
					r.head.at = g.place(r.doc.File, 1, g.rows[i][b], g.rowText(i))
				}
			}
			return true
		case r.w.totals.MatchString(s):
			return true
		}
	}
	return false
}

// wrapped adds the words of a row that goes on from the one above: no date, no amount.
func (r *flowReader) wrapped(g grid, i int) bool {
	c := r.cols
	if len(r.f.Rows) == 0 || c.date < 0 || strings.TrimSpace(g.text(i, c.date)) != "" || r.side(g, i) {
		return false
	}
	for _, k := range []int{c.in, c.out, c.amount, c.balance} {
		if k >= 0 && strings.TrimSpace(g.text(i, k)) != "" {
			return false
		}
	}
	t := &r.f.Rows[len(r.f.Rows)-1]
	if len(t.Summary)+len(t.Party) > 600 {
		return false
	}
	got := false
	if s := g.cell(i, c.party); s != "" {
		t.Party, got = t.Party+s, true
	}
	if s := g.cell(i, c.account); s != "" {
		t.Account, got = t.Account+s, true
	}
	for _, k := range c.summary {
		if s := g.cell(i, k); s != "" {
			t.Summary, got = t.Summary+s, true
		}
	}
	return got
}
