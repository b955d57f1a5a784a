package truth

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestScalars(t *testing.T) {
	v := map[string]any{"b": []any{"甲", 2.5, nil, "", true, uint64(0), uint64(1), 0.0}, "a": map[string]any{"x": uint64(7), "y": 9000000.0}, "c": "0"}
	want := []string{"7", "9000000.0", "甲", "2.5", "0"}
	if got := Scalars(v); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLoadAndFind(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		p := filepath.Join(dir, name, File)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("b", "documents: {a.pdf: {kind: x, in_catalogue: false}}\nunknown: [1]\nreport_must_state: [{fact: 收入, value: 1200.50, unit: 元}]\n")
	write("a", "documents: {}\n")
	write("c", "documents: [\n")
	dirs, err := Find(dir)
	if err != nil || len(dirs) != 3 || filepath.Base(dirs[0]) != "a" {
		t.Fatalf("%v %v", dirs, err)
	}
	tr, err := Load(dirs[1])
	if err != nil || tr.Documents["a.pdf"].InCatalogue() || Text(tr.Must[0].Value) != "1200.5" {
		t.Errorf("%+v %v", tr, err)
	}
	for _, bad := range []string{dirs[0], dirs[2], filepath.Join(dir, "none")} {
		if _, err := Load(bad); err == nil {
			t.Errorf("%s must not load", bad)
		}
	}
	if one, err := Find(dirs[1]); err != nil || len(one) != 1 {
		t.Errorf("a dossier itself: %v %v", one, err)
	}
}
