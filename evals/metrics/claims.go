package metrics

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/evals/truth"
	"github.com/xindiao/xindiao/report"
)

// said is one claim of the report in the forms that metrics compare.
type said struct {
	block   *report.Block
	claim   *report.Claim
	folded  string
	numbers []quantity
}

// claims are all claims of a report: sections, one level of subsections, blocks, table cells.
func (c *Case) claims() []said {
	if c.said != nil || c.Report == nil {
		return c.said
	}
	var walk func(ss []report.Section)
	addClaim := func(b *report.Block, x *report.Claim) {
		c.said = append(c.said, said{b, x, fold(x.Text), quantities(x.Text)})
	}
	walk = func(ss []report.Section) {
		for i := range ss {
			for k := range ss[i].Blocks {
				b := &ss[i].Blocks[k]
				for n := range b.Claims {
					addClaim(b, &b.Claims[n])
				}
				for _, row := range b.Rows {
					for n := range row {
						addClaim(b, &row[n])
					}
				}
			}
			walk(ss[i].Sections)
		}
	}
	walk(c.Report.Sections)
	return c.said
}

// wanted is a fact that the report must state, ready to compare.
type wanted struct {
	text    string
	value   dossier.Decimal
	numeric bool
}

func want(f truth.Fact) wanted {
	w := wanted{text: truth.Text(f.Value)}
	w.value, w.numeric = number(w.text)
	return w
}

var (
	loose = dossier.D("0.02")
	least = dossier.D("0.006")
)

// in tells whether a text states the fact: the number at the precision printed, which must be finer than 2 %, or
// the words, whole or each.
func (w wanted) in(folded string, numbers []quantity) bool {
	if w.numeric {
		limit := w.value.Abs().Mul(loose)
		if limit.LessThan(least) {
			limit = least
		}
		for _, q := range numbers {
			if q.value.Abs().Sub(w.value.Abs()).Abs().LessThanOrEqual(q.tol) && q.tol.LessThanOrEqual(limit) {
				return true
			}
		}
		return false
	}
	if strings.Contains(folded, fold(w.text)) {
		return true
	}
	for _, p := range strings.Fields(w.text) {
		if !strings.Contains(folded, fold(p)) {
			return false
		}
	}
	return true
}

// sourced tells whether a claim names a citation or a figure of the report.
func (c *Case) sourced(x *report.Claim) bool {
	if len(x.Citations) > 0 {
		return true
	}
	for _, id := range x.Figures {
		if c.figure(id) != nil {
			return true
		}
	}
	return false
}

func (c *Case) figure(id string) *report.FigureJSON {
	for i := range c.Report.Figures {
		if c.Report.Figures[i].ID == id {
			return &c.Report.Figures[i]
		}
	}
	return nil
}
