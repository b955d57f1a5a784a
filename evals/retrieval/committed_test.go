package retrieval

import (
	"testing"

	"github.com/xindiao/xindiao/evals/card"
)

// The committed scorecard is of the embedded embedder and keeps the bars that are not within a question or two of
// chance: see docs/retrieval-quality.md.
func TestCommittedScorecard(t *testing.T) {
	var c Card
	if err := card.Load("../scorecards/retrieval.json", &c); err != nil || c.Schema != Schema {
		t.Fatalf("%v, schema %q", err, c.Schema)
	}
	for _, bar := range []struct {
		set, name string
		least     float64
	}{
		{"tbrain2024", "R@1 candidates", 0.90}, {"rgb_zh", "P@1", 0.68}, {"cmrc2018", "R@1", 0.955}, {"law", "R@5", 0.90},
		{"tbrain2024", "R@10", 0.68},
	} {
		if got := c.Value(bar.set, "search", bar.name); got < bar.least {
			t.Errorf("%s %s is %.4f, less than %.3f", bar.set, bar.name, got, bar.least)
		}
	}
}
