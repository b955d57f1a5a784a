package lexical

import "slices"

// post is a chunk's number × 256 plus how often the term stands there, 255 at most.
type post uint32

func makePost(chunk, count int) post { return post(chunk<<8 | min(count, 255)) }

func (p post) chunk() int { return int(p >> 8) }
func (p post) count() int { return int(p & 255) }

// run is a block of postings that never changes: terms in rising order, the postings of terms[i] in
// posts[at[i]:at[i+1]] by chunk.
type run struct {
	terms []Term
	at    []uint32
	posts []post
}

func (r *run) find(t Term) []post {
	i, ok := slices.BinarySearch(r.terms, t)
	if !ok {
		return nil
	}
	return r.posts[r.at[i]:r.at[i+1]]
}

func (r *run) bytes() int { return 8*len(r.terms) + 4*len(r.at) + 4*len(r.posts) }

// builder joins segments into one run: it counts each term's postings first, so that each finds its place at once.
type builder struct {
	number map[Term]uint32
	terms  []Term
	counts []uint32
	lists  []share
	posts  []post
}

type share struct{ term, n uint32 } // n postings of the term with that number, next in posts

func newBuilder() *builder { return &builder{number: map[Term]uint32{}} }

func (b *builder) add(t Term, posts []post, base int) {
	k, ok := b.number[t]
	if !ok {
		k = uint32(len(b.terms))
		b.number[t] = k
		b.terms = append(b.terms, t)
		b.counts = append(b.counts, 0)
	}
	b.counts[k] += uint32(len(posts))
	b.lists = append(b.lists, share{k, uint32(len(posts))})
	for _, p := range posts {
		b.posts = append(b.posts, p+post(base<<8))
	}
}

func (b *builder) run() *run {
	r := &run{terms: slices.Clone(b.terms), at: make([]uint32, len(b.terms)+1), posts: make([]post, len(b.posts))}
	slices.Sort(r.terms)
	next := make([]uint32, len(b.terms))
	total := uint32(0)
	for i, t := range r.terms {
		k := b.number[t]
		r.at[i], next[k] = total, total
		total += b.counts[k]
	}
	r.at[len(r.terms)] = total
	from := 0
	for _, l := range b.lists {
		copy(r.posts[next[l.term]:], b.posts[from:from+int(l.n)])
		next[l.term] += l.n
		from += int(l.n)
	}
	return r
}

// merge joins two runs, the chunks of which follow one another, leaving out dead chunks.
func merge(x, y *run, dead func(int) bool) *run {
	out := &run{at: []uint32{0}, terms: make([]Term, 0, len(x.terms)+len(y.terms)/2), posts: make([]post, 0, len(x.posts)+len(y.posts))}
	for i, k := 0, 0; i < len(x.terms) || k < len(y.terms); {
		var t Term
		if i < len(x.terms) && (k == len(y.terms) || x.terms[i] <= y.terms[k]) {
			t = x.terms[i]
		} else {
			t = y.terms[k]
		}
		before := len(out.posts)
		if i < len(x.terms) && x.terms[i] == t {
			out.take(x.posts[x.at[i]:x.at[i+1]], dead)
			i++
		}
		if k < len(y.terms) && y.terms[k] == t {
			out.take(y.posts[y.at[k]:y.at[k+1]], dead)
			k++
		}
		if len(out.posts) > before {
			out.terms = append(out.terms, t)
			out.at = append(out.at, uint32(len(out.posts)))
		}
	}
	return out
}

func (r *run) take(posts []post, dead func(int) bool) {
	for _, p := range posts {
		if !dead(p.chunk()) {
			r.posts = append(r.posts, p)
		}
	}
}
