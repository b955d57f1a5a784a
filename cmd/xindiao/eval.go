package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/evals"
	"github.com/xindiao/xindiao/report"
)

type evalCmd struct {
	Suite    []string `arg:"" optional:"" help:"Suite to run: dossiers; or one of pdf, tables, annual, filings, invoices, retrieval." default:"dossiers"`
	Data     string   `help:"Folder of dossiers with truth.yaml files; for pdf and tables one with made and truth; for annual and filings the finglm set; for invoices the ledgers; for retrieval, which asks its questions on the law without one, the question sets." type:"path"`
	Baseline string   `help:"Committed scorecard to compare with; a fall is an error." type:"path"`
	Format   string   `help:"text, json or junit." default:"text" enum:"text,json,junit"`
	Out      string   `help:"Also write the scorecard's JSON to this file." type:"path"`
	Verbose  bool     `help:"Say what each metric missed." short:"v"`
	OCR      string   `help:"OCR engine: auto, embedded, native, none, paddle:URL or vision:MODEL@URL." default:"auto"`
	Cache    string   `help:"Folder of kept readings to use; the scorecard then says so." default:"off"`
	Limits   string   `help:"YAML file of limits on files, memory and time." type:"path" env:"XINDIAO_LIMITS"`
	modelFlags
}

// runner lets evals drive the product; a dossier is read once for its review and its draft.
type runner struct {
	a   *agent.Agent
	opt agent.Options
	dir string
	c   *agent.Case
}

func (r *runner) open(ctx context.Context, dir string) (*agent.Case, error) {
	if r.dir == dir && r.c != nil {
		return r.c, nil
	}
	c, err := r.a.Intake(ctx, dir, r.opt)
	r.dir, r.c = dir, c
	return c, err
}

func (r *runner) Review(ctx context.Context, dir string) (*report.Review, error) {
	c, err := r.open(ctx, dir)
	if err != nil {
		return nil, err
	}
	return r.a.ReviewCase(c), nil
}

func (r *runner) Draft(ctx context.Context, dir string) (*report.Report, error) {
	c, err := r.open(ctx, dir)
	if err != nil {
		return nil, err
	}
	return r.a.Write(ctx, c, r.opt)
}

func (c *evalCmd) Run(ctx context.Context) error {
	if c.Data == "" && !slices.Equal(c.Suite, []string{"retrieval"}) {
		return usageError{"--data is needed: the folder of " + strings.Join(c.Suite, ", ")}
	}
	for _, s := range c.Suite {
		if readSuites[s] != nil && len(c.Suite) == 1 {
			return c.readSuite(ctx, s)
		}
		if s != "dossiers" {
			return usageError{"no suite named " + s + " to run here; there are dossiers, and alone: pdf, tables, annual, filings, invoices, retrieval"}
		}
	}
	a, opt, err := open(ctx, overrides{OCR: c.OCR, readFlags: readFlags{Cache: c.Cache, Limits: c.Limits}}, c.modelFlags, nil)
	if err != nil {
		return err
	}
	card, err := evals.Dossiers(ctx, c.Data, &runner{a: a, opt: opt}, evals.Options{Model: c.LLM, OCR: opt.Read.OCR.Name(), Cached: opt.Read.Cache != "",
		Progress: func(s string) { fmt.Fprintln(os.Stderr, s) }})
	if err != nil {
		return err
	}
	return c.show(card)
}

func (c *evalCmd) show(card *evals.Scorecard) error {
	data, err := card.JSON()
	if err != nil {
		return err
	}
	if c.Out != "" {
		if err := os.WriteFile(c.Out, data, 0o644); err != nil {
			return err
		}
	}
	var changes []evals.Change
	fell := false
	if c.Baseline != "" {
		old, err := evals.Load(c.Baseline)
		if err != nil {
			return err
		}
		changes, fell = evals.Compare(old, card)
	}
	switch c.Format {
	case "json":
		_, err = os.Stdout.Write(data)
	case "junit":
		err = evals.WriteJUnit(os.Stdout, card, changes)
	default:
		if err = evals.WriteText(os.Stdout, card, c.Verbose); err == nil && c.Baseline != "" {
			err = evals.WriteChanges(os.Stdout, changes)
		}
	}
	if err == nil && fell {
		return &dossier.Error{Kind: dossier.ErrInput, File: c.Baseline, Msg: "评分低于基线"}
	}
	return err
}
