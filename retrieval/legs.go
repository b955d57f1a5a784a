package retrieval

import (
	"context"
	"errors"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval/embed"
	"github.com/xindiao/xindiao/retrieval/lexical"
)

// words ranks by BM25, one ranking a query.
func (x *attempt) words(depth int) []ranking {
	if !x.q.leg(Lexical) || x.ok.n == 0 {
		return nil
	}
	var out []ranking
	for _, q := range x.r.Queries {
		words := make([]lexical.Word, len(q.Terms))
		for i, t := range q.Terms {
			words[i] = lexical.Word{Text: t.Text, Weight: float32(t.Weight)}
		}
		found := x.snap.postings.SearchWords(words, x.ok.ranges, depth)
		r := ranking{name: "bm25", query: q.Text, weight: q.Weight, list: make([]place, len(found))}
		for i, f := range found {
			r.list[i] = place{f.Chunk, f.Score}
		}
		out = append(out, r)
	}
	return out
}

// vectorAnswer is what came of the vector leg.
type vectorAnswer struct {
	rankings []ranking
	version  int64 // of the collection as the store told, 0 when it did not
	route    string
	space    store.Space
	note     string // why the leg, or a part of it, is missing
	cause    error
	err      error // the search cannot go on
}

// vectors asks the store for the nearest chunks in the space that the snapshot names. Whatever fails on the way to the
// model only leaves the leg out.
func (x *attempt) vectors(ctx context.Context, depth int) (a vectorAnswer) {
	defer func() {
		if a.err == nil && a.version == 0 && !x.fresh {
			a.version, a.err = x.s.c.Version(ctx)
		}
	}()
	if !x.q.leg(Vector) || x.ok.n == 0 {
		return a
	}
	space := x.snap.space
	e := x.s.embedder(space)
	switch {
	case space.IsZero():
		a.note = "尚未生成向量，本次只按词语检索"
		return a
	case e == nil:
		a.note = "库中的向量由 " + space.Name + " 生成，本机没有配置这个模型，本次只按词语检索"
		return a
	case x.snap.embedded < x.snap.total:
		a.note = "部分段落尚未生成向量，只能按词语找到"
	}
	var texts []string
	var weights []float64
	for _, q := range x.r.Queries {
		if q.Vector {
			texts, weights = append(texts, q.Text), append(weights, q.Weight*x.s.f.weight(space.Name))
		}
	}
	vs, err := embed.Queries(ctx, e, texts)
	if err != nil || len(vs) != len(texts) {
		a.note, a.cause = "向量模型 "+space.Name+" 没有应答，本次只按词语检索", err
		return a
	}
	a.space = space
	for i, v := range vs {
		if store.CheckVector(space, v) != nil {
			a.note = "向量模型 " + space.Name + " 对问题给出了无效的向量，本次只按词语检索"
			continue
		}
		found, err := x.s.c.SearchVector(ctx, x.nearest(v, depth))
		if errors.Is(err, store.ErrSpace) && !x.last {
			a.err = errStale // switched and dropped since the snapshot
			return a
		}
		if err != nil {
			if a.err = ctx.Err(); a.err == nil {
				a.note, a.cause = "向量检索没有应答，本次只按词语检索", err
			}
			a.rankings, a.space, a.route = nil, store.Space{}, ""
			return a
		}
		r, known := x.rank(found, depth)
		if !known && !x.last {
			a.err = errStale
			return a
		}
		r.name, r.query, r.weight = space.Name, texts[i], weights[i]
		a.rankings = append(a.rankings, r)
		a.version, a.route = found.Version, found.Route
	}
	return a
}

func (x *attempt) nearest(v []float32, depth int) store.VectorQuery {
	q := store.VectorQuery{Space: x.snap.space, Vector: v, K: depth, Only: x.ok.only, Industry: x.q.Industry, AsOf: x.q.AsOf}
	if q.Only == nil {
		q.K = depth + x.ok.hidden // passed over afterwards; at most overfetch
	}
	return q
}

// rank keeps the allowed of the chunks found, and tells whether the snapshot knows them all.
func (x *attempt) rank(found store.Found, depth int) (r ranking, all bool) {
	r.list, all = make([]place, 0, depth), true
	for _, h := range found.Hits {
		n, ok := x.snap.number(h.ID)
		all = all && ok
		if ok && x.ok.has(n) && len(r.list) < depth && h.Score > 0 {
			r.list = append(r.list, place{n, h.Score})
		}
	}
	if k := len(r.list); k > 1 {
		r.floor = r.list[k-1].score
	}
	return r, all
}
