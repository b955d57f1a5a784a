package analysis

import (
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

// Schema names the JSON layout of Analysis. Keys may be added, none renamed.
const Schema = "xindiao.finance/v1"

// Analysis is what `xindiao finance` writes: a report's sections and figures, and beside them what a program wants
// without reading Chinese.
type Analysis struct {
	*report.Report
	Issues    []Issue     `json:"issues"`
	Undefined []Undefined `json:"undefined"`
}

// Issue is something that does not fit, with its evidence.
type Issue struct {
	Kind       string            `json:"kind"`
	Indicator  string            `json:"indicator,omitempty"`
	Entity     string            `json:"entity,omitempty"`
	Period     string            `json:"period,omitempty"`
	Expected   string            `json:"expected,omitempty"`
	Actual     string            `json:"actual,omitempty"`
	Diff       string            `json:"diff,omitempty"`
	Message    string            `json:"message"`
	Arithmetic string            `json:"arithmetic,omitempty"`
	Doubtful   bool              `json:"doubtful,omitempty"` // rests on a scan
	Documents  []string          `json:"documents"`
	Figures    []string          `json:"figures"`
	Evidence   []report.Citation `json:"evidence"`
}

// Undefined is a ratio without a value.
type Undefined struct {
	Indicator string `json:"indicator"`
	Name      string `json:"name"`
	Entity    string `json:"entity"`
	Period    string `json:"period"`
	Why       string `json:"why"`
}

// Issues are the study's issues for JSON, in the study's order.
func Issues(st *finance.Study) []Issue {
	out := []Issue{}
	for _, is := range st.Issues {
		j := Issue{Kind: is.Kind, Indicator: is.Indicator, Entity: is.Entity, Message: is.Message, Arithmetic: is.Arithmetic, Doubtful: is.Doubtful,
			Documents: append([]string{}, is.Docs...), Figures: []string{}, Evidence: []report.Citation{}}
		if !is.Period.End.IsZero() {
			j.Period = is.Period.String()
		}
		if !is.Expected.IsZero() || !is.Actual.IsZero() {
			j.Expected, j.Actual, j.Diff = is.Expected.String(), is.Actual.String(), is.Diff.String()
		}
		seen := map[dossier.Place]bool{}
		for _, f := range is.Figures {
			if f.ID != "" {
				j.Figures = append(j.Figures, f.ID)
			}
			if f.Source != nil && !seen[f.Source.Place] {
				seen[f.Source.Place] = true
				j.Evidence = append(j.Evidence, report.Cite(f.Source.Place))
			}
		}
		for _, p := range is.Places {
			if !seen[p] {
				seen[p] = true
				j.Evidence = append(j.Evidence, report.Cite(p))
			}
		}
		out = append(out, j)
	}
	return out
}

// UndefinedRatios are the ratios without a value, for JSON.
func UndefinedRatios(st *finance.Study) []Undefined {
	out := []Undefined{}
	for _, u := range st.Undefined {
		out = append(out, Undefined{u.ID, u.Name, u.Entity, u.Period.String(), u.Why})
	}
	return out
}
