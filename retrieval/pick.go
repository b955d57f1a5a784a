package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval/lexical"
)

// pick reads the passages of the best candidates and makes hits of them: reranked where there is a reranker, spread
// over the documents, the same words once.
func (x *attempt) pick(ctx context.Context, fused []candidate) error {
	rows := map[int]store.ChunkRow{}
	if x.s.o.Reranker != nil && len(fused) > 1 {
		top := min(x.s.f.Rerank, len(fused))
		if err := x.read(ctx, fused[:top], rows); err != nil {
			return err
		}
		x.rerank(ctx, fused[:top], rows)
	}
	order := x.s.f.spread(fused, x.q.K)
	seen := map[string]int{}
	for at := 0; at < len(order) && len(x.r.Hits) < x.q.K; {
		end := min(at+x.q.K-len(x.r.Hits), len(order))
		if err := x.read(ctx, order[at:end], rows); err != nil {
			return err
		}
		for _, c := range order[at:end] {
			row, ok := rows[c.chunk]
			if !ok {
				continue // gone
			}
			h := x.hit(c, row)
			key := words(h)
			if k, ok := seen[key]; ok && !x.q.Repeats {
				x.r.Hits[k].Also = append(x.r.Hits[k].Also, h.Passage.Place)
				continue
			}
			seen[key] = len(x.r.Hits)
			x.r.Hits = append(x.r.Hits, h)
		}
		at = end
	}
	return nil
}

// read fetches the candidates' chunks that are not there yet. One that is gone means that the collection changed.
func (x *attempt) read(ctx context.Context, cs []candidate, rows map[int]store.ChunkRow) error {
	var ids []int64
	for _, c := range cs {
		if _, ok := rows[c.chunk]; !ok {
			ids = append(ids, x.snap.id(c.chunk))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	got, err := x.s.c.Chunks(ctx, ids)
	if err != nil {
		return err
	}
	if len(got) != len(ids) && !x.last {
		return errStale
	}
	for _, row := range got {
		if n, ok := x.snap.number(row.ID); ok {
			rows[n] = row
		}
	}
	return nil
}

// rerank puts the candidates in the reranker's order. When it fails the fused order stays.
func (x *attempt) rerank(ctx context.Context, cs []candidate, rows map[int]store.ChunkRow) {
	texts := make([]string, len(cs))
	for i, c := range cs {
		row := rows[c.chunk]
		texts[i] = store.EmbedText(x.snap.docs[c.doc].Title, row.Chunk)
	}
	scores, err := x.s.o.Reranker.Rerank(ctx, x.q.question(), texts)
	if err != nil || len(scores) != len(cs) {
		x.r.note("重排模型 "+x.s.o.Reranker.Name()+" 没有应答，结果按检索得分排列", err)
		return
	}
	low, high := math.Inf(1), math.Inf(-1)
	for i := range cs {
		cs[i].rerank = scores[i]
		if !math.IsInf(scores[i], -1) {
			low, high = min(low, scores[i]), max(high, scores[i])
		}
	}
	for i := range cs {
		if cs[i].strength = 0; cs[i].rerank >= low && high > low {
			cs[i].strength = (cs[i].rerank - low) / (high - low)
		}
	}
	slices.SortStableFunc(cs, func(a, b candidate) int { return cmp.Compare(b.rerank, a.rerank) })
}

func (x *attempt) hit(c candidate, row store.ChunkRow) Hit {
	d := &x.snap.docs[c.doc]
	h := Hit{Context: row.Context, Source: x.s.o.Name, Document: row.Document, Chunk: row.ID, Dossier: d.Dossier, Type: d.Type,
		Title: d.Title, Label: d.Label, Party: d.Party, Kind: row.Kind, Clause: row.Clause, Period: row.Period,
		Score: c.score, Rerank: c.rerank, Legs: c.legs, FileStart: row.FileStart, FileEnd: row.FileEnd}
	if h.Period == "" {
		h.Period = d.Period
	}
	h.Passage = dossier.Passage{ID: x.s.passage(row.ID), Text: row.Text, Start: row.Start, End: row.End,
		Place: dossier.Place{File: d.File, Page: row.Page, Line: row.Line, Cell: row.Cell, Quote: head(row.Text, 60)}}
	return h
}

// passage is the id of a chunk's passage: p7, or law:p7 in a collection with a name, so that hits of several can stand
// together.
func (s *Searcher) passage(chunk int64) string {
	if s.o.Name == "" {
		return fmt.Sprintf("p%d", chunk)
	}
	return fmt.Sprintf("%s:p%d", s.o.Name, chunk)
}

// words is what a passage says, however it is spaced or spelt: two versions of a paper say the same.
func words(h Hit) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, lexical.Fold(h.Context)+"\x00"+lexical.Fold(h.Passage.Text)) + "\x00" + h.Title + "\x00" + h.Label
}

func head(s string, n int) string {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return s[:i]
}
