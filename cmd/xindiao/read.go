package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/documents"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report/reading"
)

type readCmd struct {
	Files  []string `arg:"" name:"file" help:"Files or folders." type:"path"`
	Format string   `help:"text, json or html." default:"text" enum:"text,json,html"`
	Out    string   `help:"File to write; default: standard output." type:"path"`
	overrides
}

func (c *readCmd) Run(ctx context.Context) error {
	b := newBar()
	_, opt, err := open(ctx, c.overrides, modelFlags{}, b)
	if err != nil {
		return err
	}
	opt.Read.Progress = func(e read.Event) {
		text := e.File
		if e.Page > 0 && e.Pages > 1 {
			text += fmt.Sprintf(" 第%d/%d页", e.Page, e.Pages)
		}
		b.event(agent.Event{Step: "read", Text: text, Done: e.Done, Total: e.Total})
	}
	docs, err := c.read(ctx, opt.Read)
	b.done()
	if err != nil {
		return err
	}
	var app dossier.Application
	if err := c.apply(&app); err != nil {
		return err
	}
	kinds, err := types.Load()
	if err != nil {
		return err
	}
	documents.Name(kinds, docs, app)
	if c.Out == "" {
		return c.write(ctx, os.Stdout, docs, opt.Read)
	}
	_, err = write(filepath.Dir(c.Out), filepath.Base(c.Out), func(w io.Writer) error { return c.write(ctx, w, docs, opt.Read) })
	return err
}

// read reads every argument; what stands in a folder is named with the folder when there are several arguments.
func (c *readCmd) read(ctx context.Context, opt read.Options) ([]*dossier.Document, error) {
	var docs []*dossier.Document
	for _, path := range c.Files {
		st, err := os.Stat(path)
		if err != nil {
			return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: path, Msg: "没有这个文件"}
		}
		var got []*dossier.Document
		if st.IsDir() {
			got, _, err = read.Folder(ctx, path, opt)
		} else {
			got, err = read.File(ctx, path, opt)
		}
		if err != nil {
			return nil, err
		}
		docs = append(docs, got...)
	}
	return docs, nil
}

func (c *readCmd) write(ctx context.Context, w io.Writer, docs []*dossier.Document, opt read.Options) error {
	switch c.Format {
	case "json":
		return reading.WriteJSON(w, docs)
	case "html":
		return reading.WriteHTML(w, docs, nil)
	}
	return reading.WriteText(w, docs, width())
}
