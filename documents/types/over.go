package types

import (
	"errors"
	"io/fs"
	"maps"
	"strings"

	"github.com/xindiao/xindiao/internal/datafile"
)

// With returns the embedded catalogue with a bank's own kinds over it, one YAML file a kind directly in fsys; the same
// id replaces. Faults are errors "file:line:column: message".
func With(fsys fs.FS) (*Catalogue, error) {
	m, err := datafile.Load[Type](files, ".")
	if err != nil {
		return nil, err
	}
	own, err := datafile.Load[Type](fsys, ".")
	if err != nil {
		return nil, err
	}
	maps.Copy(m, own)
	return build(m)
}

// WithFiles is With for files that need not lie in one folder; the keys are their base names.
func WithFiles(own map[string][]byte) (*Catalogue, error) {
	m, err := datafile.Load[Type](files, ".")
	if err != nil {
		return nil, err
	}
	var errs []error
	for name, data := range own {
		var t Type
		if err := datafile.Decode(name, data, &t); err != nil {
			errs = append(errs, err)
			continue
		}
		m[strings.TrimSuffix(name, ".yaml")] = t
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return build(m)
}

// Lint checks the kinds named by ids, all without any, against the catalogue that they stand in.
func (c *Catalogue) Lint(ids ...string) []error {
	kinds := c.order
	if len(ids) > 0 {
		kinds = nil
		for _, id := range ids {
			if t := c.byID[id]; t != nil {
				kinds = append(kinds, t)
			}
		}
	}
	var errs []error
	for _, t := range kinds {
		bad := faults(t.ID, &errs)
		t.lint(c, bad)
		t.lintMarks(c, bad)
		t.lintExamples(bad)
	}
	return append(errs, c.lintTitles(kinds)...)
}
