package chunk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Example is a text and how it must be cut; what a wanted chunk leaves empty is not compared, but for Text.
type Example struct {
	Name   string `yaml:"name"`
	Text   string `yaml:"text"` // pages parted by form feeds
	Runes  int    `yaml:"runes"`
	Chunks []Want `yaml:"chunks"`
}

// Want is one chunk of an example.
type Want struct {
	Text     string   `yaml:"text"`
	Context  string   `yaml:"context"`
	Headings []string `yaml:"headings"`
	Clause   string   `yaml:"clause"`
	Kind     Kind     `yaml:"kind"`
	Period   string   `yaml:"period"`
}

// Lint checks the embedded configuration and runs its examples.
func Lint() []error {
	c, err := standard()
	if err != nil {
		return []error{err}
	}
	return c.RunExamples(embeddedName)
}

// RunExamples cuts the examples of a configuration file of that name and reports what comes out otherwise.
func (c *Config) RunExamples(name string) []error {
	var errs []error
	if len(c.Examples) == 0 {
		errs = append(errs, fmt.Errorf("%s: no examples", name))
	}
	for _, e := range c.Examples {
		d := &dossier.Document{File: "例.txt"}
		for i, text := range strings.Split(e.Text, "\f") {
			d.Pages = append(d.Pages, dossier.Page{Number: i + 1, Text: text})
		}
		got := Cut([]*dossier.Document{d}, Options{Runes: e.Runes, Config: c})
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("%s: example %q: %s", name, e.Name, fmt.Sprintf(format, args...)))
		}
		if len(got) != len(e.Chunks) {
			bad("%d chunks, want %d: %s", len(got), len(e.Chunks), texts(got))
			continue
		}
		for i, w := range e.Chunks {
			g := got[i]
			switch {
			case g.Text != w.Text:
				bad("chunk %d is %q, want %q", i+1, g.Text, w.Text)
			case w.Context != "" && g.Context != w.Context:
				bad("chunk %d has the context %q, want %q", i+1, g.Context, w.Context)
			case w.Headings != nil && !slices.Equal(g.Headings, w.Headings):
				bad("chunk %d stands under %q, want %q", i+1, g.Headings, w.Headings)
			case w.Clause != "" && g.Clause != w.Clause:
				bad("chunk %d is of clause %q, want %q", i+1, g.Clause, w.Clause)
			case w.Kind != "" && g.Kind != w.Kind:
				bad("chunk %d is a %s, want %s", i+1, g.Kind, w.Kind)
			case w.Period != "" && g.Period != w.Period:
				bad("chunk %d speaks of %q, want %q", i+1, g.Period, w.Period)
			}
		}
	}
	return errs
}

func texts(cs []Chunk) string {
	var b strings.Builder
	for _, c := range cs {
		fmt.Fprintf(&b, "%q ", c.Text)
	}
	return b.String()
}
