package documents_test

import (
	"archive/zip"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/xindiao/xindiao/documents"
	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

type truth struct {
	Documents map[string]struct {
		Kind       string         `yaml:"kind"`
		Superseded bool           `yaml:"superseded"`
		Fields     map[string]any `yaml:"fields"`
	} `yaml:"documents"`
}

// TestSample names the bundled sample's office files (no OCR, no PDF, to stay quick) and compares with its truth.
func TestSample(t *testing.T) {
	dir, want := t.TempDir(), truth{}
	zr, err := zip.OpenReader("../samples/manufacturing_mortgage.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer zr.Close()
	for _, f := range zr.File {
		data := open(t, f)
		switch {
		case f.Name == "truth.yaml":
			if err := yaml.Unmarshal(data, &want); err != nil {
				t.Fatal(err)
			}
		case strings.HasSuffix(f.Name, ".docx"), strings.HasSuffix(f.Name, ".xlsx"), strings.HasSuffix(f.Name, ".csv"), strings.HasSuffix(f.Name, ".zip"):
			if err := os.WriteFile(filepath.Join(dir, filepath.Base(f.Name)), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	docs, _, err := read.Folder(context.Background(), dir, read.Options{OCR: ocr.None, InProcess: true})
	if err != nil {
		t.Fatal(err)
	}
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	docs = documents.Name(c, docs, dossier.Application{}) // nobody says who the borrower is
	checked, values, found := 0, 0, 0
	for _, d := range docs {
		w, ok := want.Documents[strings.Replace(d.File, ".zip/", ".zip!", 1)]
		if !ok {
			t.Errorf("no truth for %s", d.File)
			continue
		}
		checked++
		if d.Type != w.Kind {
			t.Errorf("%s: %s %v, want %s", d.File, d.Type, d.Why, w.Kind)
		}
		if (d.SupersededBy != "") != w.Superseded {
			t.Errorf("%s: superseded by %q, want %v", d.File, d.SupersededBy, w.Superseded)
		}
		for key, v := range w.Fields {
			s, isText := v.(string)
			if f, ok := d.Fields[key]; isText && ok {
				if values++; f.Value == s {
					found++
				} else {
					t.Logf("%s %s: %q, want %q", d.File, key, f.Value, s)
				}
			}
		}
	}
	if checked < 14 {
		t.Errorf("only %d documents", checked)
	}
	if values < 35 || found*20 < values*19 {
		t.Errorf("%d of %d texts and dates are right", found, values)
	}
}

func open(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, 64<<20))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
