package templates

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed *.yaml
var files embed.FS

// Library is the set of templates by id.
type Library map[string]*Template

var embedded = sync.OnceValues(func() (Library, error) { return Load(files) })

// Embedded returns the templates that ship with xindiao.
func Embedded() (Library, error) { return embedded() }

// Load reads every template of a folder; faulty files are reported together.
func Load(fsys fs.FS) (Library, error) {
	all, err := datafile.Load[Template](fsys, ".")
	errs := []error{err}
	lib := Library{}
	for _, file := range slices.Sorted(maps.Keys(all)) {
		t := all[file]
		errs = append(errs, t.validate(file))
		lib[file] = &t
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return lib, nil
}

// RunExamples checks that every template is laid for the examples that say so, and for no other of its own.
func (l Library) RunExamples() error {
	var errs []error
	for _, id := range slices.Sorted(maps.Keys(l)) {
		for _, e := range l[id].Examples {
			c, err := l.Choose(e.Application(), e.Industry, "", "")
			if err != nil {
				errs = append(errs, fmt.Errorf("%s.yaml: example %q: %w", id, e.Name, err))
				continue
			}
			if got := slices.Contains(c.IDs, id); got != e.Applies {
				errs = append(errs, fmt.Errorf("%s.yaml: example %q: applies %v, want %v", id, e.Name, got, e.Applies))
			}
		}
	}
	return errors.Join(errs...)
}

// Choice is a merged template with the reasons for it.
type Choice struct {
	Template
	IDs []string // base and overlays, in the order laid
	Why []string // in Chinese
}

// Choose picks the base for the report kind and lays over it what fits product, guarantee, customer and industry
// (code with its letter: C3525; of the industry overlays the longest matching prefix wins). force names a base.
func (l Library) Choose(app dossier.Application, code, industry, force string) (Choice, error) {
	kind := "credit"
	if app.PostLoan() {
		kind = "postloan"
	}
	base, err := l.base(kind, force)
	if err != nil {
		return Choice{}, err
	}
	c := Choice{Template: *base, IDs: []string{base.ID}, Why: []string{fmt.Sprintf("报告种类为%s，采用基础模板“%s”", base.Title, base.Name)}}
	c.Sections = clone(base.Sections)
	var best *Template
	prefix := ""
	var overlays []*Template
	for _, id := range slices.Sorted(maps.Keys(l)) {
		t := l[id]
		if !t.Over.any() || t.Kind != "" && t.Kind != kind {
			continue
		}
		if len(t.Over.Industry) > 0 {
			if p := longest(t.Over.Industry, code); len(p) > len(prefix) {
				best, prefix = t, p
			}
			continue
		}
		if datafile.Matches(t.Over.Product, app.Product) && datafile.Matches(t.Over.Guarantee, app.Guarantee) && datafile.Matches(t.Over.Customer, app.CustomerType) {
			overlays = append(overlays, t)
			c.Why = append(c.Why, fmt.Sprintf("产品为%s、担保方式为%s，叠加“%s”", app.Product, app.Guarantee, t.Name))
		}
	}
	if best != nil {
		overlays = append(overlays, best)
		c.Why = append(c.Why, fmt.Sprintf("行业代码%s（%s）匹配前缀%s，叠加“%s”", code, industry, prefix, best.Name))
	} else if code != "" {
		c.Why = append(c.Why, fmt.Sprintf("行业代码%s（%s）没有专用模板，使用通用行业分析", code, industry))
	}
	for _, t := range overlays {
		c.IDs = append(c.IDs, t.ID)
		c.Sections = merge(c.Sections, t.Sections)
	}
	return c, nil
}

func (l Library) base(kind, force string) (*Template, error) {
	if force != "" {
		if t := l[force]; t != nil && t.Title != "" {
			return t, nil
		}
		return nil, &dossier.Error{Kind: dossier.ErrInput, Msg: fmt.Sprintf("没有名为 %q 的基础模板", force)}
	}
	for _, id := range slices.Sorted(maps.Keys(l)) {
		if t := l[id]; t.Kind == kind && t.Title != "" {
			return t, nil
		}
	}
	return nil, &dossier.Error{Kind: dossier.ErrInput, Msg: "没有适用于 " + kind + " 的基础模板"}
}

func longest(prefixes []string, code string) string {
	best := ""
	for _, p := range prefixes {
		if strings.HasPrefix(code, p) && len(p) > len(best) {
			best = p
		}
	}
	return best
}

func merge(base, over []Section) []Section {
	for _, o := range over {
		if s := find(base, o.ID); s != nil {
			if o.Title != "" {
				s.Title = o.Title
			}
			s.Law = append(s.Law, o.Law...)
			s.Questions = append(s.Questions, o.Questions...)
			if o.First {
				s.Blocks = append(append([]Block(nil), o.Blocks...), s.Blocks...)
			} else {
				s.Blocks = append(s.Blocks, o.Blocks...)
			}
			s.Sections = append(s.Sections, clone(o.Sections)...)
			continue
		}
		base = insert(base, o)
	}
	return base
}

func insert(base []Section, o Section) []Section {
	for i := range base {
		if base[i].ID == o.After {
			out := append(append([]Section(nil), base[:i+1]...), o)
			return append(out, base[i+1:]...)
		}
		for j := range base[i].Sections {
			if base[i].Sections[j].ID == o.After {
				sub := base[i].Sections
				base[i].Sections = append(append(append([]Section(nil), sub[:j+1]...), o), sub[j+1:]...)
				return base
			}
		}
	}
	return append(base, o)
}

func find(sections []Section, id string) *Section {
	for i := range sections {
		if sections[i].ID == id {
			return &sections[i]
		}
		if s := find(sections[i].Sections, id); s != nil {
			return s
		}
	}
	return nil
}

func clone(in []Section) []Section {
	out := append([]Section(nil), in...)
	for i := range out {
		out[i].Sections = clone(out[i].Sections)
	}
	return out
}
