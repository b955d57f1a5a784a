package main

import (
	"context"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/server"
)

// engineOf lets the service drive the agent.
type engineOf struct {
	a   *agent.Agent
	opt agent.Options
}

func (e engineOf) with(o server.Overrides, progress func(server.Event)) agent.Options {
	opt := e.opt
	opt.Progress = func(ev agent.Event) { progress(server.Event(ev)) }
	flags := overrides{Applicant: o.Applicant, Product: o.Product, Guarantee: o.Guarantee, Customer: o.CustomerType, Industry: o.Industry,
		AsOf: o.AsOf.String(), Term: o.TermMonths}
	if !o.AmountCNY.IsZero() {
		flags.Amount = o.AmountCNY.String()
	}
	opt.Override = flags.apply
	return opt
}

func (e engineOf) Review(ctx context.Context, dir string, app server.Overrides, progress func(server.Event)) (*report.Review, error) {
	return e.a.Review(ctx, dir, e.with(app, progress))
}

func (e engineOf) Draft(ctx context.Context, dir string, o server.DraftOptions, progress func(server.Event)) (*report.Report, error) {
	r, _, err := e.a.Draft(ctx, dir, e.drafting(o, progress))
	return r, err
}

// drafting lays the kind that was asked for over the dossier's.
func (e engineOf) drafting(o server.DraftOptions, progress func(server.Event)) agent.Options {
	opt := e.with(o.Overrides, progress)
	opt.Template = o.Template
	if o.Kind != "" {
		inner := opt.Override
		opt.Override = func(app *dossier.Application) error {
			app.ReportKind = dossier.ReportCredit
			if o.Kind == report.PostLoan {
				app.ReportKind = dossier.ReportPostLoan
			}
			return inner(app)
		}
	}
	return opt
}
