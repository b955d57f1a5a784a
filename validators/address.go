package validators

import (
	"regexp"
	"strings"
)

var region = regexp.MustCompile(`^(?:[^省市区县]{2,4}(?:省|自治区))?(?:[^省市区县]{1,5}市)?(?:[^省市区县]{1,6}[市区县])?(?:[^街镇乡道]{1,6}(?:街道|镇|乡))?`)

var digits = regexp.MustCompile(`\d+`)

// sameAddress compares two addresses: the numbers in the detailed part must agree, and one detailed part must hold
// the words of the other. 浙江省…尚桥科技工业园尚桥路66号 and …尚桥路66号 are one address; 108号 and 106号 are two.
func sameAddress(a, b string) bool {
	a, b = squeeze(a), squeeze(b)
	if a == b || strings.HasSuffix(a, b) || strings.HasSuffix(b, a) {
		return true
	}
	a, b = region.ReplaceAllString(a, ""), region.ReplaceAllString(b, "")
	na, nb := digits.FindAllString(a, -1), digits.FindAllString(b, -1)
	if len(na) == 0 || len(nb) == 0 {
		return true // no house number to compare: nothing can be said
	}
	return na[len(na)-1] == nb[len(nb)-1] && overlap(a, b) >= 0.4
}

// near tells whether two squeezed strings are the same but for a few characters, as OCR leaves them.
func near(a, b string) bool { return a == b || overlap(a, b) >= 0.8 }

// overlap is the share of the shorter string's character pairs that stand in the other too.
func overlap(a, b string) float64 {
	pa, pb := pairs(a), pairs(b)
	if len(pa) > len(pb) {
		pa, pb = pb, pa
	}
	if len(pa) == 0 {
		return 0
	}
	n := 0
	for p := range pa {
		if pb[p] {
			n++
		}
	}
	return float64(n) / float64(len(pa))
}

func pairs(s string) map[string]bool {
	r := []rune(s)
	out := map[string]bool{}
	for i := 0; i+1 < len(r); i++ {
		out[string(r[i:i+2])] = true
	}
	return out
}
