// Package lexical turns Chinese text into normalised search terms, packs them per document and ranks chunks by BM25.
package lexical

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

var (
	reNumber = regexp.MustCompile(`(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(亿|千万|百万|万|千)?(?:元)?`)
	reDay    = regexp.MustCompile(`((?:19|20)\d{2})(?:年|[-./])(\d{1,2})(?:(?:月|[-./])(\d{1,2})日?|月)?`)
	reWord   = regexp.MustCompile(`[a-z0-9]*[a-z][a-z0-9]*(?:[-_./][a-z0-9]+)*`)
)

var powers = map[string]int32{"亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3}

// Tokens are the terms of a text for lexical search: bigrams of Chinese runs (a lone character stays), words and
// codes in lower case, numbers in 元 (exact, and rounded to three digits, so that 5,420.78万元 meets
// 54,207,771.76), dates.
func Tokens(text string) []string {
	s := foldText(text)
	var out []string
	var prev rune
	alone := false
	flush := func() {
		if alone {
			out = append(out, string(prev))
		}
		prev, alone = 0, false
	}
	for _, r := range s {
		if r < 0x3400 || r > 0x9FFF && r < 0x20000 {
			flush()
			continue
		}
		if prev != 0 {
			out = append(out, string([]rune{prev, r}))
			alone = false
		} else {
			alone = true
		}
		prev = r
	}
	flush()
	out = append(out, reWord.FindAllString(s, -1)...)
	for _, m := range reDay.FindAllStringSubmatch(s, -1) {
		day := "d" + m[1] + "-" + two(m[2])
		out = append(out, day)
		if m[3] != "" {
			out = append(out, day+"-"+two(m[3]))
		}
	}
	for _, m := range reNumber.FindAllStringSubmatch(s, -1) {
		out = append(out, numberTokens(m[1], m[2])...)
	}
	return out
}

func numberTokens(digits, scale string) []string {
	clean := strings.ReplaceAll(digits, ",", "")
	if len(clean) > 24 {
		return []string{"n" + clean}
	}
	v, err := decimal.NewFromString(clean)
	if err != nil {
		return nil
	}
	v = v.Shift(powers[scale])
	out := []string{"n" + v.String()}
	if whole := v.Truncate(0).String(); len(whole) > 4 {
		out = append(out, "r"+v.Round(int32(3-len(whole))).String())
	}
	return out
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// foldText makes full-width forms plain and letters small.
func foldText(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xFF01 && r <= 0xFF5E {
			r -= 0xFEE0
		}
		if r == '\u3000' || r == '\u00a0' {
			return ' '
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, s)
}
