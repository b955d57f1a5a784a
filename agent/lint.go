package agent

import (
	"fmt"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/agent/voice"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/prompts"
	"github.com/xindiao/xindiao/templates"
)

// Lint checks what templates and rules name in each other and in the catalogue: document types, articles, prompts,
// builders, the words of the template language.
func (a *Agent) Lint(book prompts.Book) []error {
	var errs []error
	known := func(by, id string) {
		if a.Catalogue.Get(id) == nil && id != dossier.TypeUnknown && id != dossier.TypeArchive {
			errs = append(errs, fmt.Errorf("%s: no document type %q in the catalogue", by, id))
		}
	}
	named := a.Checker.Types()
	ids := make([]string, 0, len(named))
	for id := range named {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for _, id := range ids {
		known(named[id][0], id)
	}
	errs = append(errs, a.lintUses()...)
	for id, t := range a.Templates {
		by := "templates/" + id + ".yaml"
		_ = t.Walk(func(s *templates.Section) error {
			errs = append(errs, a.lintSection(by+": "+s.ID, s, book, known)...)
			return nil
		})
	}
	return errs
}

// computedFields are not read by the catalogue: figures gives them to statements, or reading to every paper.
var computedFields = map[string]bool{"period_end": true, "months": true, "unit": true, "entity": true}

// lintUses wants every field and column that a rule reads to be there in one of its kinds at least.
func (a *Agent) lintUses() []error {
	var errs []error
	for _, u := range a.Checker.Uses() {
		if computedFields[u.Field] || headline[u.Field] != "" {
			continue
		}
		found := false
		for _, id := range u.Types {
			t := a.Catalogue.Get(id)
			for i := 0; t != nil && i < len(t.Fields) && !found; i++ {
				f := t.Fields[i]
				found = f.Key == u.Field && (u.Column == "" || f.HasColumn(u.Column))
			}
		}
		if !found {
			name := u.Field
			if u.Column != "" {
				name += "." + u.Column
			}
			errs = append(errs, fmt.Errorf("%s: none of %s has a field %s", u.At, strings.Join(u.Types, ", "), name))
		}
	}
	return errs
}

func (a *Agent) lintSection(by string, s *templates.Section, book prompts.Book, known func(by, id string)) (errs []error) {
	for _, ref := range s.Law {
		id, article, _ := strings.Cut(ref, ":")
		if _, _, ok := a.Checker.Laws.Article(id, article); !ok {
			errs = append(errs, fmt.Errorf("%s: %s is not among the laws held", by, ref))
		}
	}
	if s.Prompt != "" && book[s.Prompt] == nil {
		errs = append(errs, fmt.Errorf("%s: no prompt %q", by, s.Prompt))
	}
	for _, b := range s.Blocks {
		if _, ok := builder(b.Builder); b.Builder != "" && !ok {
			errs = append(errs, fmt.Errorf("%s: no builder %q", by, b.Builder))
		}
		needs := []string{}
		if t := b.Table; t != nil {
			needs = append(append(needs, t.Needs...), t.Types...)
		}
		for _, it := range b.Items() {
			needs = append(needs, it.Needs...)
			for _, text := range append(append([]string{}, it.Say...), "{{if "+orTrue(it.When)+"}}{{end}}") {
				if err := voice.Parse(text); err != nil {
					errs = append(errs, fmt.Errorf("%s: item %s: %w", by, it.ID, err))
				}
			}
		}
		for _, id := range needs {
			known(by, id)
		}
	}
	return errs
}

func orTrue(cond string) string {
	if cond == "" {
		return "true"
	}
	return cond
}
