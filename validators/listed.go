package validators

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Listed wants an amount that a list gives under a number to be the amount of the paper with that number.
type Listed struct {
	Types  []string `yaml:"types"`
	Rows   string   `yaml:"rows"`
	Number string   `yaml:"number"` // column and field with the number
	Amount string   `yaml:"amount"` // column and field with the amount
	In     []string `yaml:"in"`     // types of the papers
}

func (k *Listed) validate() error {
	return need(len(k.Types) > 0 && k.Rows != "" && k.Number != "" && k.Amount != "" && len(k.In) > 0, "types, rows, number, amount and in")
}

func (k *Listed) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, h := range (Ref{k.Types, k.Rows}).find(in) {
		for _, paper := range (Ref{k.In, k.Amount}).find(in) {
			number, ok := paper.doc.Field(k.Number)
			b, isNum := paper.field.Decimal()
			if !ok || !isNum {
				continue
			}
			for _, row := range h.field.Rows {
				a, ok := row.Cells[k.Amount].Decimal()
				if !ok || squeeze(row.Get(k.Number)) != squeeze(number.Value) {
					continue
				}
				at := h.doc.At(row.At)
				o := outcome{docs: files(h.doc, paper.doc), vars: rowVars(in, h.doc, row), evidence: []report.Citation{report.Cite(at), paper.cite()}}
				diff := a.Sub(b)
				o.vars["listed"], o.vars["paper"], o.vars["paper_file"], o.vars["diff"] = wan(a), wan(b), paper.doc.File, wan(diff.Abs())
				o.arithmetic = fmt.Sprintf("%s − %s = %s", a, b, diff)
				if diff.Abs().GreaterThan(b.Abs().Mul(dossier.D("0.001"))) {
					o.result = report.Fail
				}
				out = append(out, o)
			}
		}
	}
	return out
}
