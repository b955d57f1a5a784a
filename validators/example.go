package validators

import (
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

// Example is a small dossier that a rule carries to show when it fires and when it must not.
type Example struct {
	Name        string            `yaml:"name"`
	Expect      string            `yaml:"expect"` // fail, pass, not_testable, none
	Says        string            `yaml:"says"`   // words that the message must hold
	Application ExampleApp        `yaml:"application"`
	Documents   []ExampleDoc      `yaml:"documents"`
	Figures     map[string]string `yaml:"figures"` // "debt_ratio@latest": "0.71"
	Issue       string            `yaml:"issue"`   // kind of a finance issue
	Problem     string            `yaml:"problem"` // kind of a problem of the folder as a whole
}

// ExampleApp is the part of the application that an example needs; as_of defaults to 2026-09-30.
type ExampleApp struct {
	AsOf        dossier.Date `yaml:"as_of"`
	Lender      string       `yaml:"lender"`
	Applicant   string       `yaml:"applicant"`
	Product     string       `yaml:"product"`
	Guarantee   string       `yaml:"guarantee"`
	Customer    string       `yaml:"customer"`
	Report      string       `yaml:"report"`
	CheckPeriod string       `yaml:"check_period"`
	AmountCNY   string       `yaml:"amount_cny"`
}

// ExampleDoc is a document of an example.
type ExampleDoc struct {
	Type    string                         `yaml:"type"`
	File    string                         `yaml:"file"`
	Text    string                         `yaml:"text"`
	Scan    bool                           `yaml:"scan"`
	Old     bool                           `yaml:"old"` // superseded
	Problem string                         `yaml:"problem"`
	Fields  map[string]string              `yaml:"fields"`
	Rows    map[string][]map[string]string `yaml:"rows"`
}

// RunExamples runs every rule's examples and reports all that do not hold.
func (c *Checker) RunExamples() error {
	var errs []error
	for _, r := range c.Rules {
		for _, ex := range r.Examples {
			if err := c.runExample(r, ex); err != nil {
				errs = append(errs, fmt.Errorf("rules/%s: example %q: %w", r.ID, ex.Name, err))
			}
		}
	}
	return errors.Join(errs...)
}

// RunRequirementExamples runs the requirement lists' examples.
func (c *Checker) RunRequirementExamples() error {
	var errs []error
	for _, q := range c.Requirements {
		for _, ex := range q.Examples {
			in := (Example{Application: ex.Application}).input(&Rule{})
			in.Code = ex.Code
			for i, t := range ex.Has {
				in.Dossier.Documents = append(in.Dossier.Documents, (ExampleDoc{Type: t}).document(i))
			}
			res := (&Checker{Requirements: []*Requirement{q}, Laws: c.Laws}).Check(in)
			var got []string
			for _, f := range res.Findings {
				got = append(got, f.Rule)
			}
			sort.Strings(got)
			if applies := res.Matrix.Checked > 0; applies != ex.Applies {
				errs = append(errs, fmt.Errorf("requirements/%s: example %q: applies %v, want %v", q.ID, ex.Name, applies, ex.Applies))
			} else if strings.Join(got, " ") != strings.Join(ex.Missing, " ") {
				errs = append(errs, fmt.Errorf("requirements/%s: example %q: missing %v, want %v", q.ID, ex.Name, got, ex.Missing))
			}
		}
	}
	return errors.Join(errs...)
}

func (c *Checker) runExample(r *Rule, ex Example) error {
	in := ex.input(r)
	one := &Checker{Rules: []*Rule{r}, Laws: c.Laws}
	res := one.Check(in)
	got := "pass"
	if res.Matrix.Checked == 0 {
		got = "none"
	}
	message := ""
	for _, f := range res.Findings {
		message = f.Message
		if got != "fail" {
			got = string(f.Result)
		}
	}
	want := ex.Expect
	if got != want && !(want == "pass" && got == "none") {
		return fmt.Errorf("got %s, want %s (%s)", got, want, message)
	}
	if ex.Says != "" && !strings.Contains(message, ex.Says) {
		return fmt.Errorf("message %q does not say %q", message, ex.Says)
	}
	if strings.Contains(message, "no value") || strings.Contains(message, "%!") {
		return fmt.Errorf("message %q has a hole", message)
	}
	return nil
}

func (ex Example) input(r *Rule) *Input {
	app := dossier.Application{AsOf: ex.Application.AsOf, Lender: ex.Application.Lender, Applicant: ex.Application.Applicant,
		Product: ex.Application.Product, Guarantee: ex.Application.Guarantee, CustomerType: ex.Application.Customer,
		CheckPeriod: ex.Application.CheckPeriod, ReportKind: dossier.ReportCredit}
	if app.AsOf.IsZero() {
		app.AsOf = dossier.NewDate(2026, 9, 30)
	}
	if ex.Application.Report == string(report.PostLoan) || app.CheckPeriod != "" {
		app.ReportKind = dossier.ReportPostLoan
	}
	if ex.Application.AmountCNY != "" {
		app.AmountCNY = dossier.D(ex.Application.AmountCNY)
	}
	fillWhen(&app, r.When)
	d := &dossier.Dossier{Application: app}
	for i, e := range ex.Documents {
		d.Documents = append(d.Documents, e.document(i))
	}
	if ex.Problem != "" {
		d.Problems = []dossier.Problem{{Kind: dossier.ErrorKind(ex.Problem), Msg: "示例"}}
	}
	in := &Input{Dossier: d}
	in.Figure = func(indicator, when string) (dossier.Figure, bool) {
		v, ok := ex.Figures[indicator+"@"+when]
		if !ok {
			return dossier.Figure{}, false
		}
		return exampleFigure(indicator, when, v), true
	}
	if ex.Issue != "" {
		in.Issues = []finance.Issue{{Kind: ex.Issue, Message: "示例"}}
	}
	return in
}

// fillWhen gives an example's application what the rule asks for, unless the example says otherwise.
func fillWhen(app *dossier.Application, w When) {
	set := func(p *string, list []string) {
		if *p == "" && len(list) > 0 {
			*p = list[0]
		}
	}
	set(&app.Product, w.Product)
	set(&app.Guarantee, w.Guarantee)
	set(&app.CustomerType, w.Customer)
	if len(w.Report) == 1 && w.Report[0] == string(report.PostLoan) {
		app.ReportKind = dossier.ReportPostLoan
	}
}

func exampleFigure(indicator, when, value string) dossier.Figure {
	f := dossier.Figure{Indicator: indicator, Name: indicator, Unit: dossier.Yuan, Value: dossier.D(value),
		Period: dossier.Span(dossier.NewDate(2025, 12, 31), 12)}
	switch when {
	case "prior_year":
		f.Period.End.Year--
	case "latest":
		f.Period = dossier.At(dossier.NewDate(2026, 8, 31))
	}
	if strings.HasSuffix(indicator, "ratio") || strings.HasSuffix(indicator, "cover") {
		f.Unit = dossier.Ratio
	}
	return f
}

func (e ExampleDoc) document(i int) *dossier.Document {
	d := &dossier.Document{File: e.File, Type: e.Type, TypeName: e.Type, Scan: e.Scan, Fields: map[string]dossier.Field{},
		Pages: []dossier.Page{{Number: 1, Text: e.Text}}}
	if d.File == "" {
		d.File = fmt.Sprintf("%02d_%s", i+1, e.Type)
	}
	if e.Old {
		d.SupersededBy = "新版"
	}
	if e.Problem != "" {
		d.Problems = []dossier.Problem{{Kind: dossier.ErrorKind(e.Problem), Msg: "示例"}}
	}
	for k, v := range e.Fields {
		d.Fields[k] = dossier.Field{Key: k, Value: v, Raw: v, At: dossier.Place{File: d.File, Page: 1}}
	}
	for k, rows := range e.Rows {
		f := dossier.Field{Key: k, Kind: dossier.KindRows}
		for _, row := range rows {
			cells := map[string]dossier.Field{}
			for ck, cv := range row {
				kind := dossier.KindText
				if strings.Contains(ck, "amount") || strings.Contains(ck, "balance") {
					kind = dossier.KindMoney
				}
				cells[ck] = dossier.Field{Key: ck, Kind: kind, Value: cv, Raw: cv}
			}
			f.Rows = append(f.Rows, dossier.Row{Cells: cells, At: dossier.Place{File: d.File, Page: 1}})
		}
		d.Fields[k] = f
	}
	return d
}
