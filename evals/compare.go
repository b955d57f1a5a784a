package evals

import (
	"fmt"

	"github.com/xindiao/xindiao/evals/metrics"
)

// Change is one metric of one dossier that differs from the baseline.
type Change struct {
	Dossier string
	Metric  string
	Title   string
	Old     metrics.Result
	New     metrics.Result
	Fell    bool
	Note    string // in Chinese, when there is no number on one side
}

func (c Change) String() string {
	mark := "升"
	if c.Fell {
		mark = "降"
	}
	if c.Note != "" {
		return fmt.Sprintf("%s %s：%s", mark, c.Dossier, c.Note)
	}
	return fmt.Sprintf("%s %s %s：%s → %s", mark, c.Dossier, c.Title, cell(c.Metric, c.Old), cell(c.Metric, c.New))
}

// Compare lists what changed since the baseline, falls and rises; fell tells whether anything got worse. A dossier
// or metric that the baseline has and this run lacks is a fall: what is not measured does not pass.
func Compare(old, new *Scorecard) (changes []Change, fell bool) {
	now := map[string]DossierScore{}
	for _, d := range new.Dossiers {
		now[d.Dossier] = d
	}
	seen := map[string]bool{}
	for _, was := range old.Dossiers {
		seen[was.Dossier] = true
		is, ok := now[was.Dossier]
		if !ok {
			changes = append(changes, Change{Dossier: was.Dossier, Fell: true, Note: "基线中有，本次未评测"})
			continue
		}
		if len(is.Errors) > len(was.Errors) {
			changes = append(changes, Change{Dossier: was.Dossier, Fell: true, Note: "运行出错：" + is.Errors[len(is.Errors)-1]})
		}
		changes = append(changes, compareScores(was, is)...)
	}
	for _, d := range new.Dossiers {
		if !seen[d.Dossier] {
			changes = append(changes, Change{Dossier: d.Dossier, Note: "基线中没有，本次新增"})
		}
	}
	for _, c := range changes {
		fell = fell || c.Fell
	}
	return changes, fell
}

func compareScores(was, is DossierScore) []Change {
	var out []Change
	for _, m := range metrics.All() {
		o, before := was.Scores[m.Name]
		n, after := is.Scores[m.Name]
		switch {
		case before && !after:
			out = append(out, Change{Dossier: was.Dossier, Fell: true, Note: m.Title + "本次未评测"})
		case before && (o.Good != n.Good || o.Of != n.Of):
			out = append(out, Change{Dossier: was.Dossier, Metric: m.Name, Title: m.Title, Old: o, New: n, Fell: worse(m, value(m, n), value(m, o))})
		}
	}
	return out
}
