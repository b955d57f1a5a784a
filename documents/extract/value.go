// Package extract takes the fields that a kind of document is known to carry, each with its place and certainty.
package extract

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/ident"
	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

var (
	usccRe  = regexp.MustCompile(`[0-9A-Z]{18}`)
	cardRe  = regexp.MustCompile(`\d{6}[\d*]{8,11}[\dXx]`)
	oldCard = regexp.MustCompile(`(?:^|\D)(\d{15})(?:\D|$)`)
	codeRe  = regexp.MustCompile(`[0-9A-Za-z][0-9A-Za-z\-_/.*]{2,}`)
	bankRe  = regexp.MustCompile(`\d{11,19}`)
	vinRe   = regexp.MustCompile(`[0-9A-Z]{17}`)
	orgRe   = regexp.MustCompile(`[0-9A-Z]{8}-?[0-9X]`)
	plateRe = regexp.MustCompile(`\p{Han}[A-Z][0-9A-Z]{4,6}\p{Han}?`)
)

// typed is a value in its kind's canonical form; conf scales the certainty of the reading.
type typed struct {
	value string
	conf  float64
	doubt string // Chinese, "" when nothing speaks against the value
	read  string // as read, where value was cured of a reading error
}

// printed undoes the cure of a reading error where nothing was read: embedded text is what it is.
func (t typed) printed(scan bool) typed {
	if !scan && t.read != "" {
		t.value, t.conf, t.doubt = t.read, 0.4, "号码校验位不符，请核对原件"
	}
	return t
}

// canonical turns what was read into a field kind's canonical form.
func canonical(kind dossier.FieldKind, raw, unit string) (typed, bool) {
	raw = tidy(raw)
	if raw == "" {
		return typed{}, false
	}
	sure := func(v string, ok bool) (typed, bool) { return typed{value: v, conf: 1}, ok }
	switch kind {
	case dossier.KindMoney:
		return moneyValue(raw, unit)
	case dossier.KindNumber:
		m := number.FindString(plain.Tight(raw))
		v, ok := Number(m)
		if !ok {
			v, ok = ChineseNumber(firstNumeral(strings.TrimLeftFunc(plain.Tight(raw), func(r rune) bool { return !isNumeral(r) })))
		}
		return sure(v.String(), ok)
	case dossier.KindArea:
		v, ok := Area(raw)
		return sure(v.String(), ok)
	case dossier.KindPercent:
		v, ok := Percent(raw)
		return sure(v.String(), ok)
	case dossier.KindDate:
		return dateValue(raw)
	case dossier.KindPeriod:
		v, ok := Period(raw)
		return sure(v, ok)
	case dossier.KindCode:
		m := strings.TrimRight(plain.Tight(raw), ".。,;:")
		if !hasHan(m) {
			m = codeRe.FindString(m)
		} else {
			m = strings.Trim(raw, " \t:：。；，,")
		}
		return sure(m, len([]rune(m)) > 2 || strings.ContainsAny(m, "0123456789") || m == "无")
	case dossier.KindBool:
		return sure(raw, raw == "yes" || raw == "no" || raw == "unclear")
	case dossier.KindPerson:
		v := Person(raw)
		return sure(v, v != "")
	case dossier.KindOrg:
		v := Org(raw)
		return sure(v, v != "")
	case dossier.KindAddress:
		v := trimTail(raw)
		return sure(v, v != "")
	}
	if t, ok, is := coded(kind, raw); is {
		return t, ok
	}
	return typed{value: raw, conf: 1}, true
}

// coded reads the kinds whose numbers check themselves; is tells whether kind is one.
func coded(kind dossier.FieldKind, raw string) (t typed, ok, is bool) {
	s := ident.Normalize(raw)
	switch kind {
	case dossier.KindUSCC:
		t, ok = numbered(usccRe.FindString(s), "统一社会信用代码", ident.USCC)
	case dossier.KindIDCard:
		m := cardRe.FindString(s)
		if strings.Contains(m, "*") {
			return typed{value: m, conf: 0.9}, true, true
		}
		if old := oldCard.FindStringSubmatch(s); old != nil && len(m) < 18 {
			r := ident.OldIDCard(old[1])
			return typed{value: r.Value, conf: 0.8, doubt: r.Note}, r.Verdict == ident.OK, true
		}
		t, ok = numbered(m, "身份证号", ident.IDCard)
	case dossier.KindBankCard:
		t, ok = numbered(bankRe.FindString(s), "银行卡号", ident.BankCard)
	case dossier.KindOrgCode:
		t, ok = numbered(orgRe.FindString(s), "组织机构代码", ident.OrgCode)
	case dossier.KindVIN:
		t, ok = numbered(vinRe.FindString(s), "车辆识别代号", ident.VIN)
	case dossier.KindPlate:
		m := plateRe.FindString(strings.NewReplacer("·", "", "•", "", ".", "").Replace(s))
		r := ident.Plate(m)
		if t, ok = (typed{value: m, conf: 1}), m != ""; r.Verdict != ident.OK {
			t.conf, t.doubt = 0.6, "号牌格式不符，请核对原件"
		}
	default:
		return typed{}, false, false
	}
	return t, ok, true
}

// numbered takes a number with a check character; a reading error that has one cure is cured, with less certainty
// and saying so.
func numbered(m, name string, check func(string) ident.Result) (typed, bool) {
	if m == "" {
		return typed{}, false
	}
	switch r := check(m); {
	case r.Verdict == ident.OK:
		return typed{value: r.Value, conf: 1}, true
	case r.Candidate != "":
		return typed{r.Candidate, 0.7, fmt.Sprintf("%s识读为%s，校验不通过；改正一处易混字符后校验通过，请核对原件", name, m), m}, true
	case r.Verdict == ident.ChecksumMismatch:
		return typed{value: r.Value, conf: 0.4, doubt: name + "校验位不符，可能识读或录入有误，请核对原件"}, true
	default:
		return typed{value: r.Value, conf: 0.4, doubt: name + "位数或字符不符合编码规则，请核对原件"}, true
	}
}

func hasHan(s string) bool {
	for _, r := range s {
		if r >= 0x3400 && r <= 0x9fff {
			return true
		}
	}
	return false
}

// tidy trims blanks, bars and the specks that OCR sees around words.
func tidy(s string) string {
	stop := strings.HasSuffix(strings.TrimSpace(s), "。")
	s = strings.TrimFunc(s, func(r rune) bool {
		return strings.ContainsRune(" \t\n|:：;；,，。、·.“”\"'‘’`_~°•丨", r)
	})
	s = plain.Squeeze(strings.Join(strings.Fields(s), " "))
	if stop && len([]rune(s)) > 8 {
		s += "。"
	}
	if strings.Count(s, "(")+strings.Count(s, "（") < strings.Count(s, ")")+strings.Count(s, "）") {
		s = strings.TrimRight(s, ")）")
	}
	return s
}
