package read

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

// The test binary is its own worker; two more formats let it misbehave there.
func TestMain(m *testing.M) {
	formats["test-hang"] = func(r *reading) error {
		if err := r.add(dossier.Page{Number: 1, Text: "before"}, 2); err != nil {
			return err
		}
		time.Sleep(time.Hour)
		return nil
	}
	formats["test-crash"] = func(r *reading) error {
		if err := r.add(dossier.Page{Number: 1, Text: "before"}, 2); err != nil {
			return err
		}
		os.Exit(3)
		return nil
	}
	formats["test-spin"] = func(r *reading) error {
		for r.ctx.Err() == nil {
		}
		return nil
	}
	formats["test-memory"] = func(r *reading) error {
		var all [][]byte
		for {
			b := make([]byte, 64<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			all = append(all, b)
			if len(all) > 1000 {
				return r.add(dossier.Page{Number: 1, Text: string(all[0][:1])}, 1)
			}
		}
	}
	formats["test-flood"] = func(r *reading) error {
		p := dossier.Page{Number: 1, Text: strings.Repeat("x", 1<<20)}
		for {
			r.page(p, 1)
		}
	}
	// Pages one by one; the third kills the worker that reads it.
	formats["test-pages"] = func(r *reading) error {
		for i := range r.span(6) {
			if i == 2 && strings.HasSuffix(r.name, "broken") {
				os.Exit(3)
			}
			if err := r.add(dossier.Page{Number: i + 1, Text: strconv.Itoa(i+1) + " by " + strconv.Itoa(os.Getpid())}, 6); err != nil {
				return err
			}
		}
		return nil
	}
	formats["test-panic"] = func(*reading) error { panic("boom") }
	formats["test-env"] = func(r *reading) error {
		return r.add(dossier.Page{Number: 1, Text: strings.Join(os.Environ(), "\n")}, 1)
	}
	WorkerMain()
	os.Exit(m.Run())
}

// inProcess reads bytes with the readers alone, without OCR.
func inProcess(t *testing.T, name string, data []byte) *dossier.Document {
	t.Helper()
	docs, err := Bytes(context.Background(), name, data, Options{InProcess: true, OCR: ocr.None})
	if err != nil {
		t.Fatal(err)
	}
	return docs[0]
}

func writeFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// folder writes files below a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// archive makes a ZIP of name, content pairs.
func archive(t *testing.T, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pdfOf makes a PDF of bodies of objects, numbered from 1; object 1 is the catalogue.
func pdfOf(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, xref)
	return b.Bytes()
}

// pagePDF makes a PDF of one page with the given contents and Helvetica as /F1.
func pagePDF(rotate int, contents string) []byte {
	return pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Rotate %d /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>", rotate),
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(contents), contents),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
}

func kinds(d *dossier.Document) (out []dossier.ErrorKind) {
	for _, p := range d.Problems {
		out = append(out, p.Kind)
		if p.Msg == "" || p.Remedy == "" {
			out = append(out, "without words")
		}
	}
	return out
}

func hasKind(d *dossier.Document, want dossier.ErrorKind) bool {
	for _, k := range kinds(d) {
		if k == want {
			return true
		}
	}
	return false
}
