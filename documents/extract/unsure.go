package extract

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

// unsureWord is the certainty of a word below which a value that holds it is doubtful.
const unsureWord = 0.5

// unsure marks a field read off an image whose words the engine itself was not sure of: readings that differ, or a
// word read with little certainty. A value that checks itself is not marked.
func (r *reader) unsure(f dossier.Field) dossier.Field {
	if !r.d.Scan || f.Doubt != "" || f.Kind == dossier.KindUSCC || f.Kind == dossier.KindIDCard {
		return f
	}
	raw := plain.Tight(f.Raw)
	if f.Kind == dossier.KindDate {
		if s := r.lineAt(f.At); plain.GhostDate.MatchString(s) {
			f.Doubt = "扫描件中日期的数字“1”识读不清（" + plain.Quote(s) + "），请对照原件核对"
			f.Confidence = min(f.Confidence, 0.6)
			return f
		}
	}
	for _, w := range r.wordsAt(f.At) {
		t := plain.Tight(w.Text)
		if t == "" || !strings.Contains(raw, t) || !w.Doubtful && w.Confidence >= unsureWord {
			continue
		}
		f.Doubt = fmt.Sprintf("扫描件中“%s”识读把握不足，请对照原件核对", w.Text)
		f.Confidence = min(f.Confidence, 0.7)
		return f
	}
	return f
}

// lineAt are the words of the line or of the rectangle that a place names, as the engine read them.
func (r *reader) lineAt(at dossier.Place) string {
	for i := range r.d.Pages {
		p := &r.d.Pages[i]
		if p.Number != at.Page {
			continue
		}
		if at.Line > 0 && at.Line <= len(p.Lines) {
			return p.Lines[at.Line-1].Text
		}
		if at.Line > 0 {
			if ls := strings.Split(p.Text, "\n"); at.Line <= len(ls) {
				return ls[at.Line-1]
			}
		}
	}
	return at.Quote
}

// wordsAt are the words of the line that a place names, or of the rectangle.
func (r *reader) wordsAt(at dossier.Place) []dossier.Word {
	for i := range r.d.Pages {
		p := &r.d.Pages[i]
		if p.Number != at.Page {
			continue
		}
		if at.Line > 0 && at.Line <= len(p.Lines) {
			return p.Lines[at.Line-1].Words
		}
		if at.Box == nil {
			return nil
		}
		var out []dossier.Word
		for _, l := range p.Lines {
			for _, w := range l.Words {
				x, y := (w.Box.X0+w.Box.X1)/2, (w.Box.Y0+w.Box.Y1)/2
				if x >= at.Box.X0 && x <= at.Box.X1 && y >= at.Box.Y0 && y <= at.Box.Y1 {
					out = append(out, w)
				}
			}
		}
		return out
	}
	return nil
}
