package claims

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

const (
	reNum   = `(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?`
	reScale = `万亿|千亿|百亿|十万|百万|千万|亿|万|千|百`
	reUnit  = `个百分点|百分点|个工作日|个季度|平方米|千瓦时|美元|欧元|港元|港币|日元|季度|个月|小时|分钟|公斤|千克|公里|平米|元|圆|人民币|%|‰|个基点|基点|BP|bp|kWh|kVA|KVA|kW|MW|kg|m2|m²|㎡|天|日|周|月|年|岁|人|名|位|家|户|笔|次|倍|套|台|辆|份|张|项|件|条|股|吨|米|亩|度|页|处|期|批|只|艘|宗|成|个`
)

var (
	reToken   = regexp.MustCompile(`^[A-Za-z0-9]+(?:[-/_.][A-Za-z0-9]+)*`)
	reLetters = regexp.MustCompile(`[A-Za-z]`)
	reDigit   = regexp.MustCompile(`[0-9]`)
	reDocNo   = regexp.MustCompile(`^[〔\[(【](?:19|20)\d{2}[〕\])】][^，。；、\s]{0,20}?\d+(?:[-~]\d+)?号`)
	reAmount  = regexp.MustCompile(`^(` + reNum + `)(?: ?(` + reScale + `))?(?: ?(` + reUnit + `))?`)
	reNorm    = regexp.MustCompile(`^(?:GB|JR|ISO|IEC|DB|YY|QB|SB|HJ)(?:/T)? ?[0-9]+(?:\.[0-9]+)?(?:-(?:19|20)\d{2})?`)
	reParen   = regexp.MustCompile(`^\((` + reNum + `)\)`)
	reJoin    = regexp.MustCompile(`^ ?(?:-|~|至|到) ?(-?)(` + reNum + `)(?: ?(` + reScale + `))?(?: ?(` + reUnit + `))?`)
	reKilo    = regexp.MustCompile(`^(?:千瓦时|千克)`)
	reOrdinal = regexp.MustCompile(`^第(?:[0-9]+|[` + hanClass + `]+)`)
	reWindow  = regexp.MustCompile(`(?:最近|近|过去|未来|前|今后|以往|连续)$`)
	reWithin  = regexp.MustCompile(`^(?:以内|以上|以下|内|期)`)
	reHouse   = regexp.MustCompile(`^(?:号楼|号|幢|室|弄|栋|单元|层|楼)`)
	reIDWord  = regexp.MustCompile(`(?:尾号|编号|号码|证号|账号|帐号|卡号|代码|字号|票号|单号|[Nn][Oo]\.?|号[:：])(?:[:：为是]|\s)*$`)
)

// Numbers returns the numbers of a Chinese text in order. Both ends of a range are numbers of their own.
func Numbers(text string) []Number {
	f := fold(text)
	var out []Number
	s := f.s
	for i := 0; i < len(s); {
		ns, n := scan(s, i)
		for _, x := range ns {
			x.Text = text[f.orig[x.Start]:f.orig[x.End]]
			x.Start, x.End = f.orig[x.Start], f.orig[x.End]
			out = append(out, x)
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(s[i:])
		}
		i += n
	}
	return out
}

// scan reads the token at i: its numbers (offsets in s) and its length, 0 for nothing.
func scan(s string, i int) ([]Number, int) {
	rest := s[i:]
	c := rest[0]
	switch {
	case c >= '0' && c <= '9':
		return scanDigits(s, i)
	case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z':
		if m := reNorm.FindString(rest); m != "" { // a standard's number: GB/T 4754-2017
			return []Number{{Kind: Ordinal, Start: i, End: i + len(m)}}, len(m)
		}
		tok := reToken.FindString(rest)
		if reDigit.MatchString(tok) {
			return []Number{{Kind: Identifier, Start: i, End: i + len(tok)}}, len(tok)
		}
		return nil, len(tok)
	case c == '(' || c == '[' || strings.HasPrefix(rest, "〔") || strings.HasPrefix(rest, "【"):
		if m := reDocNo.FindString(rest); m != "" {
			return []Number{{Kind: Identifier, Start: i, End: i + len(m)}}, len(m)
		}
		if m := reParen.FindStringSubmatch(rest); m != nil && strings.ContainsAny(m[1], ".,") {
			n, ok := amount(s, i, i+len(m[0]), m[1], "", "", true)
			if ok {
				return []Number{n}, len(m[0])
			}
		}
	case strings.HasPrefix(rest, "第"):
		if m := reOrdinal.FindString(rest); m != "" {
			return []Number{{Kind: Ordinal, Start: i, End: i + len(m)}}, len(m)
		}
	default:
		return scanHan(s, i)
	}
	return nil, 0
}

