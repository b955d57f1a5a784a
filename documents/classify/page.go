package classify

import (
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// openingLines are the lines of a page in which the title of a paper that begins there stands.
const openingLines = 6

// Opening ranks one page of d as the first page of a paper by its own words alone. titled tells whether a title of the
// kind stands in the page's first lines; a nil score means that the page fits no kind.
func Opening(c *types.Catalogue, d *dossier.Document, page int) (best *Score, titled bool) {
	one := &dossier.Document{File: "", Format: d.Format, Scan: d.Pages[page].Scan, Pages: d.Pages[page : page+1]}
	scores := Rank(c, one)
	if len(scores) == 0 || scores[0].text < enough {
		return nil, false
	}
	best = &scores[0]
	if len(scores) > 1 && scores[1].text > 0.92*best.text && scores[1].Type.Like != best.Type.ID && best.Type.Like != scores[1].Type.ID {
		return nil, false // two kinds fit alike: nothing sure begins here
	}
	return best, titledAs(best.Type, one)
}

// Titles are the ids of the kinds that have a title in the first lines of a page.
func Titles(c *types.Catalogue, d *dossier.Document, page int) []string {
	one := &dossier.Document{Format: d.Format, Scan: d.Pages[page].Scan, Pages: d.Pages[page : page+1]}
	var out []string
	for _, t := range c.All() {
		if !t.Assigned && titledAs(t, one) {
			out = append(out, t.ID)
		}
	}
	return out
}

// titledAs tells whether a title cue of t stands in the first lines of d.
func titledAs(t *types.Type, d *dossier.Document) bool {
	text, n := plain.Of(d), 0
	for i := range text.Lines {
		s := plain.Tight(text.Lines[i].Fold)
		if s == "" {
			continue
		}
		if n++; n > openingLines {
			return false
		}
		if len([]rune(s)) > 40 || strings.ContainsAny(s, "。;") {
			continue
		}
		for k := range t.Cues {
			cue := &t.Cues[k]
			if cue.Where != "title" || cue.Weight < 0.4 {
				continue
			}
			if re := cue.Re(); re != nil && re.MatchString(s) || cue.Text != "" && strings.Contains(s, plain.Tight(cue.Text)) {
				return true
			}
		}
	}
	return false
}
