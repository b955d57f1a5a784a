package retrieval

import (
	"context"
	"errors"
	"slices"

	"github.com/xindiao/xindiao/retrieval/plan"
)

// maxK bounds what one search gives.
const maxK = 200

// maxTries bounds how often a search begins again because the collection changed under it.
const maxTries = 3

// Search returns the best passages, best first. A way to search that does not answer is left out and named in
// Result.Notes; it fails when the store does, the filter makes no sense, or the context ends. What an intake has
// removed is never shown, and a search that has ended before an intake began may not show what it added.
func (s *Searcher) Search(ctx context.Context, q Query) (Result, error) {
	if q.K <= 0 {
		q.K = 8
	}
	q.K = min(q.K, maxK)
	queries := q.queries()
	version := s.hint.Load()
	for try := 1; ; try++ {
		snap, fresh, err := s.at(ctx, version)
		if err != nil {
			return Result{}, err
		}
		r := Result{Queries: queries, Notes: slices.Clone(s.notes), Version: snap.version, Passages: snap.total}
		x := &attempt{s: s, snap: snap, q: &q, r: &r, fresh: fresh, last: try == maxTries}
		version, err = x.run(ctx)
		switch {
		case ctx.Err() != nil:
			return Result{}, ctx.Err()
		case err == nil:
			return r, nil
		case !errors.Is(err, errStale):
			return Result{}, err
		}
	}
}

// errStale tells that the collection is no longer what the snapshot says.
var errStale = errors.New("retrieval: the collection changed during the search")

// queries are the plan's, or the bare text as one.
func (q *Query) queries() []plan.Query {
	if q.Plan != nil {
		return q.Plan.Queries
	}
	return []plan.Query{{Text: q.Text, Terms: []plan.Term{{Text: q.Text, Weight: 1}}, Weight: 1, Vector: true}}
}

func (q *Query) question() string {
	if q.Plan != nil {
		return q.Plan.Text
	}
	return q.Text
}

func (q *Query) leg(name string) bool { return len(q.Legs) == 0 || slices.Contains(q.Legs, name) }

// attempt is one try at a search, on one snapshot.
type attempt struct {
	s     *Searcher
	snap  *snapshot
	q     *Query
	r     *Result
	fresh bool // the snapshot's version was asked for just now
	last  bool // what changed meanwhile is passed over: a collection that changes all the time is searched all the same
	ok    *allowed
}

// run searches, fuses, spreads and reads the passages. With errStale it returns the version to begin again with, 0 to
// ask for it.
func (x *attempt) run(ctx context.Context) (version int64, err error) {
	if x.ok, err = x.snap.allow(x.q); err != nil {
		return 0, err
	}
	x.r.Searched = x.ok.n
	if x.ok.unknown > 0 {
		x.r.note("有些段落看不出期间，未列入按期间筛选的结果", nil)
	}
	if len(x.snap.broken) > 0 {
		x.r.note("以下材料的词语索引损坏，请重新入库："+list(x.snap.broken), nil)
	}
	depth := x.s.f.depth(x.ok.n, x.q.K)
	if x.s.o.Reranker != nil {
		depth = max(depth, x.s.f.Rerank)
	}
	nearest := make(chan vectorAnswer, 1)
	go func() { nearest <- x.vectors(ctx, depth) }()
	rankings := x.words(depth)
	v := <-nearest
	if v.err != nil {
		return 0, v.err
	}
	rankings = append(rankings, v.rankings...)
	x.r.Route, x.r.Space = v.route, v.space
	if v.note != "" {
		x.r.note(v.note, v.cause)
	}
	if v.version != 0 && v.version != x.snap.version && !x.last {
		return v.version, errStale
	}
	return 0, x.pick(ctx, x.fuse(rankings))
}

// ranking is one query's list in one leg, best first, ready for fusion.
type ranking struct {
	name   string
	query  string
	weight float64
	floor  float64 // score of no worth
	list   []place
}

type place struct {
	chunk int
	score float64
}

func list(files []string) string {
	const most = 5
	out := ""
	for i, f := range files {
		if i == most {
			return out + " 等"
		}
		if i > 0 {
			out += "、"
		}
		out += f
	}
	return out
}
