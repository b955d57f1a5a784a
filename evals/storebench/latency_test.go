package storebench

import (
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pgvector/pgvector-go"
	"github.com/philippgille/chromem-go"

	"github.com/xindiao/xindiao/internal/store"
)

// contender answers one query against one customer with the rows of the best k.
type contender struct {
	engine string
	stored func(t testing.TB, c int) [][]float32 // what it holds, for recall; nil: the vectors that went in
	ask    func(c int, q []float32, k int) []int
	from   int // smallest and largest customer that it is asked about
	to     int
}

const best = 10

// block is how many queries a contender answers before the next one has its turn: a server that is asked once in a while
// shows how fast the machine wakes, not how fast it searches. The first of each block are not counted.
const (
	block = 25
	warm  = 3
)

type ask struct {
	customer int
	q        []float32
}

// latencies asks all contenders the same questions, block by block in turns, so that what else the machine does falls
// on all alike.
func latencies(t testing.TB, d *Data, queries int, cs []contender, card *Card) {
	for _, n := range Sizes {
		var members []int
		for i, c := range d.Customers {
			if len(c.Vectors) == n {
				members = append(members, i)
			}
		}
		if len(members) == 0 {
			continue
		}
		r := rand.New(rand.NewPCG(3, uint64(n)))
		times := make([]Times, len(cs))
		hits := make([][2]int, len(cs))
		stored := map[[2]int][][]float32{}
		wanted := 0
		for range max(1, queries/(block-warm)) {
			asks := make([]ask, block)
			for i := range asks {
				c := members[r.IntN(len(members))]
				asks[i] = ask{c, Near(r, d.Customers[c].Vectors[r.IntN(n)])}
			}
			judged := asks[block-5:]
			exact := make([][]int, len(judged))
			for i, a := range judged {
				exact[i] = Exact(d.Customers[a.customer].Vectors, a.q, best)
				wanted += len(exact[i])
			}
			runtime.GC()
			for _, e := range r.Perm(len(cs)) {
				x := cs[e]
				if n < x.from || x.to > 0 && n > x.to {
					continue
				}
				got := make([][]int, block)
				for i, a := range asks {
					took := clock(func() { got[i] = x.ask(a.customer, a.q, best) })
					if i >= warm {
						times[e] = append(times[e], took)
					}
				}
				for i, a := range judged {
					answer, own := got[block-len(judged)+i], exact[i]
					hits[e][1] += Overlap(own, answer)
					if x.stored != nil {
						key := [2]int{e, a.customer}
						if stored[key] == nil {
							stored[key] = x.stored(t, a.customer)
						}
						own = Exact(stored[key], a.q, best)
					}
					hits[e][0] += Overlap(own, answer)
				}
			}
		}
		for e, x := range cs {
			if len(times[e]) > 0 {
				card.Search = append(card.Search, SearchRow{Engine: x.engine, Chunks: n, P50: times[e].At(.5), P99: times[e].At(.99),
					RecallStored: float64(hits[e][0]) / float64(wanted), RecallFloat32: float64(hits[e][1]) / float64(wanted)})
			}
		}
	}
}

// viaStore asks a store; row numbers come from chunk ids, which count on within a customer.
func viaStore(t testing.TB, engine string, d *Data, tenants []store.Tenant) contender {
	first := make([]int64, len(tenants))
	for i, x := range tenants {
		cat, err := x.Catalog(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		first[i] = cat.Documents[0].FirstChunk
	}
	return contender{engine: engine, ask: func(c int, q []float32, k int) []int {
		found, err := tenants[c].SearchVector(context.Background(), store.VectorQuery{Space: d.Space(), Vector: q, K: k})
		if err != nil {
			t.Fatal(err)
		}
		out := make([]int, len(found.Hits))
		for i, h := range found.Hits {
			out[i] = int(h.ID - first[c])
		}
		return out
	}}
}

// rawSelect is the search that a careful hand-written client would send: the same table, each distance once, no
// row-level security.
const rawSelect = `select id, (v <=> $3) + 0 as d from xindiao.chunk_vec where customer_id = $1 and space_id = $2 order by d, id limit $4`

// viaSQL asks Postgres with plain pgx as the superuser, whom row-level security does not concern.
func viaSQL(t testing.TB, pool *pgxpool.Pool, tenants []store.Tenant) contender {
	var space int64
	if err := pool.QueryRow(t.Context(), `select space_id from xindiao.chunk_vec limit 1`).Scan(&space); err != nil {
		t.Fatal(err)
	}
	first := make([]int64, len(tenants))
	for i, x := range tenants {
		if err := pool.QueryRow(t.Context(), `select min(id) from xindiao.chunk_vec where customer_id = $1`, x.ID()).Scan(&first[i]); err != nil {
			t.Fatal(err)
		}
	}
	return contender{engine: "raw pgx SQL",
		ask: func(c int, q []float32, k int) []int {
			rows, err := pool.Query(context.Background(), rawSelect, tenants[c].ID(), space, pgvector.NewHalfVector(q), k)
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			var out []int
			for rows.Next() {
				var id int64
				var dist float64
				if err := rows.Scan(&id, &dist); err != nil {
					t.Fatal(err)
				}
				out = append(out, int(id-first[c]))
			}
			if rows.Err() != nil {
				t.Fatal(rows.Err())
			}
			return out
		},
		stored: func(t testing.TB, c int) [][]float32 {
			rows, err := pool.Query(t.Context(), `select v from xindiao.chunk_vec where customer_id = $1 order by id`, tenants[c].ID())
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			var out [][]float32
			for rows.Next() {
				var v pgvector.HalfVector
				if err := rows.Scan(&v); err != nil {
					t.Fatal(err)
				}
				out = append(out, v.Slice())
			}
			return out
		}}
}

func viaFlat(d *Data) contender {
	return contender{engine: "flat float32 scan in Go", ask: func(c int, q []float32, k int) []int { return Flat(d.Customers[c].Vectors, q, k) }}
}

// viaChromem asks the in-process vector database, at the one size that is compared.
func viaChromem(t testing.TB, d *Data) contender {
	collections := map[int]*chromem.Collection{}
	db := chromem.NewDB()
	const size = 1000
	for i, c := range d.Customers {
		if len(c.Vectors) != size {
			continue
		}
		col, err := db.CreateCollection(c.Key, nil, func(context.Context, string) ([]float32, error) { panic("vectors are given") })
		if err != nil {
			t.Fatal(err)
		}
		ids := make([]string, len(c.Vectors))
		for k := range ids {
			ids[k] = strconv.Itoa(k)
		}
		if err := col.Add(t.Context(), ids, slices.Clone(c.Vectors), nil, c.Texts); err != nil {
			t.Fatal(err)
		}
		collections[i] = col
	}
	return contender{engine: "chromem-go", from: size, to: size, ask: func(c int, q []float32, k int) []int {
		res, err := collections[c].QueryEmbedding(context.Background(), q, k, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		out := make([]int, len(res))
		for i, h := range res {
			out[i], _ = strconv.Atoi(h.ID)
		}
		return out
	}}
}

// loadTimed puts all customers in and notes the rate.
func loadTimed(t testing.TB, engine string, d *Data, s store.Store, card *Card) []store.Tenant {
	tenants, took, err := d.Load(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	card.intake(engine, d.Chunks, took)
	return tenants
}

func (c *Card) intake(engine string, rows int, took time.Duration) {
	c.Intake = append(c.Intake, IntakeRow{Engine: engine, Rows: rows, Seconds: took.Seconds(), PerSec: float64(rows) / took.Seconds()})
}
