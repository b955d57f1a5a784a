package validators

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sort"

	"github.com/xindiao/xindiao/internal/datafile"
	"github.com/xindiao/xindiao/validators/law"
)

//go:embed rules/*.yaml requirements/*.yaml
var data embed.FS

// Default returns the rules, requirement lists and laws that ship with xindiao.
func Default() (*Checker, error) {
	laws, err := law.Embedded()
	if err != nil {
		return nil, err
	}
	return Load(data, laws)
}

// Load reads rules/ and requirements/ of a folder. All faulty files are reported together, as file:line.
func Load(fsys fs.FS, laws law.Book) (*Checker, error) {
	c := &Checker{Laws: laws, file: map[string]string{}, source: map[string]string{}}
	rules, err1 := datafile.Load[Rule](fsys, "rules")
	reqs, err2 := datafile.Load[Requirement](fsys, "requirements")
	_, err3 := loadCollateral()
	errs := []error{err1, err2, err3}
	seen := map[string]string{}
	for _, file := range slices.Sorted(maps.Keys(rules)) {
		rule := rules[file]
		r := &rule
		errs = append(errs, r.compile(file), c.resolves("rules/"+file+".yaml", r.Basis))
		if other := seen[r.ID]; other != "" {
			errs = append(errs, fmt.Errorf("rules/%s.yaml: id %s stands in %s too", file, r.ID, other))
		}
		seen[r.ID] = file
		if raw, err := fs.ReadFile(fsys, "rules/"+file+".yaml"); err == nil {
			c.file[r.ID], c.source[r.ID] = file, string(raw)
		}
		c.Rules = append(c.Rules, r)
	}
	for _, file := range slices.Sorted(maps.Keys(reqs)) {
		req := reqs[file]
		q := &req
		errs = append(errs, q.compile(file))
		for _, it := range q.Items {
			errs = append(errs, c.resolves("requirements/"+file+".yaml: "+it.Name, it.Basis))
		}
		c.Requirements = append(c.Requirements, q)
	}
	sort.SliceStable(c.Requirements, func(i, j int) bool { return c.Requirements[i].ID < c.Requirements[j].ID })
	return c, errors.Join(errs...)
}

// resolves wants every cited article's text to be held: an article that is not there is never cited.
func (c *Checker) resolves(file string, refs []BasisRef) error {
	for _, b := range refs {
		if b.Law == "" {
			if b.Bank == "" && b.Text == "" {
				return fmt.Errorf("%s: empty basis", file)
			}
			continue
		}
		if _, _, ok := c.Laws.Article(b.Law, b.Article); !ok {
			return fmt.Errorf("%s: %s:%s is not among the laws held", file, b.Law, b.Article)
		}
	}
	return nil
}
