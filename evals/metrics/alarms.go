package metrics

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/report"
)

// alarms: failing findings of severity blocker or major that no planted defect bears out.
var _ = add(Metric{Name: "alarms", Title: "误报", Order: 4, Lower: true, Measure: func(c *Case) Result {
	m := c.match()
	var r Result
	for j, f := range m.fails {
		if m.taken[j] || f.Severity != report.Blocker && f.Severity != report.Major {
			continue
		}
		r.Good++
		r.Notes = append(r.Notes, fmt.Sprintf("%s［%s］%s（%s）", f.Rule, f.Severity, f.Message, strings.Join(sorted(findingFiles(f)), "、")))
	}
	return r
}})
