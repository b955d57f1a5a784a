package sqlite

import (
	"context"
	"database/sql"
	"math/bits"

	"github.com/xindiao/xindiao/internal/store"
)

const maxK = 1000

// One statement is one snapshot: the collection's state comes with every block.
const (
	searchState = `SELECT c.version, c.chunks, c.space_id, coalesce(v.vectors, 0), b.block, b.mask, b.norms, b.data
		FROM collections c
		LEFT JOIN vectors v ON v.collection_id = c.id AND v.space_id = ?2
		LEFT JOIN blocks b ON b.collection_id = c.id AND b.space_id = ?2`
	searchAll  = searchState + ` WHERE c.id = ?1`
	searchOnly = searchState + ` AND b.block IN (SELECT value FROM json_each(?3)) WHERE c.id = ?1`
)

// selection is the chunks to look at, as masks by block; nil: all.
type selection map[int64]uint64

func (s selection) add(id int64) { s[id/blockSize] |= 1 << (id % blockSize) }

// SearchVector compares with every vector of the collection, so it is exact in customers and corpora alike.
func (c collection) SearchVector(ctx context.Context, q store.VectorQuery) (store.Found, error) {
	if err := store.CheckSpace(q.Space); err != nil {
		return store.Found{}, err
	}
	if err := store.CheckVector(q.Space, q.Vector); err != nil {
		return store.Found{}, err
	}
	if c.id == 0 {
		return store.Found{}, c.missing()
	}
	var only selection
	if q.Only != nil {
		only = selection{}
		for _, id := range q.Only {
			if id > 0 {
				only.add(id)
			}
		}
	}
	var found store.Found
	var err error
	if c.id > 0 {
		found, err = c.search(ctx, nil, q, only)
	} else {
		err = c.s.read(ctx, func(tx *sql.Tx) error {
			if only, err = c.serving(ctx, tx, q, only); err == nil {
				found, err = c.search(ctx, tx, q, only)
			}
			return err
		})
	}
	return found, c.s.fail(ctx, err)
}

// search runs within tx, or by itself.
func (c collection) search(ctx context.Context, tx *sql.Tx, q store.VectorQuery, only selection) (store.Found, error) {
	found := store.Found{Route: "exact"}
	space, err := c.s.spaceID(ctx, c.s.querier(tx), q.Space)
	if err != nil {
		return found, err
	}
	query, args := searchAll, []any{c.id, space}
	if only != nil {
		numbers := make([]int64, 0, len(only))
		for n := range only {
			numbers = append(numbers, n)
		}
		blocks, err := list(numbers)
		if err != nil {
			return found, err
		}
		query, args = searchOnly, append(args, blocks)
	}
	rows, err := c.s.query(ctx, tx, query, args)
	if err != nil {
		return found, err
	}
	top := newTop(min(q.K, maxK))
	norm := inverseNorm(q.Vector)
	var chunks, active, embedded int64
	seen := false
	var norms, data sql.RawBytes
	err = drain(rows, func(rows *sql.Rows) error {
		var number, mask sql.NullInt64
		if err := rows.Scan(&found.Version, &chunks, &active, &embedded, &number, &mask, &norms, &data); err != nil {
			return err
		}
		seen = true
		if !number.Valid {
			return nil
		}
		b := block{uint64(mask.Int64), norms, data}
		if err := b.check(q.Space.Dim); err != nil {
			return err
		}
		b.score(number.Int64, q.Vector, norm, only, top)
		return nil
	})
	switch {
	case err != nil:
		return store.Found{}, err
	case !seen:
		return store.Found{}, c.missing()
	case chunks > 0 && (space == 0 || space != active && embedded < chunks):
		name, err := loadSpace(ctx, c.s.querier(tx), active)
		if err != nil {
			return store.Found{}, err
		}
		return store.Found{}, store.WrongSpace(q.Space, name)
	}
	c.s.remember(q.Space, space)
	found.Hits = top.sorted()
	return found, nil
}

// score compares the block's vectors with q.
func (b block) score(number int64, q []float32, norm float32, only selection, top *top) {
	mask := b.mask
	if only != nil {
		mask &= only[number]
	}
	all := mask == b.mask
	for slot := 0; mask != 0; mask &= mask - 1 {
		bit := bits.TrailingZeros64(mask)
		if !all {
			slot = b.slot(bit)
		}
		at := slot * 4 * len(q)
		n := floatAt(b.norms, slot)
		top.push(number*blockSize+int64(bit), float64(dot(b.data[at:at+4*len(q)], q)*(n*norm)))
		slot++
	}
}

func (s *Store) querier(tx *sql.Tx) querier {
	if tx != nil {
		return tx
	}
	return s.r
}

// query goes through tx, or through a prepared statement.
func (s *Store) query(ctx context.Context, tx *sql.Tx, query string, args []any) (*sql.Rows, error) {
	if tx != nil {
		return tx.QueryContext(ctx, query, args...)
	}
	st, err := s.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}
