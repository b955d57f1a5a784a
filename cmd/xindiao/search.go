package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/answer"
	"github.com/xindiao/xindiao/retrieval/embed"
	"github.com/xindiao/xindiao/retrieval/plan"
)

type searchCmd struct {
	Args     []string `arg:"" name:"dossier|question" help:"DOSSIER \"question\"; the question alone with --customer or --corpus."`
	Customer string   `help:"Customer's key in the database (USCC): search all that was ingested of this customer."`
	Dossier  string   `help:"With --customer: only the dossier of this name."`
	Corpus   []string `help:"Shared corpora to search: law, industry, or a name given to corpus add. Several with commas."`
	Type     []string `help:"Only these kinds of material, by id or Chinese name." group:"filter"`
	File     []string `help:"Only these files." group:"filter"`
	Party    []string `help:"Only papers of these parties; a part of the name will do." group:"filter"`
	Period   string   `help:"Only what speaks of this time: 2025, 2025-06, 2025-12-31 or 2025-01-01/2025-06-30." group:"filter"`
	AsOf     string   `help:"Corpora: what was in force on this day (default: the dossier's, then today)." group:"filter"`
	Industry string   `help:"Corpora: what concerns this GB/T 4754 code (default: the dossier's)." group:"filter"`
	All      bool     `help:"Superseded and duplicate papers too." group:"filter"`
	K        int      `name:"hits" short:"k" help:"Hits at most." default:"8"`
	Plain    bool     `help:"Search the words as they stand: no synonyms, no dates for 上年末."`
	Explain  bool     `help:"Show the searches made, each leg's rank and score, and how vectors were searched."`
	Format   string   `help:"text or json." default:"text" enum:"text,json"`
	OCR      string   `help:"OCR engine for DOSSIER: auto, embedded, native, none, paddle:URL or vision:MODEL@URL." default:"auto"`
	embedFlag
	Rerank string `help:"Reranker: none or rerank:MODEL@URL." default:"none" env:"XINDIAO_RERANK"`
	databaseFlags
	chunksFlag
	readFlags
	kindsFlag
}

// Run searches a dossier on disk, a customer in the database, shared corpora, or several of them at once.
func (c *searchCmd) Run(ctx context.Context) error {
	folder, question, err := c.split()
	if err != nil {
		return err
	}
	s := &searching{cmd: c, q: retrieval.Query{Text: question, Files: c.File, Parties: c.Party, Period: c.Period, Industry: c.Industry, All: c.All,
		K: c.K, Explain: c.Explain}}
	defer s.close()
	if c.AsOf != "" {
		if s.q.AsOf, err = dossier.ParseDate(c.AsOf); err != nil || !s.q.AsOf.Valid() {
			return usageError{"--as-of: want YYYY-MM-DD, got " + c.AsOf}
		}
	}
	if s.opt.Chunk, err = c.chunksFlag.options(); err != nil {
		return err
	}
	s.opt.Embedders = []llm.Embedder{embed.Hash{}} // for what came in before the model did
	if s.opt.Embedder, s.opt.Reranker, err = c.models(ctx); err != nil {
		return err
	}
	if err := s.open(ctx, folder); err != nil {
		return err
	}
	if s.q.AsOf.IsZero() {
		s.q.AsOf = dossier.DateOf(time.Now())
	}
	r, err := s.run(ctx)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return writeJSON(os.Stdout, answer.Of(question, s.scopes, r))
	}
	return answer.Text(os.Stdout, question, s.scopes, r, c.Explain, width())
}

// split tells the folder from the question.
func (c *searchCmd) split() (folder, question string, err error) {
	own := c.Customer != "" || len(c.Corpus) > 0
	switch {
	case len(c.Args) == 2 && c.Customer == "":
		folder, question = c.Args[0], c.Args[1]
	case len(c.Args) == 1 && own:
		question = c.Args[0]
	case len(c.Args) == 2:
		return "", "", usageError{"search: 卷宗文件夹与 --customer 只能给一个"}
	default:
		return "", "", usageError{"search: 用法是 xindiao search 卷宗文件夹 \"问题\"，或 xindiao search --customer 客户编号 \"问题\"，或 --corpus law \"问题\""}
	}
	if strings.TrimSpace(question) == "" {
		return "", "", usageError{"search: 没有要查的内容"}
	}
	return folder, question, nil
}

// searching is one run: what is searched, and with what.
type searching struct {
	cmd    *searchCmd
	q      retrieval.Query
	opt    retrieval.Options
	names  []string // the borrower's
	in     []*retrieval.Searcher
	corpus []bool // which of in are corpora
	scopes []string
	db     store.Store
}

func (s *searching) close() {
	if s.db != nil {
		_ = s.db.Close() // nothing was written
	}
}

func (s *searching) add(c store.Collection, name, scope string, corpus bool) error {
	opt := s.opt
	opt.Name = name
	x, err := retrieval.Open(c, opt)
	if err != nil {
		return err
	}
	s.in, s.corpus, s.scopes = append(s.in, x), append(s.corpus, corpus), append(s.scopes, scope)
	return nil
}

// run searches each collection and merges what they found.
func (s *searching) run(ctx context.Context) (retrieval.Result, error) {
	if !s.cmd.Plain {
		p, err := plan.New(s.q.Text, plan.Options{Names: s.names, AsOf: s.q.AsOf})
		if err != nil {
			return retrieval.Result{}, err
		}
		s.q.Plan = &p
	}
	var found []retrieval.Result
	for i, x := range s.in {
		q := s.q
		if s.corpus[i] { // what only materials have says nothing about an article
			q.Dossier, q.Types, q.Parties, q.Period = 0, nil, nil, ""
		}
		r, err := x.Search(ctx, q)
		if err != nil {
			return r, err
		}
		found = append(found, r)
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return retrieval.Merge(s.q.K, found...), nil
}

// types turns Chinese names of kinds into their ids.
func (s *searching) types(ids func(string) (string, bool)) error {
	for _, t := range s.cmd.Type {
		id, ok := ids(t)
		if !ok {
			return usageError{"--type: 没有材料种类 " + t + "；xindiao types 列出全部"}
		}
		if !slices.Contains(s.q.Types, id) {
			s.q.Types = append(s.q.Types, id)
		}
	}
	return nil
}

func (c *searchCmd) models(ctx context.Context) (llm.Embedder, llm.Reranker, error) {
	e, err := c.embedder(ctx)
	if err != nil {
		return nil, nil, err
	}
	r, err := reranker(ctx, c.Rerank)
	if err != nil {
		return nil, nil, fmt.Errorf("--rerank: %w", err)
	}
	return e, r, nil
}
