package documents_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// paper is one file of a testdata dossier and what it should be named.
type paper struct {
	doc    *dossier.Document
	want   map[string]string // kind, party, superseded, duplicate
	fields map[string]string
}

// TestDossierLayouts names whole made-up dossiers of several trades, whose papers are laid out otherwise than the
// catalogue's examples: kind, owner, version and fields of each.
func TestDossierLayouts(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("testdata/dossiers/*.txtar")
	if len(files) < 3 {
		t.Fatal("the dossiers are gone")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			app, papers := parse(t, file)
			docs := make([]*dossier.Document, len(papers))
			for i, p := range papers {
				docs[i] = p.doc
			}
			if got := documents.Name(c, docs, app); len(got) != len(docs) {
				t.Fatalf("%d documents, want %d", len(got), len(docs))
			}
			for _, p := range papers {
				p.check(t)
			}
		})
	}
}

func (p *paper) check(t *testing.T) {
	t.Helper()
	d := p.doc
	got := map[string]string{"kind": d.Type, "party": fmt.Sprintf("%s/%s", d.Party.Name, d.Party.Role), "superseded": d.SupersededBy, "duplicate": d.DuplicateOf}
	for _, k := range []string{"kind", "party", "superseded", "duplicate"} {
		if w, asked := p.want[k]; (asked || k == "superseded" || k == "duplicate") && got[k] != w {
			t.Errorf("%s: %s is %q, want %q %v", d.File, k, got[k], w, d.Why)
		}
	}
	for k, w := range p.fields {
		if v := d.Fields[k].Value; v != w {
			t.Errorf("%s: %s = %q, want %q", d.File, k, v, w)
		}
	}
}

// parse reads a txtar file: "-- name --" begins a file, lines "# …" before its text say what it is.
func parse(t *testing.T, file string) (dossier.Application, []*paper) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var app dossier.Application
	var out []*paper
	for _, part := range strings.Split(string(data), "\n-- ")[1:] {
		name, body, ok := strings.Cut(part, " --\n")
		if !ok {
			t.Fatalf("%s: %q", file, part)
		}
		if name == "application" {
			app.Applicant = strings.TrimSpace(body)
			continue
		}
		p := &paper{want: map[string]string{}, fields: map[string]string{}}
		scan := false
		for strings.HasPrefix(body, "# ") {
			var l string
			l, body, _ = strings.Cut(strings.TrimPrefix(body, "# "), "\n")
			if k, v, isField := strings.Cut(l, " = "); isField {
				p.fields[k] = v
			} else if k, v, _ := strings.Cut(l, " "); k == "scan" {
				scan = true
			} else {
				p.want[k] = v
			}
		}
		ext := strings.TrimPrefix(filepath.Ext(name), ".")
		p.doc = &dossier.Document{File: name, Format: ext, Scan: scan, Pages: []dossier.Page{page(body, scan, ext)}}
		if ext == "jpg" {
			p.doc.Format = "image"
		}
		out = append(out, p)
	}
	return app, out
}

// page makes tables of the runs of lines with tabs, as the readers do; a CSV is one table.
func page(text string, scan bool, ext string) dossier.Page {
	p := dossier.Page{Number: 1, Text: strings.TrimRight(text, "\n"), Scan: scan}
	sep := "\t"
	if ext == "csv" {
		sep = ","
	}
	var tab *dossier.Table
	for i, l := range strings.Split(p.Text, "\n") {
		if !strings.Contains(l, sep) {
			tab = nil
			continue
		}
		if tab == nil {
			p.Tables = append(p.Tables, dossier.Table{Sheet: ext == "xlsx" || ext == "csv"})
			tab = &p.Tables[len(p.Tables)-1]
		}
		var row []dossier.Cell
		for j, s := range strings.Split(l, sep) {
			row = append(row, dossier.Cell{Text: s, Ref: fmt.Sprintf("%c%d", 'A'+j%26, i+1)})
		}
		tab.Rows = append(tab.Rows, row)
	}
	if ext == "csv" {
		p.Text = strings.ReplaceAll(p.Text, ",", "\t")
	}
	return p
}
