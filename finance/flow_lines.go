package finance

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Where a page has no table, a row is a line with a date, an amount and a balance; the balance before tells whether
// the amount came in or went out. A header line tells what stands where.

var (
	dateTok = regexp.MustCompile(`^20\d{2}[-./年]?\d{1,2}[-./月]?\d{1,2}日?$`)
	timeTok = regexp.MustCompile(`^\d{1,2}:\d{2}(:\d{2})?$`)
	coinTok = regexp.MustCompile(`^[-+]?[¥￥]?-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2}$`)
	dashTok = regexp.MustCompile(`^[-—–]{1,2}$`)
)

// lineCols is what a header line tells: which money comes first and which words stand on either side of it.
type lineCols struct {
	inFirst, balance bool
	coins            int
	before, after    []string // party, summary, account
}

// lineHead reads a header line, nil when it is none.
func (w *flowWords) lineHead(toks []string) *lineCols {
	if len(toks) < 3 || len(toks) > 20 {
		return nil
	}
	h := &lineCols{}
	date, in, out := false, false, false
	for _, k := range toks {
		switch role := w.role(unitInRE.ReplaceAllString(squeeze(k), "")); role {
		case "date":
			date = true
		case "in", "out", "amount", "balance":
			h.coins++
			in, out = in || role == "in", out || role == "out"
			h.inFirst = h.inFirst || role == "in" && !out
			h.balance = h.balance || role == "balance"
		case "party", "summary", "account":
			if h.coins == 0 {
				h.before = append(h.before, role)
			} else {
				h.after = append(h.after, role)
			}
		}
	}
	if !date || h.coins < 2 {
		return nil
	}
	if !in || !out {
		h.inFirst = false
	}
	return h
}

func (r *flowReader) textRows(p *dossier.Page) {
	lines := make([]string, 0, len(p.Lines))
	for _, l := range p.Lines {
		lines = append(lines, l.Text)
	}
	if len(lines) == 0 {
		lines = strings.Split(p.Text, "\n")
	}
	r.pending, r.last = "", -9
	for i, l := range lines {
		at := dossier.Place{File: r.doc.File, Page: p.Number, Line: i + 1, Quote: clip(l, 80)}
		if i < len(p.Lines) {
			at.Box = p.Lines[i].Box
		}
		if len(l) > 600 || strings.TrimSpace(l) == "" {
			continue
		}
		r.line(fold(l), i, at)
	}
}

// line takes one printed line: a row, the second half of one, words that go on, a header, or text above the rows.
func (r *flowReader) line(l string, i int, at dossier.Place) {
	if t, ok := lineTxn(l, at, r.f.Unit, r.lcols); ok {
		r.pending = ""
		r.textRow(t, i)
		return
	}
	toks := strings.Fields(l)
	if r.pending != "" && !startsDated(toks) {
		if t, ok := lineTxn(r.pending+" "+l, at, r.f.Unit, r.lcols); ok {
			r.pending = ""
			r.textRow(t, i)
			return
		}
		if r.waits--; r.waits > 0 && r.rows > 0 {
			r.pending += " " + l
			return
		}
		r.pending = ""
	}
	if h := r.w.lineHead(toks); h != nil {
		r.lcols = h
		return
	}
	if startsDated(toks) && len(toks) <= 6 && r.lcols != nil {
		r.pending, r.waits = l, 2
		return
	}
	if r.last == i-1 && len(r.f.Rows) > 0 && r.goesOn(l, toks) {
		t := &r.f.Rows[len(r.f.Rows)-1]
		if len(t.Summary) < 400 {
			t.Summary = strings.TrimSpace(t.Summary + " " + strings.Join(toks, " "))
		}
		r.last = i
		return
	}
	if !r.w.totals.MatchString(squeeze(l)) {
		r.headText(l, at)
	}
}

func startsDated(toks []string) bool {
	for i, k := range toks {
		if i <= 1 && dateTok.MatchString(k) {
			return true
		}
	}
	return false
}

// goesOn tells whether a line is words that belong to the row above.
func (r *flowReader) goesOn(l string, toks []string) bool {
	if len(toks) > 4 || len([]rune(l)) > 60 || strings.ContainsAny(l, ":：") || r.w.footer.MatchString(squeeze(l)) {
		return false
	}
	for _, k := range toks {
		if coinTok.MatchString(k) || dateTok.MatchString(k) {
			return false
		}
	}
	return true
}

