package storebench

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pgvector/pgvector-go"
	pgxvector "github.com/pgvector/pgvector-go/pgx"

	"github.com/xindiao/xindiao/evals/card"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/postgres"
	"github.com/xindiao/xindiao/internal/store/postgres/pgtest"
	"github.com/xindiao/xindiao/internal/store/sqlite"
)

var (
	chunks  = flag.Int("chunks", 300000, "chunks of all customers together")
	shelf   = flag.Int("corpus", 200000, "chunks of the shared corpus")
	queries = flag.Int("queries", 400, "queries a size")
	out     = flag.String("out", "", "file for the card")
)

// BenchmarkStores measures both engines in one run beside raw SQL, a flat scan and chromem-go:
//
//	scripts/with-postgres go test ./evals/storebench -run '^$' -bench . -benchtime 1x -timeout 60m -args -out FILE
func BenchmarkStores(b *testing.B) {
	for b.Loop() {
		c := measure(b, *chunks, 1024, *shelf, *queries)
		fmt.Print(c.Text())
		if *out != "" {
			data, err := card.JSON(c)
			if err == nil {
				err = os.WriteFile(*out, data, 0o644)
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// TestStores runs the whole measurement small: every engine finds what the exact scan finds.
func TestStores(t *testing.T) {
	c := measure(t, 3000, 64, 1500, 20)
	t.Log("\n" + c.Text())
	for _, r := range c.Search {
		if r.RecallStored != 0 && (r.RecallStored < 0.999 || r.RecallFloat32 < 0.98) {
			t.Errorf("%s, %d chunks: recall %.4f of what it holds, %.4f of what went in", r.Engine, r.Chunks, r.RecallStored, r.RecallFloat32)
		}
	}
	for _, r := range c.Corpus.Industries {
		if r.Recall < 0.99 {
			t.Errorf("corpus, industry of %.3f: recall %.4f by %s", r.Share, r.Recall, r.Route)
		}
	}
	if _, ok := c.row("postgres", 500); !ok || len(c.Intake) < 4 {
		t.Error("something was not measured")
	}
}

// The committed card is one of this program's.
func TestCommittedCard(t *testing.T) {
	var c Card
	if err := card.Load("../scorecards/store.json", &c); err != nil {
		t.Fatal(err)
	}
	if c.Schema != Schema || c.Chunks < 300000 || c.Dim != 1024 {
		t.Errorf("%s of %d chunks, %d dimensions", c.Schema, c.Chunks, c.Dim)
	}
}

func measure(t testing.TB, chunks, dim, shelf, queries int) *Card {
	url := pgtest.Database(t)
	ctx := t.Context()
	d := Make(chunks, dim)
	c := &Card{Schema: Schema, Machine: fmt.Sprintf("%d cores, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version()),
		Engines: map[string]string{}, Chunks: d.Chunks, Customers: len(d.Customers), Dim: dim, Bytes: map[string]int{}, Ratios: map[string]float64{}}

	pg, err := postgres.Open(ctx, url, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer pg.Close()
	dir := t.TempDir()
	lite, err := sqlite.Open(ctx, filepath.Join(dir, "bench.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer lite.Close()
	for _, s := range []store.Store{pg, lite} {
		info, err := s.Info(ctx)
		if err != nil {
			t.Fatal(err)
		}
		c.Engines[info.Engine] = info.Version
	}
	pool := rawPool(t, url)
	inPG := loadTimed(t, "postgres intake", d, pg, c)
	c.intake("raw COPY of the same rows", d.Chunks, rawCopy(t, pool, inPG))
	inLite := loadTimed(t, "sqlite intake", d, lite, c)
	settle(t, pool)
	c.weigh(t, pool, filepath.Join(dir, "bench.db"))

	sql := viaSQL(t, pool, inPG)
	viaPG := viaStore(t, "postgres", d, inPG)
	cold := viaStore(t, "postgres, no memory", d, coldTenants(t, url, inPG))
	viaPG.stored, cold.stored = sql.stored, sql.stored
	latencies(t, d, queries, []contender{sql, viaPG, cold, viaFlat(d), viaChromem(t, d), viaStore(t, "sqlite", d, inLite)}, c)
	hybrids(t, "postgres", d, inPG, queries, c)
	hybrids(t, "sqlite", d, inLite, queries, c)
	corpora(t, "postgres", pg, shelf, dim, max(20, queries/8), c, scanner(t, pool))
	c.promises()
	return c
}

// coldTenants are the same customers through a store that keeps no vectors: every search is the server's.
func coldTenants(t testing.TB, url string, in []store.Tenant) []store.Tenant {
	s, err := postgres.Open(t.Context(), url, postgres.Options{Cache: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	out := make([]store.Tenant, len(in))
	for i, x := range in {
		out[i] = s.Tenant(x.ID())
	}
	return out
}

// rawPool connects as the administrator, as a hand-written client would, with the types registered.
func rawPool(t testing.TB, url string) *pgxpool.Pool {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	cfg.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error { return pgxvector.RegisterTypes(ctx, conn) }
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// settle lets Postgres know its rows, as autovacuum would after a while.
func settle(t testing.TB, pool *pgxpool.Pool) {
	for _, stmt := range []string{"vacuum analyze", "checkpoint"} {
		if _, err := pool.Exec(t.Context(), stmt); err != nil {
			t.Fatal(err)
		}
	}
}

// weigh notes what a chunk takes on disk.
func (c *Card) weigh(t testing.TB, pool *pgxpool.Pool, file string) {
	for _, table := range bulky {
		var size int64
		err := pool.QueryRow(t.Context(), `select coalesce(sum(pg_total_relation_size(inhrelid)), 0)::bigint from pg_inherits where inhparent = ('xindiao.' || $1)::regclass`, table).Scan(&size)
		if err != nil {
			t.Fatal(err)
		}
		c.Bytes["postgres "+table] = int(size / int64(c.Chunks))
	}
	var size int64
	for _, f := range []string{file, file + "-wal"} {
		if st, err := os.Stat(f); err == nil {
			size += st.Size()
		}
	}
	c.Bytes["sqlite, everything"] = int(size / int64(c.Chunks))
}

// scanner times the exact scan of a whole corpus in plain SQL.
func scanner(t testing.TB, pool *pgxpool.Pool) func([]float32) time.Duration {
	return func(q []float32) time.Duration {
		return clock(func() {
			rows, err := pool.Query(context.Background(), corpusScan, pgvector.NewHalfVector(q))
			if err != nil {
				t.Fatal(err)
			}
			rows.Close()
			if rows.Err() != nil {
				t.Fatal(rows.Err())
			}
		})
	}
}

// promises are the ratios that docs/performance.md holds the stores to.
func (c *Card) promises() {
	for _, n := range Sizes {
		at := fmt.Sprintf(", n=%d", n)
		set := func(name, a, b string) {
			if r := c.ratio(a, b, n); !math.IsNaN(r) {
				c.Ratios[name+at] = r
			}
		}
		set("postgres, no memory / raw SQL", "postgres, no memory", "raw pgx SQL")
		set("postgres, no memory / flat scan", "postgres, no memory", "flat float32 scan in Go")
		set("postgres / flat scan", "postgres", "flat float32 scan in Go")
		set("postgres / chromem-go", "postgres", "chromem-go")
		set("hybrid / vector only", "postgres, hybrid", "postgres, vector only")
		set("sqlite / chromem-go", "sqlite", "chromem-go")
		set("sqlite / flat scan", "sqlite", "flat float32 scan in Go")
	}
	rate := map[string]float64{}
	for _, r := range c.Intake {
		rate[r.Engine] = r.PerSec
	}
	c.Ratios["intake / raw COPY"] = math.Round(100*rate["postgres intake"]/rate["raw COPY of the same rows"]) / 100
	for _, r := range c.Corpus.Industries[1:] {
		c.Ratios[fmt.Sprintf("corpus filter of %.1f %% / scan", 100*r.Share)] = math.Round(1e4*r.P50/c.Corpus.ScanP50) / 1e4
	}
}
