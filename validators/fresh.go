package validators

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Fresh fires for each row of a list that stands in the newest paper and not in the older one of the same kind: a
// loan taken, a guarantee given since. Without an older paper a row counts when its Start lies after the loan's own.
type Fresh struct {
	Types []string `yaml:"types"`
	Rows  string   `yaml:"rows"`
	Key   []string `yaml:"key"`   // columns that make a row what it is
	Start string   `yaml:"start"` // column with the row's first day
	Where []Cond   `yaml:"where"`
}

func (k *Fresh) validate() error {
	for _, c := range k.Where {
		if err := c.validate(); err != nil {
			return err
		}
	}
	return need(len(k.Types) > 0 && k.Rows != "" && len(k.Key) > 0, "types, rows and key")
}

func (k *Fresh) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, h := range (Ref{k.Types, k.Rows}).find(in) {
		old := k.older(in, h.doc)
		known := map[string]bool{}
		if old != nil {
			if f, ok := old.Field(k.Rows); ok {
				for _, row := range f.Rows {
					known[k.id(row)] = true
				}
			}
		}
		fired := false
		for _, row := range h.field.Rows {
			if !all(in, k.Where, row) || known[k.id(row)] || old == nil && !k.since(in, row) {
				continue
			}
			fired = true
			at := h.doc.At(row.At)
			if at.Quote == "" {
				at.Quote = rowText(row)
			}
			o := outcome{result: report.Fail, docs: files(h.doc), vars: rowVars(in, h.doc, row), evidence: []report.Citation{report.Cite(at)}}
			o.vars["before"] = ""
			if old != nil {
				o.docs = files(h.doc, old)
				o.vars["before"] = fmt.Sprintf("（《%s》中没有）", old.File)
			}
			out = append(out, o)
		}
		if !fired {
			out = append(out, outcome{docs: files(h.doc), vars: base(in, h.doc)})
		}
	}
	return out
}

func (k *Fresh) id(row dossier.Row) string {
	var parts []string
	for _, key := range k.Key {
		parts = append(parts, squeeze(row.Get(key)))
	}
	return strings.Join(parts, "|")
}

// older is the superseded paper of the same kind; of several, the last that was read stands nearest.
func (k *Fresh) older(in *Input, d *dossier.Document) *dossier.Document {
	var found *dossier.Document
	for _, o := range in.Dossier.ByType(k.Types...) {
		if o.SupersededBy == d.File && sameName(who(o), who(d), o.Scan || d.Scan) {
			found = o
		}
	}
	return found
}

// since tells whether the row began after the loan under check did.
func (k *Fresh) since(in *Input, row dossier.Row) bool {
	start, ok := row.Cells[k.Start].Date()
	if !ok {
		return false
	}
	for _, h := range (Ref{[]string{"loan_iou", "loan_contract"}, "start"}).find(in) {
		if d, ok := h.field.Date(); ok {
			return start.After(d)
		}
	}
	return false
}
