package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/internal/store"
)

// corpus is the view on one corpus.
type corpus struct {
	shelf
	name string
}

func (s *Store) corpusView(id int64, name string) *corpus {
	return &corpus{shelf{s: s, id: id, customer: nobody, names: &corpora}, name}
}

const corpusColumns = `id, name, title, kind, owner, date, sha256, items, chunks, updated`

func scanCorpus(r pgx.CollectableRow) (c store.Corpus, err error) {
	var date string
	if err = r.Scan(&c.ID, &c.Name, &c.Title, &c.Kind, &c.Owner, &date, &c.SHA256, &c.Items, &c.Chunks, &c.Updated); err != nil {
		return c, err
	}
	c.Updated = c.Updated.UTC()
	return c, c.Date.UnmarshalText([]byte(date))
}

// Corpora lists the corpora by name.
func (s *Store) Corpora(ctx context.Context) ([]store.Corpus, error) {
	return list(ctx, s, s.pool, nobody, func(r pgx.Rows) (store.Corpus, error) { return scanCorpus(r) },
		`select `+corpusColumns+` from xindiao.corpus order by name collate "C"`)
}

// Corpus is the view on one.
func (s *Store) Corpus(ctx context.Context, name string) (store.Collection, error) {
	var id int64
	err := s.one(ctx, s.pool, nobody, []any{&id}, `select id from xindiao.corpus where name = $1`, store.CleanText(name))
	if err != nil {
		return nil, missing(err, corpora.what)
	}
	return s.corpusView(id, name), nil
}

// locked is the corpus' row, locked until the transaction ends.
func (c *corpus) locked(ctx context.Context, tx pgx.Tx, do func(st *state) error) error {
	st := &state{}
	err := tx.QueryRow(ctx, `select version, next_chunk, chunks, counts, space_id from xindiao.corpus where id = $1 for update`, c.id).
		Scan(&st.version, &st.nextChunk, &st.chunks, &st.counts, &st.active)
	if err != nil {
		return missing(err, c.what)
	}
	before := st.version
	if err := do(st); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `update xindiao.corpus set version = case $2::bool when true then nextval('xindiao.corpus_version') else version end,
		next_chunk = $3, chunks = $4, counts = $5, space_id = $6, readable = $7 where id = $1`,
		c.id, st.version != before, st.nextChunk, st.chunks, st.counts, st.active, st.readable())
	return err
}

// chronicle appends to the chain of the corpora.
func (s *Store) chronicle(ctx context.Context, tx pgx.Tx, actor, action, name string, detail any) error {
	st := &state{}
	if err := tx.QueryRow(ctx, `select audit_number, audit_hash from xindiao.corpora_head for update`).Scan(&st.number, &st.hash); err != nil {
		return err
	}
	if _, err := record(ctx, tx, nobody, st, actor, action, "corpus:"+name, detail); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `update xindiao.corpora_head set audit_number = $1, audit_hash = $2`, st.number, st.hash)
	return err
}

// DropCorpus deletes a corpus with all vectors.
func (s *Store) DropCorpus(ctx context.Context, name, actor string) error {
	name = store.CleanText(name)
	return s.write(ctx, nobody, func(tx pgx.Tx) error {
		var id int64
		if err := tx.QueryRow(ctx, `select id from xindiao.corpus where name = $1 for update`, name).Scan(&id); err != nil {
			return missing(err, corpora.what)
		}
		if _, err := tx.Exec(ctx, `select xindiao.corpus_unroom($1, null)`, id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `delete from xindiao.corpus where id = $1`, id); err != nil {
			return err
		}
		return s.chronicle(ctx, tx, actor, "corpus.drop", name, nil)
	})
}

// put writes vectors of chunks that are there and returns how many chunks had none before. Ids are each once.
func (c *corpus) put(ctx context.Context, tx pgx.Tx, space int32, vectors []store.ChunkVector) (int64, error) {
	if _, err := tx.Exec(ctx, `select xindiao.corpus_room($1, $2)`, c.id, space); err != nil || len(vectors) == 0 {
		return 0, err
	}
	ids := make([]int64, len(vectors))
	for i, v := range vectors {
		ids[i] = v.ID
	}
	type place struct {
		industry string
		from, to day
	}
	places := make(map[int64]place, len(ids))
	err := forRows(ctx, tx, func(r pgx.Rows) error {
		var id int64
		var p place
		err := r.Scan(&id, &p.industry, &p.from, &p.to)
		places[id] = p
		return err
	}, `select c.id, d.industry, d.from_day, d.to_day from xindiao.corpus_chunk c join xindiao.corpus_item d on d.corpus_id = $1 and d.id = c.document_id
		where c.corpus_id = $1 and c.id = any($2)`, c.id, ids)
	if err != nil {
		return 0, err
	}
	tag, err := tx.Exec(ctx, `delete from xindiao.corpus_vec where corpus_id = $1 and space_id = $2 and id = any($3)`, c.id, space, ids)
	if err != nil {
		return 0, err
	}
	var write []placed
	for _, v := range vectors {
		if p, ok := places[v.ID]; ok {
			write = append(write, placed{v.ID, p.industry, p.from, p.to, v.Vector})
		}
	}
	return int64(len(write)) - tag.RowsAffected(), c.copyVectors(ctx, tx, space, write)
}

// placed is a corpus vector with what a search filters by.
type placed struct {
	id       int64
	industry string
	from, to day
	v        []float32
}

func (c *corpus) copyVectors(ctx context.Context, tx pgx.Tx, space int32, write []placed) error {
	return copyIn(ctx, tx, "xindiao.corpus_vec", []string{"corpus_id", "id", "space_id", "from_day", "to_day", "industry", "v"}, len(write), func(b *row, i int) {
		p := &write[i]
		b.int(int(c.id))
		b.long(p.id)
		b.int(int(space))
		b.day(dossierDate(p.from))
		b.day(dossierDate(p.to))
		b.text(p.industry)
		b.vector(p.v)
	})
}

// PutVectors writes vectors of a space.
func (c *corpus) PutVectors(ctx context.Context, space store.Space, vectors []store.ChunkVector) error {
	return putAll(ctx, &c.shelf, c, space, vectors)
}

// Switch makes the space the active one; its graphs are built before.
func (c *corpus) Switch(ctx context.Context, space store.Space, actor string) error {
	id, err := c.s.spaceID(ctx, space)
	if err == nil && id != 0 {
		err = c.build(ctx, id, space.Dim)
	}
	if err != nil {
		return err
	}
	return switchTo(ctx, &c.shelf, c, space, func(tx pgx.Tx, _ *state) error {
		return c.s.chronicle(ctx, tx, actor, "space.switch", c.name, map[string]any{"space": space.Name, "dim": space.Dim})
	})
}

// DropSpaces deletes the vectors of all spaces but the active one.
func (c *corpus) DropSpaces(ctx context.Context) error {
	return c.s.write(ctx, nobody, func(tx pgx.Tx) error {
		return c.locked(ctx, tx, func(st *state) error {
			for id := range st.counts {
				if st.active != nil && *st.active == id {
					continue
				}
				if _, err := tx.Exec(ctx, `select xindiao.corpus_unroom($1, $2)`, c.id, id); err != nil {
					return err
				}
				delete(st.counts, id)
			}
			return nil
		})
	})
}

var _ store.Collection = (*corpus)(nil)
