package ident

import (
	"regexp"
	"strings"
)

// always stands in for identifiers without a check character.
func always(string) bool { return true }

// EInvoiceNumber checks the 20-digit number of a fully digital invoice: year and region only, it has no check digit.
func EInvoiceNumber(s string) Result {
	r := check(Normalize(s), func(s string) bool {
		return len(s) == 20 && digits(s) && s[:2] >= "21" && s[:2] <= "60" && invoiceRegion(s[2:4])
	}, always)
	r.Candidate = ""
	return r
}

// invoiceRegion accepts province codes and the five cities that issue on their own (91 to 95).
func invoiceRegion(s string) bool {
	return s >= "11" && s <= "65" || s >= "91" && s <= "95"
}

// InvoiceCode checks the 10- or 12-digit code of a paper or e-invoice of the older kinds.
func InvoiceCode(s string) Result {
	r := check(Normalize(s), invoiceCode, always)
	r.Candidate = ""
	return r
}

func invoiceCode(s string) bool {
	if !digits(s) {
		return false
	}
	switch {
	case len(s) == 10:
		return strings.IndexByte("123567", s[7]) >= 0
	case len(s) == 12 && s[0] == '0':
		switch s[10:] {
		case "04", "05", "06", "07", "11", "12", "13":
			return true
		}
	case len(s) == 12 && s[0] == '1':
		return s[11] == '0'
	}
	return false
}

var certNo = regexp.MustCompile(`^(\p{Han})\((\d{4})\)(\p{Han}{2,})(不动产权|不动产证明)第(\d{4,10})号$`)

const provinces = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"

// RealEstateCert checks the number of a real estate certificate or registration proof of the present form. Older
// certificates have local forms and stay valid, so malformed only means: not of the present form.
func RealEstateCert(s string) Result {
	s = Normalize(s)
	r := Result{Value: s, Verdict: Malformed}
	m := certNo.FindStringSubmatch(s)
	if m == nil || !strings.Contains(provinces, m[1]) {
		return r
	}
	r.Verdict = OK
	if n := len(m[5]); n < 7 || n > 8 {
		r.Note = "顺序号位数少见，请核对"
	}
	return r
}

var unitNo = regexp.MustCompile(`^\d{12}[GJZ][A-Z]\d{5}[FLQW]\d{8}$`)

// RealEstateUnit checks a real estate unit code (GB/T 37346-2018, 28 characters).
func RealEstateUnit(s string) Result {
	r := Result{Value: Normalize(s), Verdict: Malformed}
	if unitNo.MatchString(r.Value) {
		r.Verdict = OK
	}
	return r
}

// FoodLicense checks the shape of a food production licence number: SC and 14 digits, the last by ISO 7064
// MOD 11,10 as in the market regulator's coding rule.
func FoodLicense(s string) Result {
	return check(Normalize(s), func(s string) bool {
		return len(s) == 16 && s[:2] == "SC" && digits(s[2:])
	}, func(s string) bool { return mod1110(s[2:]) })
}

// mod1110 checks a digit string by ISO 7064 MOD 11,10 (hybrid).
func mod1110(s string) bool {
	p := 10
	for i := 0; i < len(s)-1; i++ {
		if p = (p + int(s[i]-'0')) % 10; p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return (p+int(s[len(s)-1]-'0'))%10 == 1
}

var caseNo = regexp.MustCompile(`^\(\d{4}\)\p{Han}\d{0,4}\p{Han}+\d+号(之[一二三四五六七八九十]+)?$`)

// CaseNumber checks the shape of a court case number.
func CaseNumber(s string) Result {
	r := Result{Value: Normalize(s), Verdict: Malformed}
	if caseNo.MatchString(r.Value) {
		r.Verdict = OK
	}
	return r
}
