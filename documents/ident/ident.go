// Package ident checks the numbers that Chinese papers carry: social credit codes, identity cards, invoice numbers
// and the like. A wrong check character on a scan is usually a reading error, so a result is never a plain no.
package ident

import (
	"strings"
	"unicode"
)

// Verdict of a check.
type Verdict string

// Verdicts.
const (
	OK               Verdict = "ok"
	Malformed        Verdict = "malformed"         // wrong length or characters
	ChecksumMismatch Verdict = "checksum_mismatch" // well formed, but the check character does not fit
)

// Result of a check. Candidate is the one number that a single misread character would explain, "" when there is
// none or more than one. Note says in Chinese what a reviewer should know.
type Result struct {
	Verdict   Verdict
	Value     string // normalised
	Candidate string
	Note      string
}

// Normalize drops blanks, folds full-width letters, digits and brackets, and upper-cases.
func Normalize(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			continue
		case r == '（':
			r = '('
		case r == '）':
			r = ')'
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}

// confusions lists what readers of printed text mix up.
var confusions = map[byte]string{
	'0': "ODQ", 'O': "0", 'D': "0", 'Q': "0", '1': "ILT7", 'I': "1", 'L': "1", '7': "1T", 'T': "17",
	'8': "B3", 'B': "8", '3': "8", '5': "S6", 'S': "5", '6': "5G", 'G': "6", '2': "Z", 'Z': "2", '4': "A", 'A': "4",
	'U': "V", 'V': "U", 'N': "M", 'M': "N", 'W': "V", '9': "0",
}

// candidate returns the only number that ok accepts after one confused character is put right.
func candidate(s string, ok func(string) bool) string {
	found := ""
	for i := 0; i < len(s); i++ {
		for _, c := range []byte(confusions[s[i]]) {
			t := s[:i] + string(c) + s[i+1:]
			if !ok(t) || t == found {
				continue
			}
			if found != "" {
				return ""
			}
			found = t
		}
	}
	return found
}

// check runs the common course: shape, then check character, then the reading-error candidate.
func check(s string, shape, sum func(string) bool) Result {
	r := Result{Value: s, Verdict: OK}
	switch {
	case !shape(s):
		r.Verdict = Malformed
	case !sum(s):
		r.Verdict = ChecksumMismatch
	}
	if r.Verdict != OK {
		r.Candidate = candidate(s, func(t string) bool { return shape(t) && sum(t) })
	}
	return r
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
