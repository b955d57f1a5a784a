package finance

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed policy/*.yaml
var policyFS embed.FS

// Owned heads every file of thresholds that are no law: who answers for them, since when, and where they come from.
type Owned struct {
	Owner  string       `yaml:"owner"`
	Date   dossier.Date `yaml:"date"`
	Source string       `yaml:"source"`
}

func (o Owned) check() error {
	if o.Owner == "" || o.Date.IsZero() || o.Source == "" {
		return errors.New("owner, date and source are required")
	}
	return nil
}

// Policy is a bank's own configuration of the analysis: what counts as material, which values ask for attention, how
// the working-capital need is stressed, peers' benchmarks, and its own definitions of ratios.
type Policy struct {
	Material    MaterialPolicy
	Thresholds  ThresholdPolicy
	Need        NeedPolicy
	Z           ZPolicy
	Benchmarks  BenchmarkBook
	Definitions DefinitionPolicy
}

type checker interface{ check() error }

func (p *Policy) files() map[string]checker {
	return map[string]checker{"material.yaml": &p.Material, "thresholds.yaml": &p.Thresholds, "need.yaml": &p.Need, "zscore.yaml": &p.Z,
		"benchmarks.yaml": &p.Benchmarks, "definitions.yaml": &p.Definitions}
}

// DefaultPolicy is the configuration that comes with the program: examples, owned by no bank.
var DefaultPolicy = sync.OnceValue(func() *Policy {
	p, err := loadDefaultPolicy()
	if err != nil {
		panic(err) // embedded; Lint and the tests keep that from happening
	}
	return p
})

func loadDefaultPolicy() (*Policy, error) {
	dir, err := fs.Sub(policyFS, "policy")
	if err != nil {
		return nil, err
	}
	return LoadPolicy(dir)
}

// hugeNumber is a number whose expansion would fill the memory: 1e999999999.
var hugeNumber = regexp.MustCompile(`\d[eE][+-]?0*\d{3}`)

// LoadPolicy reads a bank's configuration: material.yaml, thresholds.yaml, need.yaml, zscore.yaml, benchmarks.yaml and
// definitions.yaml in dir, each in the form of the program's own file of that name; what is not there stays the
// program's. An unknown file or key, or an example that does not hold, is an error with file and line.
func LoadPolicy(dir fs.FS) (*Policy, error) {
	const most = 4 << 20 // bytes of one file
	p := &Policy{}
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return nil, err
	}
	var errs []error
	want := p.files()
	for _, e := range entries {
		if _, ok := want[e.Name()]; !ok {
			errs = append(errs, fmt.Errorf("%s：不是本行配置文件，可用的有%v", e.Name(), sortedNames(want)))
		}
	}
	for _, name := range sortedNames(want) {
		data, err := fs.ReadFile(dir, name)
		if errors.Is(err, fs.ErrNotExist) {
			data, err = policyFS.ReadFile("policy/" + name)
		}
		switch {
		case err != nil:
		case len(data) > most:
			err = fmt.Errorf("%s：文件超过%d字节", name, most)
		case hugeNumber.Match(data):
			err = fmt.Errorf("%s：数值的指数过大", name)
		default:
			if err = datafile.Decode(name, data, want[name]); err == nil {
				if err = want[name].check(); err != nil {
					err = fmt.Errorf("%s: %w", name, err)
				}
			}
		}
		if err != nil {
			errs = append(errs, err)
		}
	}
	return p, errors.Join(errs...)
}

func sortedNames(m map[string]checker) []string {
	out := make([]string, 0, len(m))
	for n := range m {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// DefinitionPolicy holds a bank's own formula of a ratio that goes by different definitions (调整后资产负债率).
type DefinitionPolicy struct {
	Owned       `yaml:",inline"`
	Definitions []Definition `yaml:"definitions"`
}

// Definition replaces the formula of one ratio.
type Definition struct {
	Ratio   string `yaml:"ratio"`
	Formula string `yaml:"formula"`
	Note    string `yaml:"note"`

	ratio *Ratio
}

func (d *DefinitionPolicy) check() error {
	if err := d.Owned.check(); err != nil {
		return err
	}
	for i := range d.Definitions {
		x := &d.Definitions[i]
		base := ratioByID(x.Ratio)
		if base == nil {
			return fmt.Errorf("unknown ratio %q", x.Ratio)
		}
		e, err := parseExpr(x.Formula)
		if err != nil {
			return err
		}
		for _, id := range e.idents() {
			if id == x.Ratio || ratioByID(id) == nil && !theRatios().known(id) {
				return fmt.Errorf("%s: formula names unknown %q", x.Ratio, id)
			}
		}
		r := *base
		r.expr, r.Flags = e, nil
		r.Note = fmt.Sprintf("本行口径（%s，%s）", d.Owner, d.Date)
		if x.Note != "" {
			r.Note += "：" + x.Note
		}
		x.ratio = &r
	}
	return nil
}

// define computes the bank's own definitions and makes them the preferred figures.
func (s *Set) define(d DefinitionPolicy, entity string, periods []dossier.Period) []Undefined {
	var out []Undefined
	for _, x := range d.Definitions {
		for _, p := range periods {
			f, err := s.compute(x.ratio, entity, s.scopeOf(entity, p), p)
			switch {
			case err == nil:
				s.Prefer(f.ID)
			case !errors.Is(err, errNotApplicable):
				out = append(out, Undefined{x.Ratio, x.ratio.Name, entity, p, err.Error()})
			}
		}
	}
	return out
}
