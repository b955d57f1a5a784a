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
	ends    []int     // chunk number after each segment
	live    int       // chunks
	total   int64     // their length together
}

// Open joins segments. A broken one is an error of kind dossier.ErrCorrupt.
func Open(segments ...[]byte) (*Postings, error) {
	p := &Postings{}
	b := newBuilder()
	for _, s := range segments {
		if err := p.load(s, b); err != nil {
			return nil, err
		}
	}
	if len(b.terms) > 0 {
		p.runs = []*run{b.run()}
	}
	return p, nil
}

func (p *Postings) load(segment []byte, b *builder) error {
	base := len(p.lengths)
	err := parse(segment, func(n int) {
		p.lengths = append(p.lengths, float32(n))
		p.total += int64(n)
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
	q := &Postings{runs: slices.Clone(p.runs), lengths: slices.Clone(p.lengths), ends: slices.Clone(p.ends), live: p.live, total: p.total}
	b := newBuilder()
	if err := q.load(segment, b); err != nil {
		return nil, err
	}
	if len(b.terms) == 0 {
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
	q := &Postings{runs: slices.Clone(p.runs), lengths: slices.Clone(p.lengths), ends: slices.Clone(p.ends), live: p.live, total: p.total}
	from, to := q.Chunks(segment)
	for i := from; i < to; i++ {
		if q.lengths[i] >= 0 {
			q.live--
			q.total -= int64(q.lengths[i])
			q.lengths[i] = -1
		}
	}
	return q
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
	n := 4*len(p.lengths) + 8*len(p.ends)
	for _, r := range p.runs {
		n += r.bytes()
	}
	return n
}
