// Package templates holds the report templates as data: a base by report kind, overlays by product, customer and
// industry, and the rules by which they are chosen and merged.
package templates

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// Template is one YAML file: a base (Kind set) or an overlay (Over set).
type Template struct {
	ID       string    `yaml:"id"`
	Name     string    `yaml:"name"`
	Kind     string    `yaml:"kind"`  // credit, postloan
	Title    string    `yaml:"title"` // of a base: 授信调查报告
	Over     Over      `yaml:"over"`  // of an overlay: when it is laid over the base
	Note     string    `yaml:"note"`
	Sections []Section `yaml:"sections"`
	Examples []Example `yaml:"examples"`
}

// Example is a small dossier that a template carries: whether the template is laid for it, what must then be said and
// which gaps must be named. Documents and figures are made up; agent runs the sentences.
type Example struct {
	Name      string            `yaml:"name"`
	Report    string            `yaml:"report"` // credit (default), postloan
	Product   string            `yaml:"product"`
	Guarantee string            `yaml:"guarantee"`
	Customer  string            `yaml:"customer"`
	Industry  string            `yaml:"industry"` // code with its letter: C3525
	Applies   bool              `yaml:"applies"`
	Documents []ExampleDocument `yaml:"documents"`
	Figures   map[string]string `yaml:"figures"` // "revenue@2025-01-01/2025-12-31": "12000000"
	Says      []string          `yaml:"says"`
	Gaps      []string          `yaml:"gaps"` // names of required items
}

// ExampleDocument is a document of an example.
type ExampleDocument struct {
	Type   string                         `yaml:"type"`
	Text   string                         `yaml:"text"`
	Fields map[string]string              `yaml:"fields"`
	Kinds  map[string]string              `yaml:"kinds"` // of fields that are not text: money, date…
	Rows   map[string][]map[string]string `yaml:"rows"`
}

// Application is the application that the example stands for.
func (e Example) Application() dossier.Application {
	app := dossier.Application{Product: e.Product, Guarantee: e.Guarantee, CustomerType: e.Customer, ReportKind: dossier.ReportCredit}
	if e.Report == "postloan" {
		app.ReportKind = dossier.ReportPostLoan
	}
	return app
}

// Over tells when an overlay applies; entries of a list are alternatives, matched as substrings (Industry: as
// prefixes of the GB/T 4754 code with its letter).
type Over struct {
	Product   []string `yaml:"product"`
	Guarantee []string `yaml:"guarantee"`
	Customer  []string `yaml:"customer"`
	Industry  []string `yaml:"industry"`
}

// Section is a part of the report. In an overlay a section with the id of a base section is merged into it: its
// blocks follow the base's, or stand before them with First; a new section is put after the section After.
type Section struct {
	ID        string    `yaml:"id"`
	Title     string    `yaml:"title"`
	Law       []string  `yaml:"law"`       // articles that ask for it: wcl2024:16(一)
	Questions []string  `yaml:"questions"` // put to retrieval for the model's evidence
	Prompt    string    `yaml:"prompt"`    // name of the prompt when a model writes; "" when it never does
	First     bool      `yaml:"first"`
	After     string    `yaml:"after"`
	Blocks    []Block   `yaml:"blocks"`
	Sections  []Section `yaml:"sections"`
}

// Block is exactly one of its parts.
type Block struct {
	Paragraph []Item `yaml:"paragraph"` // sentences of one paragraph
	List      []Item `yaml:"list"`      // one item a line
	Table     *Table `yaml:"table"`
	Chart     *Chart `yaml:"chart"`
	Builder   string `yaml:"builder"` // a block that code builds: risks, conditions, sources_differ…
	Title     string `yaml:"title"`   // of the builder's block
}

// Item is one sentence with its alternatives: the first that has all it names is said. A required item that none
// says is a gap, shown with the materials that would fill it.
type Item struct {
	ID       string   `yaml:"id"`
	Name     string   `yaml:"name"` // of a required item, for the gap: 借款人全称
	Required bool     `yaml:"required"`
	Needs    []string `yaml:"needs"` // document types that would fill it
	When     string   `yaml:"when"`  // a template that must print true; "" always
	Say      []string `yaml:"say"`   // text/template, see agent/voice
	Judged   bool     `yaml:"judged"`
}

