package lexical

import (
	"slices"
	"sync"
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

// SearchWords ranks the chunks that share a term with the words, best first, equals by number, at most depth of them;
// score.go says how. Words of asking are left out, and the kind of the answer counts where the question tells it. A
// term that stands in several words counts once, by its highest weight. Only chunks in allow are given, which rises
// and does not overlap; nil allows all. How rare a term is is counted over all chunks.
func (p *Postings) SearchWords(words []Word, allow []Range, depth int) []Scored {
	if depth <= 0 || p.live == 0 || allow != nil && len(allow) == 0 {
		return nil
	}
	s := scratch.Get().(*search)
	defer scratch.Put(s)
	s.reset(len(p.lengths), len(p.ends))
	s.query(words)
	rules := mustScoring()
	for _, t := range s.terms {
		df := p.frequency(t.term)
		if df == 0 {
			continue
		}
		gain := idf(p.live, df) * float64(t.weight)
		for _, r := range p.runs {
			s.score(p, r.find(t.term), gain*(rules.Chunk.K1+1), gain*(rules.Document.K1+1)*rules.Share, rules.Overlap)
		}
	}
	return s.best(p, allow, depth)
}

// score adds one term's postings to the sums of its chunks and documents. A document's chunks stand together.
func (s *search) score(p *Postings, posts []post, chunkGain, docGain, overlap float64) {
	for i := 0; i < len(posts); {
		doc := p.docs[posts[i].chunk()]
		from, tf := i, 0.0
		for end := p.ends[doc]; i < len(posts) && posts[i].chunk() < end; i++ {
			tf += float64(posts[i].count())
		}
		whole := docGain * tf / (tf + float64(p.docNorms[doc]))
		s.docs[doc] += whole
		for _, x := range posts[from:i] {
			n, c := float64(x.count()), x.chunk()
			own := chunkGain * n / (n + float64(p.norms[c]))
			s.sums[c] += own
			s.less[c] += min(overlap*whole, own)
		}
	}
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
	sums  []float64 // by chunk
	less  []float64 // by chunk: what the document says too
	docs  []float64 // by segment
	found []Term
	terms []weighted
	heap  []Scored
}

var scratch = sync.Pool{New: func() any { return new(search) }}

func (s *search) reset(chunks, docs int) {
	s.sums, s.less, s.docs = zeros(s.sums, chunks), zeros(s.less, chunks), zeros(s.docs, docs)
	s.terms, s.heap = s.terms[:0], s.heap[:0]
}

func zeros(x []float64, n int) []float64 {
	if cap(x) < n {
		return make([]float64, n)
	}
	x = x[:n]
	clear(x)
	return x
}

// query cuts the words into terms in a fixed order: sums of floats are then the same every time.
func (s *search) query(words []Word) {
	rules, answer := mustQuestions(), float32(mustScoring().Answer)
	for _, w := range words {
		if !(w.Weight > 0) {
			continue
		}
		left, want := rules.asked(w.Text)
		s.found = AppendTerms(s.found[:0], left)
		for _, t := range s.found {
			s.terms = append(s.terms, weighted{t, w.Weight})
		}
		for _, m := range want {
			s.terms = append(s.terms, weighted{TermOf(m), w.Weight * answer})
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
				s.offer(Scored{i, s.sums[i] - s.less[i] + s.docs[p.docs[i]]}, depth)
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
