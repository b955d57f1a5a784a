package storebench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/xindiao/xindiao/internal/store"
)

// bulky are the tables that an intake fills a row a page or chunk.
var bulky = []string{"document", "page", "chunk", "chunk_vec"}

// rawCopy is the yardstick of intake: the very rows that the intakes wrote, in Postgres' own binary form, copied into
// the same tables customer by customer in one transaction each. It leaves the database as it was.
func rawCopy(t testing.TB, pool *pgxpool.Pool, tenants []store.Tenant) time.Duration {
	ctx := t.Context()
	conn, err := pool.Acquire(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	type part struct {
		table string
		rows  []byte
	}
	kept := make([][]part, len(tenants))
	for i, x := range tenants {
		for _, table := range bulky {
			var b bytes.Buffer
			query := fmt.Sprintf("copy (select * from xindiao.%s where customer_id = %d) to stdout (format binary)", table, x.ID())
			if _, err := conn.Conn().PgConn().CopyTo(ctx, &b, query); err != nil {
				t.Fatal(err)
			}
			kept[i] = append(kept[i], part{table, b.Bytes()})
		}
	}
	for _, table := range bulky {
		if _, err := conn.Exec(ctx, "truncate xindiao."+table); err != nil {
			t.Fatal(err)
		}
	}
	var took time.Duration
	for i := range tenants {
		took += clock(func() {
			tx, err := conn.Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range kept[i] {
				if err := copyIn(ctx, conn, p.table, bytes.NewReader(p.rows)); err != nil {
					t.Fatal(err)
				}
			}
			if err := tx.Commit(ctx); err != nil {
				t.Fatal(err)
			}
		})
		kept[i] = nil
	}
	return took
}

func copyIn(ctx context.Context, conn *pgxpool.Conn, table string, r io.Reader) error {
	_, err := conn.Conn().PgConn().CopyFrom(ctx, r, "copy xindiao."+table+" from stdin (format binary)")
	return err
}
