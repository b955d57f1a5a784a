package validators

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Use is a field, or a column of a list field, that a rule reads of some kinds of documents.
type Use struct {
	At     string // rules/CON005_uscc.yaml:7
	Types  []string
	Field  string
	Column string // of Field's rows, "" for the field itself
}

// Uses lists every field that the rules read, for the cross-reference check against the catalogue.
func (c *Checker) Uses() []Use {
	var out []Use
	for _, r := range c.Rules {
		add := func(types []string, field, column string) {
			if field == "" || len(types) == 0 {
				return
			}
			word := field
			if column != "" {
				word = column
			}
			out = append(out, Use{At: c.lineOf(r, word), Types: types, Field: field, Column: column})
		}
		for _, ref := range r.refs() {
			add(ref.Types, ref.Field, "")
		}
		conds := func(types []string, rows string, where []Cond) {
			for _, w := range where {
				add(types, rows, w.Key)
				add(types, rows, w.Column)
				if w.Names != nil {
					add(w.Names.Types, w.Names.Field, "")
				}
			}
		}
		r.columns(add, conds)
	}
	return out
}

// columns adds what the kinds of checks read within rows, and fields beside the ones of refs.
func (r *Rule) columns(add func(types []string, field, column string), conds func(types []string, rows string, where []Cond)) {
	switch {
	case r.Covers != nil:
		add(r.Covers.Types, r.Covers.Start, "")
	case r.Match != nil:
		if e := r.Match.Excuse; e != nil {
			add(e.Types, e.Before, "")
			add(e.Types, e.After, "")
		}
		for _, f := range r.Match.SameBy {
			add(slices.Concat(r.Match.Left.Types, r.Match.Right.Types), f, "")
		}
	case r.Order != nil:
		add(r.Order.Then.Types, r.Order.SameBy, "")
		add(r.Order.First.Types, r.Order.By, "")
	case r.Rows != nil:
		conds(r.Rows.Types, r.Rows.Rows, r.Rows.Where)
		if r.Rows.Also != nil {
			add(r.Rows.Types, r.Rows.Also.Field, "")
		}
	case r.Fresh != nil:
		for _, k := range append(slices.Clone(r.Fresh.Key), r.Fresh.Start) {
			if k != "" {
				add(r.Fresh.Types, r.Fresh.Rows, k)
			}
		}
		conds(r.Fresh.Types, r.Fresh.Rows, r.Fresh.Where)
	case r.Phrase != nil && r.Phrase.Rows != "":
		for _, k := range []string{r.Phrase.Column, r.Phrase.Amount} {
			if k != "" {
				add(r.Phrase.Types, r.Phrase.Rows, k)
			}
		}
	case r.Listed != nil:
		add(r.Listed.Types, r.Listed.Rows, r.Listed.Number)
		add(r.Listed.Types, r.Listed.Rows, r.Listed.Amount)
	case r.Signed != nil:
		for _, f := range slices.Sorted(maps.Keys(r.Signed.Fields)) {
			add(r.Signed.Types, f, "")
		}
	case r.Denial != nil:
		for _, a := range r.Denial.Against {
			conds(a.Types, a.Field, r.Denial.Where)
			add(a.Types, r.Denial.Newest, "")
		}
	}
}

// lineOf is file:line of the first place outside the examples where a rule's file has the word.
func (c *Checker) lineOf(r *Rule, word string) string {
	re := regexp.MustCompile(`\b` + regexp.QuoteMeta(word) + `\b`)
	body, _, _ := strings.Cut(c.source[r.ID], "\nexamples:")
	for i, l := range strings.Split(body, "\n") {
		if re.MatchString(l) {
			return path.Join("rules", c.file[r.ID]) + ".yaml:" + strconv.Itoa(i+1)
		}
	}
	return path.Join("rules", c.file[r.ID]) + ".yaml:1"
}
