package main

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/term"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/html"
	"github.com/xindiao/xindiao/report/text"
	"github.com/xindiao/xindiao/report/xlsx"
)

type reviewCmd struct {
	Dossier string `arg:"" help:"Folder with application.yaml and files/, or any folder of files."`
	Format  string `help:"text, json, xlsx or html." default:"text" enum:"text,json,xlsx,html"`
	Out     string `help:"File to write; default: standard output." type:"path"`
	overrides
}

func (c *reviewCmd) Run(ctx context.Context) error {
	if c.Format == "xlsx" && c.Out == "" && term.IsTerminal(int(os.Stdout.Fd())) {
		return usageError{"--format xlsx writes a binary file: name it with --out FILE"}
	}
	b := newBar()
	a, opt, err := open(ctx, c.overrides, modelFlags{}, b)
	if err != nil {
		return err
	}
	r, err := a.Review(ctx, c.Dossier, opt)
	b.done()
	if err != nil {
		return err
	}
	if c.Out == "" {
		return writeReview(os.Stdout, r, c.Format)
	}
	_, err = write(filepath.Dir(c.Out), filepath.Base(c.Out), reviewWriter(r, c.Format))
	return err
}

func reviewWriter(r *report.Review, format string) func(io.Writer) error {
	return func(w io.Writer) error { return writeReview(w, r, format) }
}

func writeReview(w io.Writer, r *report.Review, format string) error {
	switch format {
	case "json":
		return writeJSON(w, r)
	case "html":
		return html.WriteReview(w, r)
	case "xlsx":
		return xlsx.WriteReview(w, r)
	}
	return text.WriteReview(w, r, width())
}

// width of the terminal, 100 elsewhere.
func width() int {
	if n, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && n > 40 {
		return n
	}
	return 100
}
