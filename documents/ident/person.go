package ident

import (
	"strings"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// Card is what an 18-digit identity number says.
type Card struct {
	Birth dossier.Date
	Male  bool
	Area  string // six digits of the place of issue
}

// IDCard checks a citizen identity number (GB 11643-1999). A birth date that is no date makes it malformed.
func IDCard(s string) Result {
	return check(Normalize(s), cardShape, cardSum)
}

// ReadCard returns what the number says; ok is false when the number is malformed.
func ReadCard(s string) (Card, bool) {
	s = Normalize(s)
	if !cardShape(s) {
		return Card{}, false
	}
	n := func(a, b int) (v int) {
		for ; a < b; a++ {
			v = v*10 + int(s[a]-'0')
		}
		return v
	}
	return Card{Birth: dossier.NewDate(n(6, 10), n(10, 12), n(12, 14)), Male: (s[16]-'0')%2 == 1, Area: s[:6]}, true
}

func cardShape(s string) bool {
	if len(s) != 18 || !digits(s[:17]) || strings.IndexByte("0123456789X", s[17]) < 0 {
		return false
	}
	_, err := time.Parse("20060102", s[6:14])
	return err == nil
}

func cardSum(s string) bool {
	sum := 0
	for i, w := range [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11] == s[17]
}

// MaskedMatch tells whether a printed number with stars (330224********0411) can be full.
func MaskedMatch(masked, full string) bool {
	masked, full = Normalize(masked), Normalize(full)
	if len(masked) != len(full) || masked == "" {
		return false
	}
	for i := range len(masked) {
		if masked[i] != '*' && masked[i] != full[i] {
			return false
		}
	}
	return true
}

// BankCard checks a card number by Luhn (ISO/IEC 7812). Corporate settlement accounts have no such digit: do not
// ask for them.
func BankCard(s string) Result {
	return check(Normalize(s), func(s string) bool { return digits(s) && len(s) >= 11 && len(s) <= 19 }, luhn)
}

func luhn(s string) bool {
	sum := 0
	for i := 0; i < len(s); i++ {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// VIN checks a vehicle identification number (GB 16735). Imported vehicles may fail the check character legally.
func VIN(s string) Result {
	return check(Normalize(s), vinShape, vinSum)
}

const vinValues = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ"

func vinShape(s string) bool {
	if len(s) != 17 {
		return false
	}
	for i := 0; i < 17; i++ {
		if s[i] == '.' || strings.IndexByte(vinValues, s[i]) < 0 {
			return false
		}
	}
	return true
}

func vinSum(s string) bool {
	sum := 0
	for i, w := range [17]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2} {
		sum += strings.IndexByte(vinValues, s[i]) % 10 * w
	}
	return "0123456789X"[sum%11] == s[8]
}
