package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"github.com/xindiao/xindiao/dossier"
)

// querier is a connection, a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// write runs f in one transaction that holds the file's write lock from its beginning: what f reads stays true until
// it is done. Nothing of it is kept when f fails or ctx ends.
func (s *Store) write(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := s.begin(ctx)
	if err != nil {
		return s.fail(ctx, err)
	}
	if err := f(tx); err != nil {
		_ = tx.Rollback()
		return s.fail(ctx, err)
	}
	return s.fail(ctx, tx.Commit())
}

// patience is how long one try waits for another process that writes: within it the engine does not look at ctx.
const patience = 100 * time.Millisecond

// begin waits for the write lock as long as Options.Wait says, or until ctx ends.
func (s *Store) begin(ctx context.Context) (*sql.Tx, error) {
	for until := time.Now().Add(s.wait); ; {
		tx, err := s.w.BeginTx(ctx, nil)
		var le *driver.Error
		if !errors.As(err, &le) || le.Code()&0xff != codes.SQLITE_BUSY || ctx.Err() != nil || time.Now().After(until) {
			return tx, err
		}
	}
}

// read runs f over one snapshot.
func (s *Store) read(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := s.r.BeginTx(ctx, nil)
	if err != nil {
		return s.fail(ctx, err)
	}
	defer func() { _ = tx.Rollback() }()
	return s.fail(ctx, f(tx))
}

// stmt is the query, prepared once; for what searches ask. Not for use within a transaction: a database in memory has
// one connection.
func (s *Store) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	s.mu.Lock()
	st := s.stmts[query]
	s.mu.Unlock()
	if st != nil {
		return st, nil
	}
	st, err := s.r.PrepareContext(ctx, query) // may wait for a connection, so without the lock
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if first := s.stmts[query]; first != nil {
		_ = st.Close()
		return first, nil
	}
	s.stmts[query] = st
	return st, nil
}

// each calls f on every row of the query.
func each(ctx context.Context, q querier, query string, args []any, f func(*sql.Rows) error) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	return drain(rows, f)
}

func drain(rows *sql.Rows, f func(*sql.Rows) error) error {
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// inserter runs one statement for many rows.
type inserter struct {
	ctx context.Context
	st  *sql.Stmt
}

func prepareIn(ctx context.Context, tx *sql.Tx, query string) (*inserter, error) {
	st, err := tx.PrepareContext(ctx, query)
	return &inserter{ctx, st}, err
}

func (i *inserter) add(args ...any) error {
	_, err := i.st.ExecContext(i.ctx, args...)
	return err
}

func (i *inserter) close() { _ = i.st.Close() }

func micros(t time.Time) int64 { return t.UnixMicro() }

func at(us int64) time.Time { return time.UnixMicro(us).UTC() }

func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

func day(s string) (dossier.Date, error) {
	var d dossier.Date
	return d, d.UnmarshalText([]byte(s))
}

// jsonList is a JSON array of numbers for json_each: a list of any length is one argument.
func jsonList[T ~int64 | ~uint64](ids []T) (string, error) {
	b, err := json.Marshal(ids)
	return string(b), err
}
