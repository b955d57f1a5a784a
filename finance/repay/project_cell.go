package repay

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

var (
	yearRE   = regexp.MustCompile(`^第?(\d{1,4})(?:年|年度|年末)?[ae]?$`)
	hanYears = map[string]int{"第一年": 1, "第二年": 2, "第三年": 3, "第四年": 4, "第五年": 5, "第六年": 6, "第七年": 7, "第八年": 8, "第九年": 9, "第十年": 10}
	unitRE   = regexp.MustCompile(`(?:单位|金额)[:：]?(?:人民币)?(百万元|千元|万元|亿元|元)|[(（](?:人民币)?(百万元|千元|万元|亿元|元)[)）]`)
	noteRE   = regexp.MustCompile(`[(（](?:人民币)?(?:百万元|千元|万元|亿元|元)[)）]$`)
	frontRE  = regexp.MustCompile(`^(?:[(（]?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[一二三四五六七八九十]{1,3})[)）.、]?)?(?:其中|减|加)?[:：]?`)
)

// yearColumns reads a header row: labels of at least three consecutive years and their columns.
func yearColumns(row []dossier.Cell) (labels []string, cols []int) {
	last := 0
	for c, cell := range row {
		n, label := yearOf(cell.Text)
		if n == 0 {
			continue
		}
		if len(cols) > 0 && n != last+1 || len(cols) >= maxYears {
			return nil, nil
		}
		last = n
		labels, cols = append(labels, label), append(cols, c)
	}
	if len(cols) < 3 || cols[0] == 0 {
		return nil, nil
	}
	return labels, cols
}

// yearOf reads 第3年 as 3 and 2027年 as 2027; 0 when the text is no year.
func yearOf(text string) (int, string) {
	t := squeeze(text)
	if n := hanYears[t]; n > 0 {
		return n, "第" + strconv.Itoa(n) + "年"
	}
	m := yearRE.FindStringSubmatch(t)
	if m == nil {
		return 0, ""
	}
	n, _ := strconv.Atoi(m[1])
	switch {
	case n >= 1 && n <= maxYears:
		return n, "第" + strconv.Itoa(n) + "年"
	case n >= 1990 && n <= 2150:
		return n, strconv.Itoa(n) + "年"
	}
	return 0, ""
}

func totalColumn(row []dossier.Cell) int {
	for c, cell := range row {
		if slices.Contains(theBook().project.Total, squeeze(cell.Text)) {
			return c
		}
	}
	return -1
}

func tableRank(title string) int {
	t := squeeze(title)
	for i, n := range theBook().project.Tables {
		if strings.Contains(t, n) {
			return i
		}
	}
	return len(theBook().project.Tables)
}

func unitOf(texts ...string) dossier.Unit {
	for _, t := range texts {
		if len(t) > 20000 {
			t = t[:20000]
		}
		if m := unitRE.FindStringSubmatch(squeeze(t)); m != nil {
			return dossier.Unit(m[1] + m[2])
		}
	}
	return ""
}

func rowText(row []dossier.Cell) string {
	var b strings.Builder
	for _, c := range row {
		if b.Len() > 400 {
			break
		}
		b.WriteString(c.Text)
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

// rowKey is the form in which names of rows are compared: no numbering, blanks, unit or 其中.
func rowKey(s string) string {
	if len(s) > 200 {
		return ""
	}
	s = noteRE.ReplaceAllString(squeeze(s), "")
	for range 3 {
		t := frontRE.ReplaceAllString(s, "")
		if t == s {
			break
		}
		s = t
	}
	return strings.NewReplacer("（", "(", "）", ")").Replace(s)
}

// squeeze folds full-width letters and digits and drops blanks.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r >= '！' && r <= '～' && r != '（' && r != '）':
			return r - '！' + '!'
		}
		return r
	}, s)
}

// number reads 1,234.5, (12), -12, 80% and 80 in a row of percentages.
func number(text string, percent bool) (dossier.Decimal, bool) {
	t := strings.NewReplacer(",", "", "(", "", ")", "", "（", "", "）", "", "−", "-", "－", "-").Replace(squeeze(text))
	neg := strings.ContainsAny(text, "(（")
	if strings.HasSuffix(t, "%") {
		t, percent = strings.TrimSuffix(t, "%"), true
		if v, ok := plain(t); ok {
			return v.Shift(-2), true
		}
		return zero, false
	}
	v, ok := plain(t)
	if !ok {
		return zero, false
	}
	if percent && v.Abs().GreaterThan(two) { // 80 stands for 80 %
		v = v.Shift(-2)
	}
	if neg {
		v = v.Neg()
	}
	return v, true
}

// plain parses digits with a point; exponents and long strings are refused.
func plain(t string) (dossier.Decimal, bool) {
	if t == "" || len(t) > 30 || strings.ContainsAny(t, "eE_xX") {
		return zero, false
	}
	v, err := decimal.NewFromString(t)
	return v, err == nil
}

func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:60])
	}
	return s
}
