package ocr

import (
	"strings"
	"unicode"

	"github.com/xindiao/xindiao/documents/ident"
)

// proveCapitals holds 大写 numerals against the page's figures.
func proveCapitals(rs []*region, es []*entry) {
	for _, r := range rs {
		text := r.text()
		v, clean, ok := capitalAmount(text)
		if !ok {
			// Engines know these numerals badly, and a lost one makes another amount of it.
			r.doubt = r.doubt || inCapitals(text)
			continue
		}
		r.doubt = true
		for _, e := range es {
			for i, a := range e.all {
				if a.value != v || e.sealed && i != e.pick {
					continue
				}
				e.pick = i
				e.settle(proofCapital)
				if at := strings.IndexAny(text, capitalDigits+"拾抬参"); at >= 0 {
					r.put(text[:at] + clean)
				}
				r.proof, r.doubt = proofCapital, false
			}
		}
	}
}

// inCapitals tells a line that looks like an amount in 大写, read right or not.
func inCapitals(text string) bool {
	n, marks := 0, 0
	for _, c := range capitalFold.Replace(text) {
		if strings.ContainsRune(capitalDigits+capitalUnits+"万亿元角分整", c) {
			n++
		}
		if strings.ContainsRune(capitalUnits+"万亿元整", c) {
			marks++
		}
	}
	all := len([]rune(text))
	return marks >= 2 && all >= 3 && 2*n > all
}

// proveCode checks codes with a check character: 统一社会信用代码 and 公民身份号码. Letters that the code does not use
// are what they look like; another reading is taken when the check leaves only that.
func proveCode(r *region) {
	var at []int // places of Latin letters and digits
	for i, e := range r.best {
		if e.r < 0x80 && (unicode.IsDigit(e.r) || unicode.IsLetter(e.r)) {
			at = append(at, i)
		} else if len(at) >= 18 {
			break
		} else if !unicode.IsSpace(e.r) {
			at = at[:0]
		}
	}
	if len(at) != 18 {
		return
	}
	valid := func(code string) bool {
		return ident.USCC(code).Verdict == ident.OK || ident.IDCard(code).Verdict == ident.OK
	}
	code := make([]rune, len(at))
	var open []int
	for k, i := range at {
		e := r.best[i]
		code[k] = unicode.ToUpper(e.r)
		switch code[k] {
		case 'O':
			code[k] = '0'
		case 'I':
			code[k] = '1'
		case 'Z':
			code[k] = '2'
		case 'S':
			code[k] = '5'
		}
		if len(e.other) > 0 && e.share < 0.97 {
			open = append(open, k)
		}
	}
	take := func(code []rune) {
		for k, i := range at {
			r.best[i].r = code[k]
		}
		r.proof = proofCheck
	}
	if valid(string(code)) {
		take(code)
		return
	}
	var fits []rune
	for _, k := range open {
		old := code[k]
		for _, o := range r.best[at[k]].other {
			if code[k] = unicode.ToUpper(o); o != 0 && o < 0x80 && valid(string(code)) && string(fits) != string(code) {
				if fits != nil {
					return
				}
				fits = append([]rune(nil), code...)
			}
		}
		code[k] = old
	}
	if fits != nil {
		take(fits)
	} else {
		r.doubt = true
	}
}
