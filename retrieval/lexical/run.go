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

// builder joins segments into one run.
type builder struct {
	lists []list
	posts []post
}

// list is a term's postings in one segment: n of them, from on in builder.posts.
type list struct {
	term    Term
	from, n uint32
}

func (b *builder) add(t Term, posts []post, base int) {
	b.lists = append(b.lists, list{t, uint32(len(b.posts)), uint32(len(posts))})
	for _, p := range posts {
		b.posts = append(b.posts, p+post(base<<8))
	}
}

func (b *builder) run() *run {
	distinct, last := 0, ^Term(0)
	lists := sorted(b.lists)
	for _, l := range lists {
		if l.term != last {
			distinct, last = distinct+1, l.term
		}
	}
	r := &run{terms: make([]Term, 0, distinct), at: make([]uint32, 0, distinct+1), posts: make([]post, 0, len(b.posts))}
	for _, l := range lists {
		if n := len(r.terms); n == 0 || r.terms[n-1] != l.term {
			r.terms = append(r.terms, l.term)
			r.at = append(r.at, uint32(len(r.posts)))
		}
		r.posts = append(r.posts, b.posts[l.from:l.from+l.n]...)
	}
	r.at = append(r.at, uint32(len(r.posts)))
	return r
}

// sorted orders lists by term and leaves those of one term in their order, digit by digit of ten bits from the lowest:
// several times faster than comparing.
func sorted(x []list) []list {
	const bits = 10
	y := make([]list, len(x))
	for shift := 0; shift < termBits; shift += bits {
		var next [1 << bits]uint32
		for _, l := range x {
			next[l.term>>shift&(1<<bits-1)]++
		}
		at := uint32(0)
		for d, n := range next {
			next[d] = at
			at += n
		}
		for _, l := range x {
			d := l.term >> shift & (1<<bits - 1)
			y[next[d]] = l
			next[d]++
		}
		x, y = y, x
	}
	return x
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
