// Package truth reads what is known about a test dossier: truth.yaml beside its files.
package truth

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/xindiao/xindiao/dossier"
)

// File is the name of the truth in a dossier's folder.
const File = "truth.yaml"

// Truth is the part of truth.yaml that is scored. Other keys are notes of the dossier's author.
type Truth struct {
	Documents map[string]Document `yaml:"documents"` // by path, members as archive!member
	Defects   []Defect            `yaml:"defects"`
	Traps     []Trap              `yaml:"traps"`
	Must      []Fact              `yaml:"report_must_state"`
	MustNot   []Forbidden         `yaml:"report_must_not_state"`
}

// Document is what one file is.
type Document struct {
	Kind      string         `yaml:"kind"`
	KindZH    string         `yaml:"kind_zh"`
	Catalogue *bool          `yaml:"in_catalogue"` // nil is true
	Fields    map[string]any `yaml:"fields"`

	Scan       bool   `yaml:"is_scan"`
	Superseded bool   `yaml:"superseded"`   // another version counts
	Duplicate  string `yaml:"duplicate_of"` // same content as that file
	Owner      string `yaml:"owner"`        // whose paper it is, where the fields do not say
}

// InCatalogue tells whether Kind is an id of the catalogue.
func (d Document) InCatalogue() bool { return d.Catalogue == nil || *d.Catalogue }

// Defect is a planted fault. Files that start with "(" name a material that is absent.
type Defect struct {
	ID       string   `yaml:"id"`
	Kind     string   `yaml:"kind"`
	Severity string   `yaml:"severity"`
	Files    []string `yaml:"files"`
	What     string   `yaml:"what"`
	Why      string   `yaml:"why"`
}

// Trap looks wrong and is right.
type Trap struct {
	ID        string   `yaml:"id"`
	Files     []string `yaml:"files"`
	LooksLike string   `yaml:"looks_like"`
}

// Fact must be stated by the report.
type Fact struct {
	Fact  string `yaml:"fact"`
	Value any    `yaml:"value"`
	Unit  string `yaml:"unit"`
}

// Forbidden must not be stated as a fact.
type Forbidden struct {
	Value any    `yaml:"value"`
	Why   string `yaml:"why"`
}

// Load reads dir/truth.yaml.
func Load(dir string) (*Truth, error) {
	data, err := os.ReadFile(filepath.Join(dir, File))
	if err != nil {
		return nil, err
	}
	var t Truth
	if err := yaml.Unmarshal(data, &t); err != nil {
		return nil, fmt.Errorf("%s: %s", filepath.Join(dir, File), yaml.FormatError(err, false, false))
	}
	if len(t.Documents) == 0 {
		return nil, fmt.Errorf("%s: no documents", filepath.Join(dir, File))
	}
	return &t, nil
}

// Find returns the dossiers to score: dir itself when it holds a truth, else its subfolders that do, by name.
func Find(dir string) ([]string, error) {
	if _, err := os.Stat(filepath.Join(dir, File)); err == nil {
		return []string{dir}, nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		kind := dossier.ErrCorrupt
		if errors.Is(err, fs.ErrNotExist) {
			kind = dossier.ErrNotFound
		}
		return nil, &dossier.Error{Kind: kind, File: dir, Msg: "无法读取评测数据目录", Cause: err}
	}
	var out []string
	for _, e := range entries {
		sub := filepath.Join(dir, e.Name())
		if _, err := os.Stat(filepath.Join(sub, File)); err == nil {
			out = append(out, sub)
		}
	}
	if len(out) == 0 {
		return nil, &dossier.Error{Kind: dossier.ErrInput, File: dir, Msg: "目录下没有带 " + File + " 的卷宗"}
	}
	slices.Sort(out)
	return out, nil
}

// Scalars are the values inside v that can be looked for: every leaf but empty text, nothing, yes/no, 0 and 1.
func Scalars(v any) []string {
	switch v := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		var out []string
		for _, k := range keys {
			out = append(out, Scalars(v[k])...)
		}
		return out
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, Scalars(x)...)
		}
		return out
	case nil, bool:
		return nil
	}
	s := Text(v)
	if s == "" || isNumber(v) && (s == "0" || s == "1" || s == "0.0" || s == "1.0") {
		return nil // too common to prove anything
	}
	return []string{s}
}

// Text prints a YAML scalar: whole floats keep a decimal, as the file has them.
func Text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		s := strconv.FormatFloat(v, 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0"
		}
		return s
	}
	return fmt.Sprint(v)
}

func isNumber(v any) bool {
	switch v.(type) {
	case int, int64, uint64, float64:
		return true
	}
	return false
}
