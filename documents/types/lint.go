package types

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

var (
	idShape  = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	validity = regexp.MustCompile(`^(until:[a-z_]+|age<=\d+d|period:[a-z0-9_]+|case|history|latest_version|abolished|none)$`)
	lawShape = regexp.MustCompile(`^[a-z][a-z0-9_.]*:\d+$`)
	kinds    = map[dossier.FieldKind]bool{dossier.KindText: true, dossier.KindMoney: true, dossier.KindDate: true, dossier.KindPeriod: true,
		dossier.KindPercent: true, dossier.KindNumber: true, dossier.KindArea: true, dossier.KindUSCC: true, dossier.KindIDCard: true,
		dossier.KindCode: true, dossier.KindBool: true, dossier.KindRows: true,
		dossier.KindPerson: true, dossier.KindOrg: true, dossier.KindAddress: true, dossier.KindBankCard: true, dossier.KindOrgCode: true,
		dossier.KindVIN: true, dossier.KindPlate: true}
)

// Lint checks a folder of catalogue files beyond decoding: references, examples, shapes. Every error names its file.
func Lint(fsys fs.FS) []error {
	c, err := read(fsys)
	if err != nil {
		return []error{err}
	}
	errs := c.Lint()
	names := map[string]string{}
	for _, t := range c.order {
		if other := names[t.Name]; other != "" {
			errs = append(errs, fmt.Errorf("%s.yaml: name %s is %s's too", t.ID, t.Name, other))
		}
		names[t.Name] = t.ID
	}
	return errs
}

func (t *Type) lint(c *Catalogue, bad func(string, ...any)) {
	if !idShape.MatchString(t.ID) || t.Name == "" || t.Category == "" {
		bad("id, name and category are required")
	}
	for _, v := range strings.Split(t.Validity, ";") {
		if !validity.MatchString(v) {
			bad("validity %q", v)
		}
	}
	for _, l := range t.Law {
		if !lawShape.MatchString(l) {
			bad("law %q: want law:article", l)
		}
	}
	if t.Like != "" && c.byID[t.Like] == nil {
		bad("like %q: no such kind", t.Like)
	}
	if len(t.Cues) == 0 && !t.Assigned {
		bad("no cues")
	}
	keys := t.lintFields(bad)
	for _, k := range append(append([]string{}, t.VersionKey...), t.PartyField, t.DateField) {
		if k != "" && !keys[k] {
			bad("no field %q", k)
		}
	}
	positive, negative := 0, 0
	for _, e := range t.Examples {
		if e.Not {
			negative++
			continue
		}
		positive++
		for k := range e.Fields {
			if root, _, _ := strings.Cut(k, "."); !keys[root] {
				bad("example: no field %q", k)
			}
		}
	}
	if positive == 0 || negative == 0 && !t.Assigned {
		bad("needs an example that is this kind and one that is not")
	}
	for i, cue := range t.Cues {
		if (cue.Text == "") == (cue.Pattern == "") || cue.Weight == 0 || cue.Where != "" && cue.Where != "title" && cue.Where != "any" {
			bad("cue %d: want text or pattern, a weight, where title or any", i+1)
		}
	}
}

func (t *Type) lintFields(bad func(string, ...any)) map[string]bool {
	keys := map[string]bool{}
	for i := range t.Fields {
		f := &t.Fields[i]
		if keys[f.Key] {
			bad("field %s twice", f.Key)
		}
		keys[f.Key] = true
		if !kinds[f.Kind] || f.Label == "" || len(f.Find) == 0 {
			bad("field %s: want a label, a known kind and a way to find it", f.Key)
		}
		for j := range f.Find {
			fi := &f.Find[j]
			for _, ref := range []string{fi.Count, fi.Sum, fi.First, fi.Last, fi.Min, fi.Max} {
				if root, _, _ := strings.Cut(ref, "."); root != "" && !keys[root] {
					bad("field %s: %q must stand before it", f.Key, root)
				}
			}
			if n := ways(fi); n != 1 {
				bad("field %s: way %d names %d ways to find, want one", f.Key, j+1, n)
			}
		}
	}
	return keys
}

func ways(f *Finder) int {
	n := 0
	for _, on := range []bool{len(f.Labels) > 0, f.Pattern != "", f.Section != "", f.Rows != nil, f.Lines != "", f.Func != "",
		f.Count != "", f.Sum != "", f.First != "", f.Last != "", f.Min != "", f.Max != ""} {
		if on {
			n++
		}
	}
	return n
}
