package corpus

import (
	"strings"
	"testing"
)

func TestQuestions(t *testing.T) {
	qs, err := Questions()
	if err != nil {
		t.Fatal(err)
	}
	laws, held := map[string]bool{}, 0
	for _, q := range qs {
		for _, a := range q.Answers {
			id, _, _ := strings.Cut(a, ":")
			laws[id] = true
		}
		if q.Held {
			held++
		}
	}
	if len(qs) != 100 || held != 50 || len(laws) < 18 {
		t.Errorf("%d questions, %d held out, on %d laws; want 100, 50 and at least 18", len(qs), held, len(laws))
	}
}

func TestLint(t *testing.T) {
	for _, err := range Lint() {
		t.Error(err)
	}
}

func TestOverlap(t *testing.T) {
	n, all := overlap("贷款人应当加强对借款人资金挪用行为的监控吗", "贷款人应加强对借款人资金挪用行为的监控，发现借款人挪用贷款资金的")
	if n != 15 || all != 21 {
		t.Errorf("%d of %d", n, all)
	}
	if n <= maxOverlap(all) {
		t.Error("a repeated clause is let through")
	}
	if n, all := overlap("贷款资金能不能拿去炒股？", "流动资金贷款不得用于借款人股东分红"); n > maxOverlap(all) {
		t.Errorf("%d shared characters are held against a question in its own words", n)
	}
}
