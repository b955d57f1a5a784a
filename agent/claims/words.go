package claims

import "regexp"

// Words beside a number that change what it claims.
var (
	reAboutBefore = regexp.MustCompile(`(?:大约|约为|约|大致|左右|合计约|接近于)\s?$`)
	reUnderBefore = regexp.MustCompile(`(?:接近|将近|近|不足|不到)\s?$`)
	reOverBefore  = regexp.MustCompile(`(?:超过|逾|超|突破|高于|多于)\s?$`)
	reAboutAfter  = regexp.MustCompile(`^(?:左右|上下)`)
	reOverAfter   = regexp.MustCompile(`^(?:以上|余|多)`)

	// a level reached (下降至5%) is no change of 5%, so 至 and 到 are not among the words between
	between = `(?:了|约|近|逾|额|幅|幅度|率|为|达|达到|超过|：|:|\s|人民币)*$`
	reDown  = regexp.MustCompile(`(?:下降|减少|降低|下滑|回落|降幅|减幅|缩减|下跌|压降|净流出|净亏损|亏损|亏)` + between)
	reUp    = regexp.MustCompile(`(?:增长|增加|上升|提高|提升|增幅|涨幅|上涨|净流入|盈利)` + between)
)

func hedge(s string, start, end int) Approx {
	before := s[max(0, start-24):start]
	switch {
	case reAboutBefore.MatchString(before) || reAboutAfter.MatchString(s[end:]):
		return About
	case reUnderBefore.MatchString(before):
		return Under
	case reOverBefore.MatchString(before) || reOverAfter.MatchString(s[end:]):
		return Over
	}
	return Exact
}

func change(before string) int {
	before = before[max(0, len(before)-48):]
	switch {
	case reDown.MatchString(before):
		return -1
	case reUp.MatchString(before):
		return 1
	}
	return 0
}
