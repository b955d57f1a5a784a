package extract

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

var percent = regexp.MustCompile(`(\d+(?:\.\d+)?)\s*(%|‰)?`)

// Percent reads 45%, 4.05 % as 0.45, 0.0405; 三分之二 as 0.6667, 过半数 as 0.5. A bare number is in percent.
func Percent(s string) (decimal.Decimal, bool) {
	s = plain.Tight(s)
	if n, d, ok := strings.Cut(s, "分之"); ok {
		if v, ok := fraction(n, d); ok {
			return v, true
		}
	}
	if strings.Contains(s, "过半数") || strings.Contains(s, "半数以上") {
		return dossier.D("0.5"), true
	}
	if strings.Contains(s, "全体股东一致") || strings.Contains(s, "一致同意") || strings.Contains(s, "一致通过") {
		return dossier.D("1"), true
	}
	m := percent.FindStringSubmatch(s)
	if m == nil {
		return decimal.Zero, false
	}
	v, err := decimal.NewFromString(m[1])
	if err != nil {
		return v, false
	}
	if m[2] == "‰" {
		return v.Shift(-3), true
	}
	return v.Shift(-2), true
}

// wholes are the denominators of 百分之五, 千分之三, 万分之五.
var wholes = map[string]int32{"百": 2, "千": 3, "万": 4}

// fraction reads 三分之二 and 百分之四点零五: n before, d behind 分之.
func fraction(n, d string) (decimal.Decimal, bool) {
	num := firstNumeral(d)
	b, ok := ChineseNumber(num)
	if !ok {
		return b, false
	}
	if tail, has := strings.CutPrefix(d[len(num):], "点"); has {
		if digits := firstNumeral(tail); digits != "" {
			if f, ok := ChineseNumber(digits); ok {
				b = b.Add(f.Shift(-int32(len([]rune(digits)))))
			}
		}
	}
	for w, shift := range wholes {
		if strings.HasSuffix(n, w) {
			return b.Shift(-shift), true
		}
	}
	a, ok := ChineseNumber(lastNumeral(n))
	if !ok || a.IsZero() {
		return a, false
	}
	return b.DivRound(a, 4), true
}

func lastNumeral(s string) string {
	rs := []rune(s)
	i := len(rs)
	for i > 0 && isNumeral(rs[i-1]) {
		i--
	}
	return string(rs[i:])
}

func firstNumeral(s string) string {
	rs := []rune(s)
	i := 0
	for i < len(rs) && isNumeral(rs[i]) {
		i++
	}
	return string(rs[:i])
}

func isNumeral(r rune) bool {
	_, a := hanDigits[r]
	_, b := hanScales[r]
	return a || b
}
