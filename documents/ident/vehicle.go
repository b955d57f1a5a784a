package ident

import "regexp"

var plate = regexp.MustCompile(`^[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-Z](?:[A-HJ-NP-Z0-9]{5}|[A-HJ-NP-Z][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJ-NP-Z]|[A-HJ-NP-Z0-9]{4}[挂学警港澳])$`)

// Plate checks the shape of a civil number plate (GA 36): province, letter, five characters, six for new energy.
func Plate(s string) Result {
	r := Result{Value: Normalize(s), Verdict: Malformed}
	if plate.MatchString(r.Value) {
		r.Verdict = OK
	}
	return r
}

// OldIDCard checks the 15-digit identity number of before 1999, which has no check character and is no longer valid.
func OldIDCard(s string) Result {
	r := Result{Value: Normalize(s), Verdict: Malformed}
	if len(r.Value) == 15 && digits(r.Value) && cardShape(r.Value[:6]+"19"+r.Value[6:]+"0") {
		r.Verdict = OK
		r.Note = "15位旧身份证号，已停止使用，请核对18位公民身份号码"
	}
	return r
}
