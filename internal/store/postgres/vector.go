package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/internal/store"
)

// maxHits is the most that one search returns.
const maxHits = 1000

// The statements of a search within a customer. "+ 0" keeps the planner from an approximate index, should somebody
// make one; that it is the same expression in both places lets the server compute each distance once. version comes from the same snapshot; it is NULL when the space may not be searched.
const (
	version1  = `(select version from xindiao.collection where customer_id = $1 and $2 = any(readable))`
	exact     = `select id, (v <=> $3) + 0 as d, ` + version1 + ` from {vec} where customer_id = $1 and space_id = $2 order by d, id limit $4`
	exactOnly = `select id, (v <=> $3) + 0 as d, ` + version1 + ` from {vec} where customer_id = $1 and space_id = $2 and id = any($5) order by d, id limit $4`
)

// SearchVector looks at every vector of the customer, in one round trip: in the server, or in memory for a customer
// in work, whose version is asked for instead.
func (t *tenant) SearchVector(ctx context.Context, q store.VectorQuery) (store.Found, error) {
	f := store.Found{Route: "exact"}
	space, err := t.s.searchable(ctx, q)
	if err != nil {
		return f, err
	}
	k := min(q.K, maxHits)
	if space != 0 && k > 0 && (q.Only == nil || len(q.Only) > 0) {
		if f, ok, err := t.hotSearch(ctx, space, k, q); ok || err != nil {
			return f, err
		}
		args := []any{t.id, space, query(q.Vector), k}
		sql := t.exact
		if q.Only != nil {
			sql, args = t.only, append(args, q.Only)
		}
		f.Hits = make([]store.Scored, 0, k)
		var version *int64
		err := t.s.ask(ctx, t.s.read, t.id, func(r pgx.Rows) error {
			var h store.Scored
			if err := r.Scan(&h.ID, &h.Score, &version); err != nil {
				return err
			}
			h.Score = 1 - h.Score
			f.Hits = append(f.Hits, h)
			return nil
		}, sql, args...)
		if err != nil {
			return store.Found{}, err
		}
		if version != nil {
			f.Version = *version
			t.warm(ctx, space, f.Version, q.Space.Dim)
			return f, nil
		}
	}
	return t.nothing(ctx, space, q.Space)
}

// searchable checks a query and returns the number of its space, 0 when the store has never met it.
func (s *Store) searchable(ctx context.Context, q store.VectorQuery) (int32, error) {
	if err := s.alive(); err != nil {
		return 0, err
	}
	if err := store.CheckSpace(q.Space); err != nil {
		return 0, err
	}
	if err := store.CheckVector(q.Space, q.Vector); err != nil {
		return 0, err
	}
	return s.spaceID(ctx, q.Space)
}

// nothing tells why a search found nothing: an empty collection, a limit, or a space that may not be searched.
func (c *shelf) nothing(ctx context.Context, space int32, asked store.Space) (store.Found, error) {
	f := store.Found{Route: "exact"}
	var chunks int64
	var active *int32
	var may bool
	err := c.s.one(ctx, c.s.read, c.customer, []any{&f.Version, &chunks, &active, &may},
		c.sql(`select version, chunks, space_id, $2 = any(readable) from {head} where {key} = $1`), c.id, space)
	if errors.Is(err, pgx.ErrNoRows) {
		return store.Found{}, store.NotFound(c.what)
	}
	if err != nil || may || chunks == 0 {
		return f, err
	}
	now, err := c.s.space(ctx, active)
	if err != nil {
		return store.Found{}, err
	}
	return store.Found{}, store.WrongSpace(asked, now)
}
