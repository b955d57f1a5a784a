package finance

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/finance/repay"
)

var projectIDRE = regexp.MustCompile(`^project_([a-z_]+)_y(\d{2})$`)

var projectYearNames = map[string]string{"net_flow": "净现金流量", "cfads": "可用于还本付息资金", "service": "应还本付息", "dscr": "偿债备付率"}

// repayName names the figures that come once a stress case or once a year of a project: the indicator's name with the
// case or the year behind it; "" when id is none of them.
func repayName(id string) string {
	for _, c := range repay.TheStress().Cases {
		if base, ok := strings.CutSuffix(id, "_"+c.ID); ok && otherNames[base] != "" {
			return otherNames[base] + "（" + c.Name + "）"
		}
	}
	m := projectIDRE.FindStringSubmatch(id)
	if m == nil {
		return ""
	}
	name := projectYearNames[m[1]]
	for _, r := range repay.ProjectRows() {
		if r.ID == m[1] {
			name = r.Name
		}
	}
	if name == "" {
		return ""
	}
	return "项目" + name + "（第" + strings.TrimPrefix(m[2], "0") + "年）"
}
