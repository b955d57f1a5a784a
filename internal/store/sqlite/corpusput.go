package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/xindiao/xindiao/internal/store"
)

// corpusPut is a corpus on its way into the database.
type corpusPut struct {
	store.CorpusIntake
	tx      *sql.Tx
	st      *state
	space   int64
	chunk   *inserter
	item    *inserter
	vectors []store.ChunkVector
}

// PutCorpus makes or replaces a corpus.
func (s *Store) PutCorpus(ctx context.Context, in store.CorpusIntake) (out store.Corpus, err error) {
	if in, err = store.CheckCorpus(in); err != nil {
		return store.Corpus{}, err
	}
	x := &corpusPut{CorpusIntake: in}
	err = s.write(ctx, func(tx *sql.Tx) error {
		x.tx = tx
		have, err := corpus(ctx, tx, in.Corpus.Name)
		switch {
		case errors.Is(err, store.ErrNotFound):
			have, err = s.makeCorpus(ctx, tx, in.Corpus)
		case err == nil && have.SHA256 == in.Corpus.SHA256:
			out = have
			return nil
		}
		if err != nil {
			return err
		}
		c := in.Corpus
		if _, err := tx.ExecContext(ctx, "UPDATE corpora SET title = ?, kind = ?, owner = ?, date = ?, sha256 = ?, updated = ? WHERE id = ?",
			c.Title, c.Kind, c.Owner, c.Date.String(), c.SHA256, micros(now()), have.ID); err != nil {
			return err
		}
		if err := x.run(ctx, s, -have.ID); err != nil {
			return err
		}
		if out, err = corpus(ctx, tx, c.Name); err != nil {
			return err
		}
		_, err = note(ctx, tx, 0, in.Actor, "corpus.put", "corpus:"+c.Name,
			map[string]any{"items": out.Items, "chunks": out.Chunks, "sha256": c.SHA256, "version": x.st.version})
		return err
	})
	if err != nil {
		return store.Corpus{}, err
	}
	s.remember(in.Space, x.space)
	return out, nil
}

func (s *Store) makeCorpus(ctx context.Context, tx *sql.Tx, c store.Corpus) (store.Corpus, error) {
	if err := tx.QueryRowContext(ctx, `INSERT INTO corpora (name, title, kind, owner, date, sha256, updated)
		VALUES (?, '', '', '', '', '', 0) RETURNING id`, c.Name).Scan(&c.ID); err != nil {
		return c, err
	}
	// a corpus that is dropped and made again never repeats a version: searchers keep what they know by it
	_, err := tx.ExecContext(ctx, "INSERT INTO collections (id, version) VALUES (?, ?)", -c.ID, c.ID<<32)
	return c, err
}

// keptItem is an item that is there already.
type keptItem struct {
	keptDoc
	sha256 string
}

func (x *corpusPut) run(ctx context.Context, s *Store, id int64) (err error) {
	if x.st, err = loadState(ctx, x.tx, id); err != nil {
		return err
	}
	have, err := x.replace(ctx)
	if err != nil {
		return err
	}
	if x.space, err = s.activate(ctx, x.tx, x.st, x.Space); err != nil {
		return err
	}
	if x.chunk, err = prepareIn(ctx, x.tx, insertChunk); err != nil {
		return err
	}
	defer x.chunk.close()
	if x.item, err = prepareIn(ctx, x.tx, `INSERT INTO items (ord, file, title, label, type, industry, from_day, to_day,
		collection_id, key, sha256, first_chunk, chunks, periods, segment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`); err != nil {
		return err
	}
	defer x.item.close()
	for ord, it := range x.Items {
		if k, ok := have[it.Key]; ok {
			err = x.keep(ctx, k, ord, it)
		} else {
			err = x.add(ord, it)
		}
		if err != nil {
			return err
		}
	}
	if err := putVectors(ctx, x.tx, id, x.space, x.Space.Dim, x.vectors); err != nil {
		return err
	}
	x.st.raise = true // the corpus' SHA256 is another, so something in it is
	return x.st.save(ctx, x.tx)
}

// replace takes out what is gone or changed, and returns what stays by its key.
func (x *corpusPut) replace(ctx context.Context) (map[string]keptItem, error) {
	wanted := map[string]string{}
	for _, it := range x.Items {
		wanted[it.Key] = it.SHA256
	}
	have := map[string]keptItem{}
	var gone []keptDoc
	err := each(ctx, x.tx, "SELECT id, ord, first_chunk, chunks, key, sha256 FROM items WHERE collection_id = ?", []any{x.st.id}, func(rows *sql.Rows) error {
		var k keptItem
		var key string
		if err := rows.Scan(&k.id, &k.ord, &k.first, &k.chunks, &key, &k.sha256); err != nil {
			return err
		}
		if sha, ok := wanted[key]; ok && sha == k.sha256 {
			have[key] = k
		} else {
			gone = append(gone, k.keptDoc)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := dropChunks(ctx, x.tx, x.st, gone); err != nil {
		return nil, err
	}
	for _, k := range gone {
		if _, err := x.tx.ExecContext(ctx, "DELETE FROM items WHERE collection_id = ? AND id = ?", x.st.id, k.id); err != nil {
			return nil, err
		}
	}
	return have, nil
}

func itemColumns(ord int, it store.CorpusItem) []any {
	return []any{ord, it.File, it.Title, it.Label, it.Type, it.Industry, it.From.String(), it.To.String()}
}

// keep leaves an item's chunks as they are; what its row says may have changed.
func (x *corpusPut) keep(ctx context.Context, k keptItem, ord int, it store.CorpusItem) error {
	_, err := x.tx.ExecContext(ctx, `UPDATE items SET ord = ?, file = ?, title = ?, label = ?, type = ?, industry = ?, from_day = ?, to_day = ?
		WHERE collection_id = ? AND id = ?`, append(itemColumns(ord, it), x.st.id, k.id)...)
	if err != nil || x.space == 0 || int64(len(it.Chunks)) != k.chunks {
		return err
	}
	lacking, err := lackingVectors(ctx, x.tx, x.st.id, x.space, x.Space.Dim, k.first, it.Chunks)
	x.vectors = append(x.vectors, lacking...)
	return err
}

func (x *corpusPut) add(ord int, it store.CorpusItem) error {
	periods, err := periodsOf(it.Chunks)
	if err != nil {
		return err
	}
	first, n := int64(0), int64(len(it.Chunks))
	if n > 0 {
		first = x.st.nextChunk
	}
	res, err := x.item.st.ExecContext(x.item.ctx, append(itemColumns(ord, it), x.st.id, it.Key, it.SHA256, first, n, periods, notNil(it.Segment))...)
	if err != nil {
		return err
	}
	id, err := res.LastInsertId()
	if err != nil {
		return err
	}
	if err := addChunks(x.chunk, x.st.id, first, id, it.Heading(), it.Chunks); err != nil {
		return err
	}
	for j, c := range it.Chunks {
		if c.Vector != nil {
			x.vectors = append(x.vectors, store.ChunkVector{ID: first + int64(j), Vector: c.Vector})
		}
	}
	x.st.nextChunk += n
	x.st.chunks += n
	return nil
}
