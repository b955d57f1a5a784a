package plan

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Lint checks the embedded words and their examples.
func Lint() error {
	b, err := Embedded()
	if err != nil {
		return err
	}
	return b.RunExamples()
}

// RunExamples plans every example; each file of synonyms needs some, each group one that calls it.
func (b *Book) RunExamples() error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(b.subject)) {
		sub := b.subject[name]
		if len(sub.Examples) == 0 {
			errs = append(errs, fmt.Errorf("%s.yaml: no examples", name))
		}
		for _, e := range sub.Examples {
			if err := b.runExample(e); err != nil {
				errs = append(errs, fmt.Errorf("%s.yaml: %q: %w", name, e.Ask, err))
			}
		}
	}
	return errors.Join(errs...)
}

func (b *Book) runExample(e Example) error {
	o := Options{Names: e.Names, Book: b}
	if e.AsOf != "" {
		var err error
		if o.AsOf, err = dossier.ParseDate(e.AsOf); err != nil {
			return err
		}
	}
	p, err := New(e.Ask, o)
	if err != nil || len(p.Queries) == 0 {
		return fmt.Errorf("nothing is planned: %w", err)
	}
	terms := p.Queries[0].Terms
	if e.Words != "" && terms[0].Text != e.Words {
		return fmt.Errorf("%q is left of it, not %q", terms[0].Text, e.Words)
	}
	has := func(w string) bool {
		return slices.ContainsFunc(terms[1:], func(t Term) bool { return strings.Contains(t.Text, w) })
	}
	for _, w := range e.Adds {
		if !has(w) {
			return fmt.Errorf("%s is not added: %v", w, terms[1:])
		}
	}
	for _, w := range e.Lacks {
		if has(w) {
			return fmt.Errorf("%s is added: %v", w, terms[1:])
		}
	}
	return nil
}
