package storetest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/xindiao/xindiao/documents"
	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/samples"
)

// realistic takes in the office files of the sample as the readers give them.
func realistic(t *testing.T, e *env) {
	dir := t.TempDir()
	if err := samples.Unpack(samples.Manufacturing, dir); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "files", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if ext := filepath.Ext(f); ext != ".xlsx" && ext != ".docx" && ext != ".csv" {
			if err := os.Remove(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	docs, problems, err := read.Folder(t.Context(), filepath.Join(dir, "files"), read.Options{OCR: ocr.None, InProcess: true})
	if err != nil {
		t.Fatal(err)
	}
	cat := must[*types.Catalogue](t)(types.Load())
	app := application("样本")
	docs = documents.Name(cat, docs, app)
	in := store.Intake{Name: "样本", Actor: "张三", Space: space, Dossier: &dossier.Dossier{Root: dir, Application: app, Documents: docs, Problems: problems}}
	pages := 0
	for _, d := range docs {
		in.Files = append(in.Files, index(d, space))
		pages += len(d.Pages)
	}
	if len(docs) < 8 || pages < 12 {
		t.Fatalf("only %d documents with %d pages read", len(docs), pages)
	}
	tn := e.tenant(t)
	for i := range 2 {
		r := must[store.Receipt](t)(tn.Intake(t.Context(), in))
		readBack(t, tn, r.Dossier, in)
		if i == 1 && (r.Kept != len(docs) || r.Added+r.Removed != 0) {
			t.Errorf("the same again: %+v", r)
		}
	}
}
