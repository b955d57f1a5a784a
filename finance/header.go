package finance

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// header is what stands above a statement: whose, of when, in which unit.
type header struct {
	entity  string
	scope   dossier.Scope
	unit    dossier.Unit
	end     dossier.Date
	months  int  // of the flow; 0 when only a day is printed
	month   bool // one month is printed (2026年8月), which leaves open whether flows are of it or up to it
	small   bool // 会小企 form
	title   Statement
	assumed bool // no unit is printed: 元
	run     *run // the columns that a table on the next page runs on with
}

// run is what a table without a header of its own, on the page after another, takes over.
type run struct {
	kind  Statement
	regs  []region
	width int
	page  int // index of the last page that it stands on
}

var (
	dayRE     = regexp.MustCompile(`(20\d{2})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?`)
	spanRE    = regexp.MustCompile(`(20\d{2})年?(?:度)?(\d{1,2})月?(?:[-—~至到])(?:20\d{2}年)?(\d{1,2})月`)
	daysRE    = regexp.MustCompile(`(20\d{2})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?[-—~至到]{0,3}(20\d{2})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})`)
	monthRE   = regexp.MustCompile(`(20\d{2})(?:年|[-./])(\d{1,2})月?(?:份|末|$|[^\d日./-])`)
	quarterRE = regexp.MustCompile(`(20\d{2})年?(?:度)?第?([一二三四1-4])季度?|(20\d{2})Q([1-4])`)
	halfRE    = regexp.MustCompile(`(20\d{2})年?(上|下)半年度?`)
	yearRE    = regexp.MustCompile(`(20\d{2})年(?:度|全年|年度)?`)
	unitRE    = regexp.MustCompile(`(?:单位|币种|金额)[:：]?(?:均?[为以])?[(（]?(?:人民币|RMB)?[/,，、]?(?:人民币)?(百万元|千元|万元|亿元|元)`)
	rmbRE     = regexp.MustCompile(`^[(（]?人民币(百万元|千元|万元|亿元|元)[)）]?$`)
	unitInRE  = regexp.MustCompile(`[(（](?:人民币)?(百万元|千元|万元|亿元|元)[)）]`)
	cnDateRE  = regexp.MustCompile(`[二两][〇零○一二三四五六七八九]{3}年(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?`)
	entityRE  = regexp.MustCompile(`(?:编制单位|编报单位|填报单位|会计主体|单位名称|企业名称|核算单位|公司名称|户名|纳税人名称)[:：]\s*([^:：\s,，;；]{2,60})`)
)

// otherDate marks lines whose date is not the statement's.
var otherDate = regexp.MustCompile(`签发|打印|成立|出具|注册|出生|报出|批准|填报日期|填表日期|报送日期`)

// readPeriod finds the period that text prints: its last day and the months that a flow of it spans.
func readPeriod(text string) (end dossier.Date, months int, month, ok bool) {
	s := squeeze(text)
	if strings.Contains(s, "年") && strings.ContainsAny(s, "〇零○一二三四五六七八九十") {
		s = cnDateRE.ReplaceAllStringFunc(s, cnDate)
	}
	if m := daysRE.FindStringSubmatch(s); m != nil {
		a, b := dateOf(m[1], m[2], m[3]), dateOf(m[4], m[5], m[6])
		if a.Valid() && b.Valid() && !b.Before(a) {
			n := (b.Year-a.Year)*12 + int(b.Month) - int(a.Month) + 1
			if n > 12 { // two balance dates, not a span
				n = 0
			}
			return b, n, false, true
		}
	}
	if m := spanRE.FindStringSubmatch(s); m != nil {
		from, to := atoi(m[2]), atoi(m[3])
		if from >= 1 && to <= 12 && to >= from {
			return monthEnd(atoi(m[1]), to), to - from + 1, false, true
		}
	}
	if m := dayRE.FindStringSubmatch(s); m != nil {
		if d := dateOf(m[1], m[2], m[3]); d.Valid() {
			n := 0
			if strings.Contains(s, "止年度") {
				n = 12
			}
			return d, n, false, true
		}
	}
	if m := quarterRE.FindStringSubmatch(s); m != nil {
		y, q := m[1]+m[3], strings.Index("一二三四", m[2])/3+1
		if n := atoi(m[2] + m[4]); n > 0 {
			q = n
		}
		return monthEnd(atoi(y), q*3), 3, false, true
	}
	if m := halfRE.FindStringSubmatch(s); m != nil {
		if m[2] == "上" {
			return monthEnd(atoi(m[1]), 6), 6, false, true
		}
		return monthEnd(atoi(m[1]), 12), 6, false, true
	}
	if m := monthRE.FindStringSubmatch(s); m != nil {
		if n := atoi(m[2]); n >= 1 && n <= 12 {
			return monthEnd(atoi(m[1]), n), n, true, true
		}
	}
	if m := yearRE.FindStringSubmatch(s); m != nil {
		return monthEnd(atoi(m[1]), 12), 12, false, true
	}
	return end, 0, false, false
}

