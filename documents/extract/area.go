package extract

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/documents/plain"
)

var (
	areaRe  = regexp.MustCompile(`(\d[\d,]*(?:\.\d+)?)(亩|公顷|平方公里|平方千米|km²|km2|hm²|hm2)?`)
	pointed = regexp.MustCompile(`\d{1,3}(?:[.,]\d{3})+[.,]\d{2}`)
)

// Area reads an area in ㎡; 1 亩 is 2000/3 ㎡, 1 公顷 is 10,000 ㎡ (rounded to 0.01 ㎡).
func Area(s string) (decimal.Decimal, bool) {
	m := areaRe.FindStringSubmatch(fixPoints(plain.Tight(s)))
	if m == nil {
		return decimal.Zero, false
	}
	v, ok := Number(m[1])
	switch m[2] {
	case "亩":
		v = v.Mul(decimal.New(2000, 0)).DivRound(decimal.New(3, 0), 2)
	case "公顷", "hm²", "hm2":
		v = v.Shift(4)
	case "平方公里", "平方千米", "km²", "km2":
		v = v.Shift(6)
	}
	return v, ok
}

// fixPoints reads OCR's 4.866.00 as 4866.00.
func fixPoints(s string) string {
	if m := pointed.FindString(s); m != "" {
		if v, ok := Number(m); ok {
			return strings.Replace(s, m, v.StringFixed(2), 1)
		}
	}
	return s
}
