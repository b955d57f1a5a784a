package claims

import (
	"fmt"
	"regexp"
	"strings"
)

// clauseBefore is the text of the sentence from the last full stop or semicolon to the number.
func clauseBefore(s string, at int) string {
	start := 0
	for _, stop := range []string{"。", "；", "\n"} {
		if i := strings.LastIndex(s[:at], stop); i >= 0 {
			start = max(start, i+len(stop))
		}
	}
	return s[start:at]
}

func yearsOf(ns []Number) map[int]bool {
	out := map[int]bool{}
	for _, n := range ns {
		if n.Kind != Date {
			continue
		}
		for y := max(n.From.Year, n.Date.Year-10); y <= n.Date.Year && y > 0 && n.From.Year > 0; y++ {
			out[y] = true
		}
		if n.Date.Year > 0 {
			out[n.Date.Year] = true
		}
	}
	return out
}

// periodBefore is the last date named before the number in its clause that could be the number's period.
func periodBefore(in Input, n Number) (Number, bool) {
	clause := clauseBefore(in.Sentence, n.Start)
	// a comparison names the other period: 较2024年增长
	if i := lastIndexAny(clause, "较", "比", "同比", "相比", "上年", "年初", "期初"); i >= 0 {
		return Number{}, false
	}
	if reFromTo.MatchString(clause) {
		return Number{}, false
	}
	dates := Numbers(clause)
	for i := len(dates) - 1; i >= 0; i-- {
		if d := dates[i]; d.Kind == Date && d.Date.Year > 0 {
			return d, true
		}
	}
	return Number{}, false
}

func lastIndexAny(s string, words ...string) int {
	best := -1
	for _, w := range words {
		best = max(best, strings.LastIndex(s, w))
	}
	return best
}

// 由45.11%降至42.76%: the first number is the other period's
var reFromTo = regexp.MustCompile(`[由从自][^，。；]{0,6}$`)

var reList = regexp.MustCompile(`分别|依次|各为`)

// wrongPeriod catches the right number of the wrong year: the number is only a figure's, and the period named
// before it is not that figure's.
func wrongPeriod(in Input, n Number, f fact, known []fact, years map[int]bool) *Fault {
	if f.figure == nil || n.Kind == Date || f.figure.Period.End.IsZero() || len(years) == 0 {
		return nil
	}
	claim, ok := periodBefore(in, n)
	if !ok || reList.MatchString(clauseBefore(in.Sentence, n.Start)) {
		if years[f.figure.Period.End.Year] {
			return nil
		}
		ok = false
	}
	inPeriod := func(g fact) bool {
		if !ok {
			return g.figure == nil || years[g.figure.Period.End.Year]
		}
		if g.figure == nil {
			return true
		}
		end := Number{Kind: Date, Date: g.figure.Period.End}
		return datesAgree(claim.Date, claim.Edge, end.Date) || claim.Date.Year == g.figure.Period.End.Year && claim.Date.Month == 0
	}
	for _, g := range known {
		if g.bears(n) && inPeriod(g) {
			return nil
		}
	}
	if !ok && comparative(in, n) {
		return nil // 较上年… names the other year only by its relation
	}
	return &Fault{Kind: BadPeriod, Text: n.Text, Start: n.Start, End: n.End,
		Reason:  fmt.Sprintf("“%s”是%s的数值，与句中所述期间不符", n.Text, f.figure.Period.Chinese()),
		Nearest: f.figure.Period.Chinese() + "（" + f.by + "）"}
}

func comparative(in Input, n Number) bool {
	return lastIndexAny(clauseBefore(in.Sentence, n.Start), "较", "比", "上年", "去年", "年初", "期初", "由", "从") >= 0
}

var reChangeWord = regexp.MustCompile(`增|减|升|降|较|比|差|合计|其中|占`)

// swapped catches the number of another cited indicator: the indicator named last before the number has cited
// figures of this kind, none is equal, and the equal one is named elsewhere in the sentence.
func swapped(in Input, n Number, f fact, known []fact) *Fault {
	if f.figure == nil || n.Kind == Date {
		return nil
	}
	clause := clauseBefore(in.Sentence, n.Start)
	if reList.MatchString(clause) {
		return nil
	}
	name, at := "", -1
	for _, g := range known {
		if g.figure == nil || g.figure.Name == "" {
			continue
		}
		end := strings.LastIndex(clause, g.figure.Name)
		if end >= 0 {
			end += len(g.figure.Name)
		}
		if end > at || end == at && len(g.figure.Name) > len(name) {
			name, at = g.figure.Name, end
		}
	}
	if at < 0 || name == f.figure.Name || reChangeWord.MatchString(clause[at:]) || !strings.Contains(in.Sentence, f.figure.Name) {
		return nil
	}
	if strings.Contains(name, f.figure.Name) || strings.Contains(f.figure.Name, name) {
		return nil
	}
	has := false
	for _, g := range known {
		if g.figure != nil && g.figure.Name == name && g.Kind == f.Kind {
			has = true
			if g.bears(n) {
				return nil
			}
		}
	}
	if !has {
		return nil
	}
	return &Fault{Kind: BadSwap, Text: n.Text, Start: n.Start, End: n.End,
		Reason:  fmt.Sprintf("“%s”是%s的数值，不是%s的数值", n.Text, f.figure.Name, name),
		Nearest: f.figure.Name + "（" + f.by + "）"}
}
