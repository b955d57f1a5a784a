package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/internal/store"
)

func (t *tenant) locked(ctx context.Context, tx pgx.Tx, do func(st *state) error) error {
	st, err := t.lock(ctx, tx)
	if err != nil {
		return err
	}
	if err := do(st); err != nil {
		return err
	}
	return t.save(ctx, tx, st)
}

// PutVectors writes vectors of a space.
func (t *tenant) PutVectors(ctx context.Context, space store.Space, vectors []store.ChunkVector) error {
	return putAll(ctx, &t.shelf, t, space, vectors)
}

// Switch makes the space the active one.
func (t *tenant) Switch(ctx context.Context, space store.Space, actor string) error {
	return switchTo(ctx, &t.shelf, t, space, func(tx pgx.Tx, st *state) error {
		_, err := record(ctx, tx, t.id, st, actor, "space.switch", fmt.Sprintf("customer:%d", t.id), map[string]any{"space": space.Name, "dim": space.Dim})
		return err
	})
}

// DropSpaces deletes the vectors of all spaces but the active one.
func (t *tenant) DropSpaces(ctx context.Context) error {
	return t.s.write(ctx, t.id, func(tx pgx.Tx) error {
		return t.locked(ctx, tx, func(st *state) error {
			if _, err := tx.Exec(ctx, `delete from `+t.vec+` where customer_id = $1 and space_id is distinct from $2`, t.id, st.active); err != nil {
				return err
			}
			for id := range st.counts {
				if st.active == nil || id != *st.active {
					delete(st.counts, id)
				}
			}
			return nil
		})
	})
}
