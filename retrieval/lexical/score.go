package lexical

import (
	"fmt"
	"math"
	"sync"

	"github.com/xindiao/xindiao/internal/datafile"
)

// A chunk's score is its own BM25 and a share of its document's: a passage of the statement that the question names
// counts more than the same words elsewhere, though the name stands on another page. Both are
//
//	Σ over terms  weight · idf · tf · (k1 + 1) / (tf + k1 · (1 - b + b · length / mean length))
//
// (Robertson and Zaragoza 2009), with idf = ln(1 + (N - n + 0.5) / (n + 0.5)) over N chunks for both. Lengths below a
// floor count as the floor: what is short is not the more about the question for it. The document mostly says what the
// chunk does not: of what it says of a term that the chunk has, overlap is left out.
type scoring struct {
	Owner    string  `yaml:"owner"`
	Date     string  `yaml:"date"`
	Note     string  `yaml:"note"`
	Chunk    level   `yaml:"chunk"`
	Document level   `yaml:"document"`
	Share    float64 `yaml:"share"`   // of the document's score in the chunk's
	Overlap  float64 `yaml:"overlap"` // of the document's part of a term that a chunk with the term does not get
	Answer   float64 `yaml:"answer"`  // weight of a mark in a question
}

// level is BM25's parameters for chunks or for documents; Floor is in terms.
type level struct {
	K1    float64 `yaml:"k1"`
	B     float64 `yaml:"b"`
	Floor float64 `yaml:"floor"`
}

// norms gives k1 · (1 - b + b · length / mean) for each length; negative lengths are gone and do not count.
func (l level) norms(lengths []float32) []float32 {
	sum, n := 0.0, 0
	for _, x := range lengths {
		if x >= 0 {
			sum += max(float64(x), l.Floor)
			n++
		}
	}
	out := make([]float32, len(lengths))
	for i, x := range lengths {
		out[i] = float32(l.K1 * (1 - l.B + l.B*max(float64(x), l.Floor)*float64(n)/max(sum, 1)))
	}
	return out
}

func (l level) check(what string) error {
	if !(l.K1 > 0 && l.K1 <= 5 && l.B >= 0 && l.B <= 1 && l.Floor >= 1 && l.Floor < 1e6) {
		return fmt.Errorf("data/score.yaml: %s: want 0 < k1 <= 5, 0 <= b <= 1 and a floor of 1 or more", what)
	}
	return nil
}

var scorings = sync.OnceValues(func() (*scoring, error) {
	s := &scoring{}
	raw, err := data.ReadFile("data/score.yaml")
	if err != nil {
		return nil, err
	}
	if err := datafile.Decode("data/score.yaml", raw, s); err != nil {
		return nil, err
	}
	if err := s.Chunk.check("chunk"); err != nil {
		return nil, err
	}
	if err := s.Document.check("document"); err != nil {
		return nil, err
	}
	if s.Share < 0 || s.Share > 10 || s.Overlap < 0 || s.Overlap > 1 || s.Answer < 0 || s.Answer > 10 {
		return nil, fmt.Errorf("data/score.yaml: share and answer lie between 0 and 10, overlap between 0 and 1")
	}
	return s, owned("data/score.yaml", s.Owner, s.Date)
})

func mustScoring() *scoring {
	s, err := scorings()
	if err != nil {
		panic(err) // embedded data that Lint and the tests have read
	}
	return s
}

func idf(chunks, with int) float64 {
	return math.Log(1 + (float64(chunks)-float64(with)+0.5)/(float64(with)+0.5))
}
