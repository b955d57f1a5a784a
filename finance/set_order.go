package finance

import (
	"embed"
	"fmt"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed papers/*.yaml
var papersFS embed.FS

// PaperRule is one step of the written order in which papers are preferred; Basis or Rule is set.
type PaperRule struct {
	Basis dossier.Basis `yaml:"basis"`
	Rule  string        `yaml:"rule"`
	Name  string        `yaml:"name"` // in Chinese
}

type paperFile struct {
	Source   string       `yaml:"source"`
	Owner    string       `yaml:"owner"`
	Date     dossier.Date `yaml:"date"`
	Order    []PaperRule  `yaml:"order"`
	Then     []PaperRule  `yaml:"then"`
	Examples []struct {
		Bases []dossier.Basis `yaml:"bases"`
		First dossier.Basis   `yaml:"first"`
	} `yaml:"examples"`

	rank map[dossier.Basis]int
}

// thenRules are the steps that the set knows, in the turn that it takes them.
var thenRules = []string{"statement_before_trial", "newest_paper", "finest_unit"}

var loadPapers = sync.OnceValues(func() (paperFile, error) {
	files, err := datafile.Load[paperFile](papersFS, "papers")
	if err != nil {
		return paperFile{}, err
	}
	f := files["order"]
	f.rank = map[dossier.Basis]int{}
	for i, p := range f.Order {
		if _, twice := f.rank[p.Basis]; twice || p.Name == "" {
			return f, fmt.Errorf("papers/order.yaml: basis %q given twice or without name", p.Basis)
		}
		f.rank[p.Basis] = i
	}
	for _, b := range []dossier.Basis{dossier.BasisAudited, dossier.BasisOfficial, dossier.BasisStamped, dossier.BasisUnaudited, dossier.BasisComputed} {
		if _, ok := f.rank[b]; !ok || len(f.Order) != 5 {
			return f, fmt.Errorf("papers/order.yaml: the order must name each basis once, %q among them", b)
		}
	}
	if len(f.Then) != len(thenRules) {
		return f, fmt.Errorf("papers/order.yaml: then must be %v", thenRules)
	}
	for i, p := range f.Then {
		if p.Rule != thenRules[i] {
			return f, fmt.Errorf("papers/order.yaml: then must be %v", thenRules)
		}
	}
	return f, nil
})

// thePapers panics when the embedded data is broken; lint and the tests keep that from happening.
func thePapers() paperFile {
	f, err := loadPapers()
	if err != nil {
		panic(err)
	}
	return f
}

// PaperOrder is the written order by which one of several papers' figures is preferred, the strongest first.
func PaperOrder() []PaperRule {
	return append(append([]PaperRule(nil), thePapers().Order...), thePapers().Then...)
}
