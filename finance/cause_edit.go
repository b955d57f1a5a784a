package finance

import "github.com/xindiao/xindiao/dossier"

// Slips are searched over whole numbers of the last printed place: exact, and a thousand times faster than decimals.
const (
	maxCount  = int64(900_000_000_000_000_000) // larger amounts are left out of the search
	maxDigits = 18
)

var pow10 = func() (p [maxDigits + 1]int64) {
	p[0] = 1
	for i := 1; i <= maxDigits; i++ {
		p[i] = p[i-1] * 10
	}
	return
}()

// count is d in units of 10^exp; ok is false when it is no whole number of them or too large.
func count(d dossier.Decimal, exp int32) (int64, bool) {
	s := d.Shift(-exp)
	if !s.IsInteger() || s.Abs().GreaterThan(maxCountD) {
		return 0, false
	}
	return s.IntPart(), true
}

var maxCountD = intD(int(maxCount))

// slip is one way in which an amount may have been written wrong: v should be to.
type slip struct {
	class CauseClass
	to    int64
	alike bool
}

// eachSlip calls f with every slip of v; low is how many places of v stand below the last printed one.
func eachSlip(v int64, low int, f func(slip)) {
	if v == 0 || v > maxCount || v < -maxCount {
		return
	}
	book := theCauses()
	least := 100 * pow10[min(low, maxDigits-2)] // two or three digits prove no unit
	for _, k := range book.file.Powers {
		if p := pow10[k]; v < maxCount/p && v > -maxCount/p && v*sign(v) >= least {
			f(slip{CauseUnit, v * p, false})
		}
		if to := v / pow10[k]; to*sign(v) >= least {
			f(slip{CauseUnit, to, false})
			if r := v % pow10[k]; r != 0 { // the scaled amount as it would be rounded
				f(slip{CauseUnit, to + sign(v), false})
			}
		}
	}
	f(slip{CauseSign, -v, false})
	digitSlips(v, low, book, f)
}

func sign(v int64) int64 {
	if v < 0 {
		return -1
	}
	return 1
}

func digitSlips(v int64, low int, book *causeBook, f func(slip)) {
	s, a := sign(v), v*sign(v)
	top := low
	for top < maxDigits-1 && a >= pow10[top+1] {
		top++
	}
	digit := func(p int) int64 { return a / pow10[p] % 10 }
	for p := low; p < top; p++ {
		lo, hi := digit(p), digit(p+1)
		if lo != hi && (p+1 < top || lo != 0) {
			f(slip{CauseTransposed, s * (a + (lo-hi)*9*pow10[p]), false})
		}
	}
	for p := low; p <= top; p++ {
		d := digit(p)
		for x := range int64(10) {
			if x != d && (p < top || x != 0) {
				f(slip{CauseDigit, s * (a + (x-d)*pow10[p]), book.alike[d][x]})
			}
		}
	}
	for p := low; p <= top+1; p++ {
		hi, lo := a/pow10[p], a%pow10[p]
		if to := hi/10*pow10[p] + lo; p <= top && to != 0 && to != a { // without the digit at p
			f(slip{CauseDigitCount, s * to, false})
		}
		if a < maxCount/10 {
			for x := range int64(10) {
				if p <= top || x != 0 {
					f(slip{CauseDigitCount, s * (hi*pow10[p]*10 + x*pow10[p] + lo), false})
				}
			}
		}
	}
}

// SlipOf tells which single slip leads from one amount to the other; CauseUnknown when none does. ulp is one unit of
// the last printed place, 0.01 when zero.
func SlipOf(from, to, ulp dossier.Decimal) (class CauseClass, lookalike bool) {
	if !ulp.IsPositive() {
		ulp = cent
	}
	exp := min(from.Exponent(), to.Exponent(), ulp.Exponent())
	a, ok1 := count(from, exp)
	b, ok2 := count(to, exp)
	class = CauseUnknown
	if !ok1 || !ok2 || a == b {
		return class, false
	}
	rank := theCauses().rank
	eachSlip(a, placesBelow(ulp, exp), func(s slip) {
		if s.to == b && (rank[s.class] < rank[class] || s.class == class && s.alike) {
			class, lookalike = s.class, s.alike
		}
	})
	return class, lookalike
}

// placesBelow is how many places of 10^exp stand below the last printed one.
func placesBelow(ulp dossier.Decimal, exp int32) int {
	n := 0
	for u := ulp.Shift(-exp); u.GreaterThanOrEqual(ten) && n < maxDigits; n++ {
		u = u.Shift(-1)
	}
	return n
}

var ten = intD(10)
