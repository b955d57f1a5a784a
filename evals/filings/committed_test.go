package filings

import (
	"testing"

	"github.com/xindiao/xindiao/evals/card"
)

// The committed scorecard keeps the bars: every labelled ratio again, nothing wrong, nothing invented, sums that add up.
func TestCommittedScorecard(t *testing.T) {
	var c Card
	if err := card.Load("../scorecards/filings.json", &c); err != nil || c.Schema != Schema {
		t.Fatalf("%v, schema %q", err, c.Schema)
	}
	if c.Quoted.Of == 0 || c.Quoted.Good != c.Quoted.Of || c.Misread+c.Unknown > 0 {
		t.Errorf("quoted %+v, misunderstood %d, unknown %d", c.Quoted, c.Misread, c.Unknown)
	}
	if c.Tables[Reproduced] == 0 || c.Tables[Wrong]+c.Tables[Invented]+c.Compare[Wrong]+c.Refuse[Invented] > 0 {
		t.Errorf("from the tables %v, comparisons %v, unanswerable %v", c.Tables, c.Compare, c.Refuse)
	}
	if c.Lineage.Proven == 0 || c.Lineage.Broken > 0 || c.Unmapped+c.Unread > 0 {
		t.Errorf("lineage %+v, %d columns and %d cells not understood", c.Lineage, c.Unmapped, c.Unread)
	}
	causes := 0
	for _, k := range c.Checks {
		n := 0
		for _, m := range k.Causes {
			n += m
		}
		if k.Tested != k.Held+k.Broken+k.Untestable || n != k.Broken {
			t.Errorf("%s does not add up: %+v", k.ID, k)
		}
		causes += n
	}
	if causes != c.Breaks.Broken || c.Breaks.Unexplained*20 > c.Breaks.Broken {
		t.Errorf("breaks %+v, with a cause or said to have none %d", c.Breaks, causes)
	}
}
