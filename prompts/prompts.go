// Package prompts holds what is said to a model: one <name>.prompt a file, with front matter that declares its
// version, inputs and answer, over text/template, with shared parts.
package prompts

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"
	"text/template"

	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed *.prompt
var files embed.FS

// Prompt is one file.
type Prompt struct {
	Name    string                 `yaml:"name"`
	Version int                    `yaml:"version"`
	Purpose string                 `yaml:"purpose"`
	Inputs  []string               `yaml:"inputs"` // names that the text may use
	Schema  string                 `yaml:"schema"` // JSON schema of the answer, "" for free text
	Example map[string]interface{} `yaml:"example"`

	SHA256 string `yaml:"-"` // of the file with the shared parts
	text   *template.Template
}

// Book is the set of prompts by name.
type Book map[string]*Prompt

var embedded = sync.OnceValues(func() (Book, error) { return Load(files) })

// Embedded returns the prompts that ship with xindiao.
func Embedded() (Book, error) { return embedded() }

// Load reads every *.prompt of a folder. Files whose name begins with _ are shared parts ({{template "_voice"}}).
// Each prompt must render over its own example.
func Load(fsys fs.FS) (Book, error) {
	names, err := fs.Glob(fsys, "*.prompt")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	parts := template.New("").Option("missingkey=error")
	var shared []byte
	var errs []error
	for _, n := range names {
		if strings.HasPrefix(n, "_") {
			data, err := fs.ReadFile(fsys, n)
			if err == nil {
				_, err = parts.New(strings.TrimSuffix(n, ".prompt")).Parse(string(data))
			}
			errs = append(errs, err)
			shared = append(shared, data...)
		}
	}
	book := Book{}
	for _, n := range names {
		if strings.HasPrefix(n, "_") {
			continue
		}
		p, err := read(fsys, n, parts, shared)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		book[p.Name] = p
	}
	return book, errors.Join(errs...)
}

func read(fsys fs.FS, file string, parts *template.Template, shared []byte) (*Prompt, error) {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, err
	}
	front, body, ok := bytes.Cut(bytes.TrimPrefix(data, []byte("---\n")), []byte("\n---\n"))
	if !ok {
		return nil, fmt.Errorf("%s:1: no front matter between --- lines", file)
	}
	p := &Prompt{}
	if err := datafile.Decode(file, append(front, '\n'), p); err != nil {
		return nil, err
	}
	if p.Name != strings.TrimSuffix(path.Base(file), ".prompt") || p.Version < 1 || p.Purpose == "" {
		return nil, fmt.Errorf("%s: name must be the file's; version and purpose are needed", file)
	}
	if p.Schema != "" && !json.Valid([]byte(p.Schema)) {
		return nil, fmt.Errorf("%s: schema is not JSON", file)
	}
	t, err := parts.Clone()
	if err != nil {
		return nil, err
	}
	if p.text, err = t.New(p.Name).Parse(string(body)); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	sum := sha256.Sum256(append(append([]byte(nil), data...), shared...))
	p.SHA256 = hex.EncodeToString(sum[:])
	if _, err := p.Render(p.Example); err != nil {
		return nil, fmt.Errorf("%s: example: %w", file, err)
	}
	return p, nil
}

// Render fills the prompt. Inputs that were not declared, or are declared and absent, are an error.
func (p *Prompt) Render(in map[string]interface{}) (string, error) {
	for _, k := range p.Inputs {
		if _, ok := in[k]; !ok {
			return "", fmt.Errorf("input %q is absent", k)
		}
	}
	if len(in) != len(p.Inputs) {
		return "", fmt.Errorf("%d inputs, %d declared", len(in), len(p.Inputs))
	}
	var b strings.Builder
	err := p.text.Execute(&b, in)
	return b.String(), err
}
