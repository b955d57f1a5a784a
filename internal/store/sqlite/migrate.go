package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"time"

	"github.com/pressly/goose/v3"
	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"github.com/xindiao/xindiao/dossier"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks a file as ours, as the first migration writes it.
const applicationID = 0x5844414f

// migrate brings the schema to this program's version and returns that. A database that another program made, or a
// newer version of this one, is refused untouched.
func migrate(ctx context.Context, db *sql.DB, path string, wait time.Duration) (int64, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return 0, err
	}
	if err := ours(ctx, db, path); err != nil {
		return 0, err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true), goose.WithTableName("migrations"))
	if err != nil {
		return 0, err
	}
	sources := p.ListSources()
	target := sources[len(sources)-1].Version
	have, err := version(ctx, db)
	if err != nil {
		return 0, err
	}
	if have > target {
		return 0, &dossier.Error{Kind: dossier.ErrUnsupported, File: path,
			Msg: fmt.Sprintf("数据库由较新版本的程序建立（结构版本 %d，本程序只认到 %d），请升级程序", have, target)}
	}
	if have == target {
		return have, nil
	}
	unlock, err := lockMigration(ctx, path, wait)
	if err != nil {
		return 0, err
	}
	defer unlock()
	if _, err := p.Up(ctx); err != nil { // reads the version again: a process before us may have done it
		return 0, err
	}
	return target, nil
}

// ours refuses a database with tables that are not ours.
func ours(ctx context.Context, db *sql.DB, path string) error {
	var id, tables int64
	err := db.QueryRowContext(ctx, "SELECT application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id").Scan(&id, &tables)
	if err != nil {
		return err
	}
	if id == applicationID || id == 0 && tables == 0 {
		return nil
	}
	// Goose makes its own table before the first migration marks the file.
	var foreign int64
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE tbl_name NOT IN ('migrations', 'sqlite_sequence')").Scan(&foreign)
	if err != nil {
		return err
	}
	if id == 0 && foreign == 0 {
		return nil
	}
	return &dossier.Error{Kind: dossier.ErrInput, File: path, Msg: "这是别的程序的数据库，不能使用，请换一个文件"}
}

func version(ctx context.Context, db *sql.DB) (int64, error) {
	var there bool
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = 'migrations'").Scan(&there); err != nil || !there {
		return 0, err
	}
	var v int64
	err := db.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM migrations").Scan(&v)
	return v, err
}

// lockMigration keeps other processes from migrating at the same time. Goose opens transactions of its own, so the
// lock is held on a file beside the database, by SQLite's own means: it is gone with the process.
func lockMigration(ctx context.Context, path string, wait time.Duration) (unlock func(), err error) {
	if path == Memory {
		return func() {}, nil
	}
	beside := path + "-migrating"
	for range 100 {
		unlock, err = lockFile(ctx, beside, wait)
		var le *driver.Error
		if !errors.As(err, &le) || le.Code()&0xff != codes.SQLITE_IOERR {
			return unlock, err
		}
		// Whoever held it took the file away when its work was done.
	}
	return nil, err
}

func lockFile(ctx context.Context, path string, wait time.Duration) (func(), error) {
	if err := prepare(path); err != nil {
		return nil, err
	}
	q := url.Values{"_pragma": {fmt.Sprintf("busy_timeout(%d)", wait.Milliseconds())}, "_txlock": {"exclusive"}}
	db, err := sql.Open("sqlite", fileURL(path, q))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return func() {
		_ = os.Remove(path)
		_ = tx.Rollback()
		_ = db.Close()
	}, nil
}
