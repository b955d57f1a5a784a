package sqlite

import (
	"context"
	"database/sql"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/hot"
)

// scan compares a question with the vectors of a collection, from the cache or from the file.
type scan struct {
	collection
	query store.VectorQuery
	only  selection
	space int64
	norm  float32 // inverse, of the question
	top   *top

	seen                              bool // the collection is there
	version, chunks, active, embedded int64
	keep                              *cached // being filled for the cache
}

func (x *scan) run(ctx context.Context, tx *sql.Tx) error {
	if x.s.cache.Budget() > 0 {
		if err := x.rows(ctx, tx, searchState, x.id, x.space); err != nil || !x.seen {
			return err
		}
		if v, ok := x.s.cache.Get(hot.Key{Collection: x.id, Space: x.space}, x.version); ok && x.active == x.space {
			for i, b := range v.blocks {
				b.score(v.numbers[i], x.query.Vector, x.norm, x.only, x.top)
			}
			return nil
		}
	}
	if x.only == nil || x.seen && int64(len(x.only))*blockSize > x.chunks/2 {
		return x.all(ctx, tx) // most of it is read anyway: then it may stay
	}
	numbers := make([]int64, 0, len(x.only))
	for n := range x.only {
		numbers = append(numbers, n)
	}
	blocks, err := jsonList(numbers)
	if err != nil {
		return err
	}
	return x.blocks(ctx, tx, searchOnly, blocks)
}

// all reads everything, and keeps it when it was asked for before.
func (x *scan) all(ctx context.Context, tx *sql.Tx) error {
	key := hot.Key{Collection: x.id, Space: x.space}
	if x.active == x.space && x.space != 0 && x.s.cache.Wanted(key, x.version, x.embedded*4*int64(len(x.query.Vector))) {
		x.keep = &cached{}
	}
	if err := x.blocks(ctx, tx, searchAll); err != nil {
		return err
	}
	if x.keep != nil && x.active == x.space {
		x.s.cache.Put(key, x.version, x.keep) // the version of the snapshot that was read, should it have moved on since the state was
	}
	return nil
}

// blocks runs a statement that lends its blocks to x.
func (x *scan) blocks(ctx context.Context, tx *sql.Tx, query string, more ...any) error {
	ticket := tickets.Add(1)
	scans.Store(ticket, x)
	defer scans.Delete(ticket)
	return x.rows(ctx, tx, query, append([]any{x.id, x.space, ticket}, more...)...)
}

func (x *scan) rows(ctx context.Context, tx *sql.Tx, query string, args ...any) error {
	rows, err := x.s.query(ctx, tx, query, args)
	if err != nil {
		return err
	}
	var lent any
	return drain(rows, func(rows *sql.Rows) error {
		x.seen = true
		return rows.Scan(&x.version, &x.chunks, &x.active, &x.embedded, &lent)
	})
}

// block compares one that is lent: its bytes are not to be kept.
func (x *scan) block(number int64, b block) error {
	if err := b.check(x.query.Space.Dim); err != nil {
		return err
	}
	b.score(number, x.query.Vector, x.norm, x.only, x.top)
	if x.keep != nil && !x.keep.add(number, b, x.s.cache.Budget()/2) {
		x.keep = nil
	}
	return nil
}

// querier is tx, or the pool.
func (s *Store) querier(tx *sql.Tx) querier {
	if tx != nil {
		return tx
	}
	return s.r
}

// query goes through tx, or through a prepared statement.
func (s *Store) query(ctx context.Context, tx *sql.Tx, query string, args []any) (*sql.Rows, error) {
	if tx != nil {
		return tx.QueryContext(ctx, query, args...)
	}
	st, err := s.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}
