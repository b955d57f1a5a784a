package pdf

import (
	"testing"

	"github.com/xindiao/xindiao/evals/card"
)

// The committed scorecard keeps the bars: what falls below them must not be committed unseen.
func TestCommittedScorecard(t *testing.T) {
	var c Card
	if err := card.Load("../scorecards/pdf.json", &c); err != nil || c.Schema != Schema {
		t.Fatalf("%v, schema %q", err, c.Schema)
	}
	var han, num Ratio
	for _, f := range c.Files {
		if f.Error != "" {
			t.Errorf("%s: %s", f.File, f.Error)
		}
		if !f.Scan {
			han.add(f.Han)
			num.add(f.Num)
		}
	}
	if han.Of == 0 || han.Rate() < 0.99 || num.Rate() < 0.99 {
		t.Errorf("text files: Han %+v, numbers %+v", han, num)
	}
}
