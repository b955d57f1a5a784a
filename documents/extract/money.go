package extract

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

var (
	number  = regexp.MustCompile(`[-+(]?(?:\d[\d,.]*\d|\d)\)?`)
	grouped = regexp.MustCompile(`^\d{1,3}([.,]\d{3})+([.,]\d{2})$`)
	capital = regexp.MustCompile(`[零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟万億亿圆元角分]{2,}[整正]?`)
)

var units = []struct {
	name  string
	scale decimal.Decimal
}{
	{"亿元", decimal.New(1, 8)}, {"亿", decimal.New(1, 8)}, {"百万元", decimal.New(1, 6)}, {"万元", decimal.New(1, 4)},
	{"万", decimal.New(1, 4)}, {"千元", decimal.New(1, 3)}, {"仟元", decimal.New(1, 3)}, {"元", decimal.New(1, 0)},
}

// scaleOf returns the factor to 元 of a unit word, 1 when unknown.
func scaleOf(unit string) decimal.Decimal {
	for _, u := range units {
		if strings.HasPrefix(unit, u.name) {
			return u.scale
		}
	}
	return decimal.New(1, 0)
}

// Money reads an amount in 元. A unit printed behind the number wins over unit. When digits and capital numerals
// both stand there and differ, agree is false and the digits count.
func Money(s, unit string) (v decimal.Decimal, agree, ok bool) {
	s = plain.Tight(s)
	digits, okD := moneyDigits(s, unit)
	run := wholeCapital(s)
	words, okW := ChineseNumber(run)
	switch {
	case okD && okW:
		if capitalUnit(run) { // 壹佰万元 is in 元 by itself
			return digits, digits.Equal(words), true
		}
		return digits, true, true
	case okD:
		return digits, true, true
	case okW:
		return words, true, true
	}
	return decimal.Zero, true, false
}

// moneyValue is the canonical form of a money field; both readings are named where they differ.
func moneyValue(raw, unit string) (typed, bool) {
	v, agree, ok := Money(raw, unit)
	if agree {
		return typed{value: v.String(), conf: 1}, ok
	}
	run := wholeCapital(plain.Tight(raw))
	words, _ := ChineseNumber(run)
	return typed{value: v.String(), conf: 0.4, doubt: differ(run, words, v)}, ok
}

func differ(run string, words, digits decimal.Decimal) string {
	return fmt.Sprintf("大写“%s”为%s元，小写为%s元，两者不一致，请核对原件", run, words, digits)
}

// inWords compares a money field with the capital numerals that stand beside it: in the same line, or the one before
// or behind when it speaks of 大写 alone. A difference is a doubt; on a scan the numerals must be read with certainty.
func (r *reader) inWords(f dossier.Field) dossier.Field {
	v, ok := f.Decimal()
	if !ok || f.Doubt != "" || f.At.Line == 0 {
		return f
	}
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		if l.Page != f.At.Page || l.Number < f.At.Line-1 || l.Number > f.At.Line+1 || !strings.Contains(l.Fold, "大写") {
			continue
		}
		tight := plain.Tight(l.Fold)
		if l.Number != f.At.Line && number.MatchString(tight) || l.Scan && l.Confidence < 0.85 || len(capital.FindAllString(tight, 3)) != 1 {
			continue
		}
		run := wholeCapital(tight)
		words, ok := ChineseNumber(run)
		if !ok || !capitalUnit(run) || words.IsZero() || words.Equal(v) {
			continue
		}
		f.Doubt, f.Confidence = differ(run, words, v), min(f.Confidence, 0.5)
		break
	}
	return f
}

// wholeCapital returns the amount in capital numerals, "" when it begins in the middle: behind a character that is
// none (猎拾伍万元 may be anything) or with 佰 or 仟, which always have a digit before them.
func wholeCapital(s string) string {
	m := capital.FindStringIndex(s)
	if m == nil || strings.HasPrefix(s[m[0]:], "佰") || strings.HasPrefix(s[m[0]:], "仟") || torn(s, m[0]) {
		return ""
	}
	return s[m[0]:m[1]]
}

