package validators

import (
	"fmt"
	"regexp"
	"strings"
	"text/template"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Cond is a condition on a row's column: matches a pattern, or compares as a number with Value, another column
// (Column), a multiple of it (Times), the lender's name (Lender), or days from the day of the check (Within).
type Cond struct {
	Key     string `yaml:"key"`
	Pattern string `yaml:"pattern"`
	Not     string `yaml:"not"`    // pattern that must not match
	Op      string `yaml:"op"`     // <, <=, >, >=
	Value   string `yaml:"value"`  // decimal
	Column  string `yaml:"column"` // compare with this column of the row
	Times   string `yaml:"times"`  // times this factor
	Lender  string `yaml:"lender"` // is, not
	Within  int    `yaml:"within"` // a date at most so many days ahead
	Names   *Ref   `yaml:"names"`  // names the party that this field of another paper names
}

func (c Cond) validate() error {
	for _, p := range []string{c.Pattern, c.Not} {
		if _, err := regexp.Compile(p); err != nil {
			return err
		}
	}
	switch c.Op {
	case "", "<", "<=", ">", ">=":
	default:
		return fmt.Errorf("op: unknown %q", c.Op)
	}
	return need(c.Key != "", "key")
}

func (c Cond) holds(in *Input, row dossier.Row) bool {
	cell := row.Cells[c.Key]
	text := squeeze(cell.Value)
	if c.Pattern != "" && !regexp.MustCompile(c.Pattern).MatchString(text) {
		return false
	}
	if c.Not != "" && regexp.MustCompile(c.Not).MatchString(text) {
		return false
	}
	if c.Lender != "" {
		is := sameBank(text, in.Dossier.Application.Lender)
		if text == "" || is != (c.Lender == "is") {
			return false
		}
	}
	if c.Names != nil && !c.named(in, text) {
		return false
	}
	if c.Within > 0 {
		d, ok := cell.Date()
		days := d.Sub(in.Dossier.Application.AsOf)
		if !ok || days < 0 || days > c.Within {
			return false
		}
	}
	if c.Op != "" {
		a, ok := cell.Decimal()
		b, ok2 := c.right(row)
		if !ok || !ok2 || !compare(a, c.Op, b) {
			return false
		}
	}
	return true
}

func (c Cond) named(in *Input, text string) bool {
	for _, h := range c.Names.find(in) {
		if sameName(h.field.Value, text, h.doc.Scan) {
			return text != ""
		}
	}
	return false
}

func (c Cond) right(row dossier.Row) (dossier.Decimal, bool) {
	if c.Column == "" {
		return dossier.D(c.Value), c.Value != ""
	}
	v, ok := row.Cells[c.Column].Decimal()
	if c.Times != "" {
		v = v.Mul(dossier.D(c.Times))
	}
	return v, ok
}

func compare(a dossier.Decimal, op string, b dossier.Decimal) bool {
	switch op {
	case "<":
		return a.LessThan(b)
	case "<=":
		return a.LessThanOrEqual(b)
	case ">":
		return a.GreaterThan(b)
	}
	return a.GreaterThanOrEqual(b)
}

var bankTail = regexp.MustCompile(`(股份)?有限(责任)?公司.*$`)

// sameBank tells whether a branch belongs to the bank: 江海银行宁波奉化支行 and 江海银行股份有限公司.
func sameBank(branch, bank string) bool {
	head := bankTail.ReplaceAllString(squeeze(bank), "")
	return head != "" && strings.HasPrefix(squeeze(branch), head)
}

func all(in *Input, conds []Cond, row dossier.Row) bool {
	for _, c := range conds {
		if !c.holds(in, row) {
			return false
		}
	}
	return true
}

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
			at := row.At
			at.File = h.doc.File
			if at.Quote == "" {
				at.Quote = text
			}
			if k.Each {
				v := rowVars(in, h.doc, row)
				v["rows"] = text
				out = append(out, outcome{result: report.Fail, docs: files(h.doc), vars: v, evidence: []report.Citation{report.Cite(at)}})
				continue
			}
			o.evidence = append(o.evidence, report.Cite(at))
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
