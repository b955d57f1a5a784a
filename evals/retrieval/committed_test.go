package retrieval

import (
	"testing"

	"github.com/xindiao/xindiao/evals/card"
)

// The committed scorecard is of the embedded embedder and keeps the bars. R@10 is that of the question as it
// stands, and a question or two from falling: see docs/retrieval-quality.md.
func TestCommittedScorecard(t *testing.T) {
	var c Card
	if err := card.Load("../scorecards/retrieval.json", &c); err != nil || c.Schema != Schema {
		t.Fatalf("%v, schema %q", err, c.Schema)
	}
	for _, bar := range []struct {
		set, way, name string
		least          float64
	}{
		{"tbrain2024", "search", "R@1 candidates", 0.90}, {"rgb_zh", "search", "P@1", 0.68}, {"cmrc2018", "search", "R@1", 0.955},
		{"law", "search", "R@5", 0.90}, {"tbrain2024", "text", "R@10", 0.72},
	} {
		if got := c.Value(bar.set, bar.way, bar.name); got < bar.least {
			t.Errorf("%s, %s: %s is %.4f, less than %.3f", bar.set, bar.way, bar.name, got, bar.least)
		}
	}
}
