package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/xindiao/xindiao/internal/store"
)

const corpusColumns = `SELECT p.id, p.name, p.title, p.kind, p.owner, p.date, p.sha256, p.updated, c.chunks,
	(SELECT count(*) FROM items i WHERE i.collection_id = c.id) FROM corpora p JOIN collections c ON c.id = -p.id `

func scanCorpus(scan func(...any) error) (c store.Corpus, err error) {
	var date string
	var updated int64
	if err := scan(&c.ID, &c.Name, &c.Title, &c.Kind, &c.Owner, &date, &c.SHA256, &updated, &c.Chunks, &c.Items); err != nil {
		return c, err
	}
	c.Updated = at(updated)
	c.Date, err = day(date)
	return c, err
}

func corpus(ctx context.Context, q querier, name string) (store.Corpus, error) {
	c, err := scanCorpus(q.QueryRowContext(ctx, corpusColumns+"WHERE p.name = ?", name).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return store.Corpus{}, store.NotFound("这个资料库")
	}
	return c, err
}

// Corpora lists them by name.
func (s *Store) Corpora(ctx context.Context) ([]store.Corpus, error) {
	var out []store.Corpus
	err := each(ctx, s.r, corpusColumns+"ORDER BY p.name", nil, func(rows *sql.Rows) error {
		c, err := scanCorpus(rows.Scan)
		out = append(out, c)
		return err
	})
	return out, s.fail(ctx, err)
}

// Corpus is the view on one.
func (s *Store) Corpus(ctx context.Context, name string) (store.Collection, error) {
	c, err := corpus(ctx, s.r, name)
	if err != nil {
		return nil, s.fail(ctx, err)
	}
	return collection{s, -c.ID}, nil
}

// DropCorpus erases one; the chain keeps that it was there.
func (s *Store) DropCorpus(ctx context.Context, name, actor string) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		c, err := corpus(ctx, tx, name)
		if err != nil {
			return err
		}
		for _, table := range []string{"items", "chunks", "blocks", "vectors"} {
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE collection_id = ?", -c.ID); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM corpora WHERE id = ?", c.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM collections WHERE id = ?", -c.ID); err != nil {
			return err
		}
		_, err = note(ctx, tx, 0, actor, "corpus.drop", "corpus:"+name, map[string]any{"items": c.Items, "sha256": c.SHA256})
		return err
	})
}
