package retrieval

import (
	"context"
	"fmt"
	"sort"
	"sync"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval/lexical"
)

// snapshot is one version of a collection as a searcher keeps it: what its documents are and the postings of their
// words. Chunks are numbered through in the catalog's order; a number is a chunk's place there.
type snapshot struct {
	version  int64
	space    store.Space
	embedded int
	total    int
	docs     []store.CatalogDoc // without their Segments
	first    []int              // number of each document's first chunk, and one past the last
	byID     []int              // documents by FirstChunk
	postings *lexical.Postings
	broken   []string // files whose postings cannot be read
	bytes    int

	mu      sync.Mutex
	filters map[string]*allowed
}

// Bytes is about what it takes in memory.
func (s *snapshot) Bytes() int { return s.bytes }

func load(ctx context.Context, c store.Collection) (*snapshot, error) {
	cat, err := c.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	s := &snapshot{version: cat.Version, space: cat.Space, embedded: cat.Embedded, docs: cat.Documents,
		first: make([]int, 1, len(cat.Documents)+1), filters: map[string]*allowed{}}
	segments := make([][]byte, len(s.docs))
	for i := range s.docs {
		d := &s.docs[i]
		if d.Chunks < 0 || d.Periods != nil && len(d.Periods) != d.Chunks {
			return nil, fmt.Errorf("catalog: %s has %d chunks and %d periods", d.File, d.Chunks, len(d.Periods))
		}
		segments[i], d.Segment = d.Segment, nil
		s.total += d.Chunks
		s.first = append(s.first, s.total)
		s.byID = append(s.byID, i)
		s.bytes += 256 + 32*len(d.Periods)
	}
	sort.Slice(s.byID, func(a, b int) bool { return s.docs[s.byID[a]].FirstChunk < s.docs[s.byID[b]].FirstChunk })
	if s.postings, err = s.open(segments); err != nil {
		return nil, err
	}
	s.bytes += s.postings.Bytes()
	return s, nil
}

// open joins the segments. One that cannot be read, or counts other chunks than its document has, is left out: the
// others are still found by their words.
func (s *snapshot) open(segments [][]byte) (*lexical.Postings, error) {
	p, err := lexical.Open(segments...)
	if err == nil && s.agrees(p) {
		return p, nil
	}
	for i := range segments {
		one, err := lexical.Open(segments[i])
		if err == nil {
			if from, to := one.Chunks(0); to-from == s.docs[i].Chunks {
				continue
			}
		}
		if s.docs[i].Chunks > 0 {
			s.broken = append(s.broken, s.docs[i].File)
		}
		segments[i] = lexical.Pack(make([]string, s.docs[i].Chunks))
	}
	return lexical.Open(segments...)
}

func (s *snapshot) agrees(p *lexical.Postings) bool {
	for i := range s.docs {
		if from, to := p.Chunks(i); from != s.first[i] || to != s.first[i+1] {
			return false
		}
	}
	return true
}

// doc is the document of a chunk by number.
func (s *snapshot) doc(n int) int {
	return sort.SearchInts(s.first, n+1) - 1
}

// id of a chunk by number.
func (s *snapshot) id(n int) int64 {
	i := s.doc(n)
	return s.docs[i].FirstChunk + int64(n-s.first[i])
}

// number of a chunk by id; false when the snapshot does not know it.
func (s *snapshot) number(id int64) (int, bool) {
	k := sort.Search(len(s.byID), func(k int) bool { return s.docs[s.byID[k]].FirstChunk > id })
	for k--; k >= 0; k-- { // documents without chunks share their neighbour's FirstChunk
		i := s.byID[k]
		d := &s.docs[i]
		if id < d.FirstChunk+int64(d.Chunks) {
			return s.first[i] + int(id-d.FirstChunk), true
		}
		if d.Chunks > 0 {
			return 0, false
		}
	}
	return 0, false
}
