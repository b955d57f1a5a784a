package postgres_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pgvector/pgvector-go"
	pgxvector "github.com/pgvector/pgvector-go/pgx"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/postgres"
	"github.com/xindiao/xindiao/internal/store/postgres/pgtest"
)

var benchSpace = store.Space{Name: "bench", Dim: 1024}

func noise(r *rand.Rand) []float32 {
	v := make([]float32, benchSpace.Dim)
	for i := range v {
		v[i] = float32(r.NormFloat64() / 32)
	}
	return v
}

// reading is a dossier of n chunks, 25 a document.
func reading(r *rand.Rand, n int) store.Intake {
	in := store.Intake{Name: "授信", Dossier: &dossier.Dossier{}, Space: benchSpace, Actor: "bench"}
	for at := 0; at < n; at += 25 {
		d := &dossier.Document{File: fmt.Sprintf("%04d.pdf", at), Type: "contract", TypeName: "合同"}
		var ix store.FileIndex
		var page strings.Builder
		for k := range min(25, n-at) {
			text := strings.Repeat("甲方应按约定期限支付货款", 15+r.IntN(15))
			ix.Chunks = append(ix.Chunks, store.Chunk{Page: 1, Line: k + 1, Start: page.Len(), End: page.Len() + len(text), Kind: "prose", Text: text, Vector: noise(r)})
			page.WriteString(text + "\n")
		}
		d.Pages = []dossier.Page{{Number: 1, Text: page.String()}}
		ix.Segment = make([]byte, 25*900)
		in.Dossier.Documents, in.Files = append(in.Dossier.Documents, d), append(in.Files, ix)
	}
	return in
}

func benchStore(b *testing.B) (*postgres.Store, string) {
	url := pgtest.Database(b)
	s, err := postgres.Open(b.Context(), url, postgres.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s, url
}

func admin(b *testing.B, url string) *pgxpool.Pool {
	c, err := pgxpool.ParseConfig(url)
	if err != nil {
		b.Fatal(err)
	}
	c.AfterConnect = pgxvector.RegisterTypes
	pool, err := pgxpool.NewWithConfig(b.Context(), c)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(pool.Close)
	return pool
}

// BenchmarkSearchVector: the store beside the same select by plain pgx as the superuser, whom no policy concerns.
func BenchmarkSearchVector(b *testing.B) {
	s, url := benchStore(b)
	pool := admin(b, url)
	r := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{50, 250, 500, 1000, 5000} {
		c, err := s.PutCustomer(b.Context(), fmt.Sprint(n), "")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Tenant(c.ID).Intake(b.Context(), reading(r, n)); err != nil {
			b.Fatal(err)
		}
		q := noise(r)
		b.Run(fmt.Sprintf("n=%d/store", n), func(b *testing.B) {
			t := s.Tenant(c.ID)
			for b.Loop() {
				if f, err := t.SearchVector(b.Context(), store.VectorQuery{Space: benchSpace, Vector: q, K: 10}); err != nil || len(f.Hits) != 10 {
					b.Fatal(err, len(f.Hits))
				}
			}
		})
		b.Run(fmt.Sprintf("n=%d/raw", n), func(b *testing.B) {
			for b.Loop() {
				rows, err := pool.Query(b.Context(), `select id, v <=> $3 as d from xindiao.chunk_vec where customer_id = $1 and space_id = $2
					order by (v <=> $3) + 0, id limit $4`, c.ID, 1, pgvector.NewHalfVector(q), 10)
				if err != nil {
					b.Fatal(err)
				}
				hits := 0
				for rows.Next() {
					var id int64
					var d float64
					if err := rows.Scan(&id, &d); err != nil {
						b.Fatal(err)
					}
					hits++
				}
				if hits != 10 || rows.Err() != nil {
					b.Fatal(hits, rows.Err())
				}
			}
		})
	}
}

// BenchmarkIntake: whole dossiers, beside COPY of the very rows that they become, in the server's own form.
func BenchmarkIntake(b *testing.B) {
	const n = 1000
	in := reading(rand.New(rand.NewPCG(2, 2)), n)
	s, url := benchStore(b)
	i := 0
	intake := func(b *testing.B) {
		i++
		c, err := s.PutCustomer(b.Context(), fmt.Sprint(i), "")
		if err == nil {
			_, err = s.Tenant(c.ID).Intake(b.Context(), in)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	b.Run("store", func(b *testing.B) {
		for b.Loop() {
			intake(b)
		}
		b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	c, err := admin(b, url).Acquire(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer c.Release()
	rows := map[string][]byte{}
	intake(b)
	for _, table := range []string{"document", "page", "chunk", "chunk_vec"} {
		var out bytes.Buffer
		if _, err := c.Conn().PgConn().CopyTo(b.Context(), &out, fmt.Sprintf("copy (select * from xindiao.%s where customer_id = %d) to stdout binary", table, i)); err != nil {
			b.Fatal(err)
		}
		rows[table] = out.Bytes()
	}
	b.Run("copy", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			if _, err := c.Exec(b.Context(), "truncate xindiao.document, xindiao.page, xindiao.chunk, xindiao.chunk_vec"); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			for table, data := range rows {
				if _, err := c.Conn().PgConn().CopyFrom(b.Context(), bytes.NewReader(data), "copy xindiao."+table+" from stdin binary"); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}
