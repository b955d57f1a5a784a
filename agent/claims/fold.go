package claims

import "strings"

// folded is a text with full-width forms made plain, and the way back to the original's offsets.
type folded struct {
	s    string
	orig []int // byte offset in s -> byte offset in the original; one more for the end
}

func fold(text string) folded {
	var b strings.Builder
	b.Grow(len(text))
	orig := make([]int, 0, len(text)+1)
	for i, r := range text {
		before := b.Len()
		b.WriteRune(plain(r))
		for range b.Len() - before {
			orig = append(orig, i)
		}
	}
	return folded{b.String(), append(orig, len(text))}
}

// plain folds full-width ASCII and look-alikes; Chinese commas, colons and stops stay what they are.
func plain(r rune) rune {
	switch r {
	case '，', '：', '；', '！', '？':
		return r
	case '\u3000', '\u00a0':
		return ' '
	case '−', '﹣':
		return '-'
	case '—', '–', '～', '〜', '﹣' + 1:
		return '~'
	case '﹪':
		return '%'
	}
	if r >= 0xFF01 && r <= 0xFF5E {
		return r - 0xFEE0
	}
	return r
}

// squeeze is the form in which quotations and names are compared: folded, without blanks, Chinese punctuation
// made plain, lower case.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '，', '、':
			return ','
		case '：':
			return ':'
		case '；':
			return ';'
		case '〔', '【', '﹝':
			return '['
		case '〕', '】', '﹞':
			return ']'
		case '“', '”', '「', '」', '『', '』', '‘', '’':
			return '"'
		}
		r = plain(r)
		switch r {
		case ' ', '\n', '\r', '\t', '\f':
			return -1
		}
		return r
	}, strings.ToLower(text))
}
