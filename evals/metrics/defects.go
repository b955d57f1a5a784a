package metrics

import "fmt"

// defects: the share of planted defects that a failing finding names.
var _ = add(Metric{Name: "defects", Title: "缺陷检出", Order: 3, Measure: func(c *Case) Result {
	m := c.match()
	r := Result{Good: len(m.finding), Of: len(c.Truth.Defects)}
	for i, d := range c.Truth.Defects {
		if _, ok := m.finding[i]; !ok {
			r.Notes = append(r.Notes, fmt.Sprintf("%s［%s］%s", d.ID, d.Severity, d.What))
		}
	}
	return r
}})
