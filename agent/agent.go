// Package agent makes the trip from a borrower's folder to a review and a cited draft report, one file a step.
package agent

import (
	"context"

	"github.com/xindiao/xindiao/agent/voice"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/retrieval/chunk"
	"github.com/xindiao/xindiao/templates"
	"github.com/xindiao/xindiao/validators"
)

// Options of a trip; the zero value drafts without a model from the templates and rules that ship with xindiao.
type Options struct {
	Read     read.Options
	Override func(*dossier.Application) error // flags of the caller, laid over application.yaml
	Template string                           // id of a base template, "" to choose
	Model    llm.Generator                    // nil or llm.None: the templates' own sentences
	Policy   *finance.Policy                  // the bank's own configuration of the analysis; nil: the embedded examples
	Embedder llm.Embedder                     // nil: the embedded hashing embedder
	Chunk    chunk.Options                    // sizes of passages; zero: the embedded ones
	Rounds   int                              // how often a section goes back to the model with its faults; 0 means 2
	Progress func(Event)                      // called one at a time, from any goroutine
}

// Event is progress for a person.
type Event struct {
	Step  string `json:"step"`  // read, name, figures, check, write
	Text  string `json:"text"`  // in Chinese
	Done  int    `json:"done"`  // of Total
	Total int    `json:"total"` // 0 while unknown
}

// Agent holds what every trip needs: catalogue, rules, templates.
type Agent struct {
	Catalogue *types.Catalogue
	Checker   *validators.Checker
	Templates templates.Library
}

// New loads the data files that ship with xindiao.
func New() (*Agent, error) {
	cat, err := types.Load()
	if err != nil {
		return nil, err
	}
	checker, err := validators.Default()
	if err != nil {
		return nil, err
	}
	lib, err := templates.Embedded()
	if err != nil {
		return nil, err
	}
	return &Agent{Catalogue: cat, Checker: checker, Templates: lib}, nil
}

// Case is one dossier after intake, with everything that checking and writing need.
type Case struct {
	Dossier  *dossier.Dossier
	Figures  *finance.Set
	Study    *finance.Study
	Issues   []finance.Issue
	Code     string // GB/T 4754 with its letter: C3525; "" when unknown
	Industry string // name of the class
	Result   validators.Result
}

// Review reads and checks a dossier.
func (a *Agent) Review(ctx context.Context, dir string, opt Options) (*report.Review, error) {
	c, err := a.Intake(ctx, dir, opt)
	if err != nil {
		return nil, err
	}
	return a.ReviewCase(c), nil
}

// Draft reads and checks a dossier and drafts its report.
func (a *Agent) Draft(ctx context.Context, dir string, opt Options) (*report.Report, *report.Review, error) {
	c, err := a.Intake(ctx, dir, opt)
	if err != nil {
		return nil, nil, err
	}
	r, err := a.Write(ctx, c, opt)
	if err != nil {
		return nil, nil, err
	}
	return r, a.ReviewCase(c), nil
}

// ReviewCase shows a case as a review.
func (a *Agent) ReviewCase(c *Case) *report.Review {
	app := c.Dossier.Application
	r := &report.Review{Schema: report.SchemaReview, Documents: report.Documents(c.Dossier), Findings: c.Result.Findings, Matrix: c.Result.Matrix,
		Application: report.ApplicationJSON{Applicant: app.Applicant, Product: app.Product, Guarantee: app.Guarantee, AsOf: app.AsOf, Inferred: app.Inferred}}
	if !app.AmountCNY.IsZero() {
		r.Application.AmountCNY = app.AmountCNY.String()
	}
	for _, f := range c.Figures.All() {
		r.Figures = append(r.Figures, report.Figure(f))
	}
	if r.Findings == nil {
		r.Findings = []report.Finding{}
	}
	return r
}

func (a *Agent) voice(c *Case) *voice.Voice {
	return &voice.Voice{Dossier: c.Dossier, Figures: c.Figures, Findings: c.Result.Findings, Code: c.Code, Industry: c.Industry}
}

func (o Options) progress(step, text string, done, total int) {
	if o.Progress != nil {
		o.Progress(Event{step, text, done, total})
	}
}
