package plan

import (
	"strings"
	"unicode/utf8"
)

// entry is what a phrase in a question means.
type entry struct {
	phrase  string
	drop    bool   // a question word
	adds    []Term // synonyms
	periods []Period
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
