package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/postgres"
	"github.com/xindiao/xindiao/internal/store/postgres/pgtest"
)

// with changes a part of a URL.
func with(t *testing.T, raw string, change func(u *url.URL)) string {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	change(u)
	return u.String()
}

// refusal is what Open says; it must have a kind and never show a password.
func refusal(t *testing.T, target, want string, kind dossier.ErrorKind) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	s, err := postgres.Open(ctx, target, postgres.Options{})
	if err == nil {
		s.Close()
		t.Fatalf("opened; want %s", want)
	}
	if dossier.KindOf(err) != kind || !strings.Contains(err.Error(), want) {
		t.Errorf("%v (%s); want %s (%s)", err, dossier.KindOf(err), want, kind)
	}
	if strings.Contains(err.Error(), "geheim") {
		t.Errorf("%v shows the password", err)
	}
}

func TestRefusals(t *testing.T) {
	refusal(t, "mysql://x:geheim@h/db", "postgres://", dossier.ErrInput)
	refusal(t, "postgres://x:geheim@h:99999999/db", "端口", dossier.ErrInput)
	refusal(t, "postgres://x:geheim@h/db?sslmode=perhaps", "参数", dossier.ErrInput)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close() // nobody listens there now
	refusal(t, "postgres://x:geheim@"+l.Addr().String()+"/db?sslmode=disable", "连不上数据库", dossier.ErrDependency)

	db := pgtest.Database(t)
	refusal(t, with(t, db, func(u *url.URL) { u.Path = "/xindiao_nowhere"; u.User = url.UserPassword("postgres", "geheim") }), "数据库不存在", dossier.ErrDependency)
	refusal(t, db+"&pgbouncer=1", "直连", dossier.ErrDependency)
	s, err := postgres.Open(t.Context(), db, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	info, err := s.Info(t.Context())
	if err != nil || info.Engine != "postgres" || info.Schema < 3 || !strings.Contains(info.Version, "pgvector") || !strings.Contains(db, info.Target) {
		t.Errorf("%+v %v", info, err)
	}
	s.Close()
	if _, err := s.Customers(t.Context(), 0, 1); !errors.Is(err, store.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
	pgtest.Exec(t, db, "insert into xindiao.migration (version_id, is_applied) values (99, true)")
	refusal(t, db, "请升级程序", dossier.ErrDependency)
}

// TestTogether: processes that start together on an empty database wait for one another.
func TestTogether(t *testing.T) {
	db := pgtest.Database(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			s, err := postgres.Open(t.Context(), db, postgres.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			s.Close()
		})
	}
	wg.Wait()
}

// TestLogin: who signs in need not be a superuser, but must be able to become the application's role.
func TestLogin(t *testing.T) {
	server, db := pgtest.Server(t), pgtest.Database(t)
	name := strings.TrimPrefix(db[strings.LastIndex(db, "/"):strings.Index(db, "?")], "/")
	pgtest.Exec(t, server, fmt.Sprintf("create role %s_owner login password 'geheim'", name))
	t.Cleanup(func() { pgtest.Exec(t, server, fmt.Sprintf("drop role if exists %s_owner", name)) })
	pgtest.Exec(t, server, fmt.Sprintf("alter database %s owner to %s_owner", name, name))
	t.Cleanup(func() { pgtest.Exec(t, server, fmt.Sprintf("alter database %s owner to current_user", name)) })
	t.Cleanup(func() { pgtest.Exec(t, db, fmt.Sprintf("reassign owned by %s_owner to current_user", name)) })
	pgtest.Exec(t, server, "do $$ begin create role xindiao_app nologin; exception when duplicate_object or unique_violation then null; end $$")
	pgtest.Exec(t, db, "create extension if not exists vector")
	owner := with(t, db, func(u *url.URL) { u.User = url.UserPassword(name+"_owner", "geheim") })
	refusal(t, owner, "GRANT xindiao_app TO", dossier.ErrDependency)
	pgtest.Exec(t, server, fmt.Sprintf("grant xindiao_app to %s_owner", name))

	s, err := postgres.Open(t.Context(), owner, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	a, err := s.PutCustomer(t.Context(), "a", "甲")
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.PutCustomer(t.Context(), "b", "乙")
	if err != nil {
		t.Fatal(err)
	}
	in := store.Intake{Name: "授信", Dossier: &dossier.Dossier{Documents: []*dossier.Document{{File: "a.pdf", Pages: []dossier.Page{{Number: 1, Text: "文"}}}}},
		Space: store.Space{Name: "m", Dim: 2}, Files: []store.FileIndex{{Chunks: []store.Chunk{{Text: "文", Vector: []float32{1, 2}}}}}}
	if _, err := s.Tenant(a.ID).Intake(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	corpus := store.CorpusIntake{Corpus: store.Corpus{Name: "law"}, Space: in.Space, Items: []store.CorpusItem{{Key: "1", Chunks: in.Files[0].Chunks}}}
	if _, err := s.PutCorpus(t.Context(), corpus); err != nil {
		t.Fatal(err)
	}
	if err := s.DropCorpus(t.Context(), "law", "x"); err != nil {
		t.Fatal(err)
	}

	// The tables' owner sees nothing either, and whoever writes past the store cannot write for another customer.
	for _, table := range []string{"xindiao.dossier", "xindiao.audit", "xindiao.collection"} {
		err := as(t.Context(), owner, "", func(c *pgx.Conn) error {
			var n int
			err := c.QueryRow(t.Context(), "select count(*) from "+table).Scan(&n)
			if err == nil && n > 0 {
				err = fmt.Errorf("the owner sees %d rows of %s", n, table)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	for _, stmt := range []string{
		"select count(*) from xindiao.chunk",
		"delete from xindiao.page",
		fmt.Sprintf("insert into xindiao.chunk_vec values (%d, 77, 1, '[1,2]')", a.ID),
		fmt.Sprintf("insert into xindiao.field values (%d, 77, 'k', 'text', 'v', '')", a.ID),
		fmt.Sprintf("insert into xindiao.finding values (%d, 1, 77, 'k', 'r', 's', 'f', '')", a.ID),
		fmt.Sprintf("update xindiao.collection set customer_id = %d", a.ID),
	} {
		err := as(t.Context(), db, postgres.AppRole, func(c *pgx.Conn) error {
			if _, err := c.Exec(t.Context(), "select set_config('app.customer', $1, false)", fmt.Sprint(b.ID)); err != nil {
				t.Error(err)
			}
			_, err := c.Exec(t.Context(), stmt)
			return err
		})
		if err == nil {
			t.Errorf("went through for another customer: %s", stmt)
		}
	}
}

// TestPooler: behind a pooler in transaction mode a connection keeps nothing, so each transaction names its role and
// customer itself. The sessions here are the superuser's, whom no policy would hold back.
func TestPooler(t *testing.T) {
	db := pgtest.Database(t)
	s, err := postgres.Open(t.Context(), db, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if s, err = postgres.Open(t.Context(), db+"&pgbouncer=1&pool_max_conns=2", postgres.Options{ReadURL: db + "&pgbouncer=1"}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	space := store.Space{Name: "m", Dim: 2}
	var ids []int64
	for i := range 4 {
		c, err := s.PutCustomer(t.Context(), fmt.Sprint(i), "")
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, c.ID)
		in := store.Intake{Name: fmt.Sprint(i), Dossier: &dossier.Dossier{Documents: []*dossier.Document{{File: "a.pdf"}}}, Space: space,
			Files: []store.FileIndex{{Chunks: []store.Chunk{{Text: fmt.Sprint(i), Vector: []float32{1, float32(i)}}}}}}
		if _, err := s.Tenant(c.ID).Intake(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
	var wg sync.WaitGroup
	for i, id := range ids {
		wg.Go(func() {
			for range 20 {
				f, err := s.Tenant(id).SearchVector(t.Context(), store.VectorQuery{Space: space, Vector: []float32{1, 0}, K: 5})
				if err != nil || len(f.Hits) != 1 || f.Version == 0 {
					t.Errorf("%+v %v", f, err)
					return
				}
				got, err := s.Tenant(id).Chunks(t.Context(), []int64{f.Hits[0].ID})
				if err != nil || len(got) != 1 || got[0].Text != fmt.Sprint(i) {
					t.Errorf("%+v %v", got, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestBound: the store does not serve in a role that policies do not bind.
func TestBound(t *testing.T) {
	db := pgtest.Database(t)
	s, err := postgres.Open(t.Context(), db, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = as(t.Context(), db, "", func(c *pgx.Conn) error { return postgres.Bound(t.Context(), c) })
	if dossier.KindOf(err) != dossier.ErrDependency {
		t.Errorf("the superuser may serve: %v", err)
	}
	if err := as(t.Context(), db, postgres.AppRole, func(c *pgx.Conn) error { return postgres.Bound(t.Context(), c) }); err != nil {
		t.Error(err)
	}
}
