package chunk

import (
	"iter"
	"strings"
	"unicode"
)

// shape is what a printed row looks like.
type shape struct {
	cells      int
	filled     int
	labels     int // words
	values     int // amounts, numbers, codes
	periods    int // days, years, spans
	colons     int // 编制单位：某公司
	ends       int // cells that end with a colon or begin with 一、
	longest    int // runes of the longest cell
	firstEmpty bool
	firstLabel bool
}

// longestName is how long a column's name may be, in runes.
const longestName = 28

func shapeOf(row iter.Seq[string]) shape {
	var s shape
	for raw := range row {
		cell := strings.TrimSpace(raw)
		s.cells++
		if cell == "" {
			s.firstEmpty = s.firstEmpty || s.cells == 1
			continue
		}
		s.filled++
		s.longest = max(s.longest, runesUpTo(cell, 4*longestName))
		switch classOf(cell) {
		case aPeriod:
			s.periods++
		case aValue:
			s.values++
		case aLabel:
			s.labels++
			s.firstLabel = s.firstLabel || s.cells == 1
			if strings.HasSuffix(cell, "：") || strings.HasSuffix(cell, ":") {
				s.ends++
			} else if l, _ := numbered(cell); l == levelHan {
				s.ends++
			}
			if k := strings.IndexAny(cell, "：:"); k > 0 && !strings.HasSuffix(cell, "：") && !strings.HasSuffix(cell, ":") && !part(cell[:k]) {
				s.colons++
			}
		}
	}
	return s
}

// part tells whether a name begins so without being a label and its value: 减：库存股, 其中：原材料.
func part(s string) bool { return s == "减" || s == "加" || s == "其中" }

// names tells whether the row may name columns.
func (s shape) names() bool {
	return s.filled >= 2 && s.values == 0 && s.colons == 0 && s.labels+s.periods == s.filled && s.ends < s.filled && s.longest <= longestName
}

// group tells whether the row only heads the rows below it: 流动资产：, 一、经营活动产生的现金流量.
func (s shape) group() bool {
	return s.filled > 0 && s.filled <= 2 && s.ends == s.filled && s.longest <= longestHeading
}

// caption tells whether the row belongs above the header: one cell alone, or 编制单位：… 单位：元.
func (s shape) caption() bool { return s.filled == 1 || s.colons > 0 }

type class int

const (
	aLabel class = iota
	aValue
	aPeriod
	nothing
)

// classOf tells what a cell holds: a code, an amount or a date with its marks is a value, whatever has other words in
// it is a label.
func classOf(s string) class {
	digit, word, mark := false, false, false
	if len(s) <= 64 {
		if p, n := readPeriod(s); n == len(s) && p.ok() {
			return aPeriod
		}
	}
	if spanName(s) {
		return aLabel
	}
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digit = true
		case unicode.Is(unicode.Han, r):
			if !strings.ContainsRune("年月日元万亿时分秒至第条个", r) {
				word = true
			}
		case unicode.IsLetter(r):
			word = word || !digit && i == 0
		default:
			mark = true
		}
		if word && i > 200 {
			break
		}
	}
	switch {
	case digit && !word:
		return aValue
	case digit && longCode(s):
		return aValue
	case !digit && !word && mark:
		return nothing
	}
	return aLabel
}

// spanName tells whether s names a span without a date, as columns do: 1-2年, 6个月, 90天, 3月, 第1期, 2026E.
func spanName(s string) bool {
	s = strings.TrimPrefix(strings.TrimSuffix(s, "（含）"), "第")
	n := digits(s)
	if n == 0 || n > 4 {
		return false
	}
	if n == 4 && len(s) == 5 {
		return s[4] == 'A' || s[4] == 'E' || s[4] == 'F' // a year as booked or forecast
	}
	for _, dash := range []string{"-", "—", "－", "~", "～", "至"} {
		if rest, ok := strings.CutPrefix(s[n:], dash); ok && digits(rest) > 0 {
			s, n = rest, digits(rest)
			break
		}
	}
	switch strings.TrimSpace(s[n:]) {
	case "年", "年期", "个月", "月", "月份", "天", "日", "季度", "季", "期", "次":
		return true
	}
	return false
}

