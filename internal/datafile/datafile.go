// Package datafile decodes the YAML files that are part of the product, strictly, with faults given as file:line.
package datafile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/goccy/go-yaml"
)

// Decode reads one YAML document into v. An unknown key, a wrong type or a second document is an error
// "file:line:column: message".
func Decode(name string, data []byte, v any) (err error) {
	defer func() {
		if recover() != nil { // the library meets a null node where a broken file has no value
			err = fmt.Errorf("%s: not YAML that can be read: look for a line with no key or no value", name)
		}
	}()
	dec := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict())
	if err := dec.Decode(v); err != nil {
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("%s:1: empty file", name)
		}
		return at(name, err)
	}
	var more any
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: more than one YAML document", name)
	}
	return nil
}

var position = regexp.MustCompile(`^\[(\d+):(\d+)\] ([^\n]*)`)

func at(name string, err error) error {
	msg := strings.TrimSpace(yaml.FormatError(err, false, false))
	if m := position.FindStringSubmatch(msg); m != nil {
		return fmt.Errorf("%s:%s:%s: %s", name, m[1], m[2], m[3])
	}
	return fmt.Errorf("%s: %s", name, strings.SplitN(msg, "\n", 2)[0])
}

// Matches is how data files name what they are for: an empty list matches everything, an entry matches as a substring.
func Matches(list []string, value string) bool {
	return len(list) == 0 || slices.ContainsFunc(list, func(s string) bool { return strings.Contains(value, s) })
}

// Load decodes every *.yaml directly in dir of fsys, in name order, and reports all faulty files together.
func Load[T any](fsys fs.FS, dir string) (map[string]T, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, err
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	out := map[string]T{}
	var errs []error
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".yaml" {
			continue
		}
		name := path.Join(dir, e.Name())
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		var v T
		if err := Decode(name, data, &v); err != nil {
			errs = append(errs, err)
			continue
		}
		out[strings.TrimSuffix(e.Name(), ".yaml")] = v
	}
	return out, errors.Join(errs...)
}
