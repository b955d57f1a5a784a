package extract

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// Keys of the fields that say which seals and signatures a paper bears: rows of who (as the kind names it), state
// (yes, no, unclear) and name (what is printed or stamped there); the row's place is the line.
const (
	SealsKey      = "seals"
	SignaturesKey = "signatures"
)

const (
	sealReach = 0.16 // of the page's height between a seal and the words it belongs to
	sealLines = 4    // lines between them where the page has no geometry
)

var markWords = regexp.MustCompile(`盖章|公章|签章|\(章\)|签字|签名|签署|签盖`)

// marks looks for the seals and signatures that the kind is expected to bear.
func (r *reader) marks() {
	seals := r.sealLines()
	if f, ok := r.expected(SealsKey, "印章", r.t.Seals, func(m types.Mark) (dossier.Row, bool) { return r.seal(m, seals) }); ok {
		r.d.Fields[SealsKey] = f
	}
	if f, ok := r.expected(SignaturesKey, "签字", r.t.Signatures, r.signature); ok {
		r.d.Fields[SignaturesKey] = f
	}
}

func (r *reader) expected(key, label string, ms []types.Mark, look func(types.Mark) (dossier.Row, bool)) (dossier.Field, bool) {
	f := dossier.Field{Key: key, Label: label, Kind: dossier.KindRows, Confidence: 0.7, Method: "mark"}
	for _, m := range ms {
		row, ok := look(m)
		if !ok {
			continue
		}
		if len(f.Rows) == 0 {
			f.At = row.At
		}
		f.Rows = append(f.Rows, row)
	}
	return f, len(f.Rows) > 0
}

func (r *reader) sealLines() []*plain.Line {
	var out []*plain.Line
	for i := range r.text.Lines {
		if strings.HasPrefix(r.text.Lines[i].Raw, strings.TrimSpace(dossier.SealMark)) {
			out = append(out, &r.text.Lines[i])
		}
	}
	return out
}

// spot is where a mark is asked for: a line, or one of the sides that share it.
type spot struct {
	line  *plain.Line
	text  string // of the side, folded
	sides int    // how many share the line
}

// seal finds the seal m: one beside its words, or any where the kind names no words. Black copies show no red, so
// that a scan without a seal is unclear; embedded text with a name behind 盖章 counts as sealed, with an empty place as
// not.
func (r *reader) seal(m types.Mark, seals []*plain.Line) (dossier.Row, bool) {
	if len(m.Where) == 0 {
		return r.anySeal(m, seals)
	}
	for _, s := range seals { // the seal says whose it is
		for _, w := range m.Where {
			if w = plain.Tight(w); len([]rune(w)) > 3 && strings.Contains(plain.Tight(sealName(s)), w) {
				return r.mark(m, s, "yes", sealName(s), 0.85), true
			}
		}
	}
	at, ok := r.anchor(m)
	if !ok {
		return dossier.Row{}, false
	}
	printed := behindMark(at.text)
	for _, s := range seals {
		name := sealName(s)
		switch {
		case !r.beside(at.line, s), name == "" && at.sides > 1 && printed == "":
		case name != "" && len([]rune(printed)) > 3 && plain.Common([]rune(plain.Tight(name)), []rune(plain.Tight(printed)))*2 < len([]rune(printed)):
		default:
			return r.mark(m, s, "yes", name, 0.75), true
		}
	}
	switch {
	case at.line.Scan:
		return r.mark(m, at.line, "unclear", "", 0.4), true
	case !markWords.MatchString(at.text):
		return dossier.Row{}, false // the words stand there, but nothing says that a seal should
	case printed != "":
		return r.mark(m, at.line, "yes", printed, 0.6), true
	}
	return r.mark(m, at.line, "no", "", 0.7), true
}

// anySeal is for marks that may stand anywhere: there must be more seals than the kind's other marks claim.
func (r *reader) anySeal(m types.Mark, seals []*plain.Line) (dossier.Row, bool) {
	others := 0
	for _, o := range r.t.Seals {
		if len(o.Where) > 0 {
			others++
		}
	}
	switch {
	case len(seals) == 0:
		return dossier.Row{}, false
	case len(seals) > others:
		s := seals[len(seals)-1]
		return r.mark(m, s, "yes", sealName(s), 0.6), true
	}
	return r.mark(m, seals[0], "unclear", "", 0.4), true
}