func scanDigits(s string, i int) ([]Number, int) {
	rest := s[i:]
	if ns, n := scanDate(s, i); n > 0 {
		return ns, n
	}
	if tok := reToken.FindString(rest); reLetters.MatchString(tok) {
		m := reAmount.FindStringSubmatch(rest)
		if _, latin := units[m[3]]; !latin || len(m[0]) < len(tok) {
			return []Number{{Kind: Identifier, Start: i, End: i + len(tok)}}, len(tok)
		}
	} else if parts := strings.Count(tok, "-"); parts >= 2 || parts == 1 && strings.HasPrefix(tok, "0") {
		return []Number{{Kind: Identifier, Start: i, End: i + len(tok)}}, len(tok) // 0571-87654321
	}
	m := reAmount.FindStringSubmatch(rest)
	if m == nil {
		return nil, 1
	}
	if m[2] == "千" && m[3] == "" { // 千瓦时, 千克: the scale is a part of the unit
		if u := reKilo.FindString(rest[len(m[0])-len("千"):]); u != "" {
			m = []string{m[0] + u[len("千"):], m[1], "", u}
		}
	}
	end := i + len(m[0])
	bare := m[2] == "" && m[3] == ""
	digits := !strings.ContainsAny(m[1], ".,，")
	switch {
	case digits && bare && (len(m[1]) >= 11 || len(m[1]) > 1 && m[1][0] == '0' || reIDWord.MatchString(s[:i])):
		return []Number{{Kind: Identifier, Start: i, End: end}}, len(m[0])
	case digits && bare && reHouse.MatchString(s[end:]):
		end += len(reHouse.FindString(s[end:]))
		return []Number{{Kind: Identifier, Start: i, End: end}}, end - i
	}
	j := reJoin.FindStringSubmatch(s[end:])
	if j != nil && (m[3] != "" || j[4] != "" || j[3] != "" || strings.HasPrefix(j[0], "~")) && !strings.HasPrefix(s[end+len(j[0]):], "-") {
		return scanRange(s, i, end, m, j)
	}
	n, ok := amount(s, i, end, m[1], m[2], m[3], negative(s, i))
	if !ok {
		return nil, len(m[0])
	}
	return []Number{n}, len(m[0])
}

// scanRange reads 3-5年, 70%-80%, 100万至200万元: the first end takes the last one's unit when it has none.
func scanRange(s string, i, end int, m, j []string) ([]Number, int) {
	scale, unit := m[2], m[3]
	if unit == "" && (scale == "" || j[3] == scale || j[3] == "") {
		unit = j[4]
	}
	if scale == "" && m[3] == "" {
		scale = j[3]
	}
	stop := end + len(j[0])
	second := end + strings.Index(j[0], j[2]) // the joint before it holds no digit
	a, ok1 := amount(s, i, end, m[1], scale, unit, negative(s, i))
	b, ok2 := amount(s, second, stop, j[2], j[3], j[4], j[1] == "-")
	if !ok1 || !ok2 {
		return nil, len(m[0])
	}
	b.Approx, b.Change = a.Approx, a.Change
	return []Number{a, b}, stop - i
}

// negative tells whether a minus sign stands before i and is no dash between two things.
func negative(s string, i int) bool {
	if strings.HasSuffix(s[:i], "负") {
		return true
	}
	if !strings.HasSuffix(s[:i], "-") {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i-1])
	return i == 1 || before == ' ' || before == '\n' || before == '\t' || strings.ContainsRune("为是至到达，。；：:、(|率额润计", before)
}

// amount makes the number printed as digits+scale+unit at [start,end).
func amount(s string, start, end int, digits, scale, unit string, neg bool) (Number, bool) {
	clean := strings.NewReplacer(",", "", "，", "").Replace(digits)
	v, err := decimal.NewFromString(clean)
	if err != nil || len(clean) > 30 {
		return Number{}, false
	}
	n := Number{Start: start, End: end}
	factor, _ := decimal.NewFromString(scales[scale])
	half := decimal.New(5, v.Exponent()-1)
	n.Kind, n.Unit, factor = classify(scale, unit, factor)
	n.Approx = hedge(s, start, end)
	switch {
	case v.Exponent() < 0 || v.IsZero():
	case n.Approx == About:
		half = roundTo(v)
	case n.Kind == Count && scale == "":
		half = decimal.Zero // counted things are not rounded
	default:
		half = decimal.Min(half, v.Mul(coarse))
	}
	if neg {
		v = v.Neg()
	}
	n.Value, n.Tol = v.Mul(factor), half.Mul(factor)
	n.Change = change(s[:start])
	if n.Unit == "月" && (reWindow.MatchString(s[:start]) || unit == "年" && reWithin.MatchString(s[end:])) {
		n.Kind, n.Approx = Relative, Exact
	}
	return n, true
}

// A whole number without 约 is at most 1 % off; with 约 it is rounded where its zeros begin, at most 10 % off.
var coarse, rough = dossier.D("0.01"), dossier.D("0.1")

func roundTo(v dossier.Decimal) dossier.Decimal {
	ten := decimal.NewFromInt(10)
	place := decimal.NewFromInt(1)
	for v.Mod(place.Mul(ten)).IsZero() {
		place = place.Mul(ten)
	}
	return decimal.Min(place.Div(decimal.NewFromInt(2)), v.Mul(rough))
}

func classify(scale, unit string, factor dossier.Decimal) (Kind, string, dossier.Decimal) {
	switch unit {
	case "元", "圆", "人民币":
		return Money, "元", factor
	case "美元", "欧元", "港元", "港币", "日元":
		return Foreign, unit, factor
	case "%":
		return Percent, "%", factor.Mul(dossier.D("0.01"))
	case "‰":
		return Percent, "%", factor.Mul(dossier.D("0.001"))
	case "个百分点", "百分点":
		return Points, "百分点", factor.Mul(dossier.D("0.01"))
	case "个基点", "基点", "BP", "bp":
		return Points, "百分点", factor.Mul(dossier.D("0.0001"))
	case "":
		if factor.GreaterThanOrEqual(dossier.D("10000")) {
			return Money, "元", factor // 500万, 2.3亿
		}
		return Plain, "", factor
	}
	u := units[unit]
	f := factor.Mul(dossier.D(u.factor))
	if u.unit == "%" {
		return Percent, "%", f
	}
	return Count, u.unit, f
}
