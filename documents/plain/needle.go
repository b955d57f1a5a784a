package plain

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"unicode/utf8"
)

var needles sync.Map // *regexp.Regexp -> []string

// Possible tells whether re can match s at all: one of the words that every match of re holds stands in s. It costs a
// fraction of the match and spares most of the catalogue's patterns on most pages.
func Possible(re *regexp.Regexp, s string) bool {
	v, ok := needles.Load(re)
	if !ok {
		v, _ = needles.LoadOrStore(re, wordsOf(re.String()))
	}
	words := v.([]string)
	if len(words) == 0 {
		return true
	}
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

const maxWords = 24

// wordsOf returns words of which each match of the pattern holds at least one; none when there is no such list.
func wordsOf(pattern string) []string {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	words, ok := required(re.Simplify())
	if !ok || len(words) > maxWords {
		return nil
	}
	return words
}

// required is wordsOf for a node; ok is false when a match need not hold any word.
func required(re *syntax.Regexp) (words []string, ok bool) {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 {
			return nil, false
		}
		return []string{string(re.Rune)}, true
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if words = append(words, string(r)); len(words) > 4 {
					return nil, false
				}
			}
		}
		return words, len(words) > 0
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			w, ok := required(sub)
			if !ok {
				return nil, false
			}
			words = append(words, w...)
		}
		return words, len(words) <= maxWords
	case syntax.OpConcat:
		best := 0
		for _, sub := range re.Sub { // the part whose shortest word is longest says most
			w, ok := required(sub)
			if !ok {
				continue
			}
			n := utf8.UTFMax * 64
			for _, s := range w {
				n = min(n, len(s))
			}
			if n > best {
				words, best = w, n
			}
		}
		return words, best > 0
	}
	return nil, false
}
