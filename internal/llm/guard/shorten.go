package guard

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Estimate is about how many tokens a text has: one a Han character, half of one any other character but blanks.
// Measured against the tokenizers of the usual Chinese models it is seldom below the true number.
func Estimate(text string) int {
	halves := 0
	for _, r := range text {
		halves += weight(r)
	}
	return (halves + 1) / 2
}

func weight(r rune) int {
	switch {
	case r > 0x2E7F:
		return 2
	case unicode.IsSpace(r):
		return 0
	}
	return 1
}

// sentenceEnds are where a text may be cut.
const sentenceEnds = "。！？；!?;\n"

// Shorten cuts text to at most limit estimated tokens, after the last sentence that fits, or anywhere between
// characters when that would lose more than half; whole tells that nothing was cut.
func Shorten(text string, limit int) (short string, whole bool) {
	halves, cut := 0, len(text)
	for i, r := range text {
		if halves += weight(r); halves > 2*limit {
			cut = i
			break
		}
	}
	if cut == len(text) {
		return text, true
	}
	head := text[:cut]
	if at := strings.LastIndexAny(head, sentenceEnds); at >= 0 {
		_, n := utf8.DecodeRuneInString(head[at:])
		if Estimate(head[:at+n]) >= limit/2 {
			head = head[:at+n]
		}
	}
	return head, false
}

// plain makes a text that any server takes: valid UTF-8 without control characters, and not blank.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r < ' ' && r != '\n' && r != '\t' {
			return ' '
		}
		return r
	}, text)
	if strings.TrimSpace(text) == "" {
		return "（空）"
	}
	return text
}
