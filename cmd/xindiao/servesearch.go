package main

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/answer"
	"github.com/xindiao/xindiao/retrieval/embed"
	"github.com/xindiao/xindiao/server"
)

// Search looks for passages in what is kept of an upload, and in shared corpora.
func (k *keeper) Search(ctx context.Context, dir string, q server.Search) (answer.Answer, error) {
	at, err := k.where(dir)
	if err != nil {
		return answer.Answer{}, err
	}
	t := k.db.Tenant(at.Customer)
	list, err := t.Dossiers(ctx)
	if err != nil {
		return answer.Answer{}, err
	}
	s := &searching{cmd: &searchCmd{K: q.K}, q: retrieval.Query{Text: q.Text, Dossier: at.Dossier, Types: q.Types, Period: q.Period, K: q.K, Explain: q.Explain},
		opt: retrieval.Options{Embedder: k.opt.Embedder, Embedders: []llm.Embedder{embed.Hash{}}, Cache: k.cache}}
	for _, d := range list {
		if d.ID == at.Dossier {
			s.about(dossier.Application{Applicant: d.Applicant, AsOf: d.AsOf})
		}
	}
	if s.q.AsOf.IsZero() {
		s.q.AsOf = dossier.DateOf(time.Now())
	}
	s.opt.Key = "customer:" + strconv.FormatInt(at.Customer, 10)
	if err := s.add(t, "", "本卷宗", false); err != nil {
		return answer.Answer{}, err
	}
	for _, name := range q.Corpora {
		c, err := k.shared(ctx, name)
		if err != nil {
			return answer.Answer{}, err
		}
		s.opt.Key = "corpus:" + name
		if err := s.add(c, name, "资料库 "+name, true); err != nil {
			return answer.Answer{}, err
		}
	}
	r, err := s.run(ctx)
	return answer.Of(q.Text, s.scopes, r), err
}

// shared is a corpus of the database, or one that ships with xindiao; the latter is made once.
func (k *keeper) shared(ctx context.Context, name string) (store.Collection, error) {
	c, err := k.db.Corpus(ctx, name)
	if !errors.Is(err, store.ErrNotFound) {
		return c, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if c, ok := k.ships[name]; ok {
		return c, nil
	}
	ships, serr := shipped(name)
	if serr != nil {
		return nil, serr
	}
	if ships == nil {
		return nil, err
	}
	if c, err = ships.Collection(ctx, k.opt.Embedder); err == nil {
		k.ships[name] = c
	}
	return c, err
}
