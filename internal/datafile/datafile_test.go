package datafile

import (
	"strings"
	"testing"
	"testing/fstest"
)

type thing struct {
	Name  string   `yaml:"name"`
	Count int      `yaml:"count"`
	List  []string `yaml:"list"`
}

func TestDecode(t *testing.T) {
	var v thing
	if err := Decode("a.yaml", []byte("name: x\ncount: 2\nlist: [a, b]\n"), &v); err != nil || v.Name != "x" || len(v.List) != 2 {
		t.Fatalf("%v %+v", err, v)
	}
	for name, c := range map[string]struct{ body, says string }{
		"unknown key":   {"name: x\ncolour: red\n", "a.yaml:2:1: "},
		"wrong type":    {"name: x\ncount: many\n", "a.yaml:2:8: "},
		"not yaml":      {"name: [x\n", "a.yaml:"},
		"empty":         {"", "a.yaml:1: empty"},
		"two documents": {"name: x\n---\nname: y\n", "more than one"},
	} {
		var v thing
		if err := Decode("a.yaml", []byte(c.body), &v); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

func TestLoadReportsAllFaults(t *testing.T) {
	all, err := Load[thing](fstest.MapFS{"d/good.yaml": {Data: []byte("name: g\n")}, "d/b1.yaml": {Data: []byte("x: 1\n")},
		"d/b2.yaml": {Data: []byte("name: n\ny: 1\n")}, "d/note.txt": {Data: []byte("left alone")}}, "d")
	if err == nil || !strings.Contains(err.Error(), "d/b1.yaml:1:1") || !strings.Contains(err.Error(), "d/b2.yaml:2:1") {
		t.Errorf("faults: %v", err)
	}
	if len(all) != 1 || all["good"].Name != "g" {
		t.Errorf("good files: %v", all)
	}
}

// Found by fuzzing kind files: the library panics on it.
func TestDecodeSurvivesBrokenFiles(t *testing.T) {
	var v struct {
		Fields []struct {
			Key string `yaml:"key"`
		} `yaml:"fields"`
	}
	err := Decode("a.yaml", []byte("fields:\n !0 #0\n0\n  -0"), &v)
	if err == nil || !strings.HasPrefix(err.Error(), "a.yaml") {
		t.Errorf("%v", err)
	}
}
