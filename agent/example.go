package agent

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/templates"
)

// RunTemplateExamples drafts the small dossiers that templates carry and checks what they must say.
func (a *Agent) RunTemplateExamples(ctx context.Context) error {
	var errs []error
	for id, t := range a.Templates {
		for _, e := range t.Examples {
			if !e.Applies {
				continue
			}
			c, err := exampleCase(e)
			if err == nil {
				err = a.runExample(ctx, c, e)
			}
			if err != nil {
				errs = append(errs, fmt.Errorf("templates/%s.yaml: example %q: %w", id, e.Name, err))
			}
		}
	}
	return errors.Join(errs...)
}

func (a *Agent) runExample(ctx context.Context, c *Case, e templates.Example) error {
	r, err := a.Write(ctx, c, Options{})
	if err != nil {
		return err
	}
	text := strings.ReplaceAll(words(r.Sections), ",", "") // an example need not write separators
	var errs []error
	for _, s := range e.Says {
		if !strings.Contains(text, s) {
			errs = append(errs, fmt.Errorf("does not say %q", s))
		}
	}
	for _, g := range e.Gaps {
		if !slices.ContainsFunc(r.Missing, func(m report.MissingItem) bool { return m.Item == g }) {
			errs = append(errs, fmt.Errorf("does not name the gap %q", g))
		}
	}
	return errors.Join(errs...)
}

func words(sections []report.Section) string {
	var b strings.Builder
	for _, s := range sections {
		for _, bl := range s.Blocks {
			for _, c := range bl.Claims {
				b.WriteString(c.Text + "\n")
			}
		}
		b.WriteString(words(s.Sections))
	}
	return b.String()
}

func exampleCase(e templates.Example) (*Case, error) {
	d := &dossier.Dossier{Application: e.Application()}
	d.Application.Applicant = "某某有限公司"
	for i, ed := range e.Documents {
		d.Documents = append(d.Documents, exampleDocument(i, ed))
	}
	c := &Case{Dossier: d, Code: e.Industry, Figures: finance.NewSet(d.Application.Applicant)}
	for key, value := range e.Figures {
		indicator, span, _ := strings.Cut(key, "@")
		p, err := parsePeriod(span)
		if err != nil {
			return nil, err
		}
		c.Figures.Add(dossier.Figure{Indicator: indicator, Period: p, Value: dossier.D(value), Unit: dossier.Yuan, Basis: dossier.BasisUnaudited,
			Source: &dossier.Source{Place: dossier.Place{File: "报表", Page: 1, Quote: key}, Printed: value, Unit: dossier.Yuan}})
	}
	c.Study = &finance.Study{Set: c.Figures, Periods: c.Figures.ReportPeriods("", reportYears)}
	c.Figures.Ratios("", c.Study.Periods)
	return c, nil
}

func exampleDocument(i int, ed templates.ExampleDocument) *dossier.Document {
	d := &dossier.Document{File: fmt.Sprintf("%02d_%s", i+1, ed.Type), Type: ed.Type, TypeName: ed.Type, Fields: map[string]dossier.Field{},
		Pages: []dossier.Page{{Number: 1, Text: ed.Text}}}
	at := dossier.Place{File: d.File, Page: 1, Quote: ed.Type}
	for k, v := range ed.Fields {
		kind := dossier.FieldKind(ed.Kinds[k])
		if kind == "" {
			kind = dossier.KindText
		}
		d.Fields[k] = dossier.Field{Key: k, Kind: kind, Value: v, Raw: v, At: at}
	}
	for k, rows := range ed.Rows {
		f := dossier.Field{Key: k, Kind: dossier.KindRows, At: at}
		for _, row := range rows {
			cells := map[string]dossier.Field{}
			for ck, cv := range row {
				cells[ck] = dossier.Field{Key: ck, Value: cv, Raw: cv, At: at}
			}
			f.Rows = append(f.Rows, dossier.Row{Cells: cells, At: at})
		}
		d.Fields[k] = f
	}
	return d
}

// parsePeriod reads 2025-12-31 or 2025-01-01/2025-12-31.
func parsePeriod(s string) (dossier.Period, error) {
	from, to, span := strings.Cut(s, "/")
	if !span {
		end, err := dossier.ParseDate(s)
		return dossier.At(end), err
	}
	start, err1 := dossier.ParseDate(from)
	end, err2 := dossier.ParseDate(to)
	months := (end.Year-start.Year)*12 + int(end.Month) - int(start.Month) + 1
	return dossier.Span(end, months), errors.Join(err1, err2)
}
