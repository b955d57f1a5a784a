// Package classify names documents: by what they say, then by what the other documents say about the people in them.
package classify

import (
	"fmt"
	"math"
	"path"
	"regexp"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

const (
	enough     = 0.95 // score that names a document
	headRunes  = 9000 // of the text are looked at, and the last tailRunes
	tailRunes  = 1500
	titleLines = 12
	fileHint   = 0.35 // weight of a file name
	fewRunes   = 60   // an image with less text than this is a photo or unreadable
)

// Score is how well a document fits a kind.
type Score struct {
	Type  *types.Type
	Value float64
	Why   []string
	text  float64 // without the file name
}

// Classify names d by its own words; the file name only tips a balance. It sets Type, TypeName, Confidence and Why.
// A document that fits nothing is unknown: whether it is irrelevant shows only beside the others (Resolve).
func Classify(c *types.Catalogue, d *dossier.Document, app dossier.Application) {
	d.Why = nil
	if d.Type == dossier.TypeArchive || d.Format == "zip" {
		d.Type, d.TypeName, d.Confidence = dossier.TypeArchive, c.Name(dossier.TypeArchive), 1
		return
	}
	scores := Rank(c, d)
	if (len(scores) == 0 || !accepted(d, scores[0])) && isMail(d) {
		d.Type, d.TypeName, d.Confidence = dossier.TypeArchive, "邮件", 1
		return
	}
	if len(scores) == 0 || !accepted(d, scores[0]) {
		d.Type, d.TypeName, d.Confidence = dossier.TypeUnknown, c.Name(dossier.TypeUnknown), 0
		if len(scores) > 0 && scores[0].Value > 0.3 {
			d.Why = append(d.Why, fmt.Sprintf("最接近%s，但依据不足", scores[0].Type.Name))
		}
		return
	}
	best := scores[0]
	conf := 0.62 + 0.17*math.Min(best.Value, 2) // fitted to TestCalibration, on the careful side
	if len(scores) > 1 && scores[1].Value > 0.8*best.Value {
		conf -= 0.15
	}
	if best.text < enough {
		conf = math.Min(conf, 0.55)
	}
	d.Type, d.TypeName, d.Confidence, d.Why = best.Type.ID, best.Type.Name, math.Round(conf*100)/100, best.Why
	if say := best.Type.Outdated(plain.Of(d).Flow); say != "" {
		d.Why = append(d.Why, say)
	}
}

var mailHead = regexp.MustCompile(`^(发件人|收件人|抄送|日期|主题|附件)\t`)

// isMail tells a mail that carries its papers as attachments: a container, unless its own words make a paper.
func isMail(d *dossier.Document) bool {
	if d.Format != "eml" && d.Format != "msg" {
		return false
	}
	for _, l := range plain.Of(d).Lines {
		if strings.HasPrefix(l.Fold, "附件\t") {
			return true
		}
	}
	return false
}

// accepted asks for enough signs in the text; a scan of which hardly anything could be read may be named by a file
// name together with one sign, or by the file name alone when nothing was read.
func accepted(d *dossier.Document, s Score) bool {
	if s.text >= enough {
		return true
	}
	if s.text < s.Value && s.Value >= enough {
		return true
	}
	poor := d.Format == "image" || d.Scan
	return poor && s.Value > s.text && (s.text >= 0.2 || s.Type.Image || textSize(d) < fewRunes)
}

func textSize(d *dossier.Document) int {
	n := 0
	for i := range d.Pages {
		n += len([]rune(plain.Tight(d.Pages[i].Text)))
	}
	return n
}

// Rank scores d against all kinds that have cues, the best first.
func Rank(c *types.Catalogue, d *dossier.Document) []Score {
	v := viewOf(d)
	var out []Score
	for _, t := range c.All() {
		if t.Assigned || t.Image && !v.photo {
			continue
		}
		if s := v.score(t); s.Value > 0 {
			out = append(out, s)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Value > out[j].Value })
	return out
}

// view is what cues are compared with.
type view struct {
	flow   string
	runes  []rune
	titles []string // short lines near the top, sheet names, tight
	file   string
	scan   bool
	photo  bool
	all    string // flow and titles, to rule patterns out
}

func viewOf(d *dossier.Document) *view {
	v := &view{file: plain.Tight(path.Base(d.File)), scan: d.Scan}
	t := plain.Of(d)
	v.flow = cut(t.Flow)
	mail := d.Format == "eml" || d.Format == "msg"
	if mail { // its head names the papers that it brings
		v.flow = cut(flowWithout(t, mailHead))
	}
	if v.scan {
		v.runes = []rune(v.flow)
	}
	lastPage, n := -1, 0
	for i := range t.Lines {
		l := &t.Lines[i]
		if mail && mailHead.MatchString(l.Fold) {
			continue
		}
		if l.Page != lastPage {
			lastPage, n = l.Page, 0
		}
		if n++; n > titleLines || len(v.titles) > 60 {
			continue
		}
		for _, part := range strings.Split(l.Fold, "\t") {
			if s := plain.Tight(part); s != "" && len([]rune(s)) <= 44 && !sentence(s) {
				v.titles = append(v.titles, s)
			}
		}
		if s := plain.Tight(l.Fold); strings.Contains(l.Fold, "\t") && len([]rune(s)) <= 24 {
			v.titles = append(v.titles, s)
		}
	}
	for i := range d.Pages {
		if s := plain.Tight(d.Pages[i].Name); s != "" && len(v.titles) < 80 {
			v.titles = append(v.titles, s)
		}
	}
	v.all = v.flow + "\n" + strings.Join(v.titles, "\n")
	v.photo = d.Format == "image" && len([]rune(t.Flow)) < 400
	return v
}

func flowWithout(t *plain.Text, drop *regexp.Regexp) string {
	var b strings.Builder
	for i := range t.Lines {
		if !drop.MatchString(t.Lines[i].Fold) {
			b.WriteString(plain.Tight(t.Lines[i].Fold))
		}
	}
	return b.String()
}

// sentence tells running text from a heading: it stops or pauses on the line.
func sentence(s string) bool {
	return strings.ContainsAny(strings.TrimRight(s, "。;"), "。;") || strings.Contains(s, ",") && len([]rune(s)) > 24 || strings.HasSuffix(s, "。") && len([]rune(s)) > 16
}

func cut(flow string) string {
	if len(flow) <= 3*(headRunes+tailRunes) {
		return flow
	}
	rs := []rune(flow)
	if len(rs) <= headRunes+tailRunes {
		return flow
	}
	return string(rs[:headRunes]) + string(rs[len(rs)-tailRunes:])
}

func (v *view) score(t *types.Type) Score {
	s := Score{Type: t}
	for i := range t.Cues {
		c := &t.Cues[i]
		w, what := v.hit(c)
		if w == 0 {
			continue
		}
		s.text += w
		if w > 0 && len(s.Why) < 4 {
			s.Why = append(s.Why, "含“"+what+"”")
		}
	}
	for _, f := range t.FormNo {
		if strings.Contains(v.flow, plain.Tight(f)) {
			s.text += 0.5
		}
	}
	s.Value = s.text
	if s.text > -0.3 {
		for _, re := range t.FileHints() {
			if re.MatchString(v.file) {
				s.Value += fileHint
				s.Why = append(s.Why, "文件名相符")
				break
			}
		}
	}
	return s
}

// hit returns the weight that a cue brings and the words that brought it.
func (v *view) hit(c *types.Cue) (float64, string) {
	if re := c.Re(); re != nil {
		if !plain.Possible(re, v.all) {
			return 0, ""
		}
		if c.Where == "title" {
			for _, s := range v.titles {
				if m := re.FindString(s); m != "" {
					return c.Weight, m
				}
			}
			if m := re.FindString(v.flow); m != "" {
				return c.Weight * 0.3, m
			}
			return 0, ""
		}
		if m := re.FindString(v.flow); m != "" {
			return c.Weight, m
		}
		return 0, ""
	}
	text := plain.Tight(c.Text)
	if c.Where == "title" {
		for _, s := range v.titles {
			if strings.Contains(s, text) && len([]rune(s)) <= len([]rune(text))+24 {
				return c.Weight, c.Text
			}
		}
	}
	if strings.Contains(v.flow, text) {
		if c.Where == "title" {
			return c.Weight * 0.3, c.Text
		}
		return c.Weight, c.Text
	}
	if v.scan && near(v.runes, []rune(text)) {
		return c.Weight * 0.8, c.Text
	}
	return 0, ""
}

// near tells whether want stands in text with one misread character; short words are too easily hit.
func near(text, want []rune) bool {
	if len(want) < 4 {
		return false
	}
	for i := 0; i+len(want) <= len(text); i++ {
		miss := 0
		for j := range want {
			if text[i+j] != want[j] {
				if miss++; miss > 1 {
					break
				}
			}
		}
		if miss <= 1 {
			return true
		}
	}
	return false
}
