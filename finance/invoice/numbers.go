package invoice

import "bytes"

// numberKind is the form of an invoice's number.
type numberKind uint8

const (
	numberNone  numberKind = iota
	numberOdd              // no known form
	numberShort            // at most 8 digits, without a code: unique only within a batch
	numberPaper            // 8 digits with a code of 10 or 12
	numberFull             // 20 digits
)

// key identifies an invoice of one seller: code and number, or the two halves of a 20-digit number.
type key struct {
	hi, lo uint64
	kind   numberKind
}

const oddKey = 1 << 63 // keeps keys made by hashing apart from keys made of digits

// keyOf reads code and number; note names what is wrong with the form, "" when nothing is.
func (b *Ledger) keyOf(r *Row) (k key, fault checkID) {
	n := r.Number
	if len(n) == 0 {
		return key{}, checkNoNumber
	}
	if !allDigits(n) {
		for _, c := range n {
			if c == 'E' || c == 'e' {
				if hasDigit(n) && (n[1] == '.' || len(n) > 4) {
					fault = checkScientific
				}
			}
		}
		if fault == 0 {
			fault = checkNumberForm
		}
		return key{oddKey | hash(r.Code), hash(n), numberOdd}, fault
	}
	switch {
	case len(n) == 20:
		k = key{number(n[:10]), number(n[10:]), numberFull}
		if n[0] < '2' || n[0] > '6' || n[0] == '2' && n[1] < '1' || n[0] == '6' && n[1] > '0' || !knownRegion((n[2]-'0')*10+n[3]-'0') {
			return k, checkNumberForm
		}
		if r.Day != 0 && int(n[0]-'0')*10+int(n[1]-'0') != (1970+int(b.cal.month(r.Day))/12)%100 {
			return k, checkNumberYear
		}
		return k, 0
	case len(n) > 8:
		return key{oddKey | hash(r.Code), hash(n), numberOdd}, checkNumberForm
	case len(r.Code) == 0:
		return key{0, number(n), numberShort}, 0
	}
	code, year := b.code(r.Code)
	if !code {
		return key{oddKey | hash(r.Code), number(n), numberPaper}, checkCodeForm
	}
	k = key{number(r.Code), number(n), numberPaper}
	if len(r.Code) == 12 {
		k.hi += 1e12 // 012345678901 is another code than 12345678901
	}
	if r.Day != 0 && year > (1970+int(b.cal.month(r.Day))/12)%100 {
		return k, checkNumberYear
	}
	return k, 0
}

// code tells whether an invoice code is well formed, and the year that it was printed in; remembered, as a ledger has
// few codes.
func (b *Ledger) code(c []byte) (ok bool, year int) {
	if len(c) > 12 {
		return false, 0
	}
	if v, seen := b.codes[string(c)]; seen {
		return v >= 0, int(v)
	}
	v := int8(-1)
	if (len(c) == 10 || len(c) == 12) && allDigits(c) && knownCode(c) {
		p := 4
		if len(c) == 12 {
			p = 5
		}
		v = int8((c[p]-'0')*10 + c[p+1] - '0')
	}
	if len(b.codes) < 1<<16 {
		b.codes[string(c)] = v
	}
	return v >= 0, int(v)
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 {
			return false
		}
	}
	return len(b) > 0
}

// number reads at most 19 digits.
func number(b []byte) (v uint64) {
	for _, c := range b {
		v = v*10 + uint64(c-'0')
	}
	return v
}

// hash is FNV-1a without its top bit.
func hash(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h &^ oddKey
}

// original finds the number of the invoice that a red one cancels: 20 digits, or a code and 8 digits, in the remark.
func original(remark []byte) (k key, ok bool) {
	var code []byte
	for i := 0; i < len(remark); {
		j := i
		for j < len(remark) && remark[j]-'0' <= 9 {
			j++
		}
		switch d := remark[i:j]; len(d) {
		case 20:
			return key{number(d[:10]), number(d[10:]), numberFull}, true
		case 10, 12:
			code = d
		case 8:
			if code != nil {
				k = key{number(code), number(d), numberPaper}
				if len(code) == 12 {
					k.hi += 1e12
				}
				return k, true
			}
			if len(remark) == 8 || bytes.Contains(remark, []byte("号码")) || bytes.Contains(remark, []byte("蓝字")) { // else it may be a date
				return key{0, number(d), numberShort}, true
			}
		}
		i = j + 1
	}
	return key{}, false
}
