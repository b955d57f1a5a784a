package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// KindRepaired is a digit of a scan that sums prove to be misread: both values are told, the original is to be looked at.
const KindRepaired = "repaired"

// maxRepairs of one document: more slips than that are no slips.
const maxRepairs = 12

// repair puts one misread digit of a scan right where the sums of its own document leave no other reading: the change
// of one look-alike digit in one line closes the broken sum, and the sums that share the line or the total hold with it.
// Source.Printed keeps what was read; the note and the issue say both values.
func (r *reader) repair(figs []dossier.Figure) ([]dossier.Figure, []Issue) {
	if !r.doc.Scan {
		return figs, nil
	}
	var issues []Issue
	for range maxRepairs {
		c, ok := provenDigit(figs)
		if !ok {
			break
		}
		for i := range figs {
			f := &figs[i]
			if f.Source == nil || figKey(*f) != figKey(c.Figure) {
				continue
			}
			was := *f
			f.Value = c.To
			f.Note = joinNotes(filledNotes(f.Note, fmt.Sprintf("识别为%s元，按合计关系只能是%s元，已订正", Money(c.From), Money(c.To))))
			issues = append(issues, Issue{Kind: KindRepaired, Indicator: f.Indicator, Name: f.Name, Entity: f.Entity, Period: f.Period,
				Expected: c.To, Actual: c.From, Diff: c.From.Sub(c.To), Figures: []dossier.Figure{was, *f}, Docs: []string{r.doc.File},
				Places: []dossier.Place{f.Source.Place}, Doubtful: true, Arithmetic: c.Text,
				Message: fmt.Sprintf("《%s》%s的%s识别为%s元，改一位相似数字为%s元后各项合计全部相符，已按%s元采用，请核对原件", r.doc.File,
					f.Period.Chinese(), f.Name, Money(c.From), Money(c.To), Money(c.To))})
		}
	}
	return figs, issues
}

// provenDigit finds a misread digit that sums prove: it closes two broken sums at once, or it is the only explanation
// of one whose total another sum confirms.
func provenDigit(figs []dossier.Figure) (Cause, bool) {
	w := NewSet("", figs...).Workings()
	broken := w.Broken()
	if len(broken) == 0 || len(broken) > 40 {
		return Cause{}, false
	}
	for _, x := range broken {
		causes := w.Causes(x)
		c, ok := Proof(causes)
		if !ok && len(causes) == 1 && w.confirms(x) {
			c, ok = causes[0], true
		}
		if ok && c.Class == CauseDigit && c.Lookalike && scanned(c.Figure) && !FromTrial(c.Figure) {
			return c, true
		}
	}
	return Cause{}, false
}

// confirms tells whether the total of a broken sum is an item of another sum that holds.
func (w *Workings) confirms(x Sum) bool {
	for _, o := range w.lines[cellOf(x.Total)] {
		if sumKey(o) != sumKey(x) && o.Holds() && cellOf(o.Total) != cellOf(x.Total) {
			return true
		}
	}
	return false
}
