package finance

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// role of an amount column.
type role int

const (
	roleNone    role = iota
	roleCurrent      // 期末余额, 本期金额
	rolePrior        // 年初余额, 上期金额
	roleMonth        // 本月数
	roleYTD          // 本年累计
	roleDated        // the column prints its own date or period
)

type column struct {
	at    int // index in the row
	role  role
	scope dossier.Scope
	end   dossier.Date // for roleDated
	month int          // months, for roleDated
	unit  dossier.Unit // printed in the column's own header
	label string
}

var (
	nameHeadRE = regexp.MustCompile(`^(?:项目|资产|负债|科目|报表项目|负债和|负债及|权益)`)
	currentRE  = regexp.MustCompile(`期末|年末(?:余额|数|金额)?$|本期|本年(?:数|金额|实际|发生)?|^金额$|^余额$|^数值$|当期|^本年度$`)
	priorRE    = regexp.MustCompile(`年初|期初|上期|上年|去年|上一?年度|同期|比较期`)
	monthColRE = regexp.MustCompile(`本月|当月`)
	ytdRE      = regexp.MustCompile(`累计`)
	skipColRE  = regexp.MustCompile(`行次|附注|注释|^注$|注号|增减|变动|比例|占比|序号|编号|备注|%`)
	hardSkipRE = regexp.MustCompile(`增减|增长|变动|比例|比率|占比|幅度|差异|调整数|影响数|%|‰`) // no amounts of a period, whatever else is said
	yearCellRE = regexp.MustCompile(`^20[0-4]\d(?:\.(?:0?[1-9]|1[0-2]))?$`)
	bareHeadRE = regexp.MustCompile(`^(?:20\d{2}(?:年|[-./]).{0,22}|20\d{2}(?:年度|年)?|20\d{2}Q[1-4])$`)
)

// colWords are left out of a header cell before its date or role is read.
var colWords = strings.NewReplacer("合并", "", "母公司", "", "本集团", "", "本公司", "", "[", "", "]", "", "截至", "", "(已重述)", "", "(经重述)", "",
	"(经审计)", "", "(未经审计)", "", "(未审计)", "", "(已审计)", "")

func isNameHead(s string) bool {
	s = squeeze(s)
	return len([]rune(s)) <= 24 && nameHeadRE.MatchString(s) && !strings.ContainsAny(s, ":") &&
		!strings.HasSuffix(s, "合计") && !strings.HasSuffix(s, "总计") && !strings.Contains(s, "负债表")
}

// columnOf reads one header cell; ok is false when it heads no amounts.
func columnOf(text string) (c column, ok bool) {
	s := squeeze(text)
	if s == "" || len([]rune(s)) > 40 || hardSkipRE.MatchString(s) || skipColRE.MatchString(s) && !priorRE.MatchString(s) && !currentRE.MatchString(s) {
		return c, false
	}
	c.label = s
	switch {
	case strings.Contains(s, "合并"), strings.Contains(s, "本集团"):
		c.scope = dossier.ScopeConsolidated
	case strings.Contains(s, "公司"):
		c.scope = dossier.ScopeSingle
	}
	core := unitInRE.ReplaceAllString(s, "")
	core = colWords.Replace(core)
	switch {
	case strings.ContainsAny(core, ":"):
		return c, false
	case bareHeadRE.MatchString(core):
		if len(core) == 4 {
			core += "年"
		}
		end, months, _, ok := readPeriod(core)
		if !ok {
			return c, false
		}
		c.role, c.end, c.month = roleDated, end, months
	case priorRE.MatchString(core):
		c.role = rolePrior
	case ytdRE.MatchString(core):
		c.role = roleYTD
	case monthColRE.MatchString(core):
		c.role = roleMonth
	case currentRE.MatchString(core):
		c.role = roleCurrent
	default:
		return c, false
	}
	return c, true
}

// period of an amount in column c of statement s under header h; note carries what the reader must know.
func (h *header) period(s Statement, c column, all []column) (p dossier.Period, note string, ok bool) {
	end, months := h.end, h.months
	if c.role == roleDated {
		end, months = c.end, c.month
		if s == BalanceSheet && end.Month == 1 && end.Day == 1 { // the opening of the year is the closing of the one before
			return dossier.At(end.AddDays(-1)), "年初数（可能经调整）", true
		}
	}
	if end.IsZero() {
		return p, "", false
	}
	if s == BalanceSheet {
		if c.role == rolePrior {
			if strings.Contains(c.label, "同期") {
				return dossier.At(sameDay(end)), "", true
			}
			return dossier.At(dossier.NewDate(end.Year-1, 12, 31)), "", true
		}
		return dossier.At(end.MonthEnd()), "", true
	}
	if months == 0 { // a day above a flow: from January to it
		months = int(end.Month)
		if months != 12 && c.role != roleYTD {
			note = "表头只印截止日，按年初至该日累计数理解"
		}
	}
	has := func(r role) bool {
		for _, o := range all {
			if o.role == r {
				return true
			}
		}
		return false
	}
	switch c.role {
	case roleMonth:
		months = 1
	case roleYTD:
		months = int(end.Month)
	case roleCurrent:
		switch {
		case h.month && has(roleYTD):
			months = 1
		case h.month && months != 12:
			note = "表头只印月份，按年初至该月累计数理解"
		}
	case rolePrior:
		if h.month && has(roleYTD) && !strings.Contains(c.label, "累计") && !strings.Contains(c.label, "上年") {
			months = 1
		}
		if strings.Contains(c.label, "上年") && !strings.Contains(c.label, "同期") && !strings.Contains(c.label, "累计") &&
			int(end.Month) != 12 && strings.Contains(c.label, "全年") {
			return dossier.Span(dossier.NewDate(end.Year-1, 12, 31), 12), "", true
		}
		return dossier.Span(sameDay(end), months), "", true
	}
	if c.role == roleDated && c.month == 0 {
		months = int(end.Month)
	}
	return dossier.Span(end.MonthEnd(), months), note, true
}

// sameDay is the month end one year earlier.
func sameDay(d dossier.Date) dossier.Date {
	return dossier.NewDate(d.Year-1, int(d.Month), 1).MonthEnd()
}

// restated tells whether the column prints 1 January beside the 31 December before it: what a new standard made of
// that closing, not what was closed.
func (c column) restated(s Statement, all []column) bool {
	if s != BalanceSheet || c.role != roleDated || c.end.Month != 1 || c.end.Day != 1 {
		return false
	}
	for _, o := range all {
		if o.role == roleDated && o.end == c.end.AddDays(-1) && o.scope == c.scope {
			return true
		}
	}
	return false
}
