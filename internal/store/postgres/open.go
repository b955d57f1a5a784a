// Package postgres is the store for many machines: PostgreSQL with pgvector. One customer's chunks are searched
// exactly, shared corpora by HNSW where that was counted to pay; every statement runs as a role that owns nothing and
// under row-level security.
package postgres

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/hot"
)

// Options are what the URL does not say. The zero value serves.
type Options struct {
	// ReadURL names a replica that answers searches, catalogs and chunk texts; "" asks the primary. What it answers
	// may be as old as its replication is behind; its versions are its own, so a searcher's cache stays consistent.
	ReadURL string
	// Warn hears what the operator should know, in Chinese; nil drops it.
	Warn func(msg string)
	// BuildMemory is what building an HNSW index may use, in MB; 0: 1,024.
	BuildMemory int
	// Cache is the bytes for vectors of customers in work; 0: 256 MB, negative: none.
	Cache int64
}

// Store is a database. It is safe for concurrent use.
type Store struct {
	pool   *pgxpool.Pool
	read   *pgxpool.Pool // pool itself without a replica
	opt    Options
	cfg    config
	info   store.Info
	closed chan struct{}
	once   sync.Once

	spaces sync.Map // store.Space → int32: ids never change
	routes sync.Map // corpus id → *route
	hot    *hot.Cache[*vectors]
}

var _ store.Store = (*Store)(nil)

// Open connects, brings the tables up to date and checks that the server can be trusted with customers' rows. The
// URL is postgres://user:password@host/database; password and the like may come from the usual environment. Beside
// libpq's own settings it takes pool_max_conns=N, and pgbouncer=1 behind a pooler in transaction mode.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	cfg, err := parse(url)
	if err != nil {
		return nil, err
	}
	if o.Cache == 0 {
		o.Cache = defaultCache
	}
	s := &Store{opt: o, cfg: cfg, closed: make(chan struct{}), hot: hot.New[*vectors](o.Cache)}
	if s.opt.Warn == nil {
		s.opt.Warn = func(string) {}
	}
	if s.opt.BuildMemory == 0 {
		s.opt.BuildMemory = 1024
	}
	if err := s.migrate(ctx); err != nil {
		return nil, err
	}
	if s.pool, err = connect(ctx, cfg); err != nil {
		return nil, err
	}
	s.read = s.pool
	if o.ReadURL != "" {
		replica, err := parse(o.ReadURL)
		if err == nil {
			s.read, err = connect(ctx, replica)
		}
		if err != nil {
			s.pool.Close()
			return nil, err
		}
	}
	return s, nil
}

// Close waits for what runs.
func (s *Store) Close() error {
	s.once.Do(func() {
		close(s.closed)
		if s.read != s.pool {
			s.read.Close()
		}
		s.pool.Close()
	})
	return nil
}

// Info tells engine, versions and target.
func (s *Store) Info(ctx context.Context) (store.Info, error) {
	if err := s.alive(); err != nil {
		return store.Info{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if err := s.pool.Ping(ctx); err != nil {
		return store.Info{}, fault(err)
	}
	return s.info, nil
}

func (s *Store) alive() error {
	select {
	case <-s.closed:
		return fmt.Errorf("postgres: %w", store.ErrClosed)
	default:
		return nil
	}
}
