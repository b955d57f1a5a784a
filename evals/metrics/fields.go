package metrics

import (
	"encoding/json"
	"slices"

	"github.com/xindiao/xindiao/evals/truth"
	"github.com/xindiao/xindiao/report"
)

// fields: the share of the truth's field values that were read from the same document, under whatever key.
var _ = add(Metric{Name: "fields", Title: "字段提取", Order: 2, Measure: func(c *Case) Result {
	var r Result
	for _, f := range sorted(c.Truth.Documents) {
		t := c.Truth.Documents[f]
		if t.Kind == archive {
			continue
		}
		have := readValues(c.document(f))
		for _, want := range truth.Scalars(t.Fields) {
			r.Of++
			if slices.ContainsFunc(have, func(got string) bool { return sameValue(want, got) }) {
				r.Good++
				continue
			}
			r.Notes = append(r.Notes, f+"："+want)
		}
	}
	return r
}})

// readValues are the leaves of the extracted fields. The way through JSON makes typed rows and decoded ones alike.
func readValues(d *report.DocumentJSON) []string {
	if d == nil {
		return nil
	}
	var out []string
	for _, k := range sorted(d.Fields) {
		raw, err := json.Marshal(d.Fields[k].Value)
		if err != nil {
			continue
		}
		var v any
		if json.Unmarshal(raw, &v) == nil {
			out = append(out, truth.Scalars(v)...)
		}
	}
	return out
}
