package metrics

import (
	"fmt"

	"github.com/xindiao/xindiao/evals/truth"
	"github.com/xindiao/xindiao/report"
)

// traps: what looks wrong and is right, reported as a defect: a failing finding above info that names only the
// trap's files and speaks of what only looks wrong.
var _ = add(Metric{Name: "traps", Title: "陷阱", Order: 5, Lower: true, Measure: func(c *Case) Result {
	m := c.match()
	r := Result{Of: len(c.Truth.Traps)}
	for _, t := range c.Truth.Traps {
		for j, f := range m.fails {
			if !m.taken[j] && f.Severity != report.Info && trips(t, f) {
				r.Good++
				r.Notes = append(r.Notes, fmt.Sprintf("%s：%s %s", t.ID, f.Rule, f.Message))
				break
			}
		}
	}
	return r
}})

func trips(t truth.Trap, f report.Finding) bool {
	files := map[string]bool{}
	for _, x := range t.Files {
		files[base(x)] = true
	}
	named := findingFiles(f)
	if len(named) == 0 || common(named, files) < len(named) {
		return false
	}
	want := words(t.LooksLike)
	return common(want, words(findingText(f))) >= max(2, len(want)/4)
}
