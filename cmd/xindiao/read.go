package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/documents"
	"github.com/xindiao/xindiao/documents/read"
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
	a, opt, err := open(ctx, c.overrides, modelFlags{}, b)
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
	var sets []readSet
	if sets, err = c.read(ctx, opt.Read); err != nil {
		b.done()
		return err
	}
	b.done()
	var app dossier.Application
	if err := c.apply(&app); err != nil {
		return err
	}
	for i := range sets {
		sets[i].docs = documents.Name(a.Catalogue, sets[i].docs, app)
	}
	if c.Out == "" {
		return c.write(ctx, os.Stdout, sets, opt.Read)
	}
	_, err = write(filepath.Dir(c.Out), filepath.Base(c.Out), func(w io.Writer) error { return c.write(ctx, w, sets, opt.Read) })
	return err
}

// readSet is what was read from one folder, or from all single files.
type readSet struct {
	root  string
	paths map[string]string
	docs  []*dossier.Document
}

// read takes the single files together and each folder for itself.
func (c *readCmd) read(ctx context.Context, opt read.Options) ([]readSet, error) {
	var sets []readSet
	paths := map[string]string{}
	for _, path := range c.Files {
		st, err := os.Stat(path)
		if err != nil {
			return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: path, Msg: "没有这个文件"}
		}
		if !st.IsDir() {
			paths[single(paths, path)] = path
			continue
		}
		docs, _, err := read.Folder(ctx, path, opt)
		if err != nil {
			return nil, err
		}
		sets = append(sets, readSet{root: path, docs: docs})
	}
	if len(paths) > 0 {
		docs, err := read.Files(ctx, paths, opt)
		if err != nil {
			return nil, err
		}
		sets = append(sets, readSet{paths: paths, docs: docs})
	}
	return sets, nil
}

// single names a file: by itself, or with as many of its folders as tell it from another of that name.
func single(taken map[string]string, path string) string {
	name, dir := filepath.Base(path), filepath.Dir(path)
	for old, again := taken[name]; again && old != path; old, again = taken[name] {
		name, dir = filepath.Base(dir)+"/"+name, filepath.Dir(dir)
	}
	return name
}

func (c *readCmd) write(ctx context.Context, w io.Writer, sets []readSet, opt read.Options) error {
	var docs []*dossier.Document
	for _, s := range sets {
		docs = append(docs, s.docs...)
	}
	switch c.Format {
	case "json":
		return reading.WriteJSON(w, docs)
	case "html":
		drawn, err := c.pictures(ctx, sets, opt)
		if err != nil {
			return err
		}
		return reading.WriteHTML(w, docs, func(d *dossier.Document, page int) string { return drawn[pageOf{d, page}] })
	}
	return reading.WriteText(w, docs, width())
}

type pageOf struct {
	*dossier.Document
	number int
}

// Pages are drawn for the first so many only: a page of 200 pictures is all that a browser shows with ease.
const (
	maxPictures  = 200
	pictureWidth = 1100
)

func (c *readCmd) pictures(ctx context.Context, sets []readSet, opt read.Options) (map[pageOf]string, error) {
	out := map[pageOf]string{}
	for _, s := range sets {
		p, err := read.NewPictures(s.root, s.paths, opt)
		if err != nil {
			return nil, err
		}
		defer p.Close()
		for _, d := range s.docs {
			for _, page := range d.Pages {
				if len(out) == maxPictures || page.Width == 0 {
					break
				}
				// A page that cannot be drawn is shown as its lines; why it is damaged stands among the problems.
				if data, err := p.Draw(ctx, d.Path(), page.Number, pictureWidth); err == nil {
					out[pageOf{d, page.Number}] = "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(data)
				}
				if err := ctx.Err(); err != nil {
					return nil, err
				}
			}
		}
	}
	return out, nil
}
