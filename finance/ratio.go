package finance

import (
	"embed"
	"fmt"
	"slices"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/invoice"
	"github.com/xindiao/xindiao/finance/repay"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed ratios/*.yaml
var ratiosFS embed.FS

// Ratio is one ratio, or an intermediate amount such as 有息负债, as data.
type Ratio struct {
	ID      string       `yaml:"id"`
	Name    string       `yaml:"name"`
	Formula string       `yaml:"formula"`
	Unit    dossier.Unit `yaml:"unit"` // ratio, times, days, 元
	// Period: balance (any balance date), flow (any span), year (full years only), annualised (a flow over a part of
	// the year is scaled to twelve months, with a note).
	Period string `yaml:"period"`
	Better string `yaml:"better"` // higher, lower, "" when neither is better in itself
	Source string `yaml:"source"`
	Note   string `yaml:"note"`
	// Signed divides by a negative denominator too, as definitions of others do; the sign then tells no direction.
	Signed bool `yaml:"signed"`
	// Flags are caveats that hold only for some statements.
	Flags []RatioFlag `yaml:"flags"`
	// Examples run in go test; Want is "" when the ratio must be undefined.
	Examples []RatioExample `yaml:"examples"`

	Group string `yaml:"-"`
	Asked bool   `yaml:"-"` // computed by Compute alone, never by Ratios: see ratioFile
	expr  *expr
	// digits kept of the value; 0: what the unit shows
	digits int32
}

// RatioFlag is a caveat shown when the formula as it was used contains With, or none of Without, or when the statements
// print a Beside other than zero that the formula leaves out.
type RatioFlag struct {
	With    string   `yaml:"with"`
	Without []string `yaml:"without"` // none of these is used
	Beside  string   `yaml:"beside"`
	Note    string   `yaml:"note"`
}

// RatioExample gives amounts by indicator: Given at the end of the period and for flows, Opening at its start,
// Prior for flows of the year before.
type RatioExample struct {
	Given   map[string]string `yaml:"given"`
	Opening map[string]string `yaml:"opening"`
	Prior   map[string]string `yaml:"prior"`
	Months  int               `yaml:"months"` // 12 unless told
	Want    string            `yaml:"want"`
}

type ratioFile struct {
	Group  string  `yaml:"group"`
	Name   string  `yaml:"name"`
	Asked  bool    `yaml:"asked"` // definitions of others, which no report shows unless it asks for one by name
	Inputs []Input `yaml:"inputs"`
	Ratios []Ratio `yaml:"ratios"`
}

type ratioBook struct {
	all    []*Ratio
	byID   map[string]*Ratio
	inputs map[string]*Input
}

// groupOrder is the order in which reports show the groups; a file a group.
var groupOrder = []string{"derived", "liquidity", "solvency", "profit", "turnover", "growth", "cash", "model", "filings"}

var loadRatios = sync.OnceValues(func() (*ratioBook, error) {
	files, err := datafile.Load[ratioFile](ratiosFS, "ratios")
	if err != nil {
		return nil, err
	}
	b := &ratioBook{byID: map[string]*Ratio{}, inputs: map[string]*Input{}}
	for _, g := range groupOrder {
		f, ok := files[g]
		if !ok {
			return nil, fmt.Errorf("ratios/%s.yaml is missing", g)
		}
		delete(files, g)
		for i := range f.Inputs {
			if err := b.input(&f.Inputs[i]); err != nil {
				return nil, fmt.Errorf("ratios/%s.yaml: %s: %w", g, f.Inputs[i].ID, err)
			}
		}
		for i := range f.Ratios {
			r := &f.Ratios[i]
			r.Group, r.Asked = f.Group, f.Asked
			if err := b.add(r); err != nil {
				return nil, fmt.Errorf("ratios/%s.yaml: %s: %w", g, r.ID, err)
			}
		}
	}
	for n := range files {
		return nil, fmt.Errorf("ratios/%s.yaml: not in groupOrder", n)
	}
	return b, b.check()
})

func (b *ratioBook) add(r *Ratio) error {
	switch {
	case b.byID[r.ID] != nil || theChart().stmt[r.ID] != "":
		return fmt.Errorf("id is taken")
	case r.Name == "" || r.Source == "" || len(r.Examples) == 0:
		return fmt.Errorf("name, source and examples are required")
	case !slices.Contains([]string{"balance", "flow", "year", "annualised"}, r.Period):
		return fmt.Errorf("unknown period %q", r.Period)
	case !slices.Contains([]string{"", "higher", "lower"}, r.Better):
		return fmt.Errorf("unknown better %q", r.Better)
	case !slices.Contains([]dossier.Unit{dossier.Ratio, dossier.Times, dossier.DaysUnit, dossier.Yuan}, r.Unit):
		return fmt.Errorf("unknown unit %q", r.Unit)
	}
	e, err := parseExpr(r.Formula)
	if err != nil {
		return err
	}
	for _, fl := range r.Flags {
		if fl.With == "" && len(fl.Without) == 0 && fl.Beside == "" || fl.Note == "" {
			return fmt.Errorf("a flag needs one of with, without, beside, and a note")
		}
	}
	r.expr = e
	b.byID[r.ID] = r
	b.all = append(b.all, r)
	return nil
}

// check resolves names; a ratio may only use ratios that stand before it, so that there is no circle.
func (b *ratioBook) check() error {
	before := map[string]bool{}
	for _, r := range b.all {
		for _, id := range r.expr.idents() {
			if !before[id] && !b.known(id) {
				return fmt.Errorf("ratio %s: formula names unknown or later %q", r.ID, id)
			}
		}
		for _, fl := range r.Flags {
			for _, id := range append([]string{fl.With, fl.Beside}, fl.Without...) {
				if id != "" && !before[id] && !b.known(id) {
					return fmt.Errorf("ratio %s: a flag names unknown or later %q", r.ID, id)
				}
			}
		}
		before[r.ID] = true
	}
	return nil
}

// known tells whether a formula may name id: a line, an input, or a count that other papers give.
func (b *ratioBook) known(id string) bool {
	return theChart().stmt[id] != "" || b.inputs[id] != nil || otherNames[id] != ""
}

func theRatios() *ratioBook {
	b, err := loadRatios()
	if err != nil {
		panic(err)
	}
	return b
}

func ratioByID(id string) *Ratio { return theRatios().byID[id] }

// RatioBook returns every ratio in report order.
func RatioBook() []Ratio {
	out := make([]Ratio, 0, len(theRatios().all))
	for _, r := range theRatios().all {
		out = append(out, *r)
	}
	return out
}

// LookupRatio returns the ratio with that id.
func LookupRatio(id string) (Ratio, bool) {
	if r := ratioByID(id); r != nil {
		return *r, true
	}
	return Ratio{}, false
}

// Lint loads all data of the package and returns what is wrong with it.
func Lint() []error {
	var errs []error
	if _, err := loadChart(); err != nil {
		return []error{err}
	}
	if _, err := loadAccounts(); err != nil {
		errs = append(errs, err)
	}
	if _, err := loadForeign(); err != nil {
		errs = append(errs, err)
	}
	if _, err := loadPapers(); err != nil {
		errs = append(errs, err)
	}
	if _, err := loadRatios(); err != nil {
		return append(errs, err)
	}
	if _, err := loadDefaultPolicy(); err != nil {
		errs = append(errs, err)
	}
	if _, err := loadCauses(); err != nil {
		errs = append(errs, err)
	}
	if _, err := loadChecks(); err != nil {
		errs = append(errs, err)
	}
	if _, err := loadCross(); err != nil {
		errs = append(errs, err)
	}
	if err := repay.Lint(); err != nil {
		errs = append(errs, err)
	}
	errs = append(errs, invoice.Lint()...)
	errs = append(errs, lintFlows()...)
	return errs
}