func sealName(l *plain.Line) string {
	name := strings.TrimSpace(strings.TrimPrefix(l.Raw, strings.TrimSpace(dossier.SealMark)))
	if strings.Contains(name, "未识别") {
		return ""
	}
	return name
}

// signature finds the signature m: what is written behind its words.
func (r *reader) signature(m types.Mark) (dossier.Row, bool) {
	at, ok := r.anchor(m)
	if !ok {
		return dossier.Row{}, false
	}
	name := behindMark(at.text)
	switch {
	case len([]rune(name)) >= 2:
		return r.mark(m, at.line, "yes", name, 0.65), true
	case r.byHand(at.line, r.inkBoxes()):
		return r.mark(m, at.line, "yes", "", 0.65), true
	case at.line.Scan:
		return r.mark(m, at.line, "unclear", name, 0.4), true
	case !markWords.MatchString(at.text):
		return dossier.Row{}, false
	}
	return r.mark(m, at.line, "no", "", 0.7), true
}

// anchor is the last place with the mark's words where a mark is asked for, else, near the end, the last where the
// words stand before a colon.
func (r *reader) anchor(m types.Mark) (spot, bool) {
	var plainly spot
	for i := len(r.text.Lines) - 1; i >= 0; i-- {
		l := &r.text.Lines[i]
		if strings.HasPrefix(l.Raw, strings.TrimSpace(dossier.SealMark)) || len([]rune(l.Fold)) > 120 || strings.Contains(l.Fold, "。") {
			continue
		}
		sides := strings.Split(l.Fold, "\t")
		for _, side := range sides {
			tight := plain.Tight(side)
			for _, w := range m.Where {
				at := strings.Index(tight, plain.Tight(w))
				if at < 0 || len([]rune(tight[:at])) > 16 && !markWords.MatchString(w) {
					continue
				}
				if markWords.MatchString(tight) {
					return spot{l, side, len(sides)}, true
				}
				if plainly.line == nil && !m.Optional && i > len(r.text.Lines)-13 && strings.Contains(tight[at:], ":") {
					plainly = spot{l, side, len(sides)}
				}
			}
		}
	}
	return plainly, plainly.line != nil
}

func (r *reader) beside(anchor, seal *plain.Line) bool {
	if anchor.Page != seal.Page {
		return false
	}
	if anchor.Box == nil || seal.Box == nil {
		return abs(anchor.Number-seal.Number) <= sealLines
	}
	h := 0.0
	for i := range r.d.Pages {
		if r.d.Pages[i].Number == anchor.Page {
			h = r.d.Pages[i].Height
		}
	}
	mid := (anchor.Box.Y0 + anchor.Box.Y1) / 2
	return mid >= seal.Box.Y0-h*sealReach && mid <= seal.Box.Y1+h*sealReach
}

var (
	signEnd  = regexp.MustCompile(`(?:盖章|公章|签章|章|签字|签名|签署)\)?[^:]{0,6}:\s*([^:]*)`)
	nameSign = regexp.MustCompile(`:\s*([\p{Han}·()]{2,40}?)\s*\((?:盖章|公章|签章|章|签字|签名)`)
)

// behindMark is the name that stands behind 盖章）： or between a colon and （签章）, "" when there is nothing or only a
// line to write on. side is folded.
func behindMark(side string) string {
	m := signEnd.FindStringSubmatch(side)
	if m == nil {
		m = nameSign.FindStringSubmatch(side)
	}
	if m == nil {
		if name := strings.Trim(markBehind.ReplaceAllString(side, ""), " \t_:()"); company.MatchString(plain.Tight(name)) {
			return name
		}
		return ""
	}
	s := strings.Trim(m[1], " \t_./:()-")
	if dateZh.MatchString(s) || strings.HasPrefix(plain.Tight(s), "年月日") {
		return ""
	}
	return s
}

func (r *reader) mark(m types.Mark, l *plain.Line, state, name string, conf float64) dossier.Row {
	at := l.Place(r.d.File)
	cell := func(key string, kind dossier.FieldKind, v string) dossier.Field {
		return dossier.Field{Key: key, Kind: kind, Value: v, Raw: l.Clean, At: at, Confidence: r.certainty(l, conf), Method: "mark"}
	}
	row := dossier.Row{At: at, Cells: map[string]dossier.Field{"who": cell("who", dossier.KindText, m.Who), "state": cell("state", dossier.KindBool, state)}}
	if name != "" {
		row.Cells["name"] = cell("name", dossier.KindText, name)
	}
	return row
}
