package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/blob"
	"github.com/xindiao/xindiao/internal/store/postgres"
	"github.com/xindiao/xindiao/internal/store/sqlite"
)

// databaseFlags choose the system of record and where original bytes lie.
type databaseFlags struct {
	DB    string `name:"db" help:"Database: sqlite:PATH or postgres://USER@HOST/NAME." default:"sqlite:out/xindiao.db" env:"XINDIAO_DB" group:"database"`
	Read  string `name:"db-read" help:"Postgres replica that answers searches: postgres://USER@HOST/NAME." env:"XINDIAO_DB_READ" group:"database"`
	Files string `help:"Original files: dir:PATH or s3://ENDPOINT/BUCKET; default: beside the SQLite file, or dir:out/files." env:"XINDIAO_FILES" group:"database"`
}

// database opens the store; mustExist refuses to make an empty SQLite file where one only wants to look.
func (f databaseFlags) database(ctx context.Context, mustExist bool) (store.Store, error) {
	kind, rest, _ := strings.Cut(f.DB, ":")
	switch kind {
	case "sqlite":
		if rest == "" {
			return nil, usageError{"--db sqlite:PATH: 缺少文件名"}
		}
		if _, err := os.Stat(rest); err != nil && mustExist {
			return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: rest, Msg: "没有这个数据库文件：先用 xindiao ingest DOSSIER --db " + f.DB + " 入库"}
		}
		db, err := sqlite.Open(ctx, rest, sqlite.Options{})
		if err != nil {
			return nil, err // not a nil *sqlite.Store in an interface
		}
		return db, nil
	case "postgres", "postgresql":
		db, err := postgres.Open(ctx, f.DB, postgres.Options{ReadURL: f.Read, Warn: func(zh string) { fmt.Fprintln(os.Stderr, "注意 "+zh) }})
		if err != nil {
			return nil, err
		}
		return db, nil
	}
	return nil, usageError{"--db: 只能是 sqlite:PATH 或 postgres://…"}
}

// originals opens the place of original bytes.
func (f databaseFlags) originals(ctx context.Context) (blob.Store, error) {
	spec := f.Files
	if spec == "" {
		spec = "dir:out/files"
		if path, ok := strings.CutPrefix(f.DB, "sqlite:"); ok {
			spec = "dir:" + path + ".files"
		}
	}
	return blob.Open(ctx, spec)
}

// actor is who stands in the audit chain for a command.
func actor() string {
	name := "unknown"
	if u, err := user.Current(); err == nil && u.Username != "" {
		name = filepath.Base(u.Username)
	}
	return "cli:" + name
}

// printable is a database's spec without its password.
func printable(spec string) string {
	u, err := url.Parse(spec)
	if err != nil || u.User == nil {
		return spec
	}
	u.User = url.User(u.User.Username())
	return u.String()
}

// customerOf finds a customer by key, or by its name where one alone bears it.
func customerOf(ctx context.Context, db store.Store, asked string) (store.Customer, error) {
	row, err := db.Customer(ctx, asked)
	if !errors.Is(err, store.ErrNotFound) {
		return row, err
	}
	var found []store.Customer
	if err := store.EachCustomer(ctx, db, func(x store.Customer) error {
		if strings.Contains(x.Name, asked) {
			found = append(found, x)
		}
		return nil
	}); err != nil {
		return row, err
	}
	switch len(found) {
	case 0:
		return row, store.NotFound("编号或名称为“" + asked + "”的客户；先用 xindiao ingest 入库")
	case 1:
		return found[0], nil
	}
	var names []string
	for _, x := range found[:min(len(found), 10)] {
		names = append(names, x.Key+" "+x.Name)
	}
	return row, &dossier.Error{Kind: dossier.ErrInput, Msg: fmt.Sprintf("有 %d 个客户的名称含“%s”，请用编号：%s", len(found), asked, strings.Join(names, "、"))}
}
