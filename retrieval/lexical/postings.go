package lexical

import (
	"slices"

	"github.com/xindiao/xindiao/dossier"
)

// Postings are the segments of one customer or corpus, opened for search. They never change, so any number of
// searches may go on: Add and Remove give new ones that share what stays. Chunks are numbered through, segment by
// segment as opened and added; the numbers of a removed segment are not used again.
type Postings struct {
	runs    []*run
	lengths []float32 // of each chunk, in terms; -1 where its segment was removed
	docs    []int32   // the segment of each chunk
	ends    []int     // chunk number after each segment
	live    int       // chunks

	norms, docNorms []float32 // see level.norms
}

// Open joins segments. A broken one is an error of kind dossier.ErrCorrupt.
func Open(segments ...[]byte) (*Postings, error) {
	p := &Postings{}
	size := 0
	for _, s := range segments {
		size += len(s)
	}
	b := &builder{lists: make([]list, 0, size/8), posts: make([]post, 0, size/4)}
	for _, s := range segments {
		if err := p.load(s, b); err != nil {
			return nil, err
		}
	}
	if len(b.lists) > 0 {
		p.runs = []*run{b.run()}
	}
	p.settle()
	return p, nil
}

func (p *Postings) load(segment []byte, b *builder) error {
	base := len(p.lengths)
	err := parse(segment, func(n int) {
		p.lengths = append(p.lengths, float32(n))
		p.docs = append(p.docs, int32(len(p.ends)))
		p.live++
	}, func(t Term, posts []post) { b.add(t, posts, base) })
	if err != nil {
		return err
	}
	if len(p.lengths) > maxChunks {
		return &dossier.Error{Kind: dossier.ErrTooLarge, Msg: "一次检索的段落超过一千六百万，请按客户或分库拆开"}
	}
	p.ends = append(p.ends, len(p.lengths))
	return nil
}

// Add gives the postings with one more segment behind the others, which are not read again.
func (p *Postings) Add(segment []byte) (*Postings, error) {
	q := p.clone()
	b := &builder{}
	if err := q.load(segment, b); err != nil {
		return nil, err
	}
	q.settle()
	if len(b.lists) == 0 {
		return q, nil
	}
	q.runs = append(q.runs, b.run())
	// runs at least halve in size from one to the next, so that there are few of them and each posting moves seldom
	for n := len(q.runs); n > 1 && len(q.runs[n-2].posts) < 2*len(q.runs[n-1].posts); n-- {
		q.runs = append(q.runs[:n-2], merge(q.runs[n-2], q.runs[n-1], q.dead))
	}
	return q, nil
}

// Remove gives the postings without the segment of that number, counted from 0 as opened and added.
func (p *Postings) Remove(segment int) *Postings {
	q := p.clone()
	from, to := q.Chunks(segment)
	for i := from; i < to; i++ {
		if q.lengths[i] >= 0 {
			q.live--
			q.lengths[i] = -1
		}
	}
	q.settle()
	return q
}

func (p *Postings) clone() *Postings {
	return &Postings{runs: slices.Clone(p.runs), lengths: slices.Clone(p.lengths), docs: slices.Clone(p.docs), ends: slices.Clone(p.ends), live: p.live}
}

// settle works out the norms, which lengths everywhere have a part in.
func (p *Postings) settle() {
	rules := mustScoring()
	p.norms = rules.Chunk.norms(p.lengths)
	whole := make([]float32, len(p.ends))
	for d := range whole {
		from, to := p.Chunks(d)
		if whole[d] = -1; from < to && p.lengths[from] >= 0 {
			whole[d] = 0
		}
		for _, n := range p.lengths[from:to] {
			whole[d] += max(n, 0)
		}
	}
	p.docNorms = rules.Document.norms(whole)
}

// Chunks gives the numbers [from, to) of a segment's chunks.
func (p *Postings) Chunks(segment int) (from, to int) {
	if segment < 0 || segment >= len(p.ends) {
		return 0, 0
	}
	if segment > 0 {
		from = p.ends[segment-1]
	}
	return from, p.ends[segment]
}

func (p *Postings) dead(chunk int) bool { return p.lengths[chunk] < 0 }

// Len is the number of chunks that can be found.
func (p *Postings) Len() int { return p.live }

// Bytes is about what the postings take in memory.
func (p *Postings) Bytes() int {
	n := 12*len(p.lengths) + 12*len(p.ends)
	for _, r := range p.runs {
		n += r.bytes()
	}
	return n
}
