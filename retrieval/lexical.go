package retrieval

import (
	"math"
	"slices"
)

// BM25 parameters, the usual ones (Robertson and Zaragoza 2009).
const (
	k1 = 1.2
	b  = 0.75
)

type posting struct {
	chunk int32
	tf    float32
}

// lexical is BM25 over Tokens.
type lexical struct {
	terms  map[string][]posting
	length []float32
	mean   float64
}

func newLexical(texts []string) *lexical {
	l := &lexical{terms: map[string][]posting{}, length: make([]float32, len(texts))}
	var sum float64
	for i, text := range texts {
		counts := map[string]int{}
		tokens := Tokens(text)
		for _, t := range tokens {
			counts[t]++
		}
		l.length[i] = float32(len(tokens))
		sum += float64(len(tokens))
		for t, n := range counts {
			l.terms[t] = append(l.terms[t], posting{int32(i), float32(n)})
		}
	}
	if len(texts) > 0 {
		l.mean = sum / float64(len(texts))
	}
	return l
}

// scores ranks the chunks that share a term with the query, best first; ties by order in the dossier.
func (l *lexical) scores(query string, allowed func(int) bool, depth int) []scored {
	sums := map[int]float64{}
	terms := Tokens(query)
	slices.Sort(terms) // a fixed order of addition: sums are the same every time
	for _, t := range slices.Compact(terms) {
		ps := l.terms[t]
		idf := math.Log(1 + (float64(len(l.length))-float64(len(ps))+0.5)/(float64(len(ps))+0.5))
		for _, p := range ps {
			if i := int(p.chunk); allowed(i) {
				tf := float64(p.tf)
				sums[i] += idf * tf * (k1 + 1) / (tf + k1*(1-b+b*float64(l.length[i])/l.mean))
			}
		}
	}
	out := make([]scored, 0, len(sums))
	for i, s := range sums {
		out = append(out, scored{i, s})
	}
	return top(out, depth)
}

type scored struct {
	chunk int
	score float64
}

func top(s []scored, n int) []scored {
	slices.SortFunc(s, func(x, y scored) int {
		switch {
		case x.score > y.score:
			return -1
		case x.score < y.score:
			return 1
		}
		return x.chunk - y.chunk
	})
	return s[:min(n, len(s))]
}
