package lexical

import (
	"strconv"
	"time"
)

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
	if s.at(after) == '月' {
		s.bareDay(i)
		return end
	}
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

// year tells which year the number at i, before 年, names: four digits as they are, a 民国 year behind 民国, and those
// that follow on its line (民国111年9月30日及110年9月30日).
func (s *scanner) year(i int, v int64, four bool) (int, bool) {
	if four && isYear(int(v)) {
		return int(v), true
	}
	k := s.back(i)
	if s.at(k) == '国' && s.at(k-1) == '民' {
		s.minguo = true
	}
	if s.minguo && v > 0 && v < 200 {
		return int(v) + 1911, true
	}
	return 0, false
}

// days gives the year y and, behind 年 at i, the month and the day, or the last month and day of a quarter, a half or
// the year: what stands in a statement of 9月30日 is asked for as the third quarter's. Month and day belong to all years
// that are named together: 2025年及2024年6月30日.
func (s *scanner) days(y, i int) {
	s.day(y, 0, 0)
	if s.joined != i || len(s.years) == maxYears {
		s.years = s.years[:0]
	}
	s.years = append(s.years, y)
	at := s.skip(i+1, 2)
	if r := s.at(at); r == '及' || r == '、' || r == '和' || r == '与' || r == '暨' {
		s.joined = s.nextYear(at + 1)
		return
	}
	s.monthDay(at)
}

// maxYears bounds the years named together.
const maxYears = 4

// nextYear is where the 年 of a number at i stands, -1 if none does.
func (s *scanner) nextYear(i int) int {
	i = s.skip(i, 2)
	for n := 0; n < 6 && (isDigit(s.at(i)) || isNumeral(s.at(i)) || s.at(i) == '民' || s.at(i) == '国' || s.at(i) == ' '); n++ {
		i++
	}
	if s.at(i) == '年' {
		return i
	}
	return -1
}

// monthDay reads the month, the day, the quarter or the half at i for the years that stand before.
func (s *scanner) monthDay(at int) {
	switch r := s.at(at); {
	case r == '末' || r == '底' || r == '度' && s.at(at+1) == '末':
		s.monthEnd(12)
		return
	case (r == '上' || r == '前') && s.at(at+1) == '半', r == '半' && s.at(at+1) == '年', r == '中' && s.at(at+1) == '期':
		s.monthEnd(6)
		return
	case r == '第' || r == '前':
		at = s.skip(at+1, 2)
	}
	m, at := s.small(at)
	if span := s.skip(at, 1); s.at(span) == '-' || s.at(span) == '至' { // 1-9月
		if to, end := s.small(s.skip(span+1, 1)); isMonth(to) && s.at(s.skip(end, 1)) == '月' {
			s.monthEnd(to)
			return
		}
	}
	switch at = s.skip(at, 2); {
	case s.at(at) == '季' && m >= 1 && m <= 4:
		s.monthEnd(3 * m)
	case s.at(at) == '月' && isMonth(m):
		d, at := s.small(s.skip(at+1, 2))
		if at = s.skip(at, 2); !isDay(d) || s.at(at) != '日' && s.at(at) != '号' {
			d = 0
		}
		for _, y := range s.years {
			s.day(y, m, 0)
			if d > 0 {
				s.day(y, m, d)
			}
		}
	}
}

func (s *scanner) monthEnd(m int) {
	for _, y := range s.years {
		s.day(y, m, 0)
		s.day(y, m, time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day())
	}
}

// bareDay reads 至9月30日 at the numeral i: month and day of the years that stand before on the line.
func (s *scanner) bareDay(i int) {
	if len(s.years) > 0 && (s.at(s.back(i)) == '至' || s.at(s.back(i)) == '及' || s.at(s.back(i)) == '、') {
		s.monthDay(i)
	}
}

// back is the place before i and up to two blanks.
func (s *scanner) back(i int) int {
	i--
	for n := 0; n < 2 && isBlank(s.at(i)); n++ {
		i--
	}
	return i
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
	if m > 0 {
		s.mark('d')
	}
}

func isYear(y int) bool  { return y >= 1900 && y < 2100 }
func isMonth(m int) bool { return m >= 1 && m <= 12 }
func isDay(d int) bool   { return d >= 1 && d <= 31 }
