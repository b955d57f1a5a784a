package finance

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// flowReader keeps the column map from page to page and parts the accounts.
type flowReader struct {
	doc     *dossier.Document
	w       *flowWords
	f       *Flow // the account whose rows are being read
	flows   []*Flow
	byKey   map[string]*Flow // account and currency
	cols    *flowCols
	lcols   *lineCols
	head    flowHead
	stale   bool // rows were read since the head was begun
	rows    int
	kind    FlowKind
	unsaid  map[*Flow]bool // one amount column without a direction, never negative
	flags   map[string]string
	marked  map[*Flow][]*dossier.Decimal // balances that a 借 beside them made negative
	pending string                       // a line with a date whose amounts follow on the next
	waits   int
	last    int // line of the row before, for words that go on
}

// flowHead is what stands above the rows of one account.
type flowHead struct {
	owner, account, bank, currency string
	start, end                     dossier.Date
	opening, closing, in, out      *dossier.Decimal
	at                             dossier.Place
}

func newFlowReader(d *dossier.Document) *flowReader {
	r := &flowReader{doc: d, w: words(), byKey: map[string]*Flow{}, kind: FlowBank, unsaid: map[*Flow]bool{}, flags: map[string]string{}, marked: map[*Flow][]*dossier.Decimal{}}
	r.f = r.newFlow("", "")
	return r
}

func (r *flowReader) newFlow(account, currency string) *Flow {
	f := &Flow{File: r.doc.File, DocType: r.doc.Type, Kind: r.kind, Unit: dossier.Yuan, Account: account, Currency: currency}
	if r.f != nil {
		f.Unit = r.f.Unit
	}
	return f
}

const maxFlows = 500 // accounts in one file

// to turns to the flow of an account and currency; an account that is not named is the one at hand.
func (r *flowReader) to(account, currency string) {
	f := r.f
	if account == "" {
		account = f.Account
	}
	if currency == "" {
		currency = f.Currency
	}
	same := (f.Account == "" || account == f.Account) && (f.Currency == "" || currency == f.Currency)
	if same || len(f.Rows) == 0 && len(r.flows) == 0 || len(r.flows) >= maxFlows {
		f.Account, f.Currency = account, currency
		return
	}
	if g := r.byKey[account+"|"+currency]; g != nil {
		r.f = g
		return
	}
	r.f = r.newFlow(account, currency)
	if f.Account == account {
		r.f.Owner, r.f.Bank = f.Owner, f.Bank
	}
}

var (
	bankRE    = regexp.MustCompile(`([\p{Han}]{2,20}(?:银行|信用社|农商行|农信社)[\p{Han}]{0,20}?(?:支行|分行|营业部|分理处|营业厅)?)(?:\s|账户|对公|个人|交易|客户|$)`)
	platInRE  = regexp.MustCompile(`收入[:：]?\s*\d+笔[,，]?\s*(?:合计)?([\d,]+(?:\.\d+)?)\s*元?`)
	platOutRE = regexp.MustCompile(`支出[:：]?\s*\d+笔[,，]?\s*(?:合计)?([\d,]+(?:\.\d+)?)\s*元?`)
)

// headText reads what stands above (or below) the rows.
func (r *flowReader) headText(s string, at dossier.Place) {
	if len(s) > 1000 {
		return
	}
	s = fold(s)
	flat := squeeze(s)
	owner, account := r.w.label["owner"].FindStringSubmatch(s), r.w.label["account"].FindStringSubmatch(s)
	if r.stale && (owner != nil || account != nil) { // totals before it belong to the rows above
		r.apply()
		r.head, r.stale = flowHead{}, false
	}
	h := &r.head
	if m := unitRE.FindStringSubmatch(flat); m != nil {
		r.f.Unit = unitNamed(m[1])
	}
	set := func(dst **dossier.Decimal, re *regexp.Regexp) {
		if m := re.FindStringSubmatch(s); m != nil && *dst == nil {
			if v, _, ok := ParseAmount(m[1]); ok {
				v = v.Mul(r.f.Unit.Scale())
				*dst = &v
				h.at = at
				h.at.Quote = clip(s, 80)
			}
		}
	}
	set(&h.opening, r.w.label["opening"])
	set(&h.closing, r.w.label["closing"])
	set(&h.in, r.w.label["in_total"])
	set(&h.out, r.w.label["out_total"])
	set(&h.in, platInRE)
	set(&h.out, platOutRE)
	if owner != nil && h.owner == "" {
		h.owner = cutEntity(owner[len(owner)-1])
	}
	if account != nil && h.account == "" {
		h.account = account[len(account)-1]
	}
	if m := bankRE.FindStringSubmatch(s + " "); m != nil && h.bank == "" {
		h.bank = m[1]
	}
	if m := r.w.label["currency"].FindStringSubmatch(s); m != nil && h.currency == "" {
		h.currency = r.w.code(m[1])
	}
	switch {
	case r.rows > 0: // what a row names is a counterparty
	case strings.Contains(s, "微信支付"):
		r.kind = FlowWeChat
	case strings.Contains(s, "支付宝"):
		r.kind = FlowAlipay
	}
	if h.start.IsZero() {
		if ds := dayRE.FindAllStringSubmatch(flat, 2); len(ds) == 2 {
			a, b := dateOf(ds[0][1], ds[0][2], ds[0][3]), dateOf(ds[1][1], ds[1][2], ds[1][3])
			if a.Valid() && b.Valid() && !b.Before(a) {
				h.start, h.end = a, b
			}
		} else if m := packedSpan.FindStringSubmatch(flat); m != nil {
			a, b := dateOf(m[1], m[2], m[3]), dateOf(m[4], m[5], m[6])
			if a.Valid() && b.Valid() && !b.Before(a) {
				h.start, h.end = a, b
			}
		}
	}
}

