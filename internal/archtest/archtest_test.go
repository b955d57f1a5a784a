package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/xindiao/xindiao/"

// floors gives each folder its height; the longest prefix counts. A package may import folders of a lower floor, and
// its own folder. allow names the few doors between folders of one floor.
var floors = []struct {
	folder string
	floor  int
	allow  []string
}{
	{"internal/datafile", 0, nil},
	{"internal/gbt4754", 0, nil},
	{"internal/archtest", 0, nil},
	{"samples", 0, nil},
	{"dossier", 1, nil},
	{"prompts", 1, nil},
	{"templates", 1, []string{"dossier"}},
	{"documents", 2, nil},
	{"finance", 2, nil},
	{"report", 2, nil},
	{"validators", 3, nil},
	{"internal/llm", 3, nil},
	{"internal/store", 3, nil},
	{"retrieval", 4, nil},
	{"agent", 5, nil},
	{"evals", 6, nil},
	{"server", 6, nil},
	{"cmd", 7, nil},
}

// never lists what a folder must not import although it stands lower.
var never = map[string][]string{
	"report":       {"prompts", "templates", "documents", "finance"},
	"internal/llm": {"prompts", "templates", "documents", "finance", "report"},
	"validators":   {"internal/llm", "internal/store"},
	"agent":        {"internal/llm/providers", "report/docx", "report/html", "report/xlsx", "report/text"},
	"server":       {"internal/llm/providers", "internal/store/sqlite", "internal/store/postgres"},
	"evals":        {"server"},
}

func place(path string) (folder string, floor int, allow []string) {
	for _, f := range floors {
		if (path == f.folder || strings.HasPrefix(path, f.folder+"/")) && len(f.folder) > len(folder) {
			folder, floor, allow = f.folder, f.floor, f.allow
		}
	}
	return folder, floor, allow
}

// TestFloors reads the files themselves: a test that asks `go list` is hidden from the test cache.
func TestFloors(t *testing.T) {
	root := "../.."
	opening := map[string]bool{}
	packages := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "out" || name == "node_modules") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		rel, _ := filepath.Rel(root, path)
		dir := filepath.ToSlash(filepath.Dir(rel))
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		packages[dir] = true
		if doc := file.Doc.Text(); strings.HasPrefix(doc, "Package ") || strings.HasPrefix(doc, "Command ") {
			opening[dir] = true
		}
		test := strings.HasSuffix(name, "_test.go")
		for _, imp := range file.Imports {
			p, _ := strconv.Unquote(imp.Path.Value)
			if q, ok := strings.CutPrefix(p, module); ok && !test {
				check(t, rel, dir, q)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir := range packages {
		if !opening[dir] {
			t.Errorf("%s: no opening sentence (// Package … or // Command …)", dir)
		}
	}
	if len(packages) < 20 {
		t.Errorf("only %d packages seen: the walk is broken", len(packages))
	}
}

func check(t *testing.T, file, dir, imported string) {
	from, high, allow := place(dir)
	to, low, _ := place(imported)
	if from == "" || to == "" {
		t.Errorf("%s: %s → %s: a folder without a floor; add it to floors", file, dir, imported)
		return
	}
	if from == to {
		return
	}
	for _, a := range allow {
		if to == a {
			return
		}
	}
	if low >= high {
		t.Errorf("%s: %s (floor %d) imports %s (floor %d)", file, dir, high, imported, low)
	}
	for _, n := range never[from] {
		if imported == n || strings.HasPrefix(imported, n+"/") {
			t.Errorf("%s: %s must never import %s", file, from, imported)
		}
	}
}

// TestTheFenceHolds makes sure that a forbidden arrow would be seen.
func TestTheFenceHolds(t *testing.T) {
	for _, c := range []struct{ from, to string }{{"dossier", "report"}, {"finance", "validators"}, {"retrieval", "agent"}, {"documents/read", "internal/llm"}} {
		_, high, _ := place(c.from)
		_, low, _ := place(c.to)
		if low < high {
			t.Errorf("%s → %s would pass", c.from, c.to)
		}
	}
}
