package metrics

// coverage: the template's required items that the report fills, as the report itself counts them.
var _ = add(Metric{Name: "coverage", Title: "要素覆盖", Order: 10, Measure: func(c *Case) Result {
	if c.Report == nil {
		return Result{Of: 1}
	}
	var r Result
	r.Good, r.Of = c.Report.Coverage.Filled, c.Report.Coverage.Required
	for _, m := range c.Report.Missing {
		r.Notes = append(r.Notes, m.Section+"："+m.Item)
	}
	return r
}})
