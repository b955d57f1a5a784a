package finance

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// figure adds one amount to the present block.
func (r *reader) figure(s Statement, h header, c column, all []column, hit lineHit, v dossier.Decimal, printed string,
	place func(quote string) dossier.Place, name string) {
	if c.restated(s, all) {
		return
	}
	period, note, ok := h.period(s, c, all)
	if !ok {
		r.undated = true
		return
	}
	if r.doc.Scan {
		note = joinNotes(filledNotes(note, ScanNote))
	}
	scope := c.scope
	if scope == "" {
		scope = h.scope
	}
	if scope == "" {
		scope = dossier.ScopeSingle
	}
	unit := c.unit
	if unit == "" {
		unit = h.unit
	}
	if r.c.perShare[hit.id] { // 元/股 whatever the table's unit
		unit = dossier.Yuan
	} else if c.unit == "" && h.assumed {
		r.assumed = true
	}
	shown := squeeze(printed)
	if !strings.Contains(shown, ",") {
		shown = Format(v, 0)
	}
	r.cur.ids[hit.id] = true
	r.cur.figs = append(r.cur.figs, readFigure{dossier.Figure{Indicator: hit.id, Name: r.c.display[hit.id], Entity: h.entity, Scope: scope,
		Period: period, Value: v.Mul(unit.Scale()), Unit: dossier.Yuan, Basis: r.basis, Note: note,
		Source: &dossier.Source{Place: place(strings.TrimSpace(clip(name, 40)) + " " + shown), Printed: shown, Unit: unit}}, hit.exact})
}

// find looks a name up; on a scan one misread character is forgiven where it leaves a single line to mean.
func (r *reader) find(s Statement, name string) (lineHit, bool) {
	key := r.key(name)
	h, ok := r.c.byName[s][key]
	if ok || !r.doc.Scan {
		return h, ok
	}
	return r.c.fuzzy(s, key)
}

// key is normalName, kept: every name is looked up for each statement and again for wrapped rows.
func (r *reader) key(name string) string {
	if k, ok := r.keys[name]; ok {
		return k
	}
	k := normalName(name)
	if r.keys == nil || len(r.keys) > 50_000 {
		r.keys = map[string]string{}
	}
	r.keys[name] = k
	return k
}