// torn tells whether the capital numeral at byte i of s stands behind an ideograph that is neither a numeral nor the
// end of a word that amounts follow: what was read there was a numeral too, and the amount would lack its head.
func torn(s string, i int) bool {
	if r, _ := utf8.DecodeRuneInString(s[i:]); !strings.ContainsRune("壹贰叁肆伍陆柒捌玖拾佰仟", r) {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.Is(unicode.Han, r) && !strings.ContainsRune("币写额计为价款本金资共整", r)
}

// capitalUnit tells whether the capital numerals are a full amount and not the 万元 behind digits.
func capitalUnit(run string) bool { return strings.ContainsAny(run, "壹贰叁肆伍陆柒捌玖") }

func moneyDigits(s, unit string) (decimal.Decimal, bool) {
	loc := number.FindStringIndex(s)
	if loc == nil {
		return decimal.Zero, false
	}
	v, ok := Number(s[loc[0]:loc[1]])
	if !ok {
		return v, false
	}
	rest := strings.TrimPrefix(s[loc[1]:], "人民币")
	for _, u := range units {
		if strings.HasPrefix(rest, u.name) {
			return v.Mul(u.scale), true
		}
	}
	return v.Mul(scaleOf(unit)), true
}

// Number reads 1,234.50, (1,234.50), -3. OCR's 1.234.50 and 1,234,50 are read as grouped amounts with two decimals.
func Number(s string) (decimal.Decimal, bool) {
	s = strings.TrimPrefix(plain.Tight(s), "¥")
	neg := false
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		neg = true
	}
	s = strings.Trim(s, "()+")
	if strings.HasPrefix(s, "-") {
		neg, s = true, s[1:]
	}
	if grouped.MatchString(s) {
		s = strings.NewReplacer(",", "", ".", "").Replace(s[:len(s)-3]) + "." + s[len(s)-2:]
	}
	v, err := decimal.NewFromString(strings.ReplaceAll(s, ",", ""))
	if err != nil {
		return decimal.Zero, false
	}
	if neg {
		v = v.Neg()
	}
	return v, true
}

var hanDigits = map[rune]int64{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8,
	'九': 9, '壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9}

var hanScales = map[rune]int64{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000}

// ChineseNumber reads 叁佰叁拾贰万捌仟元整, 一百二十, 二〇二六. ok is false for anything else.
func ChineseNumber(s string) (decimal.Decimal, bool) {
	s = strings.TrimRight(s, "整正")
	if s == "" {
		return decimal.Zero, false
	}
	var total, section, digit, cents int64
	plainDigits, seen := int64(0), false
	simple := true
	for _, r := range s {
		if d, ok := hanDigits[r]; ok {
			digit, seen = d, true
			if plainDigits < 1e15 {
				plainDigits = plainDigits*10 + d
			}
			continue
		}
		simple = false
		if m, ok := hanScales[r]; ok {
			if digit == 0 && section == 0 {
				digit = 1
			}
			section, digit, seen = section+digit*m, 0, true
			continue
		}
		switch r {
		case '万':
			total, section, digit = total+(section+digit)*10_000, 0, 0
		case '亿', '億':
			total, section, digit = (total+section+digit)*100_000_000, 0, 0
		case '元', '圆':
			total, section, digit = total+section+digit, 0, 0
		case '角':
			cents, digit = cents+digit*10, 0
		case '分':
			cents, digit = cents+digit, 0
		default:
			return decimal.Zero, false
		}
		if total > 1e15 {
			return decimal.Zero, false
		}
	}
	if !seen {
		return decimal.Zero, false
	}
	if simple {
		return decimal.New(plainDigits, 0), true
	}
	return decimal.New(total+section+digit, 0).Add(decimal.New(cents, -2)), true
}
