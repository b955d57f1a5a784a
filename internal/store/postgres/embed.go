package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"github.com/xindiao/xindiao/internal/store"
)

// VectorsByHash returns vectors that the collection has.
func (c *shelf) VectorsByHash(ctx context.Context, space store.Space, hashes []store.Hash) (map[store.Hash][]float32, error) {
	out := map[store.Hash][]float32{}
	id, err := c.s.spaceID(ctx, space)
	if err != nil || id == 0 || len(hashes) == 0 {
		return out, err
	}
	raw := make([][]byte, len(hashes))
	for i := range hashes {
		raw[i] = hashes[i][:]
	}
	err = c.s.ask(ctx, c.s.pool, c.customer, func(r pgx.Rows) error {
		var h []byte
		var v pgvector.HalfVector
		if err := r.Scan(&h, &v); err != nil {
			return err
		}
		out[store.Hash(h)] = v.Slice()
		return nil
	}, c.sql(`select distinct on (c.hash) c.hash, v.v from {chunk} c join {vec} v on v.{owner} = $1 and v.space_id = $2 and v.id = c.id
		where c.{owner} = $1 and c.hash = any($3) order by c.hash, c.id`), c.id, id, raw)
	return out, err
}

// Unembedded lists chunks without a vector in the space.
func (c *shelf) Unembedded(ctx context.Context, space store.Space, after int64, limit int) ([]store.ChunkText, error) {
	id, err := c.s.spaceID(ctx, space) // 0: no chunk has one
	if err != nil {
		return nil, err
	}
	return list(ctx, c.s, c.s.pool, c.customer, func(r pgx.Rows) (t store.ChunkText, err error) {
		var h []byte
		var title string
		var k store.Chunk
		if err = r.Scan(&t.ID, &h, &title, &k.Text, &k.Context); err != nil {
			return t, err
		}
		t.Hash, t.Text = store.Hash(h), store.EmbedText(title, k)
		return t, nil
	}, c.sql(`select c.id, c.hash, {heading}, c.text, c.context from {chunk} c join {doc} d on d.{owner} = $1 and d.id = c.document_id
		where c.{owner} = $1 and c.id > $3 and not exists (select from {vec} v where v.{owner} = $1 and v.space_id = $2 and v.id = c.id)
		order by c.id limit $4`), c.id, id, after, min(max(limit, 0), maxList))
}

// keeper locks a collection and writes it back: a customer's, or a corpus'.
type keeper interface {
	locked(ctx context.Context, tx pgx.Tx, do func(st *state) error) error
	put(ctx context.Context, tx pgx.Tx, space int32, vectors []store.ChunkVector) (int64, error)
}

func putAll(ctx context.Context, c *shelf, k keeper, space store.Space, vectors []store.ChunkVector) error {
	if err := c.s.alive(); err != nil {
		return err
	}
	if err := store.CheckVectors(space, vectors); err != nil {
		return err
	}
	id, err := c.s.makeSpace(ctx, space)
	if err != nil {
		return err
	}
	return c.s.write(ctx, c.customer, func(tx pgx.Tx) error {
		return k.locked(ctx, tx, func(st *state) error {
			seen := make(map[int64]int, len(vectors))
			once := make([]store.ChunkVector, 0, len(vectors))
			for _, v := range vectors { // the last of one id counts
				if i, ok := seen[v.ID]; ok {
					once[i] = v
					continue
				}
				seen[v.ID] = len(once)
				once = append(once, v)
			}
			n, err := k.put(ctx, tx, id, once)
			if err != nil {
				return err
			}
			st.add(id, n)
			if len(once) > 0 && st.active != nil && *st.active == id {
				st.version++
			}
			return nil
		})
	})
}

func switchTo(ctx context.Context, c *shelf, k keeper, space store.Space, done func(tx pgx.Tx, st *state) error) error {
	if err := c.s.alive(); err != nil {
		return err
	}
	if err := store.CheckSpace(space); err != nil {
		return err
	}
	id, err := c.s.makeSpace(ctx, space)
	if err != nil {
		return err
	}
	return c.s.write(ctx, c.customer, func(tx pgx.Tx) error {
		return k.locked(ctx, tx, func(st *state) error {
			if st.active != nil && *st.active == id {
				return nil
			}
			if st.counts[id] < st.chunks {
				return store.Incomplete(st.chunks - st.counts[id])
			}
			st.active = &id
			st.version++
			return done(tx, st)
		})
	})
}

// put writes vectors of chunks that are there and returns how many chunks had none before. Ids are each once.
func (t *tenant) put(ctx context.Context, tx pgx.Tx, space int32, vectors []store.ChunkVector) (int64, error) {
	if len(vectors) == 0 {
		return 0, nil
	}
	ids := make([]int64, len(vectors))
	for i, v := range vectors {
		ids[i] = v.ID
	}
	there, err := chunkIDs(ctx, tx, t.sql(`select id from {chunk} where {owner} = $1 and id = any($2)`), t.id, ids)
	if err != nil {
		return 0, err
	}
	tag, err := tx.Exec(ctx, `delete from `+t.vec+` where customer_id = $1 and space_id = $2 and id = any($3)`, t.id, space, ids)
	if err != nil {
		return 0, err
	}
	var write []store.ChunkVector
	for _, v := range vectors {
		if there[v.ID] {
			write = append(write, v)
		}
	}
	err = copyIn(ctx, tx, "xindiao.chunk_vec", vectorColumns, len(write), func(b *row, i int) {
		b.long(t.id)
		b.long(write[i].ID)
		b.int(int(space))
		b.vector(write[i].Vector)
	})
	return int64(len(write)) - tag.RowsAffected(), err
}

func chunkIDs(ctx context.Context, tx pgx.Tx, sql string, args ...any) (map[int64]bool, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	out := make(map[int64]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}
