package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/docx"
	"github.com/xindiao/xindiao/report/html"
)

type draftCmd struct {
	Dossier  string   `arg:"" help:"Folder with application.yaml and files/, or any folder of files."`
	Kind     string   `help:"credit or postloan; default: application.yaml, then inferred." enum:",credit,postloan" default:""`
	Template string   `help:"Base template id instead of the chosen one."`
	Out      string   `help:"Folder for the report." default:"out" type:"path"`
	Format   []string `help:"docx, html, json." default:"docx,html,json"`
	overrides
	modelFlags
}

func (c *draftCmd) Run(ctx context.Context) error {
	for _, f := range c.Format {
		if !slices.Contains([]string{"docx", "html", "json"}, f) {
			return usageError{"--format: docx, html or json, got " + f}
		}
	}
	b := newBar()
	a, opt, err := open(ctx, c.overrides, c.modelFlags, b)
	if err != nil {
		return err
	}
	opt.Template = c.Template
	if c.Kind != "" {
		kind := map[string]string{"credit": dossier.ReportCredit, "postloan": dossier.ReportPostLoan}[c.Kind]
		inner := opt.Override
		opt.Override = func(app *dossier.Application) error { app.ReportKind = kind; return inner(app) }
	}
	r, review, err := a.Draft(ctx, c.Dossier, opt)
	b.done()
	if err != nil {
		return err
	}
	paths, err := writeReport(c.Out, "report", r, c.Format)
	if err != nil {
		return err
	}
	summary(os.Stdout, r, review)
	for _, p := range paths {
		fmt.Println("  " + p)
	}
	return nil
}

// writeReport writes the report in the formats, as dir/name.format.
func writeReport(dir, name string, r *report.Report, formats []string) ([]string, error) {
	var paths []string
	for _, f := range formats {
		p, err := write(dir, name+"."+f, func(w io.Writer) error {
			switch f {
			case "docx":
				return docx.Write(w, r, docx.Options{})
			case "html":
				return html.Write(w, r)
			}
			return writeJSON(w, r)
		})
		if err != nil {
			return paths, err
		}
		paths = append(paths, p)
	}
	return paths, nil
}

func writeJSON(w io.Writer, v interface{}) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(v)
}

// summary tells in a few lines what was drafted.
func summary(w io.Writer, r *report.Report, review *report.Review) {
	n, cited := countClaims(r.Sections)
	fmt.Fprintf(w, "%s：%s\n", r.Title, r.Cover.Applicant)
	fmt.Fprintf(w, "  模板 %s\n", r.Template.ID)
	fmt.Fprintf(w, "  材料 %d 份，规则检查 %d 项：通过 %d，不通过 %d，无法检查 %d\n", len(review.Documents), review.Matrix.Checked,
		review.Matrix.Passed, review.Matrix.Failed, review.Matrix.NotTestable)
	fmt.Fprintf(w, "  必备内容 %d 项，已写 %d 项（%.1f%%），待补充 %d 项\n", r.Coverage.Required, r.Coverage.Filled, 100*r.Coverage.Rate, r.Coverage.Missing)
	fmt.Fprintf(w, "  陈述 %d 句，带出处或算式 %d 句；起草方式：%s\n", n, cited, drafter(r))
	if len(review.Application.Inferred) > 0 {
		fmt.Fprintf(w, "  申请信息中由材料推断的：%s\n", strings.Join(review.Application.Inferred, "、"))
	}
}

func drafter(r *report.Report) string {
	if r.Generation.Model == "none" {
		return "模板语句，未使用模型"
	}
	return "模型 " + r.Generation.Model
}

func countClaims(sections []report.Section) (n, cited int) {
	for _, s := range sections {
		for _, b := range s.Blocks {
			for _, c := range b.Claims {
				if c.Status == report.Missing {
					continue
				}
				n++
				if len(c.Citations)+len(c.Figures) > 0 {
					cited++
				}
			}
		}
		m, k := countClaims(s.Sections)
		n, cited = n+m, cited+k
	}
	return n, cited
}
