package postgres_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/postgres"
	"github.com/xindiao/xindiao/internal/store/postgres/pgtest"
	"github.com/xindiao/xindiao/internal/store/storetest"
)

var backend = storetest.Backend{
	Fresh:  func(t testing.TB) string { return pgtest.Database(t) },
	Open:   func(ctx context.Context, target string) (store.Store, error) { return open(ctx, target) },
	Tamper: tamper, Forbid: forbid, Rows: rows, Sever: sever,
}

// open hides a nil *Store from the interface.
func open(ctx context.Context, target string) (store.Store, error) {
	s, err := postgres.Open(ctx, target, postgres.Options{})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// as runs do on a connection of its own: as the administrator, or in another role.
func as(ctx context.Context, target, role string, do func(c *pgx.Conn) error) error {
	c, err := pgx.Connect(ctx, target)
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	if role != "" {
		if _, err := c.Exec(ctx, "set role "+role); err != nil {
			return err
		}
	}
	return do(c)
}

func tamper(ctx context.Context, target string, do storetest.Tamper) error {
	return as(ctx, target, "", func(c *pgx.Conn) error {
		_, err := c.Exec(ctx, "alter table xindiao.audit disable trigger append_only")
		if err == nil && do.Cut {
			_, err = c.Exec(ctx, "delete from xindiao.audit where customer_id = $1 and number >= $2", do.Customer, do.Number)
		} else if err == nil {
			_, err = c.Exec(ctx, "update xindiao.audit set detail = $3 where customer_id = $1 and number = $2", do.Customer, do.Number, do.Detail)
		}
		if err == nil {
			_, err = c.Exec(ctx, "alter table xindiao.audit enable trigger append_only")
		}
		return err
	})
}

// forbid tries as the application, and as the tables' owner, who is not put off by rights.
func forbid(ctx context.Context, target string) map[string]error {
	out := map[string]error{}
	for _, role := range []string{postgres.AppRole, ""} {
		for _, stmt := range []string{"update xindiao.audit set detail = 'x'", "delete from xindiao.audit", "truncate xindiao.audit",
			"update xindiao.corpora_audit set detail = 'x'", "delete from xindiao.corpora_audit", "truncate xindiao.corpora_audit"} {
			out[role+": "+stmt] = as(ctx, target, role, func(c *pgx.Conn) error {
				_, err := c.Exec(ctx, stmt)
				return err
			})
		}
	}
	return out
}

// rows counts in all tables of customers, partitions under the name of what they are parts of. What the application
// has no right to read must be an error.
func rows(ctx context.Context, target, setting string) (map[string]int, error) {
	out := map[string]int{}
	err := as(ctx, target, postgres.AppRole, func(c *pgx.Conn) error {
		if setting != "" {
			if _, err := c.Exec(ctx, "select set_config('app.customer', $1, false)", setting); err != nil {
				return err
			}
		}
		list, err := c.Query(ctx, `select c.relname, coalesce(p.relname, c.relname), has_table_privilege(c.oid, 'select')
			from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id'
			left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
			where c.relkind in ('r', 'p') and c.relnamespace = 'xindiao'::regnamespace`)
		if err != nil {
			return err
		}
		type table struct {
			Name, Whole string
			Readable    bool
		}
		tables, err := pgx.CollectRows(list, pgx.RowToStructByPos[table])
		if err != nil {
			return err
		}
		for _, x := range tables {
			var n int
			err := c.QueryRow(ctx, "select count(*) from xindiao."+x.Name).Scan(&n)
			switch {
			case x.Readable != (err == nil):
				return fmt.Errorf("%s: to be read: %v, but: %w", x.Name, x.Readable, err)
			case x.Readable:
				out[x.Whole] += n
			}
		}
		return nil
	})
	return out, err
}

func sever(ctx context.Context, target string) error {
	return as(ctx, target, "", func(c *pgx.Conn) error {
		_, err := c.Exec(ctx, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
		return err
	})
}

func TestMain(m *testing.M) { storetest.Main(m, backend) }

func TestStore(t *testing.T) { storetest.Run(t, backend) }

func TestCustomers(t *testing.T) { storetest.Crossed(t, backend) }

func TestKill(t *testing.T) { storetest.Kill(t, backend) }
