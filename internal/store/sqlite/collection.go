package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/xindiao/xindiao/internal/store"
)

// collection is a customer (id above 0) or a corpus (below).
type collection struct {
	s  *Store
	id int64
}

// state is a collection's row.
type state struct {
	id        int64
	version   int64
	nextChunk int64
	chunks    int64
	space     int64 // active, 0 none
	audit     int64
	auditHash string
	raise     bool // the version, when saved
}

// load reads the row; id 0 is the chain of the corpora, not a collection.
func (c collection) load(ctx context.Context, q querier) (*state, error) {
	if c.id == 0 {
		return nil, c.missing()
	}
	st, err := loadState(ctx, q, c.id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, c.missing()
	}
	return st, err
}

func (c collection) missing() error {
	if c.id < 0 {
		return store.NotFound("这个资料库")
	}
	return store.NotFound("这个客户")
}

func loadState(ctx context.Context, q querier, id int64) (*state, error) {
	st := &state{id: id}
	err := q.QueryRowContext(ctx, `SELECT version, next_chunk, chunks, space_id, audit_number, audit_hash
		FROM collections WHERE id = ?`, id).Scan(&st.version, &st.nextChunk, &st.chunks, &st.space, &st.audit, &st.auditHash)
	return st, err
}

// save writes the row back, but for the audit head, which Entries keep.
func (st *state) save(ctx context.Context, tx *sql.Tx) error {
	if st.raise {
		st.version++
	}
	_, err := tx.ExecContext(ctx, "UPDATE collections SET version = ?, next_chunk = ?, chunks = ?, space_id = ? WHERE id = ?",
		st.version, st.nextChunk, st.chunks, st.space, st.id)
	return err
}

// Version is that of the catalog.
func (c collection) Version(ctx context.Context) (int64, error) {
	st, err := c.load(ctx, c.s.r)
	if err != nil {
		return 0, c.s.fail(ctx, err)
	}
	return st.version, nil
}
