package tables

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/xindiao/xindiao/evals/pdf"
)

// The committed scorecard adds up and keeps the bar of 98 % of cells.
func TestCommittedScorecard(t *testing.T) {
	data, err := os.ReadFile("../scorecards/tables.json")
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var c Card
	if err := dec.Decode(&c); err != nil || c.Schema != Schema {
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