var packedSpan = regexp.MustCompile(`(20\d{2})(\d{2})(\d{2})(?:-|—|~|至|到)+(20\d{2})(\d{2})(\d{2})`)

// code is the ISO code of a currency as a statement names it; a name that nobody knows stays.
func (w *flowWords) code(s string) string {
	s = squeeze(s)
	if c := w.currency[s]; c != "" {
		return c
	}
	for _, n := range sortedKeys(w.currency) {
		if len([]rune(n)) > 1 && strings.HasPrefix(s, n) {
			return w.currency[n]
		}
	}
	return clip(s, 8)
}

// enter turns to the account that the head names, before a row is taken.
func (r *flowReader) enter(own, currency string) {
	if !r.stale {
		r.stale = true
		r.to(r.head.account, r.head.currency)
		r.apply()
	}
	if own != "" || currency != "" {
		if currency != "" {
			currency = r.w.code(currency)
		}
		r.to(own, currency)
	}
}

// apply fills what the account at hand does not know yet from the head.
func (r *flowReader) apply() {
	f, h := r.f, &r.head
	for _, x := range []struct {
		dst *string
		v   string
	}{{&f.Owner, h.owner}, {&f.Account, h.account}, {&f.Bank, h.bank}, {&f.Currency, h.currency}} {
		if *x.dst == "" {
			*x.dst = x.v
		}
	}
	for _, x := range []struct{ dst, v **dossier.Decimal }{{&f.Opening, &h.opening}, {&f.Closing, &h.closing}, {&f.HeaderIn, &h.in}, {&f.HeaderOut, &h.out}} {
		if *x.dst == nil && *x.v != nil {
			*x.dst, f.HeaderAt = *x.v, h.at
		}
	}
	if f.Start.IsZero() && !h.start.IsZero() {
		f.Start, f.End = h.start, h.end
	}
}

// add keeps one row for the account at hand.
func (r *flowReader) add(t Txn) {
	if len(r.f.Rows) == 0 {
		r.flows = append(r.flows, r.f)
		r.byKey[r.f.Account+"|"+r.f.Currency] = r.f
		r.f.Kind = r.kind
	}
	r.f.Rows = append(r.f.Rows, t)
	r.rows++
}

// headerLines reads the lines above a page's table, down to the first that looks like a row.
func (r *flowReader) headerLines(p *dossier.Page) {
	for i, l := range p.Lines {
		if i > 12 {
			return
		}
		toks := strings.Fields(fold(l.Text))
		if startsDated(toks) && slices.ContainsFunc(toks, coinTok.MatchString) || r.w.lineHead(toks) != nil { // what a row names is a counterparty
			return
		}
		r.headText(l.Text, dossier.Place{File: r.doc.File, Page: p.Number, Line: i + 1, Box: l.Box})
	}
}

// footLines reads the last lines of the last page, where some banks print the totals.
func (r *flowReader) footLines(p *dossier.Page) {
	for i := max(13, len(p.Lines)-8); i < len(p.Lines); i++ {
		r.headText(p.Lines[i].Text, dossier.Place{File: r.doc.File, Page: p.Number, Line: i + 1, Box: p.Lines[i].Box})
	}
}

func (r *flowReader) full() bool {
	if r.rows < maxTxns {
		return false
	}
	if !r.f.Cut {
		r.f.Cut = true
		r.f.Notes = append(r.f.Notes, fmt.Sprintf("《%s》明细超过%d笔，其后未读", r.doc.File, maxTxns))
	}
	return true
}
