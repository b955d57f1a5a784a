// Package validators checks a dossier against rules that are data: completeness, validity, compliance and
// consistency. It is pure: the same dossier gives the same findings.
package validators

import (
	"slices"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/internal/datafile"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/validators/law"
)

// Input is everything that a check may look at.
type Input struct {
	Dossier *dossier.Dossier
	Figure  func(indicator, when string) (dossier.Figure, bool) // when: latest_year, prior_year, latest, same_last_year
	Issues  []finance.Issue
	ByID    func(id string) (dossier.Figure, bool)
	Explain func(dossier.Figure) string           // a computed figure with its arithmetic, in Chinese
	Same    func(dossier.Figure) []dossier.Figure // the same figure from other papers, nil when there are none
	Code    string                                // GB/T 4754 code with its section letter: C3525
}

// Result is the findings with the matrix of materials × checks.
type Result struct {
	Findings []report.Finding
	Matrix   report.Matrix
}

// outcome is what one check says of one subject.
type outcome struct {
	result     report.Result // "" for a pass
	severity   report.Severity
	docs       []string
	evidence   []report.Citation
	vars       map[string]string
	arithmetic string
	basis      []BasisRef // more than the rule's own
}

const pass report.Result = ""

// Checker applies a rule book and the requirement lists.
type Checker struct {
	Rules        []*Rule
	Requirements []*Requirement
	Laws         law.Book

	file, source map[string]string // of each rule by id, to name lines
}

// Check runs every rule and requirement. Findings come gravest first, then by rule and file.
func (c *Checker) Check(in *Input) Result {
	var res Result
	checks := map[string][]report.Check{} // by file
	for _, r := range c.Rules {
		if !r.When.match(in) {
			continue
		}
		for _, o := range r.kind.check(in, r) {
			res.Matrix.Checked++
			state := "pass"
			switch o.result {
			case pass:
				res.Matrix.Passed++
			case report.Fail:
				res.Matrix.Failed++
				state = "fail"
			default:
				res.Matrix.NotTestable++
				state = "not_testable"
			}
			for _, d := range o.docs {
				checks[d] = append(checks[d], report.Check{Rule: r.ID, Result: state})
			}
			if o.result != pass {
				res.Findings = append(res.Findings, c.finding(r, o))
			}
		}
	}
	c.require(in, &res, checks)
	sort.SliceStable(res.Findings, func(i, j int) bool {
		a, b := res.Findings[i], res.Findings[j]
		if (a.Result == report.Fail) != (b.Result == report.Fail) {
			return a.Result == report.Fail
		}
		if a.Severity.Rank() != b.Severity.Rank() {
			return a.Severity.Rank() < b.Severity.Rank()
		}
		if a.Rule != b.Rule {
			return a.Rule < b.Rule
		}
		return strings.Join(a.Documents, "|") < strings.Join(b.Documents, "|")
	})
	return res
}

func (c *Checker) finding(r *Rule, o outcome) report.Finding {
	f := report.Finding{Rule: r.ID, Title: r.Title, Kind: r.Kind, Severity: r.Severity, Result: o.result,
		Documents: o.docs, Evidence: o.evidence, Arithmetic: o.arithmetic, Remedy: r.Remedy, Accepts: r.Accepts,
		Message: r.say(o.vars)}
	if o.severity != "" {
		f.Severity = o.severity
	}
	if o.result == report.NotTestable {
		f.Message = r.Title + "：无法检查，" + o.vars["why"]
		if f.Severity.Rank() < report.Info.Rank() {
			f.Severity = report.Info
		}
	}
	f.Basis = c.basis(append(append([]BasisRef{}, r.Basis...), o.basis...))
	if f.Documents == nil {
		f.Documents = []string{}
	}
	if f.Evidence == nil {
		f.Evidence = []report.Citation{}
	}
	if f.Accepts == nil {
		f.Accepts = []string{}
	}
	return f
}

func (c *Checker) basis(refs []BasisRef) []report.Basis {
	out := []report.Basis{}
	for _, b := range refs {
		j := report.Basis{Law: b.Law, Article: b.Article, Bank: b.Bank, Name: b.Text}
		if b.Law != "" {
			j.Name = c.Laws.Name(b.Law, b.Article)
		} else if b.Bank != "" {
			j.Name = "行内规则 " + b.Bank
		}
		out = append(out, j)
	}
	return out
}

func (w When) match(in *Input) bool {
	app := in.Dossier.Application
	kind := string(report.Credit)
	if app.PostLoan() {
		kind = string(report.PostLoan)
	}
	if !datafile.Matches(w.Report, kind) || !datafile.Matches(w.Product, app.Product) || !datafile.Matches(w.Guarantee, app.Guarantee) || !datafile.Matches(w.Customer, app.CustomerType) {
		return false
	}
	if len(w.Has) > 0 && len(in.Dossier.Valid(w.Has...)) == 0 {
		return false
	}
	if len(w.Lacks) > 0 && len(in.Dossier.Valid(w.Lacks...)) > 0 {
		return false
	}
	if len(w.Collateral) > 0 && !slices.ContainsFunc(in.collateral(), func(k string) bool { return slices.Contains(w.Collateral, k) }) {
		return false
	}
	if len(w.Industry) > 0 {
		for _, p := range w.Industry {
			if strings.HasPrefix(in.Code, p) || strings.HasPrefix(strings.TrimLeft(in.Code, "ABCDEFGHIJKLMNOPQRST"), p) {
				return true
			}
		}
		return false
	}
	return true
}
