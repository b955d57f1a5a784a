package extract

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

var (
	dotGroup = regexp.MustCompile(`(\d{1,3})\.(\d{3})(万元|万|元|$)`)
	wanRead  = regexp.MustCompile(`(\d)[巨方力刀](元)`)
	squareM  = regexp.MustCompile(`(\d)(?:㎡|mr?[27²z]?)(/|$)`)
	readPct  = regexp.MustCompile(`^(\d{1,2}\.\d{2})[89][6b]$`)
	houseNum = regexp.MustCompile(`(\d)[寻昌咎另叶弓]$`)
	dateGap  = regexp.MustCompile(`(\d)\s+([年月日])|([年月日])\s+(\d)`)
	untilEnd = regexp.MustCompile(`([起至到].{4,24}\d日)[目上正让]$`)
)

// speck is the edge of a ruled cell read as a character in front of its words.
var speck = regexp.MustCompile(`^\s*[十一丨卜|]\s+(\p{Han}{2})`)

// scanFix undoes what OCR regularly does to numbers: a comma read as a dot, a % read as two digits, 万 read as 巨.
func scanFix(kind dossier.FieldKind, raw string) string {
	raw = plain.Mend(raw)
	switch kind {
	case dossier.KindMoney:
		return wanRead.ReplaceAllString(dotGroup.ReplaceAllString(plain.Tight(raw), "$1,$2$3"), "${1}万$2")
	case dossier.KindPercent:
		return readPct.ReplaceAllString(plain.Tight(raw), "$1%")
	case dossier.KindText, dossier.KindOrg, dossier.KindAddress, "":
		return closeBrackets(squareM.ReplaceAllString(strings.Trim(raw, " ”“\"'|。."), "$1㎡$2"))
	}
	return raw
}

// closeBrackets puts right the bracket kinds that OCR mixes up.
func closeBrackets(s string) string {
	return strings.NewReplacer("《", "（", "〈", "（", "(", "（", "〉", "）", "》", "）", ")", "）").Replace(s)
}

// wordFix undoes what OCR regularly does to words of a closed list: the end of an address, of a term, of a company's
// name. Raw keeps the reading.
func wordFix(key string, kind dossier.FieldKind, v string) string {
	v = dateGap.ReplaceAllString(v, "$1$2$3$4")
	switch {
	case places[key], kind == dossier.KindAddress:
		v = houseNum.ReplaceAllString(v, "${1}号")
	case key == "term":
		v = untilEnd.ReplaceAllString(v, "${1}止")
	case key == "scope":
		for _, p := range boilerplate {
			v = snap(v, p)
		}
	case names[key], key == "bank", kind == dossier.KindOrg:
		v = legalSuffix(v)
	}
	return v
}

// boilerplate are the sentences that end the scope of nearly every licence.
var boilerplate = []string{"除依法须经批准的项目外，凭营业执照依法自主开展经营活动", "依法须经批准的项目，经相关部门批准后方可开展经营活动"}

// snap puts phrase where it stands in v with at most one character in six misread.
func snap(v, phrase string) string {
	rs, want := []rune(v), []rune(phrase)
	for i := 0; i+len(want) <= len(rs); i++ {
		miss := 0
		for j, r := range want {
			if plain.FoldRune(rs[i+j]) != plain.FoldRune(r) {
				miss++
			}
		}
		if miss > 0 && miss*6 <= len(want) {
			return string(rs[:i]) + phrase + string(rs[i+len(want):])
		}
	}
	return v
}

// places are the keys whose values are addresses.
var places = map[string]bool{"address": true, "location": true, "premises": true, "before": true, "after": true}

// legalSuffix reads 有限公司 at the end of a name where one or two of its characters were misread, so that 股份在限公丽 is
// 股份有限公司.
func legalSuffix(s string) string {
	rs, want := []rune(s), []rune("有限公司")
	at := len(rs) - len(want)
	if at < 4 || !allHan(rs[at:]) {
		return s
	}
	hit := 0
	for i, r := range want {
		if rs[at+i] == r {
			hit++
		}
	}
	if hit < 2 || rs[at+1] != '限' || hit == len(want) {
		return s
	}
	return string(rs[:at]) + string(want)
}
