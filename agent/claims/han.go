package claims

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

var (
	reFormal   = regexp.MustCompile(`^([` + formalClass + `]{2,})(?:元|圆)(?:([零壹贰叁肆伍陆柒捌玖])角)?(?:([零壹贰叁肆伍陆柒捌玖])分)?(?:整|正)?`)
	reFraction = regexp.MustCompile(`^([` + hanClass + `]+)分之([` + hanClass + `]+)`)
	rePer      = regexp.MustCompile(`^([百千万])分之(` + reNum + `|[` + hanClass + `]+)`)
	reHanUnit  = regexp.MustCompile(`^([` + hanClass + `]+)(个百分点|百分点|个工作日|个季度|平方米|个月|元|天|日|年|岁|人|名|家|户|笔|次|倍|套|台|辆|份|张|项|件|股|吨|亩|成|期|处)`)
	reTogether = regexp.MustCompile(`^(?:合计|共计|之和|相加|均|分别|指标|占|之间)`)
	reMixed    = regexp.MustCompile(`[零〇一二两三四五六七八九十百千]`)
)

// scanHan reads Chinese numerals only where they are numbers: formal amounts, fractions, and numerals before a
// unit. 一般, 统一, 三方, 十分 are words. A lone 一 before a unit is an article, not a count.
func scanHan(s string, i int) ([]Number, int) {
	rest := s[i:]
	if !startsHan(rest) {
		return nil, 0
	}
	if ns, n := scanHanDate(s, i); n > 0 {
		return ns, n
	}
	if m := reFormal.FindStringSubmatch(rest); m != nil {
		if v, ok := ParseChinese(m[1]); ok {
			return []Number{formal(s, i, m, v)}, len(m[0])
		}
	}
	if m := rePer.FindStringSubmatch(rest); m != nil {
		if n, ok := per(s, i, m); ok {
			return []Number{n}, len(m[0])
		}
	}
	if m := reFraction.FindStringSubmatch(rest); m != nil {
		a, ok1 := ParseChinese(m[1])
		b, ok2 := ParseChinese(m[2])
		if ok1 && ok2 && !a.IsZero() {
			n := Number{Kind: Percent, Unit: "%", Value: b.DivRound(a, 8), Tol: dossier.D("0.00005"), Start: i, End: i + len(m[0])}
			n.Approx, n.Change = hedge(s, n.Start, n.End), change(s[:i])
			return []Number{n}, len(m[0])
		}
	}
	m := reHanUnit.FindStringSubmatch(rest)
	if m == nil || !reMixed.MatchString(m[1]) || m[1] == "一" && !strings.Contains("年 个月 倍 元", m[2]) {
		return nil, 0
	}
	v, ok := ParseChinese(m[1])
	if !ok || v.IsZero() {
		return nil, 0
	}
	n, ok := amount(s, i, i+len(m[0]), v.String(), "", m[2], false)
	if !ok {
		return nil, 0
	}
	if m[1] == "一" && n.Unit == "月" || reTogether.MatchString(s[n.End:]) {
		n.Kind = Relative // 一年内到期, 一年期; 两项合计 counts what the sentence itself lists
	}
	return []Number{n}, len(m[0])
}

// per reads 百分之五, 千分之3.5.
func per(s string, i int, m []string) (Number, bool) {
	digits := m[2]
	if v, ok := ParseChinese(digits); ok {
		digits = v.String()
	}
	n, ok := amount(s, i, i+len(m[0]), digits, "", "%", false)
	if m[1] != "百" {
		shift := map[string]int32{"千": -1, "万": -2}[m[1]]
		n.Value, n.Tol = n.Value.Shift(shift), n.Tol.Shift(shift)
	}
	return n, ok
}

func formal(s string, i int, m []string, v dossier.Decimal) Number {
	for k, place := range []string{"0.1", "0.01"} {
		if m[k+2] != "" {
			v = v.Add(decimal.NewFromInt(hanDigits[[]rune(m[k+2])[0]]).Mul(dossier.D(place)))
		}
	}
	n := Number{Kind: Money, Unit: "元", Value: v, Tol: dossier.D("0.005"), Start: i, End: i + len(m[0])}
	n.Approx, n.Change = hedge(s, n.Start, n.End), change(s[:i])
	return n
}

func startsHan(s string) bool {
	for _, r := range s {
		return strings.ContainsRune(hanClass+formalClass, r)
	}
	return false
}
