package ident

import "strings"

const usccSet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var usccWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// USCC checks a unified social credit code (GB 32100-2015, 18 characters). Some codes of the 2015 pilot fail the
// check character and are legal, so a mismatch asks for a look at the register and proves nothing.
func USCC(s string) Result {
	r := check(Normalize(s), usccShape, usccSum)
	if r.Verdict == ChecksumMismatch {
		r.Note = "校验位不符，可能为识别或录入错误（2015年试点代码亦可能不符），请以公示系统为准"
	}
	return r
}

func usccShape(s string) bool {
	if len(s) != 18 || !digits(s[2:8]) {
		return false
	}
	for i := 0; i < 18; i++ {
		if strings.IndexByte(usccSet, s[i]) < 0 {
			return false
		}
	}
	return true
}

func usccSum(s string) bool {
	sum := 0
	for i := 0; i < 17; i++ {
		sum += strings.IndexByte(usccSet, s[i]) * usccWeights[i]
	}
	return usccSet[(31-sum%31)%31] == s[17]
}

// OrgCode checks an organisation code (GB 11714-1997, 8+1). The hyphen may be left out. Characters 9 to 17 of a
// social credit code follow the same rule.
func OrgCode(s string) Result {
	return check(strings.ReplaceAll(Normalize(s), "-", ""), orgShape, orgSum)
}

func orgShape(s string) bool {
	if len(s) != 9 {
		return false
	}
	for i := 0; i < 9; i++ {
		if orgValue(s[i]) < 0 {
			return false
		}
	}
	return true
}

func orgValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'Z':
		return int(c-'A') + 10
	}
	return -1
}

func orgSum(s string) bool {
	sum := 0
	for i, w := range [8]int{3, 7, 9, 10, 5, 8, 4, 2} {
		sum += orgValue(s[i]) * w
	}
	return "0X987654321"[sum%11] == s[8]
}

// Zhongzheng checks a credit-registry code (中征码, 16 characters, the last two are weighted sum mod 97 plus 1).
func Zhongzheng(s string) Result {
	return check(Normalize(s), zzShape, zzSum)
}

func zzShape(s string) bool {
	if len(s) != 16 || !digits(s[14:]) {
		return false
	}
	for i := 0; i < 14; i++ {
		if orgValue(s[i]) < 0 {
			return false
		}
	}
	return true
}

func zzSum(s string) bool {
	sum := 0
	for i, w := range [14]int{1, 3, 5, 7, 11, 2, 13, 1, 1, 17, 19, 97, 23, 29} {
		sum += orgValue(s[i]) * w
	}
	return sum%97+1 == int(s[14]-'0')*10+int(s[15]-'0')
}
