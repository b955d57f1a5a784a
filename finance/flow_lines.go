package finance

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Where a page has no table, a row is a line with a date, an amount and a balance; the balance before tells whether
// the amount came in or went out.

var (
	dateTok = regexp.MustCompile(`^20\d{2}[-./年]?\d{1,2}[-./月]?\d{1,2}日?$`)
	timeTok = regexp.MustCompile(`^\d{1,2}:\d{2}(:\d{2})?$`)
	coinTok = regexp.MustCompile(`^-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2}$`)
)

func (r *flowReader) textRows(p *dossier.Page) {
	lines := make([]string, 0, len(p.Lines))
	for _, l := range p.Lines {
		lines = append(lines, l.Text)
	}
	if len(lines) == 0 {
		lines = strings.Split(p.Text, "\n")
	}
	for i, l := range lines {
		at := dossier.Place{File: r.f.File, Page: p.Number, Line: i + 1, Quote: clip(l, 80)}
		if i < len(p.Lines) {
			at.Box = p.Lines[i].Box
		}
		if len(r.f.Rows) >= maxTxns || len(l) > 600 {
			continue
		}
		if !r.textRow(fold(l), at) {
			r.headText(l, at)
		}
	}
}

func (r *flowReader) textRow(l string, at dossier.Place) bool {
	toks := strings.Fields(l)
	t := Txn{At: at}
	var coins []dossier.Decimal
	var words []string
	for i, k := range toks {
		switch {
		case t.Date.IsZero() && i <= 2 && dateTok.MatchString(k):
			d, _, ok := dayTime(k)
			if !ok {
				return false
			}
			t.Date = d
		case timeTok.MatchString(k) && t.Time == "":
			t.Time = k
		case coinTok.MatchString(k) && len(coins) < 3:
			v, _, _ := ParseAmount(k)
			coins = append(coins, v.Mul(r.f.Unit.Scale()))
		case len(coins) > 0:
			words = append(words, k)
		}
	}
	if t.Date.IsZero() || len(coins) < 2 {
		return false
	}
	balance := coins[len(coins)-1]
	t.Balance = &balance
	if len(coins) == 3 { // both columns printed, one of them 0.00
		t.Out, t.In = coins[0].Abs(), coins[1].Abs()
	} else {
		r.side(&t, coins[0], strings.Join(words, " "))
	}
	if len(words) > 0 {
		t.Party = words[0]
		t.Summary = strings.Join(words[1:], " ")
	}
	r.f.Rows = append(r.f.Rows, t)
	return true
}

var spendRE = regexp.MustCompile(`费|报销|工资|代发|税|利息|还款|还贷|材料|采购|提现|支取|付款`)

// side books an amount by the way the balance moved; where nothing stands before the row, by its words.
func (r *flowReader) side(t *Txn, v dossier.Decimal, words string) {
	var before *dossier.Decimal
	if n := len(r.f.Rows); n > 0 {
		before = r.f.Rows[n-1].Balance
	} else {
		before = r.f.Opening
	}
	abs := v.Abs()
	switch {
	case v.IsNegative(), before == nil && spendRE.MatchString(words) && !interestRE.MatchString(words), before != nil && before.Sub(abs).Equal(*t.Balance):
		t.Out = abs
	case before == nil, before.Add(abs).Equal(*t.Balance), t.Balance.GreaterThan(*before):
		t.In = abs
	default:
		t.Out = abs
	}
}
