package read

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// radicals maps the CJK radical supplement, which some PDF writers emit for whole characters, to those characters.
// The Kangxi radicals U+2F00-2FDF need no table: their compatibility decomposition is the character.
var radicals = map[rune]rune{
	'⺁': '厂', '⺋': '卩', '⺎': '兀', '⺏': '尣', '⺒': '巳', '⺓': '幺', '⺙': '攵', '⺟': '母', '⺠': '民', '⺢': '氺',
	'⺮': '竹', '⺶': '羊', '⺼': '肉', '⻁': '虎', '⻂': '衤', '⻄': '西', '⻅': '见', '⻆': '角', '⻇': '角', '⻉': '贝',
	'⻋': '车', '⻌': '辶', '⻍': '辶', '⻎': '辶', '⻏': '阝', '⻑': '長', '⻒': '镸', '⻓': '长', '⻔': '门', '⻖': '阝',
	'⻗': '雨', '⻘': '青', '⻙': '韦', '⻚': '页', '⻛': '风', '⻜': '飞', '⻝': '食', '⻠': '饣', '⻢': '马', '⻣': '骨',
	'⻤': '鬼', '⻥': '鱼', '⻦': '鸟', '⻧': '卤', '⻨': '麦', '⻩': '黄', '⻪': '黾', '⻬': '齐', '⻮': '齿', '⻰': '龙', '⻳': '龟',
}

// Clean makes text fit to store, search and compare: valid UTF-8, no control or invisible characters but \n and \t,
// radicals and compatibility ideographs folded to the ordinary ones, full-width digits and letters to ASCII. Chinese
// punctuation stays as printed.
func Clean(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c < 0x20 && c != '\n' && c != '\t' || c == 0x7f {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	rs := []rune(strings.ToValidUTF8(s, ""))
	for i, r := range rs {
		if r == '，' && i > 0 && i+1 < len(rs) && wideDigit(rs[i-1]) && wideDigit(rs[i+1]) {
			b.WriteByte(',') // a number printed full-width as a whole
			continue
		}
		if r = cleanRune(r); r >= 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func wideDigit(r rune) bool { return r >= '０' && r <= '９' }

func cleanRune(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return -1
	case r < 0x7f:
		return r
	case r == 0xa0, r == 0x3000, r >= 0x2000 && r <= 0x200a, r == 0x202f, r == 0x205f:
		return ' '
	case r == 0xad, r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r == 0xfeff, r >= 0xfff0 && r <= 0xffff:
		return -1
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		return r - 0xfee0
	case strings.ContainsRune("．％＋－／＝＃＊＆＠＿", r):
		return r - 0xfee0
	case r == '￥':
		return '¥'
	case r >= 0x2e80 && r <= 0x2eff:
		if f, ok := radicals[r]; ok {
			return f
		}
		return r
	case r >= 0x2f00 && r <= 0x2fdf, r >= 0xf900 && r <= 0xfaff, r >= 0x2f800 && r <= 0x2fa1f:
		if f := []rune(norm.NFKC.String(string(r))); len(f) == 1 {
			return f[0]
		}
		return r
	case r >= 0xe0000 && r <= 0xe007f: // tags: invisible text
		return -1
	case unicode.Is(unicode.Cs, r):
		return -1
	}
	return r
}

// oneLine folds every run of blanks and line breaks into one blank.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
