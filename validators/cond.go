package validators

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/dossier"
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
	if c.Pattern != "" && !pattern(c.Pattern).MatchString(text) {
		return false
	}
	if c.Not != "" && pattern(c.Not).MatchString(text) {
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

// sums prints the comparisons of numbers and days that the conditions made on a row, "" when they made none.
func sums(in *Input, conds []Cond, row dossier.Row) string {
	var out []string
	for _, c := range conds {
		cell := row.Cells[c.Key]
		if d, ok := cell.Date(); ok && c.Within > 0 {
			asOf := in.Dossier.Application.AsOf
			out = append(out, fmt.Sprintf("%s − %s = %d天，%d天以内", d, asOf, d.Sub(asOf), c.Within))
		}
		if c.Op == "" {
			continue
		}
		a, ok := cell.Decimal()
		b, ok2 := c.right(row)
		if !ok || !ok2 {
			continue
		}
		if of, isNum := row.Cells[c.Column].Decimal(); c.Times != "" && isNum && !of.IsZero() {
			share := func(d dossier.Decimal) string { return d.Mul(dossier.D("100")).StringFixed(2) + "%" }
			out = append(out, fmt.Sprintf("%s ÷ %s = %s %s %s", a, of, share(a.Div(of)), c.Op, share(dossier.D(c.Times))))
			continue
		}
		out = append(out, fmt.Sprintf("%s %s %s", a, c.Op, b))
	}
	return strings.Join(out, "；")
}
