package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/storetest"
)

var backend = storetest.Backend{
	Fresh:  func(t testing.TB) string { return filepath.Join(t.TempDir(), "x.db") },
	Open:   func(ctx context.Context, target string) (store.Store, error) { return Open(ctx, target, Options{}) },
	Tamper: tamper,
	Forbid: forbid,
}

// raw opens the file past the store.
func raw(target string) (*sql.DB, error) {
	return sql.Open("sqlite", dsn(target, 10*time.Second, false))
}

func tamper(ctx context.Context, target string, do storetest.Tamper) error {
	db, err := raw(target)
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for _, stmt := range []string{"DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"} {
		if _, err := tx.ExecContext(ctx, stmt); err != nil {
			return err
		}
	}
	if do.Cut {
		_, err = tx.ExecContext(ctx, "DELETE FROM audit WHERE collection_id = ? AND number >= ?", do.Customer, do.Number)
	} else {
		_, err = tx.ExecContext(ctx, "UPDATE audit SET detail = ? WHERE collection_id = ? AND number = ?", do.Detail, do.Customer, do.Number)
	}
	if err != nil {
		return err
	}
	for _, name := range []string{"update", "delete"} { // back in place for the next time
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("CREATE TRIGGER audit_no_%[1]s BEFORE %[1]s ON audit BEGIN SELECT RAISE(ABORT, 'audit'); END", name)); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func forbid(ctx context.Context, target string) map[string]error {
	db, err := raw(target)
	if err != nil {
		return map[string]error{}
	}
	defer db.Close()
	out := map[string]error{}
	for _, stmt := range []string{
		"UPDATE audit SET detail = 'x'",
		"DELETE FROM audit",
		"INSERT OR REPLACE INTO audit SELECT * FROM audit",
		"INSERT OR REPLACE INTO audit SELECT collection_id, number, at, 'x', action, subject, detail, prev, hash FROM audit",
	} {
		_, out[stmt] = db.ExecContext(ctx, stmt)
	}
	return out
}

func TestMain(m *testing.M) { storetest.Main(m, backend) }

func TestStore(t *testing.T) { storetest.Run(t, backend) }

func TestCustomers(t *testing.T) { storetest.Crossed(t, backend) }

func TestKill(t *testing.T) { storetest.Kill(t, backend) }
