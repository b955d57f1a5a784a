package documents_test

import (
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

func TestMain(m *testing.M) {
	read.WorkerMain()
	os.Exit(m.Run())
}

// TestDossiers names whole dossiers and asks score-dossier.py for 95% of the kinds and 85% of the fields. It runs only when XINDIAO_DOSSIERS
// names their folder; XINDIAO_CACHE keeps the readings between runs.
func TestDossiers(t *testing.T) {
	root := os.Getenv("XINDIAO_DOSSIERS")
	if root == "" {
		t.Skip("set XINDIAO_DOSSIERS=../shared/dossiers/dev")
	}
	dirs, _ := filepath.Glob(filepath.Join(root, "*", "files"))
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range dirs {
		docs := cached(t, dir)
		var app dossier.Application
		for _, line := range strings.Split(string(must(os.ReadFile(filepath.Join(dir, "..", "application.yaml")))), "\n") {
			k, v, _ := strings.Cut(line, ": ")
			switch k {
			case "applicant":
				app.Applicant = v
			case "uscc":
				app.USCC = v
			case "lender":
				app.Lender = v
			}
		}
		docs = documents.Name(c, docs, app)
		out := filepath.Join(t.TempDir(), "review.json")
		if keep := os.Getenv("XINDIAO_CACHE"); keep != "" {
			out = filepath.Join(keep, filepath.Base(filepath.Dir(dir))+".json")
		}
		b, _ := json.MarshalIndent(map[string]any{"documents": report.Documents(&dossier.Dossier{Documents: docs}), "findings": []any{}}, "", " ")
		if err := os.WriteFile(out, b, 0o600); err != nil {
			t.Fatal(err)
		}
		said, err := exec.Command("/usr/bin/python3", filepath.Join(root, "..", "..", "score-dossier.py"), filepath.Dir(dir), out, "--verbose").CombinedOutput()
		if err != nil {
			t.Fatal(err, string(said))
		}
		for _, line := range strings.Split(string(said), "\n") {
			if !strings.HasPrefix(line, "defect") {
				t.Log(line)
			}
			var kinds, of, fields, all int
			if n, _ := fmt.Sscanf(line, "kinds %d/%d fields %d/%d", &kinds, &of, &fields, &all); n == 4 && (kinds*100 < of*95 || fields*100 < all*85) {
				t.Errorf("%s: kinds %d of %d, fields %d of %d; want 95%% and 85%%", dir, kinds, of, fields, all)
			}
		}
	}
}

func cached(t *testing.T, dir string) []*dossier.Document {
	keep := os.Getenv("XINDIAO_CACHE")
	name := filepath.Join(keep, fmt.Sprintf("%x.gob", sha256.Sum256([]byte(dir))))
	var docs []*dossier.Document
	if keep != "" {
		if f, err := os.Open(name); err == nil {
			defer f.Close()
			if gob.NewDecoder(f).Decode(&docs) == nil {
				return docs
			}
		}
	}
	docs, _, err := read.Folder(context.Background(), dir, read.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if keep != "" {
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := gob.NewEncoder(f).Encode(docs); err != nil {
			t.Fatal(err)
		}
	}
	return docs
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
