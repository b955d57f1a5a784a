// Package retrieval keeps score of search on public question sets and on the questions on the law: whether the right
// passage comes first, through the product's own cutting, planner, search and fusion.
//
// The sets, and what is counted as the anchors of the sets mean it:
//
//   - tbrain2024 (traditional Chinese; financial reports, insurance terms, FAQ): each passage of the set is a document,
//     and the documents of all three kinds are one collection. "R@1 candidates" is the share of questions whose first
//     hit, of the documents that the set proposes for the question (its source list), is the right document: the
//     organiser's measure. "R@1", "R@10" and "MRR" rank the documents of the whole collection by their best passage,
//     each for itself, also where the same words stand in several: the insurance terms of the set repeat their clauses
//     in dozens of documents, of which one is called right.
//   - rgb_zh (news under noise): each passage is a document. "P@1" is the share of questions whose first hit, of the
//     passages that the set gives for the question (right and noisy), is a right one.
//   - cmrc2018 (encyclopedia): each paragraph is a document; "R@1", "R@10" and "MRR" over all of them.
//   - law: the 100 questions that ship with xindiao, over the articles in force on 2026-09-30. "R@5" is the share of
//     questions with an accepted article among the first five; half of the questions were held out.
//
// MRR counts 1/rank of the first right document among those of the best 200 passages, else 0. Every value has its standard error: of a
// share √(p(1-p)/n), of a mean s/√n.
package retrieval

import (
	"context"
	"math"
	"os"
	"path/filepath"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/embed"
)

// Schema names the scorecard's JSON.
const Schema = "xindiao.scorecard.retrieval/v1"

// Options of a run.
type Options struct {
	Embedder llm.Embedder // embed.Hash when nil
	Reranker llm.Reranker // none when nil
	Progress func(string)
}

// Card is one run.
type Card struct {
	Schema   string `json:"schema"`
	Embedder string `json:"embedder"`
	Reranker string `json:"reranker,omitempty"`
	Sets     []Set  `json:"sets"`
}

// Set is what one set scored, in each way to search.
type Set struct {
	Name      string `json:"name"`
	Documents int    `json:"documents"`
	Passages  int    `json:"passages"`
	Questions int    `json:"questions"`
	Ways      []Way  `json:"ways"`
}

// Way is a way to search: search (planner, both legs), text (both legs, the question as it stands), words (lexical leg
// alone), vectors (vector leg alone).
type Way struct {
	Name     string    `json:"name"`
	Measures []Measure `json:"measures"`
	Missed   []string  `json:"missed,omitempty"` // questions that the first measure counts as missed, for --verbose
}

// Measure is one value with its standard error, over the questions of a group ("" for all).
type Measure struct {
	Name  string  `json:"name"`
	Group string  `json:"group,omitempty"`
	N     int     `json:"n"`
	Value float64 `json:"value"`
	SE    float64 `json:"se"`
}

// Run scores the law questions and, with a folder dir, the sets that it holds.
func Run(ctx context.Context, dir string, o Options) (*Card, error) {
	if o.Embedder == nil {
		o.Embedder = embed.Hash{}
	}
	card := &Card{Schema: Schema, Embedder: o.Embedder.Name()}
	if o.Reranker != nil {
		card.Reranker = o.Reranker.Name()
	}
	for _, r := range readers {
		if dir == "" {
			break
		}
		at := filepath.Join(dir, r.folder)
		if _, err := os.Stat(at); err != nil {
			continue
		}
		s, err := r.read(at)
		if err != nil {
			return nil, err
		}
		got, err := s.run(ctx, o)
		if err != nil {
			return nil, err
		}
		card.Sets = append(card.Sets, got)
	}
	if dir != "" && len(card.Sets) == 0 {
		return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: dir, Msg: "里面没有 tbrain2024、rgb_zh、cmrc2018 中的任何一个文件夹"}
	}
	law, err := lawSet(ctx, o)
	if err != nil {
		return nil, err
	}
	got, err := law.run(ctx, o)
	card.Sets = append(card.Sets, got)
	return card, err
}

// searcher indexes a set's documents in memory, as a draft without a database does.
func (s *set) searcher(ctx context.Context, o Options) (*retrieval.Searcher, error) {
	if s.ready != nil {
		return s.ready, nil
	}
	docs := make([]*dossier.Document, len(s.docs))
	for i, d := range s.docs {
		docs[i] = &dossier.Document{File: d.file, Pages: []dossier.Page{{Number: 1, Text: d.text}}}
	}
	return retrieval.New(ctx, docs, retrieval.Options{Embedder: o.Embedder, Reranker: o.Reranker})
}

// share makes a measure of ranks: the share of those within the first k, 0 being not found.
func share(name, group string, ranks []int, k int) Measure {
	m := Measure{Name: name, Group: group, N: len(ranks)}
	if m.N == 0 {
		return m
	}
	good := 0.0
	for _, r := range ranks {
		if r > 0 && r <= k {
			good++
		}
	}
	p := good / float64(m.N)
	m.Value, m.SE = round(p), round(math.Sqrt(p*(1-p)/float64(m.N)))
	return m
}

// mrr is the mean of 1/rank.
func mrr(group string, ranks []int) Measure {
	m := Measure{Name: "MRR", Group: group, N: len(ranks)}
	if m.N == 0 {
		return m
	}
	sum, squares := 0.0, 0.0
	for _, r := range ranks {
		if r > 0 {
			v := 1 / float64(r)
			sum, squares = sum+v, squares+v*v
		}
	}
	n := float64(m.N)
	mean := sum / n
	m.Value, m.SE = round(mean), round(math.Sqrt(max(squares/n-mean*mean, 0)/n))
	return m
}

func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }
