package evals

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/xindiao/xindiao/evals/metrics"
)

type junitSuites struct {
	XMLName xml.Name     `xml:"testsuites"`
	Suites  []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Failure *junitFailure `xml:"failure,omitempty"`
	Output  string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
}

// WriteJUnit prints one suite a dossier and one case a metric, for CI; a case fails when it fell below the baseline
// or the run had an error.
func WriteJUnit(w io.Writer, c *Scorecard, changes []Change) error {
	var out junitSuites
	for _, d := range c.Dossiers {
		s := junitSuite{Name: d.Dossier}
		for _, m := range metrics.All() {
			tc := junitCase{Name: m.Name, Output: cell(m.Name, d.Scores[m.Name])}
			for _, ch := range changes {
				if ch.Fell && ch.Dossier == d.Dossier && ch.Metric == m.Name {
					tc.Failure = &junitFailure{ch.String()}
					s.Failures++
				}
			}
			s.Cases = append(s.Cases, tc)
		}
		for i, e := range d.Errors {
			s.Cases = append(s.Cases, junitCase{Name: fmt.Sprintf("run %d", i+1), Failure: &junitFailure{e}})
			s.Failures++
		}
		s.Tests = len(s.Cases)
		out.Suites = append(out.Suites, s)
	}
	for _, ch := range changes {
		if ch.Fell && ch.Metric == "" {
			out.Suites = append(out.Suites, junitSuite{Name: ch.Dossier + " 基线", Tests: 1, Failures: 1,
				Cases: []junitCase{{Name: "baseline", Failure: &junitFailure{ch.String()}}}})
		}
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	return enc.Encode(out)
}
