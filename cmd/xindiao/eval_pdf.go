package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/evals/filings"
	"github.com/xindiao/xindiao/evals/invoices"
	"github.com/xindiao/xindiao/evals/pdf"
	"github.com/xindiao/xindiao/evals/tables"
)

// readSuites score the readers alone, over files with known text instead of dossiers.
var readSuites = map[string]func(*evalCmd, context.Context, pdf.Read, string) (readCard, error){
	"pdf": func(c *evalCmd, ctx context.Context, one pdf.Read, engine string) (readCard, error) {
		return pdf.Run(ctx, c.Data, engine, one, progressLine)
	},
	"tables": func(c *evalCmd, ctx context.Context, one pdf.Read, _ string) (readCard, error) {
		return tables.Run(ctx, c.Data, one, progressLine)
	},
	"invoices": func(c *evalCmd, ctx context.Context, _ pdf.Read, _ string) (readCard, error) {
		return invoices.Run(ctx, c.Data, progressLine)
	},
	"filings": func(c *evalCmd, ctx context.Context, _ pdf.Read, _ string) (readCard, error) {
		return filings.Run(ctx, c.Data, filings.Options{Verbose: c.Verbose, Progress: progressLine})
	},
}

type readCard interface {
	JSON() ([]byte, error)
	WriteText(w io.Writer, verbose bool) error
}

func progressLine(s string) { fmt.Fprintln(os.Stderr, s) }

func (c *evalCmd) readSuite(ctx context.Context, name string) error {
	eng, err := engine(c.OCR)
	if err != nil {
		return err
	}
	card, err := readSuites[name](c, ctx, func(ctx context.Context, path string) (*dossier.Document, error) {
		docs, err := read.File(ctx, path, read.Options{OCR: eng})
		if err != nil {
			return nil, err
		}
		return docs[0], nil
	}, eng.Name())
	if err != nil {
		return err
	}
	data, err := card.JSON()
	if err != nil {
		return err
	}
	if c.Out != "" {
		if err := os.WriteFile(c.Out, data, 0o644); err != nil {
			return err
		}
	}
	if c.Format == "json" {
		_, err = os.Stdout.Write(data)
		return err
	}
	return card.WriteText(os.Stdout, c.Verbose)
}
