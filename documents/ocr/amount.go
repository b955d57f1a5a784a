package ocr

import (
	"strings"
	"unicode"
)

// amount is a number as read, in hundredths, exact.
type amount struct {
	value    int64
	text     string // as it is printed with its groups
	decimals bool
}

// maxDigits keeps a number in hundredths within an int64.
const maxDigits = 16

// parseAmount reads a printed number. A point and a comma are easily taken for each other, so separators go by what
// follows them: two digits at the end are decimals, groups of three are thousands. A comma that was lost between
// groups comes back into text; digits are never touched.
func parseAmount(s string) (amount, bool) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '￥', '¥', '元':
			return -1
		case '，', '．', '。', '、', '\'':
			return ','
		case '－', '—', '−', '一':
			return '-'
		case '（':
			return '('
		case '）':
			return ')'
		}
		return r
	}, s)
	a := amount{}
	negative := false
	switch {
	case strings.HasPrefix(s, "-"):
		negative, s = true, s[1:]
	case strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")"):
		negative, s = true, s[1:len(s)-1]
	}
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '.' })
	joined := strings.Join(groups, "")
	if joined == "" || len(joined) > maxDigits || strings.IndexFunc(joined, func(r rune) bool { return r < '0' || r > '9' }) >= 0 {
		return a, false
	}
	if strings.Count(s, ",")+strings.Count(s, ".") != len(groups)-1 {
		return a, false // two separators in a row, or one at an end
	}
	whole, cents := groups, "00"
	if n := len(groups); n > 1 && len(groups[n-1]) == 2 {
		whole, cents, a.decimals = groups[:n-1], groups[n-1], true
	}
	for i, g := range whole {
		if i > 0 && (len(g)%3 != 0 || g == "") {
			return a, false
		}
	}
	digits := strings.Join(whole, "")
	for _, r := range digits + cents {
		a.value = a.value*10 + int64(r-'0')
	}
	a.text = digits
	if len(whole) > 1 {
		a.text = ""
		for i, r := range digits {
			if i > 0 && (len(digits)-i)%3 == 0 {
				a.text += ","
			}
			a.text += string(r)
		}
	}
	if a.decimals {
		a.text += "." + cents
	}
	if negative {
		a.value, a.text = -a.value, "-"+a.text
	}
	return a, true
}

// amounts lists what a region's readings say as a number, the vote first.
func (r *region) amounts() []amount {
	var out []amount
	add := func(s string) {
		a, ok := parseAmount(s)
		if !ok {
			return
		}
		for _, o := range out {
			if o.value == a.value && o.decimals == a.decimals {
				return
			}
		}
		out = append(out, a)
	}
	add(r.text())
	for _, cs := range r.alone {
		add(plainText(cs))
	}
	for _, cs := range r.read {
		add(plainText(cs))
	}
	return out
}

// text is what was elected, without blanks.
func (r *region) text() string {
	var b strings.Builder
	for _, e := range r.best {
		b.WriteRune(e.r)
	}
	return b.String()
}

func plainText(cs []char) string {
	var b strings.Builder
	for _, c := range cs {
		b.WriteRune(c.r)
	}
	return b.String()
}

// put replaces what was elected by a text, each character at its place.
func (r *region) put(text string) {
	if text == r.text() {
		return
	}
	rs := []rune(text)
	if len(rs) != len(r.best) {
		conf, of := 0.0, 1
		for _, e := range r.best {
			conf, of = conf+e.conf/float64(len(r.best)), e.of
		}
		cs := evenly(text, r.box, conf)
		r.best = r.best[:0:0]
		for _, c := range cs {
			r.best = append(r.best, elected{char: c, share: 1, n: of, of: of})
		}
		return
	}
	for i := range rs {
		r.best[i].r = rs[i]
	}
}

// capitalFold undoes what engines take the numerals of 大写 for.
var capitalFold = strings.NewReplacer("参", "叁", "參", "叁", "垒", "叁", "抬", "拾", "捡", "拾", "什", "仟", "任", "仟", "千", "仟",
	"百", "佰", "伯", "佰", "圆", "元", "园", "元", "正", "整", "貳", "贰", "柴", "柒", "攻", "玖", "政", "玖", "伎", "伍", "磁", "肆")

const capitalDigits, capitalUnits = "零壹贰叁肆伍陆柒捌玖", "拾佰仟"

// capitalAmount reads 大写 numerals in 元, with similar characters folded; clean is the text after folding.
func capitalAmount(s string) (value int64, clean string, ok bool) {
	at := strings.IndexAny(s, capitalDigits+"拾抬参")
	if at < 0 {
		return 0, "", false
	}
	clean = capitalFold.Replace(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s[at:]))
	var total, section, digit int64
	yuan, cents, n := false, int64(0), 0
	for _, r := range clean {
		if i := strings.IndexRune(capitalDigits, r); i >= 0 {
			digit = int64(i / 3)
			n++
			continue
		}
		if i := strings.IndexRune(capitalUnits, r); i >= 0 {
			unit := []int64{10, 100, 1000}[i/3]
			section += max(digit, 1) * unit
			digit = 0
			n++
			continue
		}
		switch r {
		case '万':
			total, section, digit = total+(section+digit)*10000, 0, 0
		case '亿':
			total, section, digit = (total+section+digit)*100000000, 0, 0
		case '元':
			total, section, digit, yuan = total+section+digit, 0, 0, true
		case '角':
			cents, digit = cents+digit*10, 0
		case '分':
			cents, digit = cents+digit, 0
		case '整':
			continue
		default:
			return 0, "", false
		}
		if total > 1e13 || section > 1e5 {
			return 0, "", false
		}
	}
	if !yuan {
		total += section + digit
	}
	return total*100 + cents, clean, n >= 2 && total > 0
}
