package postgres

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/xindiao/xindiao/internal/store"
)

// nobody is the setting of statements on what all customers share.
const nobody = 0

// retries is how often a transaction that met another one is tried.
const retries = 6

// setting names the customer until the transaction ends, so that nothing stays on a connection that goes back to the
// pool. Behind a pooler the role goes the same way.
func (s *Store) setting() string {
	if s.cfg.bouncer {
		return "select set_config('role', '" + AppRole + "', true), set_config('app.customer', $1, true)"
	}
	return "select set_config('app.customer', $1, true)"
}

// ask runs one statement for a customer in one round trip: setting and statement go out together, and are one
// implicit transaction.
func (s *Store) ask(ctx context.Context, pool *pgxpool.Pool, customer int64, rows func(pgx.Rows) error, sql string, args ...any) error {
	if err := s.alive(); err != nil {
		return err
	}
	var b pgx.Batch
	b.Queue(s.setting(), strconv.FormatInt(customer, 10))
	b.Queue(sql, args...)
	return fault(answer(pool.SendBatch(ctx, &b), rows))
}

func answer(res pgx.BatchResults, rows func(pgx.Rows) error) error {
	defer res.Close()
	if _, err := res.Exec(); err != nil {
		return err
	}
	r, err := res.Query()
	if err != nil {
		return err
	}
	defer r.Close()
	for r.Next() {
		if err := rows(r); err != nil {
			return err
		}
	}
	r.Close()
	if err := r.Err(); err != nil {
		return err
	}
	return res.Close()
}

// one is ask for a single row: pgx.ErrNoRows when there is none.
func (s *Store) one(ctx context.Context, pool *pgxpool.Pool, customer int64, dest []any, sql string, args ...any) error {
	found := false
	err := s.ask(ctx, pool, customer, func(r pgx.Rows) error {
		found = true
		return r.Scan(dest...)
	}, sql, args...)
	if err == nil && !found {
		return pgx.ErrNoRows
	}
	return err
}

// list is ask for rows of one kind.
func list[T any](ctx context.Context, s *Store, pool *pgxpool.Pool, customer int64, scan func(pgx.Rows) (T, error), sql string, args ...any) ([]T, error) {
	var out []T
	err := s.ask(ctx, pool, customer, func(r pgx.Rows) error {
		v, err := scan(r)
		out = append(out, v)
		return err
	}, sql, args...)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// write runs do in one transaction for a customer, again when it met another transaction. Whatever do wrote is undone
// when it fails, when the context ends or when the connection is lost.
func (s *Store) write(ctx context.Context, customer int64, do func(tx pgx.Tx) error) error {
	return s.transact(ctx, s.pool, customer, pgx.TxOptions{}, do)
}

// snapshot runs do on one state of the database.
func (s *Store) snapshot(ctx context.Context, pool *pgxpool.Pool, customer int64, do func(tx pgx.Tx) error) error {
	return s.transact(ctx, pool, customer, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, do)
}

func (s *Store) transact(ctx context.Context, pool *pgxpool.Pool, customer int64, o pgx.TxOptions, do func(tx pgx.Tx) error) error {
	if err := s.alive(); err != nil {
		return err
	}
	for try := 1; ; try++ {
		err := s.attempt(ctx, pool, customer, o, do)
		if !again(err) || try == retries {
			return fault(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try*try) * time.Duration(5+rand.IntN(10)) * time.Millisecond):
		}
	}
}

func (s *Store) attempt(ctx context.Context, pool *pgxpool.Pool, customer int64, o pgx.TxOptions, do func(tx pgx.Tx) error) error {
	tx, err := pool.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	defer func() { // after a commit it does nothing
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = tx.Rollback(end)
	}()
	if _, err := tx.Exec(ctx, s.setting(), strconv.FormatInt(customer, 10)); err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// missing turns no row into ErrNotFound of what, in Chinese.
func missing(err error, what string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return store.NotFound(what)
	}
	return err
}

func isEOF(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// code is the server's error code, "" of other errors.
func code(err error) string {
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return server.Code
	}
	return ""
}