// cnDate turns 二〇二五年十二月三十一日 into 2025年12月31日.
func cnDate(s string) string {
	var b strings.Builder
	var run []rune
	flush := func() {
		if len(run) > 0 {
			b.WriteString(cnNumber(run))
			run = run[:0]
		}
	}
	for _, r := range s {
		if strings.ContainsRune("〇零○一二三四五六七八九十", r) {
			run = append(run, r)
			continue
		}
		flush()
		b.WriteRune(r)
	}
	flush()
	return b.String()
}

// cnNumber reads 二〇二五 digit by digit and 三十一 by tens.
func cnNumber(run []rune) string {
	digit := func(r rune) int { return max(strings.Index("〇一二三四五六七八九", string(r))/3, 0) }
	at := strings.IndexRune(string(run), '十') / 3
	if !strings.ContainsRune(string(run), '十') {
		out := ""
		for _, r := range run {
			out += strconv.Itoa(digit(r))
		}
		return out
	}
	n := 10
	if at > 0 {
		n = 10 * digit(run[0])
	}
	if at == len(run)-2 {
		n += digit(run[len(run)-1])
	}
	return strconv.Itoa(n)
}

func atoi(s string) int { n, _ := strconv.Atoi(s); return n }

func dateOf(y, m, d string) dossier.Date { return dossier.NewDate(atoi(y), atoi(m), atoi(d)) }

func monthEnd(y, m int) dossier.Date { return dossier.NewDate(y, m, 1).MonthEnd() }

func unitNamed(s string) dossier.Unit {
	switch s {
	case "千元":
		return dossier.ThousandYuan
	case "万元":
		return dossier.WanYuan
	case "百万元":
		return dossier.MillionYuan
	case "亿元":
		return dossier.YiYuan
	case "元":
		return dossier.Yuan
	}
	return ""
}

// read takes what text adds to the header; what is known already stays.
func (h *header) read(text string) {
	if len(text) > 2000 {
		return
	}
	folded := fold(text)
	s := strings.Join(strings.Fields(folded), "")
	if h.entity == "" {
		if m := entityRE.FindStringSubmatch(folded); m != nil {
			h.entity = cutEntity(m[1])
		}
	}
	if h.unit == "" {
		if m := unitRE.FindStringSubmatch(s); m != nil {
			h.unit = unitNamed(m[1])
		} else if m := rmbRE.FindStringSubmatch(s); m != nil {
			h.unit = unitNamed(m[1])
		} else if m := unitInRE.FindStringSubmatch(s); m != nil {
			h.unit = unitNamed(m[1])
		}
	}
	if strings.Contains(s, "会小企") || strings.Contains(s, "小企业会计准则") {
		h.small = true
	}
	if t, scope := titleOf(s); t != "" {
		if h.title == "" {
			h.title = t
		}
		if h.scope == "" {
			h.scope = scope
		}
	}
	if h.end.IsZero() && len([]rune(s)) <= 90 && !otherDate.MatchString(s) {
		if end, months, month, ok := readPeriod(folded); ok {
			h.end, h.months, h.month = end, months, month
		}
	}
}

func cutEntity(s string) string {
	for _, stop := range []string{"期间", "日期", "单位", "年度", "账号", "20"} {
		if i := strings.Index(s, stop); i > 0 {
			s = s[:i]
		}
	}
	return strings.TrimSpace(s)
}

// titleOf tells whether s is little more than a statement's title, and its scope.
func titleOf(s string) (Statement, dossier.Scope) {
	s = squeeze(s)
	if len([]rune(s)) > 60 {
		return "", ""
	}
	scope := dossier.Scope("")
	switch {
	case strings.Contains(s, "合并"):
		scope = dossier.ScopeConsolidated
	case strings.Contains(s, "母公司"):
		scope = dossier.ScopeSingle
	}
	switch {
	case strings.Contains(s, "资产负债表"):
		return BalanceSheet, scope
	case strings.Contains(s, "现金流量表"):
		return CashFlow, scope
	case strings.Contains(s, "利润表"), strings.Contains(s, "损益表"), strings.Contains(s, "利润及利润分配表"):
		return IncomeStatement, scope
	}
	return "", ""
}
