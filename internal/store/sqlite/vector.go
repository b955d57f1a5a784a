package sqlite

import (
	"context"
	"database/sql"
	"math/bits"

	"github.com/xindiao/xindiao/internal/store"
)

const maxK = 1000

// The state comes with every block, so that one statement is one snapshot.
const (
	searchColumns = `SELECT c.version, c.chunks, c.space_id, coalesce(v.vectors, 0)`
	searchFrom    = ` FROM collections c LEFT JOIN vectors v ON v.collection_id = c.id AND v.space_id = ?2`
	searchState   = searchColumns + `, NULL` + searchFrom + ` WHERE c.id = ?1`
	searchBlocks  = searchColumns + `, ` + scanFunction + `(?3, b.block, b.mask, b.norms, b.data)` + searchFrom +
		` LEFT JOIN blocks b ON b.collection_id = c.id AND b.space_id = ?2`
	searchAll  = searchBlocks + ` WHERE c.id = ?1`
	searchOnly = searchBlocks + ` AND b.block IN (SELECT value FROM json_each(?4)) WHERE c.id = ?1`
)

// selection is the chunks to look at, as masks by block; nil: all.
type selection map[int64]uint64

func (s selection) add(id int64) { s[id/blockSize] |= 1 << (id % blockSize) }

// addRun takes n chunks from first on.
func (s selection) addRun(first, n int64) {
	for b := first / blockSize; n > 0 && b <= (first+n-1)/blockSize; b++ {
		s[b] |= span(b, first, first+n-1)
	}
}

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
	space, err := c.s.spaceID(ctx, c.s.querier(tx), q.Space)
	if err != nil {
		return store.Found{}, err
	}
	x := &scan{collection: c, query: q, only: only, space: space, norm: inverseNorm(q.Vector), top: newTop(min(q.K, maxK))}
	if err := x.run(ctx, tx); err != nil {
		return store.Found{}, err
	}
	switch {
	case !x.seen:
		return store.Found{}, c.missing()
	case x.chunks > 0 && (space == 0 || space != x.active && x.embedded < x.chunks):
		name, err := loadSpace(ctx, c.s.querier(tx), x.active)
		if err != nil {
			return store.Found{}, err
		}
		return store.Found{}, store.WrongSpace(q.Space, name)
	}
	c.s.remember(q.Space, space)
	return store.Found{Hits: x.top.sorted(), Version: x.version, Route: "exact"}, nil
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
