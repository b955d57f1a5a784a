package types

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// faults returns a function that appends "ID.yaml: message" to errs.
func faults(id string, errs *[]error) func(string, ...any) {
	return func(format string, a ...any) {
		*errs = append(*errs, fmt.Errorf("%s.yaml: "+format, append([]any{id}, a...)...))
	}
}

// lintMarks checks seals, signatures and what an abolished kind gives way to.
func (t *Type) lintMarks(c *Catalogue, bad func(string, ...any)) {
	for _, m := range append(append([]Mark{}, t.Seals...), t.Signatures...) {
		if m.Who == "" || m.Min < 0 {
			bad("a seal or signature without an owner")
		}
	}
	abolished := strings.Contains(t.Validity, "abolished")
	switch {
	case abolished && t.ReplacedBy == nil:
		bad("abolished, but replaced_by says nothing")
	case !abolished && t.ReplacedBy != nil:
		bad("replaced_by without validity: abolished")
	case abolished:
		if !date(t.ReplacedBy.Since) || t.ReplacedBy.Say == "" {
			bad("replaced_by: want since as YYYY-MM-DD and say")
		}
		if t.ReplacedBy.Law != "" && !slices.Contains(t.Law, t.ReplacedBy.Law) {
			bad("replaced_by: law %s is not among the kind's own", t.ReplacedBy.Law)
		}
		for _, id := range t.ReplacedBy.Kinds {
			if n := c.byID[id]; n == nil || !slices.Contains(n.Replaces, t.ID) {
				bad("replaced_by: %s is no kind that says replaces: %s", id, t.ID)
			}
		}
	}
	for _, id := range t.Replaces {
		if o := c.byID[id]; o == nil || o.ReplacedBy == nil || !slices.Contains(o.ReplacedBy.Kinds, t.ID) {
			bad("replaces: %s is no kind that says replaced_by: %s", id, t.ID)
		}
	}
	for _, o := range t.OldForms {
		if o.Pattern == "" || o.Name == "" || o.Say == "" || !date(o.Since) {
			bad("old_forms: want pattern, name, since as YYYY-MM-DD and say")
		}
	}
}

func date(s string) bool {
	d, err := dossier.ParseDate(s)
	return err == nil && d.Valid()
}

// lintExamples asks for two examples, and for every field of the kind's own that one of them says it.
func (t *Type) lintExamples(bad func(string, ...any)) {
	said, positive := map[string]bool{}, 0
	for _, e := range t.Examples {
		if e.Not {
			continue
		}
		positive++
		for k := range e.Fields {
			root, _, _ := strings.Cut(k, ".")
			said[root] = true
		}
	}
	if positive < 2 {
		bad("%d examples, want two or more that are this kind", positive)
	}
	if len(said) == 0 && len(t.Fields) > 0 {
		bad("no example says a field")
	}
	for i := range t.own {
		if f := t.own[i]; !f.Hidden && !said[f.Key] {
			bad("field %s: no example says it", f.Key)
		}
	}
	for _, v := range strings.Split(t.Validity, ";") {
		if key, ok := strings.CutPrefix(v, "until:"); ok && key != "change" && !slices.ContainsFunc(t.Fields, func(f Field) bool { return f.Key == key }) {
			bad("validity: no field %q", key)
		}
	}
}

// lintTitles refuses two kinds that one and the same title cue would settle, when nothing else parts them.
func (c *Catalogue) lintTitles(kinds []*Type) []error {
	var errs []error
	for _, t := range kinds {
		for _, o := range c.order {
			if o.ID == t.ID || o.Assigned || t.Assigned {
				continue
			}
			if cue, ok := sameTitle(t, o); ok && !parted(t, o) {
				errs = append(errs, fmt.Errorf("%s.yaml: title cue %q is %s's too, and no other cue parts them", t.ID, cue, o.ID))
			}
		}
	}
	return errs
}

// sure is the weight at which a title names a kind nearly alone.
const sure = 0.8

func sameTitle(a, b *Type) (string, bool) {
	for _, x := range a.Cues {
		for _, y := range b.Cues {
			if x.Where == "title" && y.Where == "title" && x.Weight >= sure && y.Weight >= sure && x.Text == y.Text && x.Pattern == y.Pattern {
				return x.Text + x.Pattern, true
			}
		}
	}
	return "", false
}

// parted tells whether one of two kinds has a cue of a third of a title's weight that the other has not.
func parted(a, b *Type) bool { return lacks(a, b) || lacks(b, a) }

func lacks(a, b *Type) bool {
	for _, x := range b.Cues {
		if x.Weight > -0.3 && x.Weight < 0.3 {
			continue
		}
		if !slices.ContainsFunc(a.Cues, func(y Cue) bool { return y.Text == x.Text && y.Pattern == x.Pattern && y.Weight*x.Weight > 0 }) {
			return true
		}
	}
	return false
}
