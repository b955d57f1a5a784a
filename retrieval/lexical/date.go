package lexical

import "strconv"

// date gives the date that starts with the digits [i, end) and returns where reading goes on: behind the year, so that
// month and day are terms of their own too.
func (s *scanner) date(i, end int) int {
	v := 0
	for _, r := range s.rs[i:min(end, i+9)] {
		v = v*10 + int(r-'0')
	}
	if end-i == 8 { // 20250331
		if y, m, d := v/10000, v/100%100, v%100; isYear(y) && isMonth(m) && isDay(d) {
			s.day(y, 0, 0)
			s.day(y, m, 0)
			s.day(y, m, d)
		}
		return end
	}
	if end-i > 4 {
		return end
	}
	after := s.skip(end, 2)
	if s.at(after) == '年' {
		if y, ok := s.year(i, int64(v), end-i == 4); ok {
			s.days(y, after)
		}
		return end
	}
	if sep := s.at(end); end-i == 4 && isYear(v) && (sep == '-' || sep == '.' || sep == '/') {
		m, at := s.small(end + 1)
		if !isMonth(m) || isAlnum(s.at(at)) && s.at(at) != 't' {
			return end
		}
		s.day(v, 0, 0)
		s.day(v, m, 0)
		if s.at(at) == sep {
			if d, past := s.small(at + 1); isDay(d) && (!isAlnum(s.at(past)) || s.at(past) == 't') {
				s.day(v, m, d)
			}
		}
	}
	return end
}

// year tells which year the number before 年 names: four digits as they are, a 民国 year only behind 民国.
func (s *scanner) year(i int, v int64, four bool) (int, bool) {
	if four && isYear(int(v)) {
		return int(v), true
	}
	k := i - 1
	for n := 0; n < 2 && isBlank(s.at(k)); n++ {
		k--
	}
	if v > 0 && v < 200 && s.at(k) == '国' && s.at(k-1) == '民' {
		return int(v) + 1911, true
	}
	return 0, false
}

// days gives the year y and, behind 年 at i, the month and the day.
func (s *scanner) days(y, i int) {
	s.day(y, 0, 0)
	m, at := s.small(s.skip(i+1, 2))
	if at = s.skip(at, 2); !isMonth(m) || s.at(at) != '月' {
		return
	}
	s.day(y, m, 0)
	d, at := s.small(s.skip(at+1, 2))
	if at = s.skip(at, 2); isDay(d) && (s.at(at) == '日' || s.at(at) == '号') {
		s.day(y, m, d)
	}
}

// small reads up to two digits, or Chinese numerals up to 三十一.
func (s *scanner) small(i int) (int, int) {
	end, v := i, 0
	for ; end < i+2 && isDigit(s.at(end)); end++ {
		v = v*10 + int(s.rs[end]-'0')
	}
	if end > i {
		return v, end
	}
	for end < i+3 && isNumeral(s.at(end)) {
		end++
	}
	if end == i {
		return 0, end
	}
	if c, ok := chineseValue(s.rs[i:end]); ok {
		return int(c), end
	}
	return 0, end
}

func (s *scanner) day(y, m, d int) {
	b := strconv.AppendInt(append(s.buf[:0], 'd'), int64(y), 10)
	for _, v := range [2]int{m, d} {
		if v > 0 {
			b = append(b, '-', byte('0'+v/10), byte('0'+v%10))
		}
	}
	s.buf = b
	s.emit(b)
}

func isYear(y int) bool  { return y >= 1900 && y < 2100 }
func isMonth(m int) bool { return m >= 1 && m <= 12 }
func isDay(d int) bool   { return d >= 1 && d <= 31 }
