package finance

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

// classFile is flows/classes.yaml: words that class a row.
type classFile struct {
	Source  string              `yaml:"source"`
	Lists   map[string][]string `yaml:"lists"`
	Lenders []struct {
		Kind  string   `yaml:"kind"`
		Words []string `yaml:"words"`
	} `yaml:"lenders"`
	Surnames string         `yaml:"surnames"`
	Examples []classExample `yaml:"examples"`
}

type classExample struct {
	In      bool   `yaml:"in"`
	Party   string `yaml:"party"`
	Summary string `yaml:"summary"`
	Class   Class  `yaml:"class"`
}

// wordLists are the lists that classify asks for; Lint refuses a file without one of them.
var wordLists = []string{"trade", "deposit_interest", "grant", "loan", "repay", "pay_interest", "wealth", "refund", "subsidy", "capital",
	"borrow", "repay_borrowed", "dealings", "social", "tax", "payroll", "rent", "utility", "withdraw", "cash", "entrusted", "spending",
	"securities", "wealth_buy", "property", "instalment", "regular", "wallet", "bank", "org", "not_person"}

var loadClasses = sync.OnceValues(func() (*classFile, error) { return newClasses(flowsFS, "flows/classes.yaml") })

// classData panics when the embedded data is broken; lint and the tests keep that from happening.
func classData() *classFile {
	c, err := loadClasses()
	if err != nil {
		panic(err)
	}
	return c
}

func newClasses(fsys fs.FS, name string) (*classFile, error) {
	f, err := decodeFile[classFile](fsys, name)
	if err != nil {
		return nil, err
	}
	if f.Source == "" || f.Surnames == "" || len(f.Lenders) == 0 || len(f.Examples) == 0 {
		return nil, fmt.Errorf("%s: source, surnames, lenders and examples are required", name)
	}
	known := map[string]bool{}
	for _, l := range wordLists {
		known[l] = true
		if len(f.Lists[l]) == 0 {
			return nil, fmt.Errorf("%s: lists.%s is missing", name, l)
		}
	}
	for l, ws := range f.Lists {
		if !known[l] {
			return nil, fmt.Errorf("%s: lists.%s is asked for by nothing", name, l)
		}
		for _, w := range ws {
			if w == "" {
				return nil, fmt.Errorf("%s: lists.%s holds an empty word", name, l)
			}
		}
	}
	return &f, nil
}

// check classes the examples.
func (f *classFile) check() []error {
	var errs []error
	for _, ex := range f.Examples {
		if classNames[ex.Class] == "" {
			errs = append(errs, fmt.Errorf("flows/classes.yaml: examples: unknown class %q", ex.Class))
			continue
		}
		t := Txn{Party: ex.Party, Summary: ex.Summary, Out: one}
		if ex.In {
			t.In, t.Out = one, zero
		}
		if c := newClassifier(&Flow{Kind: FlowBank}, FlowOptions{}).class(t); c != ex.Class {
			errs = append(errs, fmt.Errorf("flows/classes.yaml: %s %s is %s, want %s", ex.Party, ex.Summary, c, ex.Class))
		}
	}
	return errs
}

// says tells whether s holds a word of the list.
func (f *classFile) says(list, s string) bool { return hasAny(s, f.Lists[list]) }

func hasAny(s string, words []string) bool {
	if s == "" {
		return false
	}
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// lender names the kind of a lender that is no bank, "" for everybody else.
func (f *classFile) lender(party string) string {
	for _, l := range f.Lenders {
		if hasAny(party, l.Words) {
			return l.Kind
		}
	}
	return ""
}

// bankish tells whether the party lends by trade.
func (f *classFile) bankish(party string) bool { return f.says("bank", party) || f.lender(party) != "" }

// says tells whether s holds a word of a list of flows/classes.yaml.
func says(list, s string) bool { return classData().says(list, s) }
