package finance

import (
	"regexp"
	"strings"
)

// fold turns full-width forms into ASCII and drops nothing else.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - 0xFEE0
		case r == '　' || r == '\u00a0' || r == '\u2002' || r == '\u2003':
			return ' '
		case r == '－' || r == '–' || r == '−':
			return '-'
		case r == '〔' || r == '【':
			return '['
		case r == '〕' || r == '】':
			return ']'
		case r == '\u200b' || r == '\ufeff':
			return -1
		}
		return r
	}, s)
}

// squeeze folds and removes every blank.
func squeeze(s string) string {
	return strings.Join(strings.Fields(fold(s)), "")
}

var (
	leadNumber = regexp.MustCompile(`^(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?|[(（]?\d{1,2}[)）、.．])`)
	leadWord   = regexp.MustCompile(`^(?:减|加|其中)[:：]`)
	remark     = regexp.MustCompile(`[(（][^()（）]*(?:填列|损失|亏损|或股|净额|净值|单位|附注|含)[^()（）]*[)）]`)
	stars      = strings.NewReplacer("*", "", "△", "", "▲", "", "☆", "", "※", "", "#", "", "★", "")
)

// stripLead takes 一、 （一） 1、 减： 加： 其中： off the front; a bare numeral that belongs to the name stays.
func stripLead(s string) string {
	for range 4 {
		t := leadWord.ReplaceAllString(s, "")
		if m := leadNumber.FindString(t); m != "" && strings.ContainsAny(m, "、.．)）") {
			t = t[len(m):]
		}
		if t == s {
			return s
		}
		s = t
	}
	return s
}

// normalName is the key under which a statement row is looked up.
func normalName(s string) string {
	if len(s) > 300 {
		return ""
	}
	s = stars.Replace(squeeze(s))
	s = strings.ReplaceAll(s, "帐", "账")
	s = strings.ReplaceAll(s, ",", "、")
	s = stripLead(s)
	s = remark.ReplaceAllString(s, "")
	s = strings.Trim(s, ":;。、-")
	return s
}

// SameName tells whether two party names are the same but for width, blanks, brackets and letter case.
func SameName(a, b string) bool { return a != "" && nameKey(a) == nameKey(b) }

var brackets = strings.NewReplacer("(", "", ")", "", "[", "", "]", "")

func nameKey(s string) string {
	if !strings.ContainsFunc(s, unlikeKey) { // most names are keys as they stand
		return s
	}
	return strings.ToUpper(brackets.Replace(squeeze(s)))
}

// unlikeKey tells runes that nameKey may change: all but digits, capitals, and Han characters.
func unlikeKey(r rune) bool {
	return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < '一' || r > '龥')
}
