package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/xindiao/xindiao/dossier"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Versions of pgvector: halfvec came with oldest; what was mended until safe corrupts HNSW indexes while vacuuming
// and reads beyond a buffer (CVE of 0.8.2).
const (
	oldest = "0.7.0"
	safe   = "0.8.7"
)

// migrate brings the tables up to date on a connection of its own. Processes that start together wait for one
// another; without anything to do nobody waits.
func (s *Store) migrate(ctx context.Context) error {
	cc := s.cfg.pool.ConnConfig.Copy()
	cc.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	delete(cc.RuntimeParams, "statement_timeout") // an index over big tables takes its time
	db := stdlib.OpenDB(*cc)
	defer db.Close()
	if err := db.PingContext(ctx); err != nil {
		return fault(err)
	}
	vector, err := extension(ctx, db)
	if err != nil {
		return err
	}
	if err := s.up(ctx, db, vector); err != nil {
		return err
	}
	if vector, err = extension(ctx, db); err != nil { // after the migration that makes it
		return err
	}
	if older(vector, oldest) {
		return &dossier.Error{Kind: dossier.ErrDependency, Msg: "pgvector " + vector + " 太旧，至少需要 " + oldest + "（建议 " + safe + "）：升级后执行 ALTER EXTENSION vector UPDATE"}
	}
	if older(vector, safe) {
		s.opt.Warn("pgvector " + vector + " 早于 " + safe + "：0.8.2 修复了一处安全漏洞（CVE），0.8.3 和 0.8.4 修复了清理时 HNSW 索引损坏，生产环境请升级后执行 ALTER EXTENSION vector UPDATE")
	}
	var server string
	if err := db.QueryRowContext(ctx, "show server_version").Scan(&server); err != nil {
		return fault(err)
	}
	s.info.Engine, s.info.Version, s.info.Target = "postgres", "PostgreSQL "+server+", pgvector "+vector, s.cfg.target
	return nil
}

// up runs the migrations that are missing and refuses tables of a newer program.
func (s *Store) up(ctx context.Context, db *sql.DB, vector string) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 600)) // a try a second
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithTableName("xindiao.migration"), goose.WithSessionLocker(locker), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	sources := p.ListSources()
	target := sources[len(sources)-1].Version
	s.info.Schema = target
	current, err := version(ctx, db)
	switch {
	case err != nil:
		return fault(err)
	case current > target:
		return &dossier.Error{Kind: dossier.ErrDependency, Msg: fmt.Sprintf("数据库结构是第 %d 版，本程序只认识到第 %d 版，请升级程序", current, target)}
	case current == target:
		return nil
	case s.cfg.bouncer:
		return &dossier.Error{Kind: dossier.ErrDependency, Msg: "数据库结构需要升级，而升级不能经过 pgbouncer：请先用直连地址运行一次 xindiao doctor"}
	}
	if vector == "" {
		if err := prepare(ctx, db, "create extension if not exists vector"); dossier.KindOf(err) != "" {
			return &dossier.Error{Kind: dossier.ErrDependency, Msg: "没有权限安装 pgvector 扩展，请由管理员在该库执行 CREATE EXTENSION vector", Cause: err}
		} else if err != nil {
			return err
		}
	}
	if err := prepare(ctx, db, "create schema if not exists xindiao"); err != nil {
		return err
	}
	if err := role(ctx, db); err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fault(err)
	}
	return nil
}

// version is the number of the last migration, 0 on an empty database.
func version(ctx context.Context, db *sql.DB) (int64, error) {
	var there bool
	if err := db.QueryRowContext(ctx, "select to_regclass('xindiao.migration') is not null").Scan(&there); err != nil || !there {
		return 0, err
	}
	var v int64
	err := db.QueryRowContext(ctx, "select coalesce(max(version_id), 0) from xindiao.migration").Scan(&v)
	return v, err
}

// prepare runs a statement that another process may be running too: that it lost the race is no fault.
func prepare(ctx context.Context, db *sql.DB, stmt string) error {
	_, err := db.ExecContext(ctx, stmt)
	switch code(err) {
	case "42710", "42P06", "23505", "XX000": // duplicate object, schema, key; tuple concurrently updated
		return nil
	}
	return fault(err)
}

// role makes the application's role and lets the one that signed in take it.
func role(ctx context.Context, db *sql.DB) error {
	var exists, may bool
	err := db.QueryRowContext(ctx, `select exists (select from pg_roles where rolname = '`+AppRole+`')`).Scan(&exists)
	if err == nil && !exists {
		err = prepare(ctx, db, "create role "+AppRole+" nologin")
	}
	if err != nil {
		return fault(err)
	}
	if err := db.QueryRowContext(ctx, `select pg_has_role(current_user, '`+AppRole+`', 'member')`).Scan(&may); err != nil {
		return fault(err)
	}
	if may {
		return nil
	}
	return prepare(ctx, db, "grant "+AppRole+" to current_user")
}

// extension is the installed version of pgvector, "" when it is there to be installed.
func extension(ctx context.Context, db *sql.DB) (string, error) {
	var have, could sql.NullString
	err := db.QueryRowContext(ctx, `select installed_version, default_version from pg_available_extensions where name = 'vector'`).Scan(&have, &could)
	if errors.Is(err, sql.ErrNoRows) {
		return "", &dossier.Error{Kind: dossier.ErrDependency, Msg: "数据库服务器没有安装 pgvector 扩展，请安装（如 apt install postgresql-17-pgvector）后再试"}
	}
	if err != nil {
		return "", fault(err)
	}
	return have.String, nil
}

// older compares versions of the form 0.8.7.
func older(a, b string) bool {
	var x, y [3]int
	fmt.Sscanf(a, "%d.%d.%d", &x[0], &x[1], &x[2])
	fmt.Sscanf(b, "%d.%d.%d", &y[0], &y[1], &y[2])
	for i := range x {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return false
}
