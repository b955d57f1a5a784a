package plan

import (
	"strings"
	"unicode/utf8"
)

// entry is what a phrase in a question means.
type entry struct {
	phrase  string
	adds    []synonym
	periods []Period
}

type synonym struct {
	Term
	corpora bool // see Group.Corpora
}

// terms are what the phrase adds to a question.
func (e *entry) terms(phrase string, o Options, period float64) (out []Term) {
	for _, s := range e.adds {
		if !s.corpora || len(o.Names) == 0 {
			out = append(out, Term{s.Text, s.Weight, "同义：" + phrase})
		}
	}
	for _, p := range e.periods {
		out = append(out, p.terms(o.AsOf, period)...)
	}
	return out
}

// matcher finds phrases, the longest first.
type matcher map[rune][]*entry

func (m matcher) entry(phrase string) *entry {
	r, _ := utf8.DecodeRuneInString(phrase)
	for _, e := range m[r] {
		if e.phrase == phrase {
			return e
		}
	}
	e := &entry{phrase: phrase}
	list := m[r]
	at := 0
	for at < len(list) && len(list[at].phrase) >= len(phrase) {
		at++
	}
	m[r] = append(list[:at:at], append([]*entry{e}, list[at:]...)...)
	return e
}

// at returns the longest phrase at the start of s and its length in bytes, 0 for none.
func (m matcher) at(s string) (*entry, int) {
	r, _ := utf8.DecodeRuneInString(s)
	for _, e := range m[r] {
		if strings.HasPrefix(s, e.phrase) {
			return e, len(e.phrase)
		}
	}
	return nil, 0
}
