package extract

import (
	"path"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// reader is one document under extraction.
type reader struct {
	d    *dossier.Document
	t    *types.Type
	text *plain.Text
	tabs []grid
	unit string // printed for the whole document, "" when none
	keep map[string]dossier.Field

	headSet   map[string]bool
	labelList []string
	lineConf  map[string]float64
}

// found is a raw reading.
type found struct {
	raw    string
	rows   []dossier.Row
	at     dossier.Place
	conf   float64
	method string
}

var unitRe = regexp.MustCompile(`单位(?:均?为|:)?(?:人民币)?(亿元|万元|千元|元)`)

// Extract fills d.Fields with what the kind of d says; a document without a kind keeps none. It may be run again.
func Extract(c *types.Catalogue, d *dossier.Document) {
	d.Fields = map[string]dossier.Field{}
	t := c.Get(d.Type)
	if t == nil {
		return
	}
	r := newReader(d, t)
	for i := range t.Fields {
		f := &t.Fields[i]
		if v, ok := r.field(f); ok {
			r.keep[f.Key] = v
		}
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if v, ok := r.keep[f.Key]; ok && !f.Hidden {
			d.Fields[f.Key] = v
		}
	}
	r.marks()
}

func newReader(d *dossier.Document, t *types.Type) *reader {
	r := &reader{d: d, t: t, text: plain.Of(d), tabs: grids(d), keep: map[string]dossier.Field{}}
	head := r.text.Flow
	if len(head) > 6000 {
		head = head[:6000]
	}
	if m := unitRe.FindStringSubmatch(head); m != nil {
		r.unit = m[1]
	}
	return r
}

func (r *reader) field(f *types.Field) (dossier.Field, bool) {
	for i := range f.Find {
		fi := &f.Find[i]
		for _, hit := range r.find(f, fi) {
			if v, ok := r.accept(f, fi, hit); ok {
				return v, true
			}
		}
	}
	if f.Kind == dossier.KindDate && f.Key == "date" {
		if h, ok := r.dateInWords(); ok {
			return r.accept(f, &types.Finder{}, h)
		}
	}
	return dossier.Field{}, false
}

// dateInWords is the last date in Chinese numerals, which letters and resolutions are signed with and no catalogue
// pattern looks for.
func (r *reader) dateInWords() (found, bool) {
	for i := len(r.text.Lines) - 1; i >= 0; i-- {
		l := &r.text.Lines[i]
		if m := dateHan.FindStringIndex(plain.Tight(l.Fold)); m != nil {
			return found{raw: l.Clean, at: l.Place(r.d.File), conf: r.certainty(l, 0.85), method: "pattern"}, true
		}
	}
	return found{}, false
}

// lastDay are the keys of dates that end a span: of 2029年1月2日至2033年1月1日 they mean the second.
var lastDay = map[string]bool{"valid_until": true, "end": true, "due": true, "expiry": true, "expires": true}

var spanTail = regexp.MustCompile(`\d[日]?\s*(?:起|零时起)?\s*(?:[至到~]|--?|—)\s*((?:19|20)\d{2}\s*[年.\-/].*|长期.*|永久.*)$`)

// find returns candidates, the preferred first.
func (r *reader) find(f *types.Field, fi *types.Finder) []found {
	switch {
	case fi.Rows != nil:
		return r.table(fi)
	case fi.Lines != "":
		return r.lineRows(fi)
	case fi.Section != "":
		return r.section(fi)
	case len(fi.Labels) > 0:
		return r.labelled(fi)
	case fi.Pattern != "":
		return r.pattern(fi)
	case fi.Func != "":
		if fn := funcs[fi.Func]; fn != nil {
			return fn(r, f, fi)
		}
		return nil
	}
	return r.derived(fi)
}

// accept cuts, maps and canonicalises a candidate.
func (r *reader) accept(f *types.Field, fi *types.Finder, h found) (dossier.Field, bool) {
	out := dossier.Field{Key: f.Key, Label: f.Label, Kind: f.Kind, Raw: strings.TrimSpace(h.raw), At: h.at, Confidence: h.conf, Method: h.method}
	if f.Kind == dossier.KindRows {
		if fi.Split != "" {
			h.rows = r.split(fi, h)
		}
		if fi.Min1 && len(h.rows) == 0 {
			return out, false
		}
		out.Rows = h.rows
		return out, h.rows != nil
	}
	raw := h.raw
	if re := fi.TakeRe(); re != nil && fi.Func == "" {
		cut, ok := cutOut(re, raw)
		if !ok {
			return out, false
		}
		raw = cut
	}
	if len(fi.Map) > 0 {
		v, ok := choose(fi.Map, raw)
		if !ok {
			return out, false
		}
		out.Value = v
		return out, true
	}
	if fi.Count+fi.Sum+fi.First+fi.Last+fi.Min+fi.Max != "" { // canonical already
		out.Value = raw
		return out, raw != ""
	}
	if r.d.Scan {
		raw = scanFix(f.Kind, raw)
	}
	if f.Kind == dossier.KindDate && lastDay[f.Key] {
		if m := spanTail.FindStringSubmatch(plain.Fold(raw)); m != nil {
			raw = m[1]
		}
	}
	unit := f.Unit
	if fi.Unit != "" {
		unit = fi.Unit
	}
	if unit == "auto" {
		unit = r.unit
	}
	v, ok := canonical(f.Kind, raw, unit)
	if !ok {
		return out, false
	}
	v = v.printed(r.d.Scan)
	if n, err := decimal.NewFromString(v.value); err == nil && (below(n, f.Min) || below(n.Neg(), negative(f.Max))) {
		return out, false
	}
	switch f.Kind {
	case dossier.KindText:
		v.value = ownName(f.Key, v.value)
		fallthrough
	case dossier.KindOrg, dossier.KindAddress:
		if r.d.Scan {
			v.value = wordFix(f.Key, f.Kind, v.value)
		}
	}
	out.Value, out.Confidence, out.Doubt = v.value, out.Confidence*v.conf, v.doubt
	if f.Kind == dossier.KindMoney {
		out = r.inWords(out)
	}
	return r.unsure(out), true
}

func below(v decimal.Decimal, limit string) bool {
	l, err := decimal.NewFromString(limit)
	return err == nil && v.LessThan(l)
}

func negative(limit string) string {
	if limit == "" {
		return ""
	}
	return "-" + limit
}

func choose(cs []types.Choice, raw string) (string, bool) {
	s := plain.Tight(raw)
	for _, c := range cs {
		if c.Matches(s) {
			return c.Value, true
		}
	}
	return "", false
}

// cutOut matches re against the folded raw and returns the printed words of its first filled group.
func cutOut(re *regexp.Regexp, raw string) (string, bool) {
	fold := plain.Fold(raw)
	m := re.FindStringSubmatchIndex(fold)
	if m == nil {
		return "", false
	}
	l := plain.Line{Clean: raw, Fold: fold}
	for i := 2; i+1 < len(m); i += 2 {
		if m[i] >= 0 && m[i+1] > m[i] {
			return l.CleanSpan(m[i], m[i+1]), true
		}
	}
	if len(m) == 2 {
		return l.CleanSpan(m[0], m[1]), true
	}
	return "", false
}

func (r *reader) certainty(l *plain.Line, base float64) float64 {
	if l != nil && l.Scan && l.Confidence > 0 && l.Confidence < 1 {
		return base * l.Confidence
	}
	return base
}

func fileName(d *dossier.Document) string { return path.Base(d.File) }
