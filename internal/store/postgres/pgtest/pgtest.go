// Package pgtest gives tests a Postgres database of their own: scripts/with-postgres starts the server.
package pgtest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Database makes an empty database, which goes away with the test, and returns its URL. Without a server the test
// skips; in CI it fails.
func Database(t testing.TB) string {
	t.Helper()
	server := Server(t)
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal("DATABASE_URL is no URL")
	}
	b := make([]byte, 6)
	_, _ = rand.Read(b)
	name := "xindiao_test_" + hex.EncodeToString(b)
	run(t, server, "create database "+name)
	t.Cleanup(func() { run(t, server, "drop database if exists "+name+" with (force)") })
	u.Path = "/" + name
	return u.String()
}

// Server is the server that the tests run against, as its administrator.
func Server(t testing.TB) string {
	t.Helper()
	server := os.Getenv("DATABASE_URL")
	if server == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("no DATABASE_URL: in CI the tests of Postgres must run (scripts/with-postgres)")
		}
		t.Skip("NO POSTGRES: set DATABASE_URL, or run under scripts/with-postgres")
	}
	return server
}

// Exec runs a statement as the administrator.
func Exec(t testing.TB, url, stmt string, args ...any) {
	t.Helper()
	run(t, url, stmt, args...)
}

func run(t testing.TB, url, stmt string, args ...any) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c, err := pgx.Connect(ctx, url)
	if err == nil {
		defer c.Close(ctx)
		_, err = c.Exec(ctx, stmt, args...)
	}
	if err != nil {
		t.Errorf("%s: %v", stmt, err)
	}
}
