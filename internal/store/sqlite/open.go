// Package sqlite keeps the store in one SQLite file, without a server: the embedded default.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/hot"
)

// Memory is the path of a database that is gone with its Store.
const Memory = ":memory:"

// Options of Open; the zero value is the usual one.
type Options struct {
	Wait    time.Duration // for another process that is writing; 30 s when zero
	Readers int           // connections for reading; 4 when zero
	Cache   int64         // bytes for the vectors of collections in work; 128 MB when zero, none below
}

// Store is one database file. One connection writes, the others read snapshots; other processes may use the file at
// the same time.
type Store struct {
	path   string
	wait   time.Duration
	w, r   *sql.DB // the same of a database in memory
	schema int64
	cache  *hot.Cache[*cached]

	mu     sync.Mutex
	closed bool
	stmts  map[string]*sql.Stmt // of r, for what is asked often
	spaces map[store.Space]int64
	items  map[int64]itemList // by corpus
}

var _ store.Store = (*Store)(nil)

// Open opens the database at path, and makes or migrates it when needed: its folder for the owner alone, the file
// likewise.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if path == "" {
		return nil, &dossier.Error{Kind: dossier.ErrInput, Msg: "没有给出数据库文件，应为 sqlite:路径"}
	}
	if o.Wait <= 0 {
		o.Wait = 30 * time.Second
	}
	if o.Readers <= 0 {
		o.Readers = 4
	}
	if o.Cache == 0 {
		o.Cache = defaultCache
	}
	s := &Store{path: path, wait: o.Wait, cache: hot.New[*cached](o.Cache), stmts: map[string]*sql.Stmt{}, spaces: map[store.Space]int64{}, items: map[int64]itemList{}}
	if err := s.open(ctx, o); err != nil {
		s.shut()
		return nil, s.fail(ctx, err)
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, o Options) (err error) {
	if s.path != Memory {
		if err := prepare(s.path); err != nil {
			return err
		}
	}
	if s.w, err = sql.Open("sqlite", dsn(s.path, o.Wait, false)); err != nil {
		return err
	}
	s.w.SetMaxOpenConns(1)
	s.w.SetMaxIdleConns(1) // the only one of a database in memory must stay
	if s.schema, err = migrate(ctx, s.w, s.path, o.Wait); err != nil {
		return err
	}
	if s.path == Memory {
		s.r = s.w
		return nil
	}
	if _, err = s.w.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", min(o.Wait, patience).Milliseconds())); err != nil {
		return err
	}
	if s.r, err = sql.Open("sqlite", dsn(s.path, o.Wait, true)); err != nil {
		return err
	}
	s.r.SetMaxOpenConns(o.Readers)
	s.r.SetMaxIdleConns(o.Readers)
	return s.r.PingContext(ctx)
}

// prepare makes the folder and an empty file that nobody else may read: SQLite's own files beside it inherit the mode.
func prepare(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	st, err := os.Stat(path)
	switch {
	case err == nil && !st.Mode().IsRegular():
		return &dossier.Error{Kind: dossier.ErrInput, File: path, Msg: "不是文件，不能用作数据库"}
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// dsn says how connections are opened. FULL: what was acknowledged survives a loss of power. Deleted rows are
// overwritten, for they may hold what the bank must erase.
func dsn(path string, wait time.Duration, reader bool) string {
	q := url.Values{"_pragma": {
		fmt.Sprintf("busy_timeout(%d)", wait.Milliseconds()),
		"page_size(8192)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(1)",
		"recursive_triggers(1)", "trusted_schema(0)", "temp_store(memory)", "cache_size(-32768)",
		"journal_size_limit(67108864)", // a large corpus makes a large log, once
	}}
	if path == Memory {
		q.Set("_txlock", "immediate")
		return "file::memory:?" + q.Encode()
	}
	q.Set("_journal_mode", "WAL") // after the pragmas, which the driver sorts: the page size must come first
	if reader {
		q["_pragma"] = append(q["_pragma"], "query_only(1)")
	} else {
		q.Set("_txlock", "immediate")
	}
	return fileURL(path, q)
}

func fileURL(path string, q url.Values) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}
	return u.String()
}

// Info names the engine, its version and the file.
func (s *Store) Info(ctx context.Context) (store.Info, error) {
	info := store.Info{Engine: "sqlite", Schema: s.schema, Target: s.path}
	err := s.r.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&info.Version)
	return info, s.fail(ctx, err)
}

// Close waits for what is running and closes the file.
func (s *Store) Close() error {
	s.mu.Lock()
	was := s.closed
	s.closed = true
	s.mu.Unlock()
	if was {
		return nil
	}
	return s.shut()
}

func (s *Store) shut() error {
	var errs []error
	if s.r != nil && s.r != s.w {
		errs = append(errs, s.r.Close())
	}
	if s.w != nil {
		errs = append(errs, s.w.Close())
	}
	return errors.Join(errs...)
}
