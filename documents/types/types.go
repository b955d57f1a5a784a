// Package types is the catalogue of document kinds: how each is recognised, what it says, how long it holds.
package types

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"sort"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed *.yaml common/*.yaml
var files embed.FS

// Files returns the embedded catalogue files, for `xindiao lint`.
func Files() fs.FS { return files }

// Type is one kind of document.
type Type struct {
	ID         string   `yaml:"id"`
	Name       string   `yaml:"name"`
	Aliases    []string `yaml:"aliases"`
	Category   string   `yaml:"category"`
	Issuer     string   `yaml:"issuer"`
	Validity   string   `yaml:"validity"` // until:FIELD, age<=30d, period:last_12m, case, history, latest_version, until:change, abolished, none; several joined by ;
	Law        []string `yaml:"law"`      // law:article that asks for it or gives it its effect
	Note       string   `yaml:"note"`
	Products   []string `yaml:"products"`    // who is asked for it: all, corp, sme, mortgage, project…
	Foreign    bool     `yaml:"foreign"`     // not a row of the bank's material list, but seen in dossiers
	Cues       []Cue    `yaml:"cues"`        // of the content
	FileCues   []string `yaml:"file_cues"`   // regular expressions on the file name; a weak hint
	Like       string   `yaml:"like"`        // takes the fields of this kind; own fields are added or replace
	Assigned   bool     `yaml:"assigned"`    // never found by cues: a second look at all documents gives it
	FormNo     []string `yaml:"form_no"`     // printed form numbers, as sure as a title
	Image      bool     `yaml:"image"`       // only images can be of this kind
	PartyField string   `yaml:"party_field"` // key of the field that names the owner
	VersionKey []string `yaml:"version_key"` // fields that make two papers versions of the same thing; empty: no versions
	DateField  string   `yaml:"date_field"`  // the later one counts among versions
	Fields     []Field  `yaml:"fields"`
	Examples   []Sample `yaml:"examples"`

	Seals      []Mark     `yaml:"seals"`       // stamps that a valid paper carries
	Signatures []Mark     `yaml:"signatures"`  // hands that sign it
	Replaces   []string   `yaml:"replaces"`    // kinds that it made superfluous
	ReplacedBy *Successor `yaml:"replaced_by"` // set for an abolished kind: what holds instead
	OldForms   []OldForm  `yaml:"old_forms"`   // abolished prints of a kind that lives on

	own []Field // Fields without what Like gave
}

// Cue is a sign of the kind in the text. Text is compared with blanks dropped and width folded; Pattern is matched
// against the same.
type Cue struct {
	Text    string  `yaml:"text"`
	Pattern string  `yaml:"pattern"`
	Weight  float64 `yaml:"weight"` // 1 is enough alone; negative speaks against
	Where   string  `yaml:"where"`  // title: a short line near the top or a sheet name; any (default)

	re *regexp.Regexp
}

// Re returns the compiled pattern, nil for a text cue.
func (c *Cue) Re() *regexp.Regexp { return c.re }

// Field is one thing that the kind says.
type Field struct {
	Key   string            `yaml:"key"`
	Label string            `yaml:"label"`
	Kind  dossier.FieldKind `yaml:"kind"` // default text
	Unit  string            `yaml:"unit"` // of a money value that prints none: 元 (default), 万元, auto (from 单位：)
	Find  []Finder          `yaml:"find"` // tried in order, the first hit counts
	Use   string            `yaml:"use"`  // finders shared by many kinds, see common/finders.yaml; tried after Find

	Min    string `yaml:"min"`    // a money value below it is a misreading, e.g. 500 of 500万元
	Max    string `yaml:"max"`    // a value above it is a misreading, e.g. a rate of 400%
	Hidden bool   `yaml:"hidden"` // only feeds count, sum… of other fields

	Shared int `yaml:"-"` // how many of Find, the last, came by Use
}

// Sample is a piece of text that must, or must not, be this kind and say these fields.
type Sample struct {
	Text   string            `yaml:"text"`  // lines; columns parted by a tab
	Table  [][]string        `yaml:"table"` // rows of a table on the page
	File   string            `yaml:"file"`
	Image  bool              `yaml:"image"`
	Not    bool              `yaml:"not"`
	Fields map[string]string `yaml:"fields"`          // of a rows field: key.0.column, key.len
	Party  string            `yaml:"party,omitempty"` // the borrower, for kinds that depend on it
}

// Catalogue is all kinds by id.
type Catalogue struct {
	byID  map[string]*Type
	order []*Type
}

// Get returns the kind, nil when there is none of that id.
func (c *Catalogue) Get(id string) *Type { return c.byID[id] }

// All returns the kinds in id order.
func (c *Catalogue) All() []*Type { return c.order }

// Name returns the Chinese name of id, also for the ids outside the catalogue.
func (c *Catalogue) Name(id string) string {
	if t := c.byID[id]; t != nil {
		return t.Name
	}
	switch id {
	case dossier.TypeIrrelevant:
		return "无关文件"
	case dossier.TypeArchive:
		return "压缩包"
	}
	return "未能识别"
}

// FileHints returns the compiled file name cues.
func (t *Type) FileHints() []*regexp.Regexp {
	out := make([]*regexp.Regexp, 0, len(t.FileCues))
	for _, s := range t.FileCues {
		if re, err := compiled(s); err == nil {
			out = append(out, re)
		}
	}
	return out
}

var (
	reMu    sync.Mutex
	reCache = map[string]*regexp.Regexp{}
)

func compiled(s string) (*regexp.Regexp, error) {
	reMu.Lock()
	defer reMu.Unlock()
	if re, ok := reCache[s]; ok {
		return re, nil
	}
	re, err := regexp.Compile(s)
	if err == nil {
		reCache[s] = re
	}
	return re, err
}

var load = sync.OnceValues(func() (*Catalogue, error) { return read(files) })

// Load reads the embedded catalogue; it is read once.
func Load() (*Catalogue, error) { return load() }

func read(fsys fs.FS) (*Catalogue, error) {
	m, err := datafile.Load[Type](fsys, ".")
	if err != nil {
		return nil, err
	}
	return build(m)
}

// build compiles kinds by id and settles whose fields they take.
func build(m map[string]Type) (*Catalogue, error) {
	shared, err := common()
	if err != nil {
		return nil, err
	}
	c := &Catalogue{byID: map[string]*Type{}}
	for name, v := range m {
		t := &v
		if t.ID != name {
			return nil, fmt.Errorf("%s.yaml:1: id is %q, want the file's name", name, t.ID)
		}
		if err := t.compile(shared); err != nil {
			return nil, fmt.Errorf("%s.yaml: %w", name, err)
		}
		t.own = t.Fields
		c.byID[t.ID] = t
		c.order = append(c.order, t)
	}
	for _, t := range c.order {
		if src := c.byID[t.Like]; src != nil {
			t.Fields = over(src.own, t.own)
		}
	}
	sort.Slice(c.order, func(i, j int) bool { return c.order[i].ID < c.order[j].ID })
	return c, nil
}

// over returns base with the fields of own in place of those of the same key, and behind them the rest of own.
func over(base, own []Field) []Field {
	out := append([]Field(nil), base...)
next:
	for _, f := range own {
		for i := range out {
			if out[i].Key == f.Key {
				out[i] = f
				continue next
			}
		}
		out = append(out, f)
	}
	return out
}

func (t *Type) compile(shared map[string]Shared) error {
	for i := range t.Cues {
		if p := t.Cues[i].Pattern; p != "" {
			re, err := compiled(p)
			if err != nil {
				return err
			}
			t.Cues[i].re = re
		}
	}
	for _, p := range t.FileCues {
		if _, err := compiled(p); err != nil {
			return err
		}
	}
	for i := range t.OldForms {
		re, err := compiled(t.OldForms[i].Pattern)
		if err != nil {
			return err
		}
		t.OldForms[i].re = re
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Kind == "" {
			f.Kind = dossier.KindText
		}
		if f.Use != "" {
			more, ok := shared[f.Use]
			if !ok {
				return fmt.Errorf("field %s: use: no shared finders %q", f.Key, f.Use)
			}
			f.Find, f.Shared = append(f.Find[:len(f.Find):len(f.Find)], more.Find...), len(more.Find)
		}
		for j := range f.Find {
			if err := f.Find[j].compile(); err != nil {
				return fmt.Errorf("field %s: %w", f.Key, err)
			}
		}
	}
	return nil
}
