// Command xindiao reads a borrower's folder, checks every material, and drafts the credit report with its sources.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
)

// Exit statuses; other programs rely on them.
const (
	exitInput      = 1 // bad input, with a message that says which file and why
	exitUsage      = 2 // wrong usage
	exitDependency = 3 // something that was asked for is not there
)

type cli struct {
	Demo    demoCmd    `cmd:"" help:"Run review and draft on the bundled sample: no key, no network."`
	Review  reviewCmd  `cmd:"" help:"Check a dossier: completeness, validity, compliance, consistency."`
	Draft   draftCmd   `cmd:"" help:"Draft the credit or post-loan report of a dossier."`
	Finance financeCmd `cmd:"" help:"Show statements, checks, ratios, cash flows and invoices with every number's lineage."`
	Read    readCmd    `cmd:"" help:"Show what is read from files: kind, fields, words and their places."`
	Ingest  ingestCmd  `cmd:"" help:"Read a dossier into the database: whole, or not at all."`
	Search  searchCmd  `cmd:"" help:"Find passages in a dossier, in all that is kept of a customer, in the law or the bank's own papers."`
	Corpus  corpusCmd  `cmd:"" help:"Keep shared corpora: the law, the bank's policies and past reports, industry notes."`
	Reembed reembedCmd `cmd:"" help:"Move the database to another embedding model while it is searched."`
	Serve   serveCmd   `cmd:"" help:"Serve the web page and the API."`
	Eval    evalCmd    `cmd:"" help:"Score dossiers with known truths."`
	Types   typesCmd   `cmd:"" help:"List, show and try kinds of material."`
	Lint    lintCmd    `cmd:"" help:"Check every data file: types, rules, templates, prompts, law."`
	Doctor  doctorCmd  `cmd:"" help:"Say what is there: OCR, fonts, model."`
}

func main() {
	read.WorkerMain() // returns at once unless this process was started to read one file
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

func run(ctx context.Context, args []string) int {
	var c cli
	status := 0
	parser, err := kong.New(&c, kong.Name("xindiao"), kong.Description("信调: credit due diligence with every number proved."),
		kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)), kong.Vars{"sections": sectionNames()}, kong.Exit(func(code int) { status = -1 - code }))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitUsage
	}
	k, err := parser.Parse(args)
	if status < 0 { // --help was answered
		return -1 - status
	}
	if err != nil {
		parser.FatalIfErrorf(err)
		return exitUsage
	}
	if err := k.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "xindiao: "+err.Error())
		return exitStatus(err)
	}
	return 0
}

// exitStatus is the one table from error kinds to exit statuses.
func exitStatus(err error) int {
	var usage usageError
	switch {
	case errors.As(err, &usage):
		return exitUsage
	case dossier.KindOf(err) == dossier.ErrDependency, llm.KindOf(err) != "":
		return exitDependency
	}
	return exitInput
}

// usageError is a flag whose value makes no sense.
type usageError struct{ msg string }

func (e usageError) Error() string { return e.msg }
