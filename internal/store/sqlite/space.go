package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/xindiao/xindiao/internal/store"
)

// VectorsByHash finds vectors by what was embedded.
func (c collection) VectorsByHash(ctx context.Context, space store.Space, hashes []store.Hash) (map[store.Hash][]float32, error) {
	out := map[store.Hash][]float32{}
	if len(hashes) == 0 || c.id == 0 {
		return out, nil
	}
	keys := make([]string, len(hashes))
	for i, h := range hashes {
		keys[i] = hex.EncodeToString(h[:])
	}
	wanted, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	err = c.s.read(ctx, func(tx *sql.Tx) error {
		id, err := c.s.spaceID(ctx, tx, space)
		if err != nil || id == 0 {
			return err
		}
		found := map[int64]map[int]store.Hash{} // by block and bit
		err = each(ctx, tx, `SELECT id, hash FROM chunks
			WHERE collection_id = ? AND hash IN (SELECT unhex(value) FROM json_each(?))`, []any{c.id, string(wanted)}, func(rows *sql.Rows) error {
			var chunk int64
			var hash []byte
			if err := rows.Scan(&chunk, &hash); err != nil || len(hash) != len(store.Hash{}) {
				return err
			}
			if found[chunk/blockSize] == nil {
				found[chunk/blockSize] = map[int]store.Hash{}
			}
			found[chunk/blockSize][int(chunk%blockSize)] = store.Hash(hash)
			return nil
		})
		if err != nil {
			return err
		}
		for number, bitsOf := range found {
			b, err := readBlock(ctx, tx, c.id, id, number, space.Dim)
			if err != nil {
				return err
			}
			for bit, h := range bitsOf {
				if out[h] == nil && b.mask&(1<<bit) != 0 {
					out[h] = b.vector(bit, space.Dim)
				}
			}
		}
		return nil
	})
	return out, err
}

// What is embedded begins with the title of the material, or with the heading of the corpus' item.
const (
	unembedded = `SELECT c.id, c.hash, %s, c.context, c.text FROM chunks c JOIN %s d ON d.collection_id = c.collection_id AND d.id = c.document_id
		WHERE c.collection_id = ?1 AND c.id > ?2 AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.collection_id = ?1
			AND b.space_id = ?3 AND b.block = c.id >> 6 AND (b.mask >> (c.id & 63)) & 1 = 1) ORDER BY c.id LIMIT ?4`
)

// Unembedded lists what a re-embedding has still to do.
func (c collection) Unembedded(ctx context.Context, space store.Space, after int64, limit int) ([]store.ChunkText, error) {
	if c.id == 0 {
		return nil, nil
	}
	query := fmt.Sprintf(unembedded, "d.type_name, ''", "documents")
	if c.id < 0 {
		query = fmt.Sprintf(unembedded, "d.title, d.label", "items")
	}
	var out []store.ChunkText
	err := c.s.read(ctx, func(tx *sql.Tx) error {
		id, err := c.s.spaceID(ctx, tx, space)
		if err != nil {
			return err
		}
		return each(ctx, tx, query, []any{c.id, after, id, max(limit, 0)}, func(rows *sql.Rows) error {
			var t store.ChunkText
			var hash []byte
			var it store.CorpusItem
			var ch store.Chunk
			if err := rows.Scan(&t.ID, &hash, &it.Title, &it.Label, &ch.Context, &ch.Text); err != nil {
				return err
			}
			if len(hash) == len(t.Hash) {
				t.Hash = store.Hash(hash)
			}
			t.Text = store.EmbedText(it.Heading(), ch)
			out = append(out, t)
			return nil
		})
	})
	return out, err
}

// PutVectors writes vectors beside those of the active space, or such as the active space lacks.
func (c collection) PutVectors(ctx context.Context, space store.Space, vectors []store.ChunkVector) error {
	if err := store.CheckVectors(space, vectors); err != nil {
		return err
	}
	ids := make([]int64, len(vectors))
	last := map[int64][]float32{}
	for i, v := range vectors {
		ids[i] = v.ID
		last[v.ID] = v.Vector
	}
	wanted, err := jsonList(ids)
	if err != nil {
		return err
	}
	var id int64
	err = c.s.write(ctx, func(tx *sql.Tx) error {
		st, err := c.load(ctx, tx)
		if err != nil {
			return err
		}
		var there []store.ChunkVector
		if err := each(ctx, tx, "SELECT id FROM chunks WHERE collection_id = ? AND id IN (SELECT value FROM json_each(?))",
			[]any{c.id, wanted}, func(rows *sql.Rows) error {
				var v store.ChunkVector
				err := rows.Scan(&v.ID)
				v.Vector = last[v.ID]
				there = append(there, v)
				return err
			}); err != nil || len(there) == 0 {
			return err
		}
		if id, err = c.s.makeSpace(ctx, tx, space); err != nil {
			return err
		}
		if err := putVectors(ctx, tx, c.id, id, space.Dim, there); err != nil {
			return err
		}
		st.raise = st.space == id
		return st.save(ctx, tx)
	})
	if err == nil {
		c.s.remember(space, id)
	}
	return err
}

// Switch makes a complete space the active one.
func (c collection) Switch(ctx context.Context, space store.Space, actor string) error {
	if err := store.CheckSpace(space); err != nil {
		return err
	}
	return c.s.write(ctx, func(tx *sql.Tx) error {
		st, err := c.load(ctx, tx)
		if err != nil {
			return err
		}
		id, err := c.s.makeSpace(ctx, tx, space)
		if err != nil || st.space == id {
			return err
		}
		n, err := countVectors(ctx, tx, c.id, id)
		if err != nil {
			return err
		}
		if n < st.chunks {
			return store.Incomplete(st.chunks - n)
		}
		before, err := loadSpace(ctx, tx, st.space)
		if err != nil {
			return err
		}
		st.space, st.raise = id, true
		if err := st.save(ctx, tx); err != nil {
			return err
		}
		chain, subject, err := c.subject(ctx, tx)
		if err != nil {
			return err
		}
		_, err = note(ctx, tx, chain, actor, "space.switch", subject, map[string]any{"from": before.Name, "to": space.Name, "dim": space.Dim})
		return err
	})
}

// subject names the collection in an audit entry, and tells whose chain the entry belongs to.
func (c collection) subject(ctx context.Context, q querier) (chain int64, subject string, err error) {
	if c.id > 0 {
		return c.id, fmt.Sprintf("customer:%d", c.id), nil
	}
	var name string
	err = q.QueryRowContext(ctx, "SELECT name FROM corpora WHERE id = ?", -c.id).Scan(&name)
	return 0, "corpus:" + name, err
}

// DropSpaces deletes the vectors that no search uses any more.
func (c collection) DropSpaces(ctx context.Context) error {
	return c.s.write(ctx, func(tx *sql.Tx) error {
		st, err := c.load(ctx, tx)
		if err != nil {
			return err
		}
		for _, table := range []string{"blocks", "vectors"} {
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE collection_id = ? AND space_id <> ?", c.id, st.space); err != nil {
				return err
			}
		}
		return nil
	})
}
