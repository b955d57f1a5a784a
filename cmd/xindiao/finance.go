package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/term"

	"github.com/xindiao/xindiao/agent/analysis"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report/html"
	"github.com/xindiao/xindiao/report/text"
	"github.com/xindiao/xindiao/report/xlsx"
)

type financeCmd struct {
	Dossier string   `arg:"" help:"Folder with application.yaml and files/, or any folder of files."`
	Format  string   `help:"table, json, xlsx or html." default:"table" enum:"table,json,xlsx,html"`
	Out     string   `help:"File to write; default: standard output." type:"path"`
	Section []string `help:"Only these sections: ${sections}." placeholder:"NAME"`
	Unit    string   `help:"Money in tables: yuan (to the cent) or wan (万元)." default:"yuan" enum:"yuan,wan"`
	overrides
}

// sectionNames is what --section takes, for its help.
func sectionNames() string { return strings.Join(analysis.Names(), ", ") }

func (c *financeCmd) Run(ctx context.Context) error {
	for _, s := range c.Section {
		if !slices.Contains(analysis.Names(), s) {
			return usageError{"--section: no section " + s + "; there are " + sectionNames()}
		}
	}
	if c.Format == "xlsx" && c.Out == "" && term.IsTerminal(int(os.Stdout.Fd())) {
		return usageError{"--format xlsx writes a binary file: name it with --out FILE"}
	}
	b := newBar()
	a, opt, err := open(ctx, c.overrides, modelFlags{}, b)
	if err != nil {
		return err
	}
	unit := dossier.Yuan
	if c.Unit == "wan" {
		unit = dossier.WanYuan
	}
	r, err := a.Finance(ctx, c.Dossier, opt, unit, c.Section...)
	b.done()
	if err != nil {
		return err
	}
	if len(r.Figures) == 0 || len(r.Sections) == 0 {
		return &dossier.Error{Kind: dossier.ErrEmpty, File: c.Dossier, Msg: "材料里没有读到报表、流水、发票等可以计算的数字"}
	}
	if c.Out == "" {
		return writeFinance(os.Stdout, r, c.Format)
	}
	_, err = write(filepath.Dir(c.Out), filepath.Base(c.Out), func(w io.Writer) error { return writeFinance(w, r, c.Format) })
	return err
}

func writeFinance(w io.Writer, r *analysis.Analysis, format string) error {
	switch format {
	case "json":
		return writeJSON(w, r)
	case "html":
		return html.Write(w, r.Report)
	case "xlsx":
		return xlsx.WriteReport(w, r.Report)
	}
	return text.WriteReport(w, r.Report, width())
}
