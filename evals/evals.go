// Package evals runs the product over test dossiers with known truths and keeps score, so that a change of quality
// shows as a diff of a committed scorecard.
package evals

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/xindiao/xindiao/evals/metrics"
	"github.com/xindiao/xindiao/evals/truth"
	"github.com/xindiao/xindiao/report"
)

// Runner is the product under test; Review and Draft of a dossier are called one after the other, so that it may
// read the dossier once. Draft may return a nil report with a nil error when drafting was not asked for.
type Runner interface {
	Review(ctx context.Context, dir string) (*report.Review, error)
	Draft(ctx context.Context, dir string) (*report.Report, error)
}

// Options of a run.
type Options struct {
	Model    string       // what drafted, for the scorecard; none when empty
	OCR      string       // what read the scans, for the scorecard; "" when not said
	Cached   bool         // readings of earlier runs were taken
	Progress func(string) // a line for each dossier begun; may be nil
}

// Dossiers scores dir, one dossier or a folder of them, in name order. A dossier whose review or draft fails is
// scored with what there is and its error is kept: one bad dossier does not hide the others.
func Dossiers(ctx context.Context, dir string, r Runner, o Options) (*Scorecard, error) {
	dirs, err := truth.Find(dir)
	if err != nil {
		return nil, err
	}
	card := &Scorecard{Schema: Schema, Suite: "dossiers", Model: o.Model, OCR: o.OCR, Cached: o.Cached}
	if card.Model == "" {
		card.Model = "none"
	}
	for i, d := range dirs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if o.Progress != nil {
			o.Progress(fmt.Sprintf("%d/%d %s", i+1, len(dirs), filepath.Base(d)))
		}
		s, err := score(ctx, d, r)
		if err != nil {
			return nil, err
		}
		card.Dossiers = append(card.Dossiers, s)
	}
	card.summarize()
	return card, nil
}

func score(ctx context.Context, dir string, r Runner) (DossierScore, error) {
	t, err := truth.Load(dir)
	if err != nil {
		return DossierScore{}, err
	}
	s := DossierScore{Dossier: filepath.Base(dir)}
	c := &metrics.Case{Truth: t}
	start := time.Now()
	if c.Review, err = r.Review(ctx, dir); err != nil {
		s.Errors = append(s.Errors, "review: "+err.Error())
	}
	if c.Report, err = r.Draft(ctx, dir); err != nil {
		s.Errors = append(s.Errors, "draft: "+err.Error())
	}
	s.Seconds = time.Since(start).Seconds()
	s.Scores = Measure(c)
	return s, nil
}

// Measure applies every metric.
func Measure(c *metrics.Case) map[string]metrics.Result {
	out := map[string]metrics.Result{}
	for _, m := range metrics.All() {
		out[m.Name] = m.Measure(c)
	}
	return out
}