// countsColumns tells whether the row only numbers the columns: 1 2 3 4.
func countsColumns(row iter.Seq[string]) bool {
	last := 0
	for cell := range row {
		if cell = strings.TrimSpace(cell); cell == "" {
			continue
		}
		if d := digits(cell); d != len(cell) || d > 2 || number(cell) != last+1 {
			return false
		}
		last++
	}
	return last >= 3
}

// longCode tells whether a run of ten or more digits and capitals stands in s: an account, an identifier.
func longCode(s string) bool {
	n, digits := 0, 0
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b >= '0' && b <= '9':
			n, digits = n+1, digits+1
		case b >= 'A' && b <= 'Z' || b == '*':
			n++
		default:
			n, digits = 0, 0
		}
		if n >= 10 && digits >= 4 {
			return true
		}
	}
	return false
}

// header finds the header of the rows [i, j): where it begins behind captions, and its number of rows, 0 when there
// is none.
func (c *cutter) header(i, j int) (pre, n int) {
	most := min(j, i+headDepth)
	k := i
	for k < most && shapeOf(c.row(c.lines[k])).caption() {
		k++
	}
	if k == most || k >= j || !c.isHeader(k, j, shapeOf(c.row(c.lines[k])), false) {
		return i, 0
	}
	return k, c.headerRows(k, j)
}

// headerRows counts the rows of the header that begins with row k: those of names, and one that numbers the columns.
func (c *cutter) headerRows(k, j int) int {
	top := shapeOf(c.row(c.lines[k]))
	n := 1
	for n < headRows && k+n < j && continues(top, shapeOf(c.row(c.lines[k+n]))) {
		n++
	}
	if k+n+1 < j && countsColumns(c.row(c.lines[k+n])) {
		n++
	}
	return n
}

// continues tells whether a row below a header's first row belongs to the header: one of the two leaves the first
// column to the other.
func continues(top, row shape) bool {
	return row.names() && row.firstEmpty != top.firstEmpty
}

// isHeader tells whether row k, one of the rows up to j, names the columns of those below it. Below data, again, it
// must do so in words known from headers.
func (c *cutter) isHeader(k, j int, s shape, again bool) bool {
	if !s.names() || k+1 >= j {
		return false
	}
	if s.periods >= 2 && (!again || s.firstEmpty) {
		return true
	}
	named, even, n := 0, 0, 0
	for cell := range c.row(c.lines[k]) {
		if cell = strings.TrimSpace(cell); cell == "" {
			continue
		}
		if spanName(cell) || containsAny(solid(cell), c.o.Config.Words.Header) {
			named++
			if n%2 == 0 {
				even++
			}
		}
		n++
	}
	if n%2 == 0 && n <= 6 && even == named && (named > 0 || n <= 4) {
		return false // label and value side by side
	}
	return named >= 2 && (n == 2 || named*3 >= n) || named >= 1 && s.firstEmpty || !again && n >= 3 && c.valuesBelow(k, j)
}

// valuesBelow tells whether a row soon below k has values under at least two of its words, or under half of them.
func (c *cutter) valuesBelow(k, j int) bool {
	var word [64]bool
	n := 0
	for cell := range c.row(c.lines[k]) {
		if n == len(word) {
			break
		}
		word[n] = strings.TrimSpace(cell) != ""
		n++
	}
	for r := k + 1; r < min(j, k+1+evidence); r++ {
		n, hits := 0, 0
		for cell := range c.row(c.lines[r]) {
			if n == len(word) {
				break
			}
			if cell = strings.TrimSpace(cell); word[n] && cell != "" && classOf(cell) != aLabel {
				hits++
			}
			n++
		}
		if hits >= 2 {
			return true
		}
	}
	return false
}
