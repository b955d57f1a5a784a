package chunk

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Levels of headings: a heading ends those of its own level and below.
const (
	levelTitle = iota + 1
	levelPart  // 第一编, 第一部分
	levelChapter
	levelSection
	levelPage                     // the title of a statement, or of a part at the top of its page
	levelHan                      // 一、
	levelHanIn                    // （一）
	levelNumber                   // 1、 1. 五、1
	levelDotted                   // 1.1, 1.1.1 one lower…
	levelIn     = levelDotted + 3 // （1）
	levelCircle = levelIn + 1     // ①
	levelPlain  = levelIn + 2     // a short line above a table or a paragraph
)

// longestHeading in runes.
const longestHeading = 40

const numerals = "一二三四五六七八九十百千零〇两"

// numbered reads the number that a line begins with: its level and the bytes that it takes; 0 when there is none.
func numbered(s string) (level, n int) {
	r, w := utf8.DecodeRuneInString(s)
	switch {
	case r == '第':
		k := w + numeral(s[w:])
		if k == w || k > 40 {
			return 0, 0
		}
		for unit, l := range units {
			if strings.HasPrefix(s[k:], unit) {
				return l, k + len(unit)
			}
		}
		return 0, 0
	case strings.ContainsRune(numerals, r):
		k := hanNumeral(s)
		if m := mark(s[k:], "、.．"); m > 0 && k <= 12 {
			k += m
			if d := digits(strings.TrimLeft(s[k:], " ")); d > 0 && d < 4 { // 五、1 of the notes
				rest := strings.TrimLeft(s[k:], " ")[d:]
				if m := mark(rest, "、.．"); m > 0 || startsHan(strings.TrimLeft(rest, " \u3000")) && mark(rest, quantities) == 0 {
					return levelNumber, len(s) - len(rest) + m
				}
			}
			return levelHan, k
		}
	case r == '（' || r == '(':
		k, l := hanNumeral(s[w:]), levelHanIn
		if k == 0 {
			k, l = digits(s[w:]), levelIn
		}
		if k > 0 && k <= 12 {
			if m := mark(s[w+k:], "）)"); m > 0 {
				k += w + m
				return l, k + mark(s[k:], ".．、")
			}
		}
	case r >= '0' && r <= '9':
		return dotted(s)
	case r >= '①' && r <= '⑳':
		return levelCircle, w
	}
	return 0, 0
}

var units = map[string]int{"编": levelPart, "部分": levelPart, "章": levelChapter, "节": levelSection, "編": levelPart, "節": levelSection}

// quantities are words behind a number that counts something.
const quantities = "亿万元倍吨米个年月日天岁家户名项笔条"

// dotted reads 1、 1. 1.1 1.1.1: no amount, no date, no year.
func dotted(s string) (level, n int) {
	parts := 0
	for parts < 5 {
		d := digits(s[n:])
		if d == 0 || d > 3 {
			break
		}
		parts++
		n += d
		m := mark(s[n:], ".．")
		if m == 0 || digits(s[n+m:]) == 0 {
			n2 := n + mark(s[n:], "、.．")
			switch {
			case n2 == n && (parts == 1 || !startsHan(strings.TrimLeft(s[n:], " \u3000")) || mark(s[n:], quantities) > 0):
				return 0, 0 // 30天, 1.5亿元
			case parts == 1:
				return levelNumber, n2
			}
			return min(levelDotted+parts-2, levelIn-1), n2
		}
		n += m
	}
	return 0, 0
}

func mark(s, of string) int {
	if r, w := utf8.DecodeRuneInString(s); w > 0 && strings.ContainsRune(of, r) {
		return w
	}
	return 0
}

func digits(s string) (n int) {
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func hanNumeral(s string) (n int) {
	for n < len(s) {
		r, w := utf8.DecodeRuneInString(s[n:])
		if !strings.ContainsRune(numerals, r) {
			break
		}
		n += w
	}
	return n
}

// numeral reads 十二 or 12, blanks around it too.
func numeral(s string) int {
	lead := len(s) - len(strings.TrimLeft(s, " \u3000"))
	n := hanNumeral(s[lead:])
	if n == 0 {
		n = digits(s[lead:])
	}
	if n == 0 {
		return 0
	}
	n += lead
	return n + len(s[n:]) - len(strings.TrimLeft(s[n:], " \u3000"))
}

func startsHan(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Han, r)
}

// titled tells whether a line may be the words of a heading: short, no sentence, no value after a colon, no line of a
// table of contents.
func titled(s string, runes int) bool {
	if runes < 2 || runes > longestHeading || strings.Contains(s, "....") || strings.Contains(s, "……") || strings.Contains(s, "····") {
		return false
	}
	words := false
	for i, r := range s {
		switch {
		case strings.ContainsRune("。；;！!？?", r):
			return false
		case (r == '：' || r == ':') && i+utf8.RuneLen(r) < len(s):
			return false
		}
		words = words || unicode.IsLetter(r)
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return words && !strings.ContainsRune("，,、", r) && !ticked(s)
}

// ticked is a line of boxes: □适用 √不适用.
func ticked(s string) bool { return strings.ContainsAny(s, "□☐☑√■") }

// clauseStart reads 第十二条 or 第十二条之一 at the start of a line: the words and the number, 0 when it is none or
// only mentioned there.
func clauseStart(s string, mention []string) (label string, no int) {
	if !strings.HasPrefix(s, "第") {
		return "", 0
	}
	n := numeral(s[len("第"):])
	if n == 0 || n > 40 {
		return "", 0
	}
	end := len("第") + n
	if !strings.HasPrefix(s[end:], "条") && !strings.HasPrefix(s[end:], "條") {
		return "", 0
	}
	no = value(strings.TrimSpace(s[len("第"):end]))
	end += len("条")
	if strings.HasPrefix(s[end:], "之") {
		if k := hanNumeral(s[end+len("之"):]); k > 0 && k <= 9 {
			end += len("之") + k
		}
	}
	if containsPrefix(s[end:], mention) {
		return "", 0
	}
	return solid(s[:end]), no
}

// value of a numeral, Han or Arabic; 0 when it is none.
func value(s string) int {
	total, digit := 0, 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digit = min(digit*10+int(r-'0'), 1_000_000)
		case r == '十', r == '百', r == '千':
			total += max(digit, 1) * map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
			digit = 0
		case r == '零', r == '〇':
			digit = 0
		default:
			if i := strings.IndexRune("一二三四五六七八九", r); i >= 0 {
				digit = i/len("一") + 1
			} else if r == '两' {
				digit = 2
			}
		}
	}
	return total + digit
}
