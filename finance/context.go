package finance

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// context reads what stands above row head: first the nearest rows, then names and lines of the page.
func (r *reader) context(p *dossier.Page, t dossier.Table, g grid, floor, head int) header {
	var h header
	for i := head; i >= floor && i >= head-8; i-- {
		if i < head {
			h.read(g.rowText(i))
			continue
		}
		for c := range g.rows[i] { // a unit may stand in the header row itself
			if s := g.text(i, c); unitRE.MatchString(squeeze(s)) || unitInRE.MatchString(squeeze(s)) {
				h.unit = orUnit(h.unit, s)
			}
		}
	}
	for _, s := range []string{p.Name, t.Name} {
		h.read(s)
	}
	if !t.Sheet {
		for i := range p.Lines {
			l := p.Lines[i]
			if p.Lines[0].Box != nil { // nearest first
				l = p.Lines[len(p.Lines)-1-i]
			}
			if above(l, g, head) {
				h.read(l.Text)
			}
		}
		if len(p.Lines) == 0 {
			for _, s := range strings.SplitN(p.Text, "\n", 12) {
				h.read(s)
			}
		}
	}
	r.complete(&h)
	return h
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
	if h.unit == "" && r.last.unit != "" {
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
		r.assumed = true
		h.unit = dossier.Yuan
	}
}
