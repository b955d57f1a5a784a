package postgres

import (
	"context"
	"errors"
	"math"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/hot"
)

// defaultCache keeps the vectors of some 60,000 chunks of 1,024 dimensions.
const defaultCache = 256 << 20

// activeVersion is for the active space alone: vectors of another one may change without a new version.
const activeVersion = `select version from xindiao.collection where customer_id = $1 and space_id = $2`

// vectors are a customer's in one space, as stored: half precision, opened.
type vectors struct {
	ids   []int64 // ascending
	dim   int
	data  []float32 // one after the other
	scale []float32 // 1/length
}

// Bytes is what they take in memory.
func (v *vectors) Bytes() int64 { return int64(4*len(v.data) + 12*len(v.ids)) }

// hotSearch answers from memory when the version there is the one in force, which one short question to the server
// tells, under the customer's own setting; ok is false when it cannot.
func (t *tenant) hotSearch(ctx context.Context, space int32, k int, q store.VectorQuery) (f store.Found, ok bool, err error) {
	key := hot.Key{Collection: t.id, Space: int64(space)}
	if !t.s.hot.Has(key) {
		return f, false, nil
	}
	var version int64
	err = t.s.one(ctx, t.s.read, t.id, []any{&version}, activeVersion, t.id, space)
	if errors.Is(err, pgx.ErrNoRows) {
		return f, false, nil
	}
	if err != nil {
		return f, false, err
	}
	v, ok := t.s.hot.Get(key, version)
	if !ok || v.dim != len(q.Vector) {
		return f, false, nil
	}
	return store.Found{Hits: v.nearest(pgvector.NewHalfVector(q.Vector).Slice(), q.Only, k), Version: version, Route: "exact"}, true, nil
}

// warm keeps the vectors for the next search, when this is not the first one lately. Failing is no fault of the search.
func (t *tenant) warm(ctx context.Context, space int32, version int64, dim int) {
	key := hot.Key{Collection: t.id, Space: int64(space)}
	const usual = 500 // chunks of a customer
	if version == 0 || !t.s.hot.Wanted(key, version, int64(4*dim*usual)) {
		return
	}
	v := &vectors{dim: dim}
	_ = t.s.snapshot(ctx, t.s.read, t.id, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, activeVersion, t.id, space).Scan(&version); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, t.sql(`select id, v from {vec} where customer_id = $1 and space_id = $2 order by id`), t.id, space)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id int64
			var h pgvector.HalfVector
			if err := rows.Scan(&id, &h); err != nil {
				return err
			}
			if x := h.Slice(); len(x) != dim || v.Bytes() > t.s.hot.Budget()/2 {
				return errTooMuch
			}
			v.add(id, h.Slice())
		}
		if err := rows.Err(); err != nil {
			return err
		}
		t.s.hot.Put(key, version, v)
		return nil
	})
}

var errTooMuch = errors.New("more vectors than are kept")

func (v *vectors) add(id int64, x []float32) {
	var s float64
	for _, y := range x {
		s += float64(y) * float64(y)
	}
	v.ids = append(v.ids, id)
	v.data = append(v.data, x...)
	v.scale = append(v.scale, float32(1/math.Sqrt(s)))
}

// nearest ranks by cosine, best first, ties by id. only nil: all.
func (v *vectors) nearest(q []float32, only []int64, k int) []store.Scored {
	var s float64
	for _, y := range q {
		s += float64(y) * float64(y)
	}
	norm := float32(1 / math.Sqrt(s))
	best := make([]store.Scored, 0, k+1)
	look := func(i int) {
		d := float64(store.Dot(v.data[i*v.dim:(i+1)*v.dim], q) * v.scale[i] * norm)
		if len(best) == k && d <= best[k-1].Score {
			return // ids ascend: an equal one that came before stays
		}
		at, _ := slices.BinarySearchFunc(best, d, func(s store.Scored, d float64) int {
			if s.Score >= d {
				return -1
			}
			return 1
		})
		if len(best) == k {
			best = best[:k-1]
		}
		best = slices.Insert(best, at, store.Scored{ID: v.ids[i], Score: d})
	}
	if only == nil {
		for i := range v.ids {
			look(i)
		}
		return best
	}
	only = slices.Clone(only)
	slices.Sort(only)
	for _, id := range slices.Compact(only) {
		if i, ok := slices.BinarySearch(v.ids, id); ok {
			look(i)
		}
	}
	return best
}
