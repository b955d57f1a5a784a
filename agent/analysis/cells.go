package analysis

import (
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/agent/voice"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

func label(text string) report.Claim { return report.Claim{Text: text, Author: report.ByTemplate} }

var dash = report.Claim{Text: "—", Author: report.ByTemplate}

// table is an empty table of amounts in the view's unit.
func (v *View) table(title string, columns ...string) report.Block {
	return report.Block{Type: report.TableB, Title: title, Unit: string(v.Unit), Claims: []report.Claim{}, Columns: columns}
}

// plain is a table whose cells say their own units.
func plain(title string, columns ...string) report.Block {
	return report.Block{Type: report.TableB, Title: title, Claims: []report.Claim{}, Columns: columns}
}

// cell shows a figure; money without its unit, which stands above the table.
func (v *View) cell(f dossier.Figure) report.Claim {
	text := voice.FormatFigure(f)
	if f.Unit.Money() {
		text = v.money(f.Value)
	}
	return v.claim(text, f)
}

// withUnit prints a figure with its unit beside it, money as the view shows it.
func (v *View) withUnit(f dossier.Figure) string {
	if f.Unit.Money() {
		return v.money(f.Value) + string(v.Unit)
	}
	return voice.FormatFigure(f)
}

// claim is text that rests on figures.
func (v *View) claim(text string, figs ...dossier.Figure) report.Claim {
	c := report.Claim{Text: text, Author: report.ByTemplate, Status: report.Computed}
	for i, f := range figs {
		if f.ID != "" {
			c.Figures = append(c.Figures, f.ID)
		}
		if f.Source != nil {
			c.Citations = append(c.Citations, report.Cite(f.Source.Place))
			if i == 0 && len(figs) == 1 {
				c.Status = report.Read
			}
		}
	}
	return c
}

// amount shows money that is no figure of the set, with the places it was read at.
func (v *View) amount(d dossier.Decimal, at ...dossier.Place) report.Claim {
	c := cited(v.money(d), at...)
	if len(at) == 0 {
		c.Citations = v.base
	}
	return c
}

// cited is computed text with places; a reader needs a few of them, not a thousand.
func cited(text string, at ...dossier.Place) report.Claim {
	const most = 6
	c := report.Claim{Text: text, Status: report.Computed, Author: report.ByTemplate}
	for i, p := range at {
		if i < most {
			c.Citations = append(c.Citations, report.Cite(p))
		}
	}
	return c
}

func (v *View) money(d dossier.Decimal) string {
	if v.Unit == dossier.WanYuan {
		return strings.TrimSuffix(voice.Wan(d), "万元")
	}
	return finance.Money(d)
}

func itoa(n int) string { return strconv.Itoa(n) }

func percent(d dossier.Decimal) string { return d.Mul(dossier.D("100")).StringFixed(2) + "%" }

// full leaves out columns without a single value: on paper they only take room.
func full(b report.Block) report.Block {
	keep := make([]bool, len(b.Columns))
	for j := range b.Columns {
		keep[j] = j == 0
		for _, r := range b.Rows {
			keep[j] = keep[j] || j < len(r) && r[j].Text != dash.Text
		}
	}
	pick := func(n int) (out []int) {
		for j := range n {
			if j >= len(keep) || keep[j] {
				out = append(out, j)
			}
		}
		return out
	}
	var columns []string
	for _, j := range pick(len(b.Columns)) {
		columns = append(columns, b.Columns[j])
	}
	rows := make([][]report.Claim, len(b.Rows))
	for i, r := range b.Rows {
		for _, j := range pick(len(r)) {
			rows[i] = append(rows[i], r[j])
		}
	}
	b.Columns, b.Rows = columns, rows
	return b
}

// says is a paragraph of judged sentences; empty ones are passed over.
func (v *View) says(sentences ...string) []report.Block {
	var claims []report.Claim
	for _, s := range sentences {
		if s = strings.TrimSuffix(strings.TrimSpace(s), "。"); s != "" {
			if v.Unit == dossier.WanYuan {
				s = voice.InWan(s)
			}
			claims = append(claims, report.Claim{Text: s + "。", Status: report.Judged, Author: report.ByTemplate})
		}
	}
	if len(claims) == 0 {
		return nil
	}
	return []report.Block{{Type: report.Paragraph, Claims: claims}}
}
