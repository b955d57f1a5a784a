package postgres

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/internal/store"
)

// spaceID is the number of a space, 0 when no vectors were ever put into it.
func (s *Store) spaceID(ctx context.Context, sp store.Space) (int32, error) {
	if id, ok := s.spaces.Load(sp); ok {
		return id.(int32), nil
	}
	var id int32
	err := s.one(ctx, s.pool, nobody, []any{&id}, `select id from xindiao.space where name = $1 and dim = $2`, sp.Name, sp.Dim)
	if err == pgx.ErrNoRows {
		return 0, nil
	}
	if err == nil {
		s.spaces.Store(sp, id)
	}
	return id, err
}

// makeSpace is spaceID that makes a number; a number that is not used in the end does no harm.
func (s *Store) makeSpace(ctx context.Context, sp store.Space) (int32, error) {
	id, err := s.spaceID(ctx, sp)
	if id != 0 || err != nil {
		return id, err
	}
	err = s.ask(ctx, s.pool, nobody, func(pgx.Rows) error { return nil }, `insert into xindiao.space (name, dim) values ($1, $2) on conflict do nothing`, sp.Name, sp.Dim)
	if err != nil {
		return 0, err
	}
	return s.spaceID(ctx, sp)
}

// space is the space of a number; the zero space of none.
func (s *Store) space(ctx context.Context, id *int32) (store.Space, error) {
	var sp store.Space
	if id == nil {
		return sp, nil
	}
	s.spaces.Range(func(k, v any) bool {
		if v.(int32) == *id {
			sp = k.(store.Space)
		}
		return sp.IsZero()
	})
	if !sp.IsZero() {
		return sp, nil
	}
	err := s.one(ctx, s.pool, nobody, []any{&sp.Name, &sp.Dim}, `select name, dim from xindiao.space where id = $1`, *id)
	if err == nil {
		s.spaces.Store(sp, *id)
	}
	return sp, err
}

// tally is how many chunks a collection has, how many vectors by space, and which space is active.
type tally struct {
	chunks int64
	counts map[int32]int64
	active *int32
}

// readable lists the spaces that may be searched: the active one, and those in which every chunk has a vector.
func (t *tally) readable() []int32 {
	out := []int32{}
	if t.active != nil {
		out = append(out, *t.active)
	}
	for id, n := range t.counts {
		if n == t.chunks && n > 0 && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// add counts vectors in or, below zero, out.
func (t *tally) add(space int32, n int64) {
	if t.counts == nil {
		t.counts = map[int32]int64{}
	}
	if t.counts[space] += n; t.counts[space] <= 0 {
		delete(t.counts, space)
	}
}

// settle makes the space active when the active one has no vector left, and gives ErrSpace when vectors of another
// space came in beside one that still has some.
func (t *tally) settle(came int32, name store.Space, active store.Space) error {
	if t.active != nil && t.counts[*t.active] == 0 {
		t.active = nil
	}
	if came == 0 || t.active != nil && *t.active == came {
		return nil
	}
	if t.active != nil {
		return store.WrongSpace(name, active)
	}
	if t.counts[came] > 0 {
		t.active = &came
	}
	return nil
}
