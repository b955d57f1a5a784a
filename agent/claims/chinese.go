package claims

import (
	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

var hanDigits = map[rune]int64{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9}

var hanSmall = map[rune]int64{'十': 10, '百': 100, '千': 1000, '拾': 10, '佰': 100, '仟': 1000}

var hanBig = map[rune]int64{'万': 1e4, '萬': 1e4, '亿': 1e8, '億': 1e8}

const (
	hanClass    = `零〇一二两三四五六七八九十百千万亿`
	formalClass = `零壹贰叁肆伍陆柒捌玖拾佰仟万萬亿億`
)

// ParseChinese reads a Chinese integer, everyday (三百二十万, 二〇二六) or formal (伍佰万). It reads plain rows of
// digits too; 半 and fractions are not integers.
func ParseChinese(s string) (dossier.Decimal, bool) {
	runes := []rune(s)
	if len(runes) == 0 || len(runes) > 24 {
		return decimal.Zero, false
	}
	if row, ok := digitRow(runes); ok {
		return row, true
	}
	var total, section, digit int64
	have := false // a digit waits for its place
	for _, r := range runes {
		if d, ok := hanDigits[r]; ok {
			if have && digit != 0 {
				return decimal.Zero, false // two digits side by side are no number with places
			}
			digit, have = d, true
			continue
		}
		if m, ok := hanSmall[r]; ok {
			if !have || digit == 0 {
				if m != 10 {
					return decimal.Zero, false
				}
				digit = 1 // 十五, 一万零十五
			}
			section += digit * m
			digit, have = 0, false
			continue
		}
		m, ok := hanBig[r]
		if !ok {
			return decimal.Zero, false
		}
		section += digit
		digit, have = 0, false
		if section == 0 && total == 0 {
			return decimal.Zero, false
		}
		if m == 1e8 {
			total = (total + section) * m
		} else {
			total += section * m
		}
		section = 0
		if total > 1e16 {
			return decimal.Zero, false
		}
	}
	return decimal.NewFromInt(total + section + digit), true
}

// digitRow reads 二〇二六.
func digitRow(runes []rune) (dossier.Decimal, bool) {
	if len(runes) < 2 {
		return decimal.Zero, false
	}
	v := int64(0)
	for _, r := range runes {
		d, ok := hanDigits[r]
		if !ok || len(runes) > 8 {
			return decimal.Zero, false
		}
		v = v*10 + d
	}
	return decimal.NewFromInt(v), true
}
