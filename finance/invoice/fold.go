package invoice

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tight is the form in which names and header words are compared: half width, one kind of bracket, no blanks.
func tight(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '[', '{', '〔', '【', '〈', '《':
			return '('
		case ']', '}', '〕', '】', '〉', '》':
			return ')'
		}
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}

// knownRegion tells whether two digits may stand for province or city in a 20-digit number: GB/T 2260 and the five
// cities that issue on their own.
func knownRegion(n uint8) bool { return n >= 11 && n <= 65 || n >= 91 && n <= 95 }

// knownCode tells whether an invoice code of 10 or 12 digits has a known form: its kind stands in the eighth digit of
// the short one, in the last two of the long one.
func knownCode(c []byte) bool {
	switch {
	case len(c) == 10:
		return strings.IndexByte("123567", c[7]) >= 0
	case len(c) == 12 && c[0] == '0':
		switch string(c[10:]) {
		case "04", "05", "06", "07", "11", "12", "13":
			return true
		}
	case len(c) == 12 && c[0] == '1':
		return c[11] == '0'
	}
	return false
}
