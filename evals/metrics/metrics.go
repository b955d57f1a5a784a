// Package metrics measures what a review and a draft of a test dossier got right; each metric is a file of its own.
//
// The semantics are those of the project's yardstick (score-dossier.py), written anew: both give the same numbers
// on the same answers.
package metrics

import (
	"slices"
	"strings"

	"github.com/xindiao/xindiao/evals/truth"
	"github.com/xindiao/xindiao/report"
)

// Case is one dossier's truth and what was answered. Review or Report is nil when that run failed.
type Case struct {
	Truth  *truth.Truth
	Review *report.Review
	Report *report.Report

	matched *match
	said    []said
}

// Result counts. Of is 0 where there is no natural whole.
type Result struct {
	Good  int      `json:"good"`
	Of    int      `json:"of"`
	Notes []string `json:"-"` // what was missed or wrong, for a person
}

// Rate is Good/Of in basis points, 10000 when there was nothing to get right.
func (r Result) Rate() int {
	if r.Of == 0 {
		return 10000
	}
	return r.Good * 10000 / r.Of
}

// Metric measures one thing.
type Metric struct {
	Name    string
	Title   string // Chinese
	Order   int    // column in the table
	Lower   bool   // fewer is better: Good counts faults
	Measure func(*Case) Result
}

var all []Metric

func add(m Metric) bool {
	all = append(all, m)
	return true
}

// All returns the metrics in table order.
func All() []Metric {
	out := slices.Clone(all)
	slices.SortFunc(out, func(a, b Metric) int { return a.Order - b.Order })
	return out
}

// ByName finds a metric.
func ByName(name string) (Metric, bool) {
	i := slices.IndexFunc(all, func(m Metric) bool { return m.Name == name })
	if i < 0 {
		return Metric{}, false
	}
	return all[i], true
}

// document finds the reviewed document that a truth's path names: the same path, else the first that ends with it.
func (c *Case) document(name string) *report.DocumentJSON {
	if c.Review == nil {
		return nil
	}
	n := fold(name)
	var ends *report.DocumentJSON
	for i := range c.Review.Documents {
		d := &c.Review.Documents[i]
		switch f := fold(d.File); {
		case f == n:
			return d
		case ends == nil && strings.HasSuffix(f, n):
			ends = d
		}
	}
	return ends
}
