package plan

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
	"github.com/xindiao/xindiao/retrieval/lexical"
)

//go:embed data
var files embed.FS

// Book holds the words of the trade.
type Book struct {
	match   matcher
	weights Weights
	subject map[string]Subject
}

// Weights say how much what was not asked counts beside what was.
type Weights struct {
	Synonym float64 `yaml:"synonym"` // of a group that has none of its own
	Item    float64 `yaml:"item"`    // a statement line under its name in the accounts
	Period  float64 `yaml:"period"`  // a date that 上年末 means
	Topic   float64 `yaml:"topic"`   // one topic of a question that lists several
	Title   float64 `yaml:"title"`   // a section's title
}

// Subject is one file of synonyms.
type Subject struct {
	Owner    string    `yaml:"owner"`
	Date     string    `yaml:"date"`
	Groups   []Group   `yaml:"groups"`
	Examples []Example `yaml:"examples"`
}

// Group joins words that mean one thing. Same: each calls the others. Asked: said by people, calls Means, which are the
// papers' words, but not the other way round. Corpora: not within a borrower's own dossier, where 客户 are the
// borrower's customers and not the bank's.
type Group struct {
	ID      string   `yaml:"id"`
	Same    []string `yaml:"same"`
	Asked   []string `yaml:"asked"`
	Means   []string `yaml:"means"`
	Weight  float64  `yaml:"weight"`
	Corpora bool     `yaml:"corpora"`
}

// Example is a question and what its plan must add and must not.
type Example struct {
	Ask   string   `yaml:"ask"`
	AsOf  string   `yaml:"as_of"`
	Names []string `yaml:"names"`
	Words string   `yaml:"words"` // the question without the borrower's name; not compared when empty
	Adds  []string `yaml:"adds"`
	Lacks []string `yaml:"lacks"`
}

// settings is data/plan.yaml.
type settings struct {
	Owner    string    `yaml:"owner"`
	Date     string    `yaml:"date"`
	Weights  Weights   `yaml:"weights"`
	Periods  []Period  `yaml:"periods"`
	Examples []Example `yaml:"examples"`
}

var embedded = sync.OnceValues(func() (*Book, error) {
	sub, err := fs.Sub(files, "data")
	if err != nil {
		return nil, err
	}
	return Load(sub)
})

// Embedded is the book that ships with xindiao.
func Embedded() (*Book, error) { return embedded() }

// Load reads plan.yaml and synonyms/*.yaml.
func Load(fsys fs.FS) (*Book, error) {
	raw, err := fs.ReadFile(fsys, "plan.yaml")
	if err != nil {
		return nil, err
	}
	var s settings
	if err := datafile.Decode("plan.yaml", raw, &s); err != nil {
		return nil, err
	}
	subjects, err := datafile.Load[Subject](fsys, "synonyms")
	if err != nil {
		return nil, err
	}
	b := &Book{match: matcher{}, weights: s.Weights, subject: subjects}
	errs := []error{owned("plan.yaml", s.Owner, s.Date), s.Weights.check()}
	for _, p := range s.Periods {
		errs = append(errs, b.period(p))
	}
	for _, name := range slices.Sorted(maps.Keys(subjects)) {
		sub := subjects[name]
		errs = append(errs, owned("synonyms/"+name+".yaml", sub.Owner, sub.Date))
		for _, g := range sub.Groups {
			errs = append(errs, b.group("synonyms/"+name+".yaml", g))
		}
	}
	b.subject["plan"] = Subject{Examples: s.Examples}
	return b, errors.Join(errs...)
}

func (w Weights) check() error {
	for _, x := range []float64{w.Synonym, w.Item, w.Period, w.Topic, w.Title} {
		if x <= 0 || x > 1 {
			return fmt.Errorf("plan.yaml: every weight is above 0 and at most 1")
		}
	}
	return nil
}

func (b *Book) period(p Period) error {
	if !slices.Contains([]string{"year", "year_end", "quarter_end", "month_end"}, p.At) || p.Back < 0 || p.Number < 0 || p.Number > 5 || len(p.Words) == 0 {
		return fmt.Errorf("plan.yaml: period %v: at %q, back %d, number %d", p.Words, p.At, p.Back, p.Number)
	}
	for _, w := range p.Words {
		e := b.match.entry(lexical.Fold(w))
		e.periods = append(e.periods, p)
	}
	return nil
}

func (b *Book) group(file string, g Group) error {
	if (len(g.Same) < 2) == (len(g.Asked) == 0 || len(g.Means) == 0) || g.Weight < 0 || g.Weight > 1 || g.ID == "" {
		return fmt.Errorf("%s: group %q: give an id, and two words or more under same, or asked with means", file, g.ID)
	}
	weight := g.Weight
	if weight == 0 {
		weight = b.weights.Synonym
	}
	add := func(asked, means string) {
		if asked, means = lexical.Fold(asked), lexical.Fold(means); asked != means {
			e := b.match.entry(asked)
			e.adds = append(e.adds, synonym{Term{Text: means, Weight: weight}, g.Corpora})
		}
	}
	for _, x := range append(slices.Clone(g.Same), g.Asked...) {
		if len([]rune(x)) < 2 {
			return fmt.Errorf("%s: group %q: %q is too short to mean one thing", file, g.ID, x)
		}
	}
	for _, x := range g.Same {
		for _, y := range g.Same {
			add(x, y)
		}
	}
	for _, x := range g.Asked {
		for _, y := range g.Means {
			add(x, y)
		}
	}
	return nil
}

func owned(file, owner, date string) error {
	if _, err := dossier.ParseDate(date); err != nil || owner == "" {
		return fmt.Errorf("%s: owner and date are needed", file)
	}
	return nil
}
