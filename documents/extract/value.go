// Package extract takes the fields that a kind of document is known to carry, each with its place and certainty.
package extract

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/ident"
	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

var (
	usccRe = regexp.MustCompile(`[0-9A-Z]{18}`)
	cardRe = regexp.MustCompile(`\d{6}[\d*]{8,11}[\dXx]`)
	codeRe = regexp.MustCompile(`[0-9A-Za-z][0-9A-Za-z\-_/.*]{2,}`)
	areaRe = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?`)
)

// canonical turns what was read into a field kind's canonical form; conf scales the certainty of the reading.
func canonical(kind dossier.FieldKind, raw, unit string) (value string, conf float64, ok bool) {
	raw = tidy(raw)
	if raw == "" {
		return "", 0, false
	}
	switch kind {
	case dossier.KindMoney:
		v, agree, ok := Money(raw, unit)
		if !agree {
			return v.String(), 0.4, ok
		}
		return v.String(), 1, ok
	case dossier.KindNumber:
		m := number.FindString(plain.Tight(raw))
		v, ok := Number(m)
		if !ok {
			v, ok = ChineseNumber(firstNumeral(strings.TrimLeftFunc(plain.Tight(raw), func(r rune) bool { return !isNumeral(r) })))
		}
		return v.String(), 1, ok
	case dossier.KindArea:
		v, ok := Number(areaRe.FindString(fixPoints(plain.Tight(raw))))
		return v.String(), 1, ok
	case dossier.KindPercent:
		v, ok := Percent(raw)
		return v.String(), 1, ok
	case dossier.KindDate:
		v, ok := dateValue(raw)
		return v, 1, ok
	case dossier.KindPeriod:
		v, ok := Period(raw)
		return v, 1, ok
	case dossier.KindUSCC:
		return numbered(usccRe.FindString(ident.Normalize(raw)), ident.USCC)
	case dossier.KindIDCard:
		m := cardRe.FindString(ident.Normalize(raw))
		if strings.Contains(m, "*") {
			return m, 0.9, true
		}
		return numbered(m, ident.IDCard)
	case dossier.KindCode:
		m := strings.TrimRight(plain.Tight(raw), ".。,;:")
		if !hasHan(m) {
			m = codeRe.FindString(m)
		} else {
			m = strings.Trim(raw, " \t:：。；，,")
		}
		return m, 1, m != ""
	case dossier.KindBool:
		switch raw {
		case "yes", "no", "unclear":
			return raw, 1, true
		}
		return "", 0, false
	}
	return raw, 1, true
}

// numbered takes a number with a check character; a reading error that has one cure is cured, with less certainty.
func numbered(m string, check func(string) ident.Result) (string, float64, bool) {
	if m == "" {
		return "", 0, false
	}
	switch r := check(m); {
	case r.Verdict == ident.OK:
		return r.Value, 1, true
	case r.Candidate != "":
		return r.Candidate, 0.7, true
	default:
		return r.Value, 0.4, true
	}
}

// fixPoints reads OCR's 4.866.00 as 4866.00.
func fixPoints(s string) string {
	if m := regexp.MustCompile(`\d{1,3}(?:[.,]\d{3})+[.,]\d{2}`).FindString(s); m != "" {
		if v, ok := Number(m); ok {
			return strings.Replace(s, m, v.StringFixed(2), 1)
		}
	}
	return s
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
