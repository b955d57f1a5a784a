package validators

import (
	"fmt"

	"github.com/xindiao/xindiao/report"
)

// Requirement is one requirements/*.yaml file: the materials that a product asks for.
type Requirement struct {
	ID    string `yaml:"id"`
	Name  string `yaml:"name"`
	When  When   `yaml:"when"`
	Note  string `yaml:"note"`
	Owner string `yaml:"owner"`
	Since string `yaml:"since"`
	Items []Item `yaml:"items"`

	Examples []RequirementExample `yaml:"examples"`
}

// RequirementExample is a folder by its document types, and the items that must then be missing; Applies tells whether
// the list is asked for at all.
type RequirementExample struct {
	Name        string     `yaml:"name"`
	Applies     bool       `yaml:"applies"`
	Application ExampleApp `yaml:"application"`
	Code        string     `yaml:"code"` // GB/T 4754 code with its letter
	Has         []string   `yaml:"has"`
	Missing     []string   `yaml:"missing"` // rule ids, all of them
}

// Item is one material asked for; any of its types meets it.
type Item struct {
	Rule     string          `yaml:"rule"` // id of the finding when it is missing: COM012
	Name     string          `yaml:"name"`
	Types    []string        `yaml:"types"`
	Level    string          `yaml:"level"` // must, should
	Severity report.Severity `yaml:"severity"`
	When     When            `yaml:"when"`

	Basis    []BasisRef `yaml:"basis"` // why it is asked for
	Accepts  []string   `yaml:"accepts"`
	Message  string     `yaml:"message"` // default: 缺少 Name
	Evidence []string   `yaml:"evidence"`
}

func (q *Requirement) compile(file string) error {
	if q.ID != file || q.Name == "" || len(q.Items) == 0 || q.Owner == "" || q.Since == "" {
		return fmt.Errorf("%s.yaml: id must be the file's name; name, owner, since and items are needed", file)
	}
	if len(q.Examples) < 2 {
		return fmt.Errorf("%s.yaml: at least two examples are needed", file)
	}
	for i, it := range q.Items {
		if it.Rule == "" || it.Name == "" || len(it.Types) == 0 || it.Level != "must" && it.Level != "should" || len(it.Basis) == 0 {
			return fmt.Errorf("%s.yaml: item %d (%s): rule, name, types, level must|should and basis are needed", file, i+1, it.Name)
		}
	}
	return nil
}

// require fills the matrix and reports missing materials. When two lists ask for one thing, the first stands.
func (c *Checker) require(in *Input, res *Result, checks map[string][]report.Check) {
	done := map[string]bool{}
	for _, q := range c.Requirements {
		if !q.When.match(in) {
			continue
		}
		for _, it := range q.Items {
			if done[it.Rule] || !it.When.match(in) {
				continue
			}
			done[it.Rule] = true
			c.item(in, it, res, checks)
		}
	}
}

func (c *Checker) item(in *Input, it Item, res *Result, checks map[string][]report.Check) {
	valid := in.Dossier.Valid(it.Types...)
	row := report.MatrixRow{Item: it.Name, Level: it.Level, State: "present", Files: files(valid...), Checks: []report.Check{}}
	for _, f := range row.Files {
		row.Checks = append(row.Checks, checks[f]...)
	}
	res.Matrix.Checked++
	if len(valid) > 0 {
		res.Matrix.Passed++
		res.Matrix.Rows = append(res.Matrix.Rows, row)
		return
	}
	row.State = "missing"
	res.Matrix.Failed++
	res.Matrix.Rows = append(res.Matrix.Rows, row)
	f := report.Finding{Rule: it.Rule, Title: "缺少" + it.Name, Kind: report.Completeness, Severity: it.Severity, Result: report.Fail,
		Documents: []string{}, Message: it.Message, Evidence: []report.Citation{}, Basis: c.basis(it.Basis),
		Remedy: "补充" + it.Name, Accepts: it.Accepts}
	if f.Message == "" {
		f.Message = "未提供" + it.Name
	}
	if f.Severity == "" {
		f.Severity = report.Minor
	}
	for _, d := range in.Dossier.Valid(it.Evidence...) { // papers that show why it is needed
		f.Documents = append(f.Documents, d.File)
		f.Evidence = append(f.Evidence, report.Citation{File: d.File, Page: 1, Quote: d.TypeName})
	}
	for _, d := range in.Dossier.ByType(it.Types...) {
		if d.SupersededBy != "" || d.DuplicateOf != "" {
			f.Message += "（" + d.File + " 为旧版，不计）"
		}
	}
	if f.Accepts == nil {
		f.Accepts = []string{}
	}
	res.Findings = append(res.Findings, f)
}

// Types lists every document type that rules and requirements name, for the cross-reference test.
func (c *Checker) Types() map[string][]string {
	out := map[string][]string{}
	add := func(by string, ids ...string) {
		for _, id := range ids {
			out[id] = append(out[id], by)
		}
	}
	for _, q := range c.Requirements {
		for _, it := range q.Items {
			add(q.ID, append(append([]string{}, it.Types...), it.Evidence...)...)
			add(q.ID, it.When.Has...)
		}
	}
	for _, r := range c.Rules {
		add(r.ID, r.When.Has...)
		for _, ex := range r.Examples {
			for _, d := range ex.Documents {
				add(r.ID, d.Type)
			}
		}
		for _, ref := range r.refs() {
			add(r.ID, ref.Types...)
		}
	}
	return out
}

// refs lists the fields that a rule reads.
func (r *Rule) refs() []Ref {
	switch {
	case r.Expiry != nil:
		return []Ref{{r.Expiry.Types, r.Expiry.Field}}
	case r.MaxAge != nil:
		return []Ref{{r.MaxAge.Types, r.MaxAge.Field}}
	case r.Order != nil:
		return []Ref{r.Order.First, r.Order.Then}
	case r.Covers != nil:
		return []Ref{{r.Covers.Types, r.Covers.End}}
	case r.Ident != nil:
		return []Ref{{r.Ident.Types, r.Ident.Field}}
	case r.Match != nil:
		return []Ref{r.Match.Left, r.Match.Right}
	case r.Denial != nil:
		return append([]Ref{r.Denial.Says}, r.Denial.Against...)
	case r.Rows != nil:
		return []Ref{{r.Rows.Types, r.Rows.Rows}}
	case r.State != nil:
		return []Ref{{r.State.Types, r.State.Field}}
	case r.Phrase != nil:
		return []Ref{{r.Phrase.Types, r.Phrase.Rows}}
	case r.Signed != nil:
		return []Ref{{r.Signed.Types, ""}}
	case r.Votes != nil:
		return []Ref{{r.Votes.Resolution, "signers"}, {r.Votes.Articles, "decision_rule"}}
	case r.Paired != nil:
		return append([]Ref{r.Paired.Of}, r.Paired.With...)
	case r.Fresh != nil:
		return []Ref{{r.Fresh.Types, r.Fresh.Rows}}
	case r.Listed != nil:
		return []Ref{{r.Listed.Types, r.Listed.Rows}, {r.Listed.In, r.Listed.Amount}}
	case r.Present != nil:
		return []Ref{{r.Present.Types, ""}}
	}
	return nil
}
