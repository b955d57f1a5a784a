package metrics

import (
	"slices"
	"strings"

	"github.com/xindiao/xindiao/evals/truth"
	"github.com/xindiao/xindiao/report"
)

// near are the kinds that a finding may have for a defect: what one bank calls compliance another calls validity.
var near = map[string][]string{
	"consistency":  {"financial", "fraud", "compliance", "validity", "postloan"},
	"financial":    {"consistency", "fraud", "compliance", "postloan"},
	"fraud":        {"consistency", "financial", "compliance", "postloan"},
	"compliance":   {"validity", "consistency", "completeness", "postloan", "financial", "fraud"},
	"validity":     {"compliance", "completeness", "consistency", "postloan"},
	"completeness": {"compliance", "validity", "postloan"},
	"postloan":     {"compliance", "financial", "fraud", "consistency", "validity", "completeness"},
}

// match pairs planted defects with failing findings, one to one.
type match struct {
	fails   []report.Finding
	finding map[int]int  // defect -> finding
	taken   map[int]bool // findings that are paired
}

type pair struct {
	score2          int // twice the score: words count half
	defect, finding int
}

// match builds the match once a case. A pair needs a kind that fits, three words in common, and a file in common,
// or for an absent material four words, or two telling numbers; the best overlap is paired first.
func (c *Case) match() *match {
	if c.matched != nil {
		return c.matched
	}
	m := &match{finding: map[int]int{}, taken: map[int]bool{}}
	if c.Review != nil {
		for _, f := range c.Review.Findings {
			if f.Result == report.Fail || f.Result == "" {
				m.fails = append(m.fails, f)
			}
		}
	}
	var all []pair
	for i, d := range c.Truth.Defects {
		for j, f := range m.fails {
			if s, ok := overlap(d, f); ok {
				all = append(all, pair{s, i, j})
			}
		}
	}
	slices.SortFunc(all, func(a, b pair) int {
		switch {
		case a.score2 != b.score2:
			return b.score2 - a.score2
		case a.defect != b.defect:
			return b.defect - a.defect
		}
		return b.finding - a.finding
	})
	for _, p := range all {
		if _, done := m.finding[p.defect]; !done && !m.taken[p.finding] {
			m.finding[p.defect], m.taken[p.finding] = p.finding, true
		}
	}
	c.matched = m
	return m
}

func overlap(d truth.Defect, f report.Finding) (int, bool) {
	exact := string(f.Kind) == d.Kind
	if !exact && !slices.Contains(near[d.Kind], string(f.Kind)) {
		return 0, false
	}
	files, absent := map[string]bool{}, false
	for _, x := range d.Files {
		if strings.HasPrefix(x, "(") {
			absent = true
		} else {
			files[base(x)] = true
		}
	}
	want, have := words(d.What+" "+d.Why), words(findingText(f))
	shared := common(files, findingFiles(f))
	n := common(want, have)
	nums := common(telling(want), have)
	if n < 3 || shared == 0 && !(absent && n >= 4) && nums < 2 {
		return 0, false
	}
	s := 6*shared + 4*nums + n
	if exact {
		s += 6
	}
	return s, true
}

func findingText(f report.Finding) string {
	parts := []string{f.Message, f.Arithmetic, f.Remedy, strings.Join(f.Accepts, " ")}
	for _, e := range f.Evidence {
		parts = append(parts, e.Quote)
	}
	return strings.Join(parts, " ")
}

func findingFiles(f report.Finding) map[string]bool {
	out := map[string]bool{}
	for _, d := range f.Documents {
		out[base(d)] = true
	}
	for _, e := range f.Evidence {
		if e.File != "" {
			out[base(e.File)] = true
		}
	}
	return out
}
