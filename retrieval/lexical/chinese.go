package lexical

// digitOf is the value of a Chinese digit, -1 for other runes.
func digitOf(r rune) int {
	switch r {
	case '〇', '零':
		return 0
	case '一', '壹':
		return 1
	case '二', '贰', '两':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return -1
}

// unitPower is the power of ten of 十百千万亿 and their formal forms, 0 for other runes.
func unitPower(r rune) int {
	switch r {
	case '十', '拾':
		return 1
	case '百', '佰':
		return 2
	case '千', '仟':
		return 3
	case '万':
		return 4
	case '亿':
		return 8
	}
	return 0
}

func isNumeral(r rune) bool { return digitOf(r) >= 0 || unitPower(r) > 0 }

// longestNumeral bounds a number in characters.
const longestNumeral = 24

// chineseNumber gives what the numerals at i say beside their bigrams: a year, an amount, an article's number, a rate.
func (s *scanner) chineseNumber(i int) {
	end := i
	for end-i < longestNumeral && isNumeral(s.at(end)) {
		end++
	}
	v, ok := chineseValue(s.rs[i:end])
	if !ok {
		return
	}
	if s.at(end) == '月' {
		s.bareDay(i)
	}
	if s.at(end) == '年' {
		if y, ok := s.year(i, v, end-i == 4); ok {
			s.days(y, end)
		}
	}
	var fraction []byte
	if s.at(end) == '点' {
		for k := end + 1; k-end <= 8 && digitOf(s.at(k)) >= 0; k++ {
			fraction = append(fraction, byte('0'+digitOf(s.at(k))))
		}
	}
	n := numeralOf(v, fraction)
	if s.at(i-1) == '之' && s.at(i-2) == '分' && unitPower(s.at(i-3)) >= 2 {
		n.point -= unitPower(s.at(i-3)) - 2
		s.rate(n)
		return
	}
	if unit := s.at(end); isHan(unit) && s.at(i-1) != '第' {
		s.mark(unit)
	}
	if end-i > 1 || len(fraction) > 0 || s.at(i-1) == '第' || s.at(end) == '元' {
		s.amount(n)
	}
}

// chineseValue reads 二〇二五 digit by digit and 三千五百万 by its units. It is false without a digit or above 10^16.
func chineseValue(rs []rune) (int64, bool) {
	if p := unitPower(rs[0]); p > 1 {
		return 0, false // 千万, 百分之…
	}
	positional := true
	for _, r := range rs {
		positional = positional && digitOf(r) >= 0
	}
	if positional && len(rs) > 16 {
		return 0, false
	}
	var total, section, digit int64 // below: 亿, 万 and what is being read
	for k, r := range rs {
		p := unitPower(r)
		switch {
		case positional:
			digit = digit*10 + int64(digitOf(r))
		case p == 0:
			digit = int64(digitOf(r))
		case p < 4:
			if digit == 0 && k == 0 {
				digit = 1
			}
			section += digit * power10(p)
			digit = 0
		case p == 4:
			total += (section + digit) * power10(4)
			section, digit = 0, 0
		default:
			total = (total + section + digit) * power10(8)
			section, digit = 0, 0
		}
		if total > 1e16 || section > 1e8 {
			return 0, false
		}
	}
	return total + section + digit, true
}

func power10(p int) int64 {
	v := int64(1)
	for range p {
		v *= 10
	}
	return v
}
