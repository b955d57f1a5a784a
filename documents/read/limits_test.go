package read

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

func TestLoadLimits(t *testing.T) {
	load := func(text string) (Limits, error) {
		path := filepath.Join(t.TempDir(), "limits.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return LoadLimits(path)
	}
	l, err := load("file_mb: 50\npage_seconds: 30 # slow machine\nmemory_mb: 1024\n")
	if want := (Limits{FileBytes: 50 << 20, FileTime: 30 * time.Second, Memory: 1 << 30}); err != nil || l != want {
		t.Errorf("%+v %v", l, err)
	}
	if l, err = load(""); err != nil || l != (Limits{}) {
		t.Errorf("empty: %+v %v", l, err)
	}
	for text, want := range map[string]string{
		"file_gb: 5\n":           "file_gb",
		"pages: many\n":          "limits.yaml:1",
		"pages: 0\n":             "pages",
		"address_space_mb: 512":  "address_space_mb",
		"archive_ratio: -1\n":    "archive_ratio",
		"file_mb: 999999999999 ": "file_mb",
	} {
		if l, err = load(text); dossier.KindOf(err) != dossier.ErrInput || !strings.Contains(err.Error(), want) || l != (Limits{}) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err = LoadLimits(filepath.Join(t.TempDir(), "none")); dossier.KindOf(err) != dossier.ErrInput {
		t.Errorf("missing: %v", err)
	}
}

// Every limit has a default and a key in the file.
func TestEveryLimitCanBeSet(t *testing.T) {
	l := reflect.ValueOf(Limits{}.filled())
	for i := range l.NumField() {
		if l.Field(i).IsZero() {
			t.Errorf("%s has no default", l.Type().Field(i).Name)
		}
	}
	if keys := reflect.TypeFor[limitsFile]().NumField(); keys != l.NumField() {
		t.Errorf("%d keys for %d limits", keys, l.NumField())
	}
}
