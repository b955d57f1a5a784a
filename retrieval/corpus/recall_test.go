package corpus_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/corpus"
	"github.com/xindiao/xindiao/retrieval/embed"
	"github.com/xindiao/xindiao/retrieval/plan"
)

var today = dossier.NewDate(2026, 9, 30)

func search(t *testing.T, s *retrieval.Searcher, ask string, q retrieval.Query) []retrieval.Hit {
	t.Helper()
	p, err := plan.New(ask, plan.Options{AsOf: q.AsOf})
	if err != nil {
		t.Fatal(err)
	}
	q.Plan = &p
	r, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return r.Hits
}

func open(t *testing.T, c *corpus.Corpus, err error) *retrieval.Searcher {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	col, err := c.Collection(t.Context(), embed.Hash{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := retrieval.Open(col, retrieval.Options{Name: c.Name})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// article is the ID of the article that a hit stands in.
func article(h retrieval.Hit) string { return strings.TrimPrefix(h.Passage.Place.File, "law/") }

// answered counts the questions that have an accepted article among the first five hits.
func answered(t *testing.T, s *retrieval.Searcher, qs []corpus.Question) (n int) {
	t.Helper()
	for _, q := range qs {
		hits := search(t, s, q.Ask, retrieval.Query{AsOf: today, K: 5})
		if len(hits) > 5 {
			t.Fatalf("%d hits", len(hits))
		}
		if slices.ContainsFunc(hits, func(h retrieval.Hit) bool { return slices.Contains(q.Answers, article(h)) }) {
			n++
		} else {
			t.Logf("%s %s: not among the first five", q.ID, q.Ask)
		}
	}
	return n
}

// Lexical search and the embedded hashing embedder only, through the product's own planner and search.
func TestLawIsFoundByTheWordsOfTheTrade(t *testing.T) {
	c, err := corpus.Law()
	s := open(t, c, err)
	qs, err := corpus.Questions()
	if err != nil {
		t.Fatal(err)
	}
	var dev, held []corpus.Question
	for _, q := range qs {
		if q.Held {
			held = append(held, q)
		} else {
			dev = append(dev, q)
		}
	}
	a, b := answered(t, s, dev), answered(t, s, held)
	t.Logf("R@5: tuned on %d/%d, held out %d/%d", a, len(dev), b, len(held))
	for _, file := range []string{"fresh.yaml", "fresh2.yaml", "fresh3.yaml", "fresh4.yaml"} {
		data, err := os.ReadFile("testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		var later []corpus.Question
		if err := datafile.Decode(file, data, &later); err != nil {
			t.Fatal(err)
		}
		n := answered(t, s, later)
		t.Logf("R@5 of %s, written afterwards: %d/%d", file, n, len(later))
		if 10*n < 4*len(later) {
			t.Errorf("%s: %d of %d questions answered, want four in ten", file, n, len(later))
		}
	}
	if 10*(a+b) < 9*len(qs) || 10*b < 8*len(held) {
		t.Errorf("%d of %d questions answered, %d of %d of those held out; want nine in ten, and eight of those held out", a+b, len(qs), b, len(held))
	}
}
