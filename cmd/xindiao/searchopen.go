package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/corpus"
)

// open makes the searchers that the flags ask for.
func (s *searching) open(ctx context.Context, folder string) error {
	if folder != "" {
		if err := s.folder(ctx, folder); err != nil {
			return err
		}
	}
	if s.cmd.Customer != "" {
		if err := s.customer(ctx); err != nil {
			return err
		}
	}
	for _, name := range s.cmd.Corpus {
		if err := s.shared(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// folder reads a dossier and searches it in memory.
func (s *searching) folder(ctx context.Context, dir string) error {
	b := newBar()
	a, opt, err := open(ctx, overrides{OCR: s.cmd.OCR, readFlags: s.cmd.readFlags, kindsFlag: s.cmd.kindsFlag}, modelFlags{}, b)
	if err != nil {
		return err
	}
	d, err := a.Read(ctx, dir, opt)
	b.done()
	if err != nil {
		return err
	}
	if err := s.types(kindOf(a.Catalogue)); err != nil {
		return err
	}
	s.about(d.Application)
	o := s.opt
	o.Name = filepath.Base(filepath.Clean(dir))
	x, err := retrieval.New(ctx, d.Documents, o)
	if err != nil {
		return err
	}
	s.in, s.corpus = append(s.in, x), append(s.corpus, false)
	s.scopes = append(s.scopes, fmt.Sprintf("卷宗 %s，%d份材料", o.Name, len(d.Documents)))
	return nil
}

// about takes from an application what the flags leave open.
func (s *searching) about(app dossier.Application) {
	if app.Applicant != "" {
		s.names = append(s.names, app.Applicant)
	}
	if s.q.AsOf.IsZero() {
		s.q.AsOf = app.AsOf
	}
	if s.q.Industry == "" {
		s.q.Industry = app.Industry
	}
}

// customer searches what the database holds of one.
func (s *searching) customer(ctx context.Context) error {
	if err := s.database(ctx); err != nil {
		return err
	}
	row, err := customerOf(ctx, s.db, s.cmd.Customer)
	if err != nil {
		return err
	}
	cat, err := types.Load()
	if err == nil {
		err = s.types(kindOf(cat))
	}
	if err != nil {
		return err
	}
	t := s.db.Tenant(row.ID)
	list, err := t.Dossiers(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, d := range list {
		names = append(names, d.Name)
		if s.cmd.Dossier == d.Name {
			s.q.Dossier = d.ID
		}
		if s.q.AsOf.IsZero() || s.cmd.AsOf == "" && d.AsOf.After(s.q.AsOf) {
			s.q.AsOf = d.AsOf
		}
	}
	if s.cmd.Dossier != "" && s.q.Dossier == 0 {
		return &dossier.Error{Kind: dossier.ErrNotFound, Msg: fmt.Sprintf("客户 %s 没有名为“%s”的卷宗，有：%s", row.Key, s.cmd.Dossier, strings.Join(names, "、"))}
	}
	s.names = append(s.names, row.Name)
	return s.add(t, row.Name, fmt.Sprintf("客户 %s %s，%d份卷宗", row.Key, row.Name, len(list)), false)
}

// shared searches a corpus: the database's, or the one that ships with xindiao.
func (s *searching) shared(ctx context.Context, name string) error {
	path, embedded := strings.CutPrefix(s.cmd.DB, "sqlite:")
	_, err := os.Stat(path)
	if !embedded || err == nil {
		if err := s.database(ctx); err != nil {
			return err
		}
		c, err := s.db.Corpus(ctx, name)
		if err == nil {
			return s.add(c, name, "资料库 "+name, true)
		}
		if !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	ships, err := shipped(name)
	if err != nil {
		return err
	}
	if ships == nil {
		return &dossier.Error{Kind: dossier.ErrNotFound, Msg: fmt.Sprintf("没有资料库“%s”：随程序附带的有 %s，其余用 xindiao corpus add 加入", name, strings.Join(shippedNames, "、"))}
	}
	c, err := ships.Collection(ctx, s.opt.Embedder)
	if err != nil {
		return err
	}
	return s.add(c, name, "资料库 "+name+"（随程序附带）", true)
}

func (s *searching) database(ctx context.Context) (err error) {
	if s.db == nil {
		s.db, err = s.cmd.databaseFlags.database(ctx, true)
	}
	return err
}

var shippedNames = []string{corpus.LawName, corpus.IndustryName}

// shipped is a corpus that needs no database, nil when there is none of that name.
func shipped(name string) (*corpus.Corpus, error) {
	switch name {
	case corpus.LawName:
		return corpus.Law()
	case corpus.IndustryName:
		return corpus.Industry()
	}
	return nil, nil
}

// kindOf finds a kind of material by id or Chinese name.
func kindOf(cat *types.Catalogue) func(string) (string, bool) {
	all := cat.All()
	return func(s string) (string, bool) {
		i := slices.IndexFunc(all, func(t *types.Type) bool { return t.ID == s || t.Name == s || slices.Contains(t.Aliases, s) })
		if i < 0 {
			return "", false
		}
		return all[i].ID, true
	}
}
