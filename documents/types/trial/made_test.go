package trial

import (
	"context"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/classify"
	"github.com/xindiao/xindiao/documents/extract"
	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

func TestMain(m *testing.M) {
	read.WorkerMain()
	os.Exit(m.Run())
}

// TestMadeFiles reads the papers of testdata, made by testdata/make/make.py, and holds kind and fields against
// truth.yaml. The file names tell nothing.
func TestMadeFiles(t *testing.T) {
	data, err := os.ReadFile("testdata/truth.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var truth map[string]struct {
		Kind   string            `yaml:"kind"`
		Fields map[string]string `yaml:"fields"`
	}
	if err := datafile.Decode("truth.yaml", data, &truth); err != nil {
		t.Fatal(err)
	}
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	var names []string
	for name, want := range truth {
		names = append(names, name)
		kinds[want.Kind] = true
	}
	if len(kinds) < 40 {
		t.Errorf("%d kinds, want 40 or more", len(kinds))
	}
	sort.Strings(names)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			opt := read.Options{OCR: ocr.None}
			if scan := strings.HasPrefix(name, "s"); scan {
				if testing.Short() {
					t.Skip("reading scans takes seconds")
				}
				opt.OCR = ocr.Find("embedded")
			}
			docs, err := read.File(context.Background(), filepath.Join("testdata", name), opt)
			if err != nil || len(docs) != 1 {
				t.Fatal(len(docs), err)
			}
			d, want := docs[0], truth[name]
			classify.Classify(c, d, dossier.Application{})
			if d.Type != want.Kind {
				t.Errorf("is %s %v, want %s\n%s", d.Type, d.Why, want.Kind, d.Text())
			}
			d.Type = want.Kind
			extract.Extract(c, d)
			for key, v := range want.Fields {
				if got := At(d, key); got != v {
					t.Errorf("%s: %q, want %q", key, got, v)
				}
			}
		})
	}
}
