package flow

import (
	"strconv"
	"strings"
)

// spell writes a number in a list's format (17.18.59, ST_NumberFormat); an unknown format counts in figures.
func spell(n int, format string) string {
	if n < 0 || n > 99_999 {
		return strconv.Itoa(n)
	}
	switch format {
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand":
		return counted(n, "零一二三四五六七八九", "十百千")
	case "chineseLegalSimplified", "ideographLegalTraditional":
		return counted(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
		return mapped(n, "〇一二三四五六七八九")
	case "decimalFullWidth", "decimalFullWidth2":
		return strconv.Itoa(n) // Clean writes them so anyway
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "ideographTraditional":
		return nth(n, "甲乙丙丁戊己庚辛壬癸")
	case "ideographZodiac":
		return nth(n, "子丑寅卯辰巳午未申酉戌亥")
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese", "ideographEnclosedCircle":
		return nth(n, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
	case "decimalEnclosedParen":
		return nth(n, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇")
	case "decimalEnclosedFullstop":
		return strconv.Itoa(n) + "."
	case "upperLetter":
		return letters(n)
	case "lowerLetter":
		return strings.ToLower(letters(n))
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	}
	return strconv.Itoa(n)
}

// counted writes 一百零三 and the like.
func counted(n int, digits, units string) string {
	d, u := []rune(digits), []rune(units)
	if n >= 10_000 || n == 0 {
		return mapped(n, digits)
	}
	var b strings.Builder
	s := strconv.Itoa(n)
	gap := false
	for i, c := range s {
		place := len(s) - 1 - i
		if c == '0' {
			gap = true
			continue
		}
		if gap {
			b.WriteRune(d[0])
			gap = false
		}
		if place != 1 || c != '1' || len(s) != 2 { // 十二, not 一十二
			b.WriteRune(d[c-'0'])
		}
		if place > 0 {
			b.WriteRune(u[place-1])
		}
	}
	return b.String()
}

func mapped(n int, digits string) string {
	d := []rune(digits)
	var b strings.Builder
	for _, c := range strconv.Itoa(n) {
		b.WriteRune(d[c-'0'])
	}
	return b.String()
}

func nth(n int, list string) string {
	if rs := []rune(list); n >= 1 && n <= len(rs) {
		return string(rs[n-1])
	}
	return strconv.Itoa(n)
}

// letters repeats a letter past Z, as Word does: AA, BB.
func letters(n int) string {
	if n < 1 || n > 26*20 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, x := range []struct {
		v int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= x.v; n -= x.v {
			b.WriteString(x.s)
		}
	}
	return b.String()
}
