package lexical

import (
	"strconv"
	"unicode/utf8"
)

func appendRune(b []byte, r rune) []byte { return utf8.AppendRune(b, r) }

// digits reads the date or number that starts with the digits [i, end) and returns where to go on.
func (s *scanner) digits(i, end int) int {
	if isDigit(s.at(i-2)) && s.at(i-1) == '.' || end-i > longestWord {
		return end // the rest of an odd number such as 1.2.3
	}
	next := s.date(i, end)
	var n numeral
	at := n.read(s.rs[i:])
	raw := n
	shift, after := s.scale(s.skip(i+at, 1))
	if shift == 0 {
		after = i + at
	}
	s.mark('n')
	if unit := s.at(s.skip(after, 1)); unit == '元' || shift >= 4 {
		s.mark('a')
	} else if isHan(unit) {
		s.mark(unit)
	}
	switch p := s.skip(i+at, 1); {
	case s.at(p) == '%':
		s.rate(n)
		after = p + 1
	case s.at(p) == '‰':
		n.point--
		s.rate(n)
		after = p + 1
	case shift > 0:
		n.point += shift
		s.amount(n)
		s.number('n', raw)
	default:
		s.amount(n)
	}
	return max(next, after)
}

// scale reads 亿, 千万, 百万, 万 or 千 at i: the power of ten and the end.
func (s *scanner) scale(i int) (int, int) {
	power := 0
	for k := 0; k < 3; k++ {
		p := unitPower(s.at(i))
		if p < 2 || k > 0 && p <= 3 { // 千万 but not 万千
			break
		}
		power += p
		i++
	}
	return power, i
}

// amount gives a value exactly and, above 9,999, to three digits.
func (s *scanner) amount(n numeral) {
	s.number('n', n)
	if n.trim(); n.point > 4 && n.len > 0 {
		n.round(3)
		s.number('r', n)
	}
}

func (s *scanner) rate(n numeral) {
	s.mark('p')
	s.number('p', n)
}

func (s *scanner) number(kind byte, n numeral) {
	n.trim()
	s.buf = n.append(append(s.buf[:0], kind))
	s.emit(s.buf)
}

// numeral is a decimal 0.d1d2d3… × 10^point, at most as many digits as longestWord.
type numeral struct {
	d     [longestWord]byte
	len   int
	point int
}

// read takes 1,234,567.89 or 1234567.89 and returns how many runes that was.
func (n *numeral) read(rs []rune) int {
	i := 0
	put := func() bool {
		if n.len == len(n.d) {
			return false
		}
		n.d[n.len] = byte(rs[i])
		n.len++
		i++
		return true
	}
	digitAt := func(k int) bool { return k < len(rs) && isDigit(rs[k]) }
	for digitAt(i) && put() {
	}
	for i <= 3 || n.len > 3 {
		if i >= len(rs) || rs[i] != ',' || !digitAt(i+1) || !digitAt(i+2) || !digitAt(i+3) || digitAt(i+4) || n.len+3 > len(n.d) || i > 3 && rs[i-4] != ',' {
			break
		}
		i++
		put()
		put()
		put()
	}
	n.point = n.len
	if i < len(rs) && rs[i] == '.' && digitAt(i+1) {
		i++
		for digitAt(i) && put() {
		}
	}
	return i
}

// trim drops zeros in front and behind; zero is no digits at all.
func (n *numeral) trim() {
	lead := 0
	for lead < n.len && n.d[lead] == '0' {
		lead++
	}
	copy(n.d[:], n.d[lead:n.len])
	n.len -= lead
	n.point -= lead
	for n.len > 0 && n.d[n.len-1] == '0' {
		n.len--
	}
	if n.len == 0 {
		n.point = 0
	}
}

// round keeps the first k digits, half up.
func (n *numeral) round(k int) {
	if n.len <= k {
		return
	}
	up := n.d[k] >= '5'
	n.len = k
	for i := k - 1; up && i >= 0; i-- {
		if n.d[i] < '9' {
			n.d[i]++
			return
		}
		n.d[i] = '0'
	}
	if up {
		n.d[0], n.len = '1', 1
		n.point++
	}
}

// append writes the plain decimal: 0.05, 542000000.
func (n *numeral) append(b []byte) []byte {
	if n.point <= 0 {
		b = append(b, '0')
	}
	for i := 0; i < max(n.point, n.len); i++ {
		if i == max(n.point, 0) {
			b = append(b, '.')
			for k := n.point; k < 0; k++ {
				b = append(b, '0')
			}
		}
		if i < n.len {
			b = append(b, n.d[i])
		} else {
			b = append(b, '0')
		}
	}
	return b
}

func numeralOf(v int64, fraction []byte) numeral {
	var n numeral
	for _, c := range strconv.AppendInt(nil, v, 10) {
		n.d[n.len] = c
		n.len++
	}
	n.point = n.len
	for _, c := range fraction {
		if n.len < len(n.d) {
			n.d[n.len] = c
			n.len++
		}
	}
	return n
}
