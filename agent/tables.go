package agent

import (
	"slices"
	"strings"

	"github.com/xindiao/xindiao/agent/voice"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/templates"
)

const reportYears = 3

func label(text string) report.Claim { return report.Claim{Text: text, Author: report.ByTemplate} }

var dash = report.Claim{Text: "—", Author: report.ByTemplate}

func (w *writer) table(s templates.Section, t templates.Table) (blocks []report.Block, gaps []report.Claim, err error) {
	var b report.Block
	var ok bool
	if len(t.Figures) > 0 {
		b, ok = w.figureTable(t)
	} else {
		b, ok = w.rowTable(t)
	}
	if t.Required {
		w.count(s, t.Name, t.Needs, ok)
		if !ok {
			gaps = append(gaps, w.gap(t.Name, t.Needs))
		}
	}
	if ok {
		blocks = append(blocks, b)
	}
	return blocks, gaps, nil
}

// figureTable has an indicator a row and a period a column; a row without any value is left out.
func (w *writer) figureTable(t templates.Table) (report.Block, bool) {
	periods := w.c.Figures.ReportPeriods("", reportYears)
	b := report.Block{Type: report.TableB, Title: t.Title, Unit: t.Unit, Claims: []report.Claim{}, Columns: []string{"项目"}}
	for _, p := range periods {
		b.Columns = append(b.Columns, p.Chinese())
	}
	if t.Limits {
		b.Columns = append(b.Columns, "行内参考")
	}
	for _, id := range t.Figures {
		row := []report.Claim{label(finance.NameOf(id))}
		known := false
		for _, p := range periods {
			f, ok := w.c.Figures.Over(id, p)
			if !ok {
				row = append(row, dash)
				continue
			}
			known = true
			row = append(row, w.cell(f))
		}
		if t.Limits {
			row = append(row, label(w.limit(id)))
		}
		if known {
			b.Rows = append(b.Rows, row)
		}
	}
	return b, len(b.Rows) > 0
}

// cell shows a figure in a table: money in 万元 without the unit, which stands above the table.
func (w *writer) cell(f dossier.Figure) report.Claim {
	text := voice.FormatFigure(f)
	if f.Unit.Money() {
		text = strings.TrimSuffix(text, "万元")
	}
	c := report.Claim{Text: text, Figures: []string{f.ID}, Author: report.ByTemplate, Status: report.Computed}
	if f.Source != nil {
		c.Status = report.Read
		c.Citations = []report.Citation{report.Cite(f.Source.Place)}
	}
	return c
}

// limit is the bank's reference value for an indicator, from the rules that hold one.
func (w *writer) limit(indicator string) string {
	for _, r := range w.a.Checker.Rules {
		if l := r.Limit; l != nil && l.Figure == indicator && l.Value != "" {
			v := dossier.D(l.Value)
			text := v.StringFixed(2)
			if strings.HasSuffix(indicator, "debt_ratio") || strings.Contains(indicator, "margin") {
				text = v.Mul(dossier.D("100")).String() + "%"
			}
			return map[string]string{"<=": "≤", ">=": "≥"}[l.Op] + text
		}
	}
	return "—"
}

// rowTable shows the rows of a list field of the first document that has it.
func (w *writer) rowTable(t templates.Table) (report.Block, bool) {
	b := report.Block{Type: report.TableB, Title: t.Title, Unit: t.Unit, Claims: []report.Claim{}}
	for _, c := range t.Columns {
		b.Columns = append(b.Columns, c.Title)
	}
	for _, d := range w.c.Dossier.Valid(t.Types...) {
		f, ok := d.Field(t.Rows)
		if !ok {
			continue
		}
		for i, r := range f.Rows {
			if t.Max > 0 && i >= t.Max {
				break
			}
			b.Rows = append(b.Rows, rowCells(t, d, r))
		}
	}
	return b, len(b.Rows) > 0
}

func rowCells(t templates.Table, d *dossier.Document, r dossier.Row) []report.Claim {
	at := d.At(r.At)
	cells := make([]report.Claim, 0, len(t.Columns))
	for _, c := range t.Columns {
		f, ok := r.Cells[c.Key]
		if !ok || f.Value == "" {
			cells = append(cells, dash)
			continue
		}
		place := f.At
		if place.Quote == "" {
			place = at
		}
		if place.File == "" {
			place.File = d.File
		}
		cells = append(cells, fieldCell(d, f, place))
	}
	return cells
}

// fieldCell shows a field in a table; a reading too unsure to be a fact is marked.
func fieldCell(d *dossier.Document, f dossier.Field, at dossier.Place) report.Claim {
	c := report.Claim{Text: voice.Show(f), Status: report.Read, Author: report.ByTemplate, Citations: []report.Citation{report.Cite(at)}}
	if voice.Doubtful(d, f) {
		c.Status, c.Reason = report.Unverified, "扫描件字迹不清，须对照原件"
	}
	return c
}

// chart draws figures in 万元; a chart with fewer than two points says nothing and is left out.
func (w *writer) chart(t templates.Chart) []report.Block {
	periods := w.c.Figures.ReportPeriods("", reportYears)
	ch := &report.Chart{Kind: t.Kind, Unit: "万元"}
	periods = slices.DeleteFunc(periods, func(p dossier.Period) bool {
		for _, id := range t.Figures {
			if _, ok := w.c.Figures.Over(id, p); ok {
				return false
			}
		}
		return true
	})
	for _, p := range periods {
		ch.Labels = append(ch.Labels, p.Chinese())
	}
	points := 0
	for _, id := range t.Figures {
		s := report.Series{Name: finance.NameOf(id)}
		for _, p := range periods {
			f, ok := w.c.Figures.Over(id, p)
			if !ok {
				s.Values = append(s.Values, nil)
				continue
			}
			v := f.Value.Div(dossier.D("10000")).Round(2)
			s.Values, s.Figures = append(s.Values, &v), append(s.Figures, f.ID)
			points++
		}
		ch.Series = append(ch.Series, s)
	}
	if points < 2 {
		return nil
	}
	return []report.Block{{Type: report.ChartB, Title: t.Title, Claims: []report.Claim{}, Chart: ch}}
}