// Table is a table over figures or over the rows of a list field.
type Table struct {
	Title    string   `yaml:"title"`
	Unit     string   `yaml:"unit"`    // 万元 for money tables
	Figures  []string `yaml:"figures"` // indicator ids, a row each
	Periods  string   `yaml:"periods"` // years, balances: columns
	Limits   bool     `yaml:"limits"`  // a last column with the bank's reference values
	Types    []string `yaml:"types"`   // document types whose list field is shown
	Rows     string   `yaml:"rows"`    // list field
	Columns  []Column `yaml:"columns"`
	Total    string   `yaml:"total"` // money column to add up in a last row
	Name     string   `yaml:"name"`  // when it is a required item
	Required bool     `yaml:"required"`
	Needs    []string `yaml:"needs"`
	Max      int      `yaml:"max"` // rows shown
}

// Column of a rows table.
type Column struct {
	Key   string `yaml:"key"`
	Title string `yaml:"title"`
}

// Chart over figures.
type Chart struct {
	Title   string   `yaml:"title"`
	Kind    string   `yaml:"kind"` // bar, line
	Figures []string `yaml:"figures"`
	Periods string   `yaml:"periods"`
}

func (t *Template) validate(file string) error {
	if t.ID != file {
		return fmt.Errorf("%s.yaml: id is %q", file, t.ID)
	}
	if t.Name == "" || len(t.Sections) == 0 {
		return fmt.Errorf("%s.yaml: name and sections are needed", file)
	}
	base := t.Kind != "" && t.Title != ""
	if base == t.Over.any() {
		return fmt.Errorf("%s.yaml: a base has kind and title, an overlay has over: exactly one of them", file)
	}
	if yes, no := sides(t.Examples); !yes || !no {
		return fmt.Errorf("%s.yaml: examples are needed: one that it applies to and one that it does not", file)
	}
	seen := map[string]bool{}
	return walk(t.Sections, func(s *Section) error {
		if s.ID == "" || seen[s.ID] {
			return fmt.Errorf("%s.yaml: section id %q is empty or stands twice", file, s.ID)
		}
		seen[s.ID] = true
		for i, b := range s.Blocks {
			if err := b.validate(); err != nil {
				return fmt.Errorf("%s.yaml: section %s, block %d: %w", file, s.ID, i+1, err)
			}
		}
		return nil
	})
}

func sides(list []Example) (yes, no bool) {
	for _, e := range list {
		yes, no = yes || e.Applies, no || !e.Applies
	}
	return yes, no
}

func (o Over) any() bool {
	return len(o.Product)+len(o.Guarantee)+len(o.Customer)+len(o.Industry) > 0
}

func (b *Block) validate() error {
	n := 0
	for _, set := range []bool{len(b.Paragraph) > 0, len(b.List) > 0, b.Table != nil, b.Chart != nil, b.Builder != ""} {
		if set {
			n++
		}
	}
	if n != 1 {
		return fmt.Errorf("%d parts set, want exactly one", n)
	}
	for _, it := range b.Items() {
		if len(it.Say) == 0 {
			return fmt.Errorf("item %q says nothing", it.ID)
		}
		if it.Required && (it.ID == "" || it.Name == "" || len(it.Needs) == 0) {
			return fmt.Errorf("required item %q: id, name and needs are needed", it.ID)
		}
	}
	if t := b.Table; t != nil {
		if (len(t.Figures) > 0) == (t.Rows != "") {
			return fmt.Errorf("table %q: figures or rows, exactly one", t.Title)
		}
		if t.Rows != "" && (len(t.Types) == 0 || len(t.Columns) == 0) {
			return fmt.Errorf("table %q: types and columns are needed", t.Title)
		}
		if t.Required && (t.Name == "" || len(t.Needs) == 0) {
			return fmt.Errorf("table %q: a required table has name and needs", t.Title)
		}
	}
	return nil
}

// Items returns the block's sentences.
func (b *Block) Items() []Item { return append(append([]Item(nil), b.Paragraph...), b.List...) }

func walk(sections []Section, f func(*Section) error) error {
	for i := range sections {
		if err := f(&sections[i]); err != nil {
			return err
		}
		if err := walk(sections[i].Sections, f); err != nil {
			return err
		}
	}
	return nil
}

// Walk visits every section of a template, subsections after their parent.
func (t *Template) Walk(f func(*Section) error) error { return walk(t.Sections, f) }
