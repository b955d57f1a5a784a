// Package voice renders a template's sentences over a dossier and records, for each sentence, the figures and the
// places it rests on. What is not there cannot be said: a sentence that names something missing does not render.
package voice

import (
	"errors"
	"fmt"
	"strings"
	"text/template"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

// Voice says sentences about one dossier.
type Voice struct {
	Dossier  *dossier.Dossier
	Figures  *finance.Set
	Findings []report.Finding
	Code     string // C3525
	Industry string // 模具制造

	cache map[string]*template.Template
}

// ErrMissing is the cause when a sentence names something that the dossier does not hold.
var ErrMissing = errors.New("not in the dossier")

func missing(format string, a ...interface{}) error {
	return fmt.Errorf("%w: %s", ErrMissing, fmt.Sprintf(format, a...))
}

// Say renders one sentence. The error wraps ErrMissing when something it names is not there; any other error is a
// fault of the template.
func (v *Voice) Say(text string, judged bool) (report.Claim, error) {
	t, err := v.parse(text)
	if err != nil {
		return report.Claim{}, err
	}
	u := &utterance{v: v}
	if t, err = t.Clone(); err != nil {
		return report.Claim{}, err
	}
	var b strings.Builder
	if err := t.Funcs(u.funcs()).Execute(&b, nil); err != nil {
		return report.Claim{}, err
	}
	out := strings.TrimSpace(b.String())
	if out == "" {
		return report.Claim{}, missing("nothing to say")
	}
	c := report.Claim{Text: out, Figures: u.figures, Citations: u.cites, Author: report.ByTemplate, Status: report.Read}
	switch {
	case u.doubt != "":
		c.Status, c.Reason = report.Unverified, "扫描件《"+u.doubt+"》字迹不清，须对照原件"
	case judged:
		c.Status = report.Judged
	case u.computed:
		c.Status = report.Computed
	case u.quoted:
		c.Status = report.Quoted
	}
	return c, nil
}

// Holds renders a condition and tells whether it printed true.
func (v *Voice) Holds(cond string) (bool, error) {
	if cond == "" {
		return true, nil
	}
	c, err := v.Say("{{if "+cond+"}}true{{else}}false{{end}}", false)
	if errors.Is(err, ErrMissing) {
		return false, nil
	}
	return c.Text == "true", err
}

func (v *Voice) parse(text string) (*template.Template, error) {
	if t := v.cache[text]; t != nil {
		return t, nil
	}
	t, err := template.New("say").Funcs((&utterance{v: v}).funcs()).Parse(text)
	if err != nil {
		return nil, err
	}
	if v.cache == nil {
		v.cache = map[string]*template.Template{}
	}
	v.cache[text] = t
	return t, nil
}

// Parse checks a sentence without a dossier, for lint.
func Parse(text string) error {
	_, err := (&Voice{}).parse(text)
	return err
}

// utterance is one sentence in the making.
type utterance struct {
	v        *Voice
	figures  []string
	cites    []report.Citation
	computed bool
	quoted   bool
	doubt    string // file of a scan whose reading is too unsure to be said as fact
}

// Confidences below which a scan's reading is shown as 待核实: words go wrong before digits do, and nothing checks them.
const (
	unsure      = 0.6
	unsureWords = 0.75
)

// Doubtful tells whether a field of d was read so badly that it must be compared with the original. A value that a
// number on the paper proves is no longer in doubt; one that other papers read otherwise is.
func Doubtful(d *dossier.Document, f dossier.Field) bool {
	if d == nil || f.Confidence <= 0 || strings.HasSuffix(f.Method, "+number") {
		return false
	}
	if f.Kind == dossier.KindMoney && f.Doubt != "" { // words and figures differ, in whatever print
		return true
	}
	if !d.Scan {
		return false
	}
	if f.Candidate != nil {
		return true
	}
	switch f.Kind {
	case dossier.KindText, dossier.KindOrg, dossier.KindPerson, dossier.KindAddress, "":
		return f.Confidence < unsureWords
	}
	return f.Confidence < unsure
}

const maxCites = 8

func (u *utterance) cite(p dossier.Place) {
	if p.File == "" || len(u.cites) >= maxCites {
		return
	}
	c := report.Cite(p)
	for _, have := range u.cites {
		if have.File == c.File && have.Page == c.Page && have.Line == c.Line && have.Cell == c.Cell && have.Quote == c.Quote {
			return
		}
	}
	u.cites = append(u.cites, c)
}

func (u *utterance) use(f dossier.Figure) {
	for _, id := range u.figures {
		if id == f.ID {
			return
		}
	}
	u.figures = append(u.figures, f.ID)
	u.computed = u.computed || f.Source == nil
	u.sources(f, 0)
}

// sources cites where a figure, or what it was computed from, was read.
func (u *utterance) sources(f dossier.Figure, depth int) {
	if f.Source != nil {
		u.cite(f.Source.Place)
		return
	}
	for _, id := range f.Operands {
		if op, ok := u.v.Figures.Figure(id); ok && depth < 5 {
			u.sources(op, depth+1)
		}
	}
}
