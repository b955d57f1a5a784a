package tables

import (
	"testing"

	"github.com/xindiao/xindiao/evals/card"
	"github.com/xindiao/xindiao/evals/pdf"
)

// The committed scorecard adds up and keeps the bar of 98 % of cells.
func TestCommittedScorecard(t *testing.T) {
	var c Card
	if err := card.Load("../scorecards/tables.json", &c); err != nil || c.Schema != Schema {
		t.Fatalf("%v, schema %q", err, c.Schema)
	}
	var sum pdf.Ratio
	for _, f := range c.Files {
		for _, tab := range f.Tables {
			sum.Good, sum.Of = sum.Good+tab.Cells.Good, sum.Of+tab.Cells.Of
		}
	}
	if sum != c.Cells || sum.Of == 0 || sum.Rate() < 0.98 {
		t.Errorf("cells %+v, the card says %+v", sum, c.Cells)
	}
}
