package lexical

import (
	"math"
	"slices"
	"sync"
)

// BM25 parameters, the usual ones (Robertson and Zaragoza 2009).
const (
	k1 = 1.2
	b  = 0.75
)

// Word is a part of a query: its Text is cut into terms, each of which counts Weight times.
type Word struct {
	Text   string
	Weight float32
}

// Range is the chunks From ≤ i < To.
type Range struct{ From, To int }

// Scored is a chunk found.
type Scored struct {
	Chunk int
	Score float64
}

// Search is SearchWords of the query alone.
func (p *Postings) Search(query string, allow []Range, depth int) []Scored {
	return p.SearchWords([]Word{{query, 1}}, allow, depth)
}

// SearchWords ranks the chunks that share a term with the words by BM25, best first, equals by number, at most depth
// of them. A term that stands in several words counts once, by its highest weight. Only chunks in allow are given,
// which rises and does not overlap; nil allows all. How rare a term is is counted over all chunks.
func (p *Postings) SearchWords(words []Word, allow []Range, depth int) []Scored {
	if depth <= 0 || p.live == 0 || allow != nil && len(allow) == 0 {
		return nil
	}
	s := scratch.Get().(*search)
	defer scratch.Put(s)
	s.reset(len(p.lengths))
	s.query(words)
	mean := float64(p.total) / float64(p.live)
	for _, t := range s.terms {
		df := p.frequency(t.term)
		if df == 0 {
			continue
		}
		idf := math.Log(1 + (float64(p.live)-float64(df)+0.5)/(float64(df)+0.5))
		gain := idf * float64(t.weight) * (k1 + 1)
		for _, r := range p.runs {
			for _, x := range r.find(t.term) {
				tf, length := float64(x.count()), float64(p.lengths[x.chunk()])
				s.sums[x.chunk()] += gain * tf / (tf + k1*(1-b+b*length/mean))
			}
		}
	}
	return s.best(p, allow, depth)
}

// frequency is the number of chunks with the term.
func (p *Postings) frequency(t Term) int {
	n := 0
	for _, r := range p.runs {
		posts := r.find(t)
		if p.live == len(p.lengths) {
			n += len(posts)
			continue
		}
		for _, x := range posts {
			if !p.dead(x.chunk()) {
				n++
			}
		}
	}
	return n
}

type weighted struct {
	term   Term
	weight float32
}

// search is what one search needs and the next uses again.
type search struct {
	sums  []float64
	found []Term
	terms []weighted
	heap  []Scored
}

var scratch = sync.Pool{New: func() any { return new(search) }}

func (s *search) reset(n int) {
	if cap(s.sums) < n {
		s.sums = make([]float64, n)
	}
	s.sums = s.sums[:n]
	clear(s.sums)
	s.terms, s.heap = s.terms[:0], s.heap[:0]
}

// query cuts the words into terms in a fixed order: sums of floats are then the same every time.
func (s *search) query(words []Word) {
	for _, w := range words {
		if !(w.Weight > 0) {
			continue
		}
		s.found = AppendTerms(s.found[:0], w.Text)
		for _, t := range s.found {
			s.terms = append(s.terms, weighted{t, w.Weight})
		}
	}
	slices.SortFunc(s.terms, func(x, y weighted) int {
		switch {
		case x.term != y.term:
			return cmpTerm(x.term, y.term)
		case x.weight > y.weight:
			return -1
		case x.weight < y.weight:
			return 1
		}
		return 0
	})
	s.terms = slices.CompactFunc(s.terms, func(x, y weighted) bool { return x.term == y.term })
}

// best picks the depth highest sums through a heap whose root is the worst kept.
func (s *search) best(p *Postings, allow []Range, depth int) []Scored {
	if allow == nil {
		allow = []Range{{0, len(s.sums)}}
	}
	for _, a := range allow {
		for i := max(a.From, 0); i < min(a.To, len(s.sums)); i++ {
			if s.sums[i] > 0 && !p.dead(i) {
				s.offer(Scored{i, s.sums[i]}, depth)
			}
		}
	}
	out := slices.Clone(s.heap)
	slices.SortFunc(out, func(x, y Scored) int {
		if worse(y, x) {
			return -1
		}
		return 1
	})
	return out
}

// worse orders by score, then by number.
func worse(x, y Scored) bool {
	return x.Score < y.Score || x.Score == y.Score && x.Chunk > y.Chunk
}

func (s *search) offer(x Scored, depth int) {
	if len(s.heap) < depth {
		s.heap = append(s.heap, x)
		for i := len(s.heap) - 1; i > 0 && worse(s.heap[i], s.heap[(i-1)/2]); i = (i - 1) / 2 {
			s.heap[i], s.heap[(i-1)/2] = s.heap[(i-1)/2], s.heap[i]
		}
		return
	}
	if !worse(s.heap[0], x) {
		return
	}
	s.heap[0] = x
	for i := 0; ; {
		worst := i
		for k := 2*i + 1; k <= 2*i+2 && k < len(s.heap); k++ {
			if worse(s.heap[k], s.heap[worst]) {
				worst = k
			}
		}
		if worst == i {
			return
		}
		s.heap[i], s.heap[worst] = s.heap[worst], s.heap[i]
		i = worst
	}
}
