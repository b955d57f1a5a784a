package finance

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// context reads what stands above row head: first the nearest rows, then names and lines of the page, at last the end
// of the page before.
func (r *reader) context(page int, t dossier.Table, g grid, floor, head int) header {
	p := &r.doc.Pages[page]
	var h header
	for i := head; i >= floor && i >= head-8; i-- {
		if i < head {
			h.read(g.rowText(i))
			continue
		}
		for c := range g.rows[i] { // a unit may stand in the header row itself, beside the columns
			if s := g.text(i, c); unitRE.MatchString(squeeze(s)) || unitInRE.MatchString(squeeze(s)) {
				if _, isCol := columnOf(s); !isCol {
					h.unit = orUnit(h.unit, s)
				}
			}
		}
	}
	for _, s := range []string{p.Name, t.Name} {
		h.read(s)
	}
	switch {
	case t.Sheet:
	case len(p.Lines) > 0 && p.Lines[0].Box != nil:
		r.linesAbove(&h, page, g, head)
	case len(p.Lines) > 0:
		r.anchors.read(&h, page, r.doc)
	default:
		for _, s := range strings.SplitN(p.Text, "\n", 12) {
			h.read(s)
		}
	}
	r.complete(&h)
	return h
}

// titleLines is how many lines above a table its title may stand.
const titleLines = 20

// linesAbove reads the printed lines over row head, the nearest first; a table at the top of a page without a title
// has it at the foot of the page before.
func (r *reader) linesAbove(h *header, page int, g grid, head int) {
	p := &r.doc.Pages[page]
	n := 0
	for i := len(p.Lines) - 1; i >= 0; i-- {
		if l := p.Lines[i]; above(l, g, head) {
			n++
			h.readNear(l.Text, n)
		}
	}
	if n <= 6 && h.title == "" && page > 0 {
		readFoot(h, &r.doc.Pages[page-1])
	}
}

// readFoot reads the last lines of a page when they hold a statement's title.
func readFoot(h *header, p *dossier.Page) {
	foot := p.Lines[max(0, len(p.Lines)-12):]
	for i := len(foot) - 1; i >= 0; i-- {
		if isTitle(foot[i].Text) {
			for k := i; k < len(foot); k++ {
				h.read(foot[k].Text)
			}
			return
		}
	}
}

// readNear reads a line that stands n lines above the table; far away it is no longer the table's title.
func (h *header) readNear(text string, n int) {
	title, scope := h.title, h.scope
	h.read(text)
	if n > titleLines {
		h.title, h.scope = title, scope
	}
}

func orUnit(u dossier.Unit, s string) dossier.Unit {
	if u != "" {
		return u
	}
	var h header
	h.read(s)
	return h.unit
}

// above tells whether a printed line stands over the table; without geometry only short title lines count.
func above(l dossier.Line, g grid, head int) bool {
	if l.Box != nil {
		for _, c := range g.rows[head] {
			if c.Box != nil {
				return l.Box.Y0 < c.Box.Y0
			}
		}
	}
	return len([]rune(l.Text)) < 120
}

// complete fills the header from the document's fields and, for the period alone, from its file name.
func (r *reader) complete(h *header) {
	d := r.doc
	if h.entity == "" {
		if f, ok := d.Field("entity"); ok {
			h.entity = f.Value
		} else if d.Party.Name != "" {
			h.entity = d.Party.Name
		} else {
			h.entity = r.last.entity
		}
	}
	if h.unit == "" && r.last.unit != "" && !r.last.assumed {
		h.unit = r.last.unit
	}
	if h.unit == "" {
		if f, ok := d.Field("unit"); ok {
			h.unit = unitNamed(f.Value)
		}
	}
	if h.end.IsZero() {
		if f, ok := d.Field("period_end"); ok {
			if end, err := dossier.ParseDate(f.Value); err == nil {
				h.end = end
				if m, ok := d.Field("months"); ok {
					h.months = atoi(m.Value)
				}
			}
		}
	}
	if h.end.IsZero() && !r.last.end.IsZero() {
		h.end, h.months, h.month = r.last.end, r.last.months, r.last.month
	}
	if h.end.IsZero() {
		name := d.File[strings.LastIndexByte(d.File, '/')+1:]
		if end, months, month, ok := readPeriod(name); ok && (months < 12 || end.Month == 12) {
			h.end, h.months, h.month = end, months, month
		}
	}
	if h.unit == "" { // 报表（万元）.xlsx
		if m := unitInRE.FindStringSubmatch(fold(d.File)); m != nil {
			h.unit = unitNamed(m[1])
		}
	}
	if h.unit == "" {
		h.assumed, h.unit = true, dossier.Yuan
	}
}
