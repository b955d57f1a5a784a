package chunk

import (
	"unicode"
	"unicode/utf8"
)

// size of a stretch of text.
type size struct{ runes, tokens int }

func (a size) plus(b size) size { return size{a.runes + b.runes, a.tokens + b.tokens} }

// within tells whether a fits k/4 times the limits.
func (a size) within(limit size, quarters int) bool {
	return a.runes*4 <= limit.runes*quarters && a.tokens*4 <= limit.tokens*quarters
}

// share is the larger of the two shares of the limits, in hundredths.
func (a size) share(limit size) int {
	return max(a.runes*100/max(limit.runes, 1), a.tokens*100/max(limit.tokens, 1))
}

// Tokens estimates how many tokens a multilingual embedding model makes of s, since no tokenizer ships: one a Han
// character or a mark (a row of dots one for every four), one for every four letters begun and for every three digits begun, none for blanks. It is
// meant to err upwards: models have single tokens for many words of several characters.
func Tokens(s string) int { return measure(s).tokens }

func measure(s string) size {
	var z size
	letters, digits, marks := 0, 0, 0
	for i := 0; i < len(s); {
		b := s[i]
		if b >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			i += n
			z.runes++
			if !unicode.IsSpace(r) {
				z.tokens++
			}
			letters, digits = 0, 0
			continue
		}
		i++
		z.runes++
		switch {
		case b >= '0' && b <= '9':
			if digits%3 == 0 {
				z.tokens++
			}
			digits, letters = digits+1, 0
		case b|0x20 >= 'a' && b|0x20 <= 'z':
			if letters%4 == 0 {
				z.tokens++
			}
			letters, digits = letters+1, 0
		default:
			if i > 1 && s[i-2] == b {
				marks++
			} else {
				marks = 0
			}
			if b > ' ' && marks%4 == 0 {
				z.tokens++
			}
			letters, digits = 0, 0
		}
	}
	return z
}