// lineRow is a row as its line alone tells it.
type lineRow struct {
	t             Txn
	coins         []dossier.Decimal
	before, after []string
	flag          string
}

// lineTxn parts a line into date, money and words; ok when it has a date and money and, unless the header says
// otherwise, a balance.
func lineTxn(l string, at dossier.Place, u dossier.Unit, h *lineCols) (*lineRow, bool) {
	toks := strings.Fields(l)
	row := &lineRow{t: Txn{At: at}}
	two := h != nil && h.coins >= 3
	for i, k := range toks {
		switch {
		case row.t.Date.IsZero() && i <= 2 && dateTok.MatchString(k):
			d, _, ok := dayTime(k)
			if !ok {
				return nil, false
			}
			row.t.Date = d
		case timeTok.MatchString(k) && row.t.Time == "":
			row.t.Time = k
		case coinTok.MatchString(k) && len(row.coins) < 3:
			v, _, _ := flowAmount(k)
			row.coins = append(row.coins, v.Mul(u.Scale()))
		case two && dashTok.MatchString(k) && len(row.coins) < 2:
			row.coins = append(row.coins, zero)
		case row.t.Date.IsZero():
			if n := smallInt(k); n > 0 && i == 0 {
				row.t.Serial = n
			}
		case len(row.coins) > 0:
			row.after = append(row.after, k)
		default:
			row.before = append(row.before, k)
		}
	}
	least := 2
	if h != nil && !h.balance && h.coins < 2 {
		least = 1
	}
	return row, !row.t.Date.IsZero() && len(row.coins) >= least
}

// textRow books a line.
func (r *flowReader) textRow(row *lineRow, i int) {
	if r.enter("", ""); r.full() {
		return
	}
	t, coins := row.t, row.coins
	for _, k := range append(row.before, row.after...) {
		if len(k) <= 6 && row.flag == "" {
			if d := r.flag(k); d != "" && (k == "借" || k == "贷" || k == "收" || k == "支" || k == "收入" || k == "支出" || k == "D" || k == "C") {
				row.flag = d
			}
		}
	}
	balance := coins[len(coins)-1]
	hasBalance := r.lcols == nil || r.lcols.balance || len(coins) == 3
	if hasBalance {
		t.Balance = &balance
		coins = coins[:len(coins)-1]
	}
	switch {
	case len(coins) == 2: // both columns printed, one of them 0.00
		t.Out, t.In = coins[0], coins[1]
		if r.lcols != nil && r.lcols.inFirst {
			t.In, t.Out = t.Out, t.In
		}
		settle(&t)
	case row.flag == "in":
		t.In = coins[0].Abs()
	case row.flag == "out":
		t.Out = coins[0].Abs()
	default:
		r.bySide(&t, coins[0], strings.Join(append(row.before, row.after...), " "))
	}
	r.lineWords(&t, row)
	r.add(t)
	r.last = i
}

// lineWords says which words are the party and which the summary: by the header, else the first behind the money.
func (r *flowReader) lineWords(t *Txn, row *lineRow) {
	place := func(toks, roles []string) {
		for n, k := range toks {
			role := "summary"
			if n < len(roles) {
				role = roles[n]
			}
			switch {
			case role == "party" && t.Party == "":
				t.Party = k
			case role == "account" && digits(strings.Trim(k, "*")) >= 0 && len(k) >= 6:
				t.Account = k
			default:
				t.Summary = strings.TrimSpace(t.Summary + " " + k)
			}
		}
	}
	before, after := []string(nil), []string{"party"}
	if r.lcols != nil && len(r.lcols.before)+len(r.lcols.after) > 0 {
		before, after = r.lcols.before, r.lcols.after
	}
	place(row.before, before)
	place(row.after, after)
}

// bySide books an amount by the way the balance moved; where nothing stands before the row, by its words.
func (r *flowReader) bySide(t *Txn, v dossier.Decimal, words string) {
	var before *dossier.Decimal
	if n := len(r.f.Rows); n > 0 {
		before = r.f.Rows[n-1].Balance
	} else {
		before = r.f.Opening
	}
	abs := v.Abs()
	switch {
	case v.IsNegative(), before == nil && says("spending", words) && !says("deposit_interest", words),
		before != nil && t.Balance != nil && before.Sub(abs).Equal(*t.Balance):
		t.Out = abs
	case before == nil || t.Balance == nil, before.Add(abs).Equal(*t.Balance), t.Balance.GreaterThan(*before):
		t.In = abs
	default:
		t.Out = abs
	}
}
