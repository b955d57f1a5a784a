package plan

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/retrieval/lexical"
)

// query works out one question.
func (b *Book) query(text string, o Options, weight float64, vector bool) Query {
	text = nameless(lexical.Fold(cut(strings.TrimSpace(text), maxRunes)), o.Names)
	q := Query{Text: text, Weight: weight, Vector: vector}
	if text == "" {
		return q
	}
	q.Terms = append(q.Terms, Term{Text: text, Weight: 1})
	var more []Term
	for rest := text; rest != ""; {
		e, n := b.match.at(rest)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(rest)
		} else {
			more = append(more, e.terms(rest[:n], o, b.weights.Period)...)
		}
		rest = rest[n:]
	}
	more = append(more, b.items(text)...)
	for _, t := range more {
		if len(q.Terms) < maxTerms && !slices.ContainsFunc(q.Terms, func(x Term) bool { return x.Text == t.Text }) && !strings.Contains(text, t.Text) {
			q.Terms = append(q.Terms, t)
		}
	}
	return q
}

// items joins statement lines that are named otherwise in the accounts: 银行存款 stands in 货币资金.
func (b *Book) items(text string) []Term {
	var out []Term
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) || strings.ContainsRune("的和与及", r) }) {
		if n := utf8.RuneCountInString(part); n < 3 || n > 16 {
			continue
		}
		for _, s := range []finance.Statement{finance.BalanceSheet, finance.IncomeStatement, finance.CashFlow} {
			if id, ok := finance.Lookup(s, part); ok && finance.NameOf(id) != part {
				out = append(out, Term{finance.NameOf(id), b.weights.Item, "科目：" + part})
			}
		}
	}
	return out
}

// companyEnds are what a company's short name leaves off.
var companyEnds = []string{"股份有限公司", "有限责任公司", "有限公司", "公司"}

// nameless leaves the names out, whole and without 有限公司, as long as something else is asked.
func nameless(text string, names []string) string {
	out := text
	for _, n := range names {
		n = strings.TrimSpace(lexical.Fold(n))
		short := n
		for _, e := range companyEnds {
			if s, ok := strings.CutSuffix(n, e); ok {
				short = s
				break
			}
		}
		for _, s := range []string{n, short} {
			if utf8.RuneCountInString(s) >= 4 {
				out = strings.ReplaceAll(out, s, " ")
			}
		}
	}
	if out = strings.TrimLeft(out, " 的"); strings.TrimFunc(out, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) == "" {
		return text
	}
	return strings.TrimSpace(out)
}

func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
