package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

func open(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// exec runs a statement past the store.
func exec(t *testing.T, path, stmt string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(stmt); err != nil {
		t.Fatal(err)
	}
}

// TestOpenModes: nobody but the owner reads a bank's dossiers.
func TestOpenModes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "新建", "库 #1?x%20")
	path := filepath.Join(dir, "数据 库%3f.db")
	s := open(t, path)
	if _, err := s.PutCustomer(t.Context(), "k", "甲"); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{dir, path, path + "-wal", path + "-shm"} {
		st, err := os.Stat(p)
		if err != nil {
			t.Fatal(err)
		}
		if st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", p, st.Mode())
		}
	}
	if _, err := os.Stat(path + "-migrating"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the lock is left behind: %v", err)
	}
	info, err := s.Info(t.Context())
	if err != nil || info.Engine != "sqlite" || !strings.HasPrefix(info.Version, "3.") || info.Schema < 1 || info.Target != path {
		t.Errorf("%+v %v", info, err)
	}
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1", "page_size": "8192"} {
		var got string
		if err := s.w.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, want %s (%v)", pragma, got, want, err)
		}
	}
	if _, err := s.r.Exec("DELETE FROM customers"); err == nil {
		t.Error("a reader's connection writes")
	}
}

// TestOpenTogether: processes that start at once find one schema.
func TestOpenTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			s, err := Open(t.Context(), path, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if _, err := s.PutCustomer(t.Context(), "k", "甲"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	all, err := open(t, path).Customers(t.Context(), 0, 10)
	if err != nil || len(all) != 1 {
		t.Errorf("%d customers: %v", len(all), err)
	}
}

// TestOpenRefused: each trouble has its words, its kind and the file.
func TestOpenRefused(t *testing.T) {
	made := func(t *testing.T) string {
		path := filepath.Join(t.TempDir(), "x.db")
		if err := open(t, path).Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, c := range map[string]struct {
		path func(t *testing.T) string
		kind dossier.ErrorKind
		says string
	}{
		"no path":  {func(*testing.T) string { return "" }, dossier.ErrInput, "没有给出"},
		"a folder": {func(t *testing.T) string { return t.TempDir() }, dossier.ErrInput, "不是文件"},
		"no database": {func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "x.db")
			if err := os.WriteFile(path, []byte(strings.Repeat("不是数据库", 1000)), 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}, dossier.ErrCorrupt, "不是数据库文件"},
		"another program's": {func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "x.db")
			exec(t, path, "CREATE TABLE theirs (x)")
			return path
		}, dossier.ErrInput, "别的程序"},
		"newer": {func(t *testing.T) string {
			path := made(t)
			exec(t, path, "INSERT INTO migrations (version_id, is_applied) VALUES (9999, 1)")
			return path
		}, dossier.ErrUnsupported, "9999"},
		"below a file": {func(t *testing.T) string { return filepath.Join(made(t), "x.db") }, dossier.ErrInput, "打不开"},
	} {
		t.Run(name, func(t *testing.T) {
			path := c.path(t)
			s, err := Open(t.Context(), path, Options{})
			if err == nil {
				s.Close()
				t.Fatal("opened")
			}
			var e *dossier.Error
			if !errors.As(err, &e) || e.Kind != c.kind || !strings.Contains(e.Msg, c.says) || e.File != path {
				t.Errorf("%#v", err)
			}
		})
	}
}

// TestLocked: another program that holds the write lock is waited for, then named.
func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	open(t, path)
	s, err := Open(t.Context(), path, Options{Wait: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	db, err := raw(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutCustomer(t.Context(), "k", "甲"); dossier.KindOf(err) != dossier.ErrTimeout || !strings.Contains(err.Error(), "另一个程序") {
		t.Errorf("while locked: %v", err)
	}
	if _, err := s.Customers(t.Context(), 0, 1); err != nil {
		t.Errorf("reading while another writes: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	patient := open(t, path) // waits for 30 s
	if _, err := patient.PutCustomer(ctx, "k", "甲"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("given up while waiting: %v", err)
	}
	done := make(chan error)
	go func() {
		_, err := patient.PutCustomer(t.Context(), "k", "甲")
		done <- err
	}()
	time.Sleep(3 * patience / 2) // beyond one try
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Errorf("after waiting: %v", err)
	}
}

// TestFull: a disk that ends in the middle of an intake keeps the old state and says so.
func TestFull(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "x.db"))
	tn := customerOf(t, s)
	if _, err := tn.Intake(t.Context(), synthetic(1, 20)); err != nil {
		t.Fatal(err)
	}
	var pages int
	if err := s.w.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if _, err := s.w.Exec("PRAGMA max_page_count = 1"); err != nil { // SQLite takes the present count
		t.Fatal(err)
	}
	before, err := tn.Catalog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = tn.Intake(t.Context(), synthetic(2, 500))
	if err == nil || !strings.Contains(err.Error(), "磁盘已满") {
		t.Fatalf("on a full disk: %v", err)
	}
	after, err := tn.Catalog(t.Context())
	if err != nil || after.Version != before.Version || after.Chunks() != before.Chunks() {
		t.Errorf("version %d with %d chunks became %d with %d: %v", before.Version, before.Chunks(), after.Version, after.Chunks(), err)
	}
}

// TestMemory: a database for tests, with one connection for all.
func TestMemory(t *testing.T) {
	s := open(t, Memory)
	tn := customerOf(t, s)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			in := synthetic(int64(i), 70)
			in.Name += string(rune('a' + i))
			if _, err := tn.Intake(t.Context(), in); err != nil {
				t.Error(err)
			}
			f, err := tn.SearchVector(t.Context(), store.VectorQuery{Space: benchSpace, Vector: in.Files[0].Chunks[3].Vector, K: 1})
			if err != nil || len(f.Hits) != 1 || f.Hits[0].Score < 0.999 {
				t.Errorf("%+v %v", f, err)
			}
		})
	}
	wg.Wait()
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
