package validators

import (
	"fmt"
	"strings"
	"text/template"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Rows wants no row of a list field to satisfy all conditions.
type Rows struct {
	Types []string `yaml:"types"`
	Rows  string   `yaml:"rows"`
	Where []Cond   `yaml:"where"`
	Also  *Also    `yaml:"also"`
	Each  bool     `yaml:"each"` // one finding a row instead of one a paper
	Show  string   `yaml:"show"` // template over a row's columns for {{.rows}}; default: the row as printed
}

// Also wants a scalar field of the same paper to satisfy a comparison too; its value is {{.also}}.
type Also struct {
	Field string `yaml:"field"`
	Op    string `yaml:"op"`
	Value string `yaml:"value"`
}

func (k *Rows) validate() error {
	for _, c := range k.Where {
		if err := c.validate(); err != nil {
			return err
		}
	}
	if _, err := template.New("show").Parse(k.Show); err != nil {
		return err
	}
	return need(len(k.Types) > 0 && k.Rows != "" && len(k.Where) > 0, "types, rows and where")
}

// show words a row for the message.
func (k *Rows) show(in *Input, d *dossier.Document, row dossier.Row) string {
	if k.Show == "" {
		return rowText(row)
	}
	var b strings.Builder
	t := template.Must(template.New("show").Option("missingkey=zero").Parse(k.Show)) // parsed once by validate
	if err := t.Execute(&b, rowVars(in, d, row)); err != nil {
		return rowText(row)
	}
	return b.String()
}

func (k *Rows) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, h := range (Ref{k.Types, k.Rows}).find(in) {
		o := outcome{docs: files(h.doc), vars: base(in, h.doc)}
		var shown []string
		for _, row := range h.field.Rows {
			if !all(in, k.Where, row) {
				continue
			}
			text := k.show(in, h.doc, row)
			shown = append(shown, text)
			at := h.doc.At(row.At)
			if at.Quote == "" {
				at.Quote = text
			}
			if k.Each {
				v := rowVars(in, h.doc, row)
				v["rows"] = text
				out = append(out, outcome{result: report.Fail, docs: files(h.doc), vars: v, arithmetic: sums(in, k.Where, row), evidence: []report.Citation{report.Cite(at)}})
				continue
			}
			o.evidence = append(o.evidence, report.Cite(at))
			if s := sums(in, k.Where, row); s != "" {
				o.arithmetic = strings.TrimPrefix(o.arithmetic+"；"+s, "；")
			}
			for key, val := range rowVars(in, h.doc, row) {
				o.vars[key] = val
			}
		}
		if k.Each && len(shown) > 0 {
			continue
		}
		o.vars["rows"] = strings.Join(shown, "、")
		if len(shown) > 0 && k.also(h.doc, &o) {
			o.result = report.Fail
		}
		out = append(out, o)
	}
	return out
}

func (k *Rows) also(d *dossier.Document, o *outcome) bool {
	if k.Also == nil {
		return true
	}
	f, ok := d.Field(k.Also.Field)
	v, isNum := f.Decimal()
	o.vars["also"] = f.Value
	if ok {
		o.evidence = append(o.evidence, hit{d, f}.cite())
	}
	return ok && isNum && compare(v, k.Also.Op, dossier.D(k.Also.Value))
}

// rowVars offers a row's columns to the message; money in 万元.
func rowVars(in *Input, d *dossier.Document, row dossier.Row) map[string]string {
	v := base(in, d)
	for key, c := range row.Cells {
		v[key] = c.Value
		if n, ok := c.Decimal(); ok && c.Kind == dossier.KindMoney {
			v[key] = wan(n)
		} else if ok && c.Kind == dossier.KindPercent {
			v[key] = n.Mul(dossier.D("100")).String() + "%"
		}
		if day, ok := c.Date(); ok {
			v[key+"_days"] = fmt.Sprint(day.Sub(in.Dossier.Application.AsOf))
		}
	}
	return v
}

func rowText(row dossier.Row) string {
	if row.At.Quote != "" {
		return clip(row.At.Quote, 50)
	}
	var parts []string
	for _, key := range []string{"bank", "mortgagee", "borrower", "name", "type", "item", "amount", "max_amount_cny", "balance"} {
		if c, ok := row.Cells[key]; ok && c.Value != "" {
			text := c.Value
			if n, ok := c.Decimal(); ok && c.Kind == dossier.KindMoney {
				text = wan(n)
			}
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ")
}
