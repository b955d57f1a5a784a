package agent

import (
	"context"

	"github.com/xindiao/xindiao/agent/analysis"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Finance reads a dossier and shows everything that its numbers say; only names sections (analysis.Names), none means
// all. Money in tables is in unit, dossier.Yuan or dossier.WanYuan.
func (a *Agent) Finance(ctx context.Context, dir string, opt Options, unit dossier.Unit, only ...string) (*analysis.Analysis, error) {
	c, err := a.Intake(ctx, dir, opt)
	if err != nil {
		return nil, err
	}
	return a.FinanceCase(c, unit, only...), nil
}

// FinanceCase is Finance of a case that was taken in before.
func (a *Agent) FinanceCase(c *Case, unit dossier.Unit, only ...string) *analysis.Analysis {
	w := &writer{a: a, c: c, v: a.voice(c)}
	r := &report.Report{Schema: analysis.Schema, Kind: report.Finance, Missing: []report.MissingItem{}, Findings: []report.Finding{},
		Materials: a.materials(c.Dossier), Generation: report.Generation{Model: "none", Prompts: map[string]string{}}}
	r.Cover = w.cover()
	v := &analysis.View{Study: c.Study, Dossier: c.Dossier, Unit: unit}
	r.Sections = v.Sections(only...)
	for _, f := range c.Figures.All() {
		r.Figures = append(r.Figures, report.Figure(f))
	}
	return &analysis.Analysis{Report: r, Issues: analysis.Issues(c.Study), Undefined: analysis.UndefinedRatios(c.Study)}
}
