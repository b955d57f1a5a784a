package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"math/bits"
	"slices"

	"github.com/xindiao/xindiao/internal/store"
)

// spaceID finds the number of a space, 0 when nobody has used it. Spaces are never renumbered, so it is remembered.
func (s *Store) spaceID(ctx context.Context, q querier, space store.Space) (int64, error) {
	s.mu.Lock()
	id := s.spaces[space]
	s.mu.Unlock()
	if id != 0 || space.IsZero() {
		return id, nil
	}
	err := q.QueryRowContext(ctx, "SELECT id FROM spaces WHERE name = ? AND dim = ?", space.Name, space.Dim).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, err
}

// remember is for spaces whose row is committed.
func (s *Store) remember(space store.Space, id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id != 0 && !space.IsZero() {
		s.spaces[space] = id
	}
}

// makeSpace is spaceID that makes the row.
func (s *Store) makeSpace(ctx context.Context, tx *sql.Tx, space store.Space) (int64, error) {
	id, err := s.spaceID(ctx, tx, space)
	if id != 0 || err != nil {
		return id, err
	}
	err = tx.QueryRowContext(ctx, "INSERT INTO spaces (name, dim) VALUES (?, ?) RETURNING id", space.Name, space.Dim).Scan(&id)
	return id, err
}

func loadSpace(ctx context.Context, q querier, id int64) (store.Space, error) {
	var s store.Space
	if id == 0 {
		return s, nil
	}
	err := q.QueryRowContext(ctx, "SELECT name, dim FROM spaces WHERE id = ?", id).Scan(&s.Name, &s.Dim)
	return s, err
}

// countVectors tells how many chunks have a vector in the space.
func countVectors(ctx context.Context, q querier, collection, space int64) (n int64, err error) {
	err = q.QueryRowContext(ctx, "SELECT coalesce(sum(vectors), 0) FROM vectors WHERE collection_id = ? AND space_id = ?",
		collection, space).Scan(&n)
	return n, err
}

func addVectors(ctx context.Context, tx *sql.Tx, collection, space int64, n int) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO vectors (collection_id, space_id, vectors) VALUES (?1, ?2, ?3)
		ON CONFLICT DO UPDATE SET vectors = vectors + ?3`, collection, space, n)
	return err
}

// readBlock is the zero block when there is none.
func readBlock(ctx context.Context, q querier, collection, space, number int64, dim int) (b block, err error) {
	var mask int64
	err = q.QueryRowContext(ctx, "SELECT mask, norms, data FROM blocks WHERE collection_id = ? AND space_id = ? AND block = ?",
		collection, space, number).Scan(&mask, &b.norms, &b.data)
	if errors.Is(err, sql.ErrNoRows) {
		return b, nil
	}
	if err != nil {
		return b, err
	}
	b.mask = uint64(mask)
	return b, b.check(dim)
}

// putVectors writes vectors of chunks that are there; each is said once.
func putVectors(ctx context.Context, tx *sql.Tx, collection, space int64, dim int, vectors []store.ChunkVector) error {
	if len(vectors) == 0 {
		return nil
	}
	slices.SortFunc(vectors, func(a, b store.ChunkVector) int { return int(a.ID - b.ID) })
	in, err := prepareIn(ctx, tx, "INSERT OR REPLACE INTO blocks (collection_id, space_id, block, mask, norms, data) VALUES (?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer in.close()
	added := 0
	for len(vectors) > 0 {
		number := vectors[0].ID / blockSize
		var slots [blockSize][]float32
		for len(vectors) > 0 && vectors[0].ID/blockSize == number {
			slots[vectors[0].ID%blockSize] = vectors[0].Vector
			vectors = vectors[1:]
		}
		old, err := readBlock(ctx, tx, collection, space, number, dim)
		if err != nil {
			return err
		}
		b := old.with(&slots, dim)
		if err := in.add(collection, space, number, int64(b.mask), b.norms, b.data); err != nil {
			return err
		}
		added += bits.OnesCount64(b.mask) - bits.OnesCount64(old.mask)
	}
	return addVectors(ctx, tx, collection, space, added)
}

// dropVectors takes the vectors of the chunks out of all spaces, each block once.
func dropVectors(ctx context.Context, tx *sql.Tx, collection int64, gone selection) error {
	dims := map[int64]int{}
	if err := each(ctx, tx, "SELECT s.id, s.dim FROM vectors v JOIN spaces s ON s.id = v.space_id WHERE v.collection_id = ?",
		[]any{collection}, func(rows *sql.Rows) error {
			var id int64
			var dim int
			err := rows.Scan(&id, &dim)
			dims[id] = dim
			return err
		}); err != nil {
		return err
	}
	for space, dim := range dims {
		dropped := 0
		for number, mask := range gone {
			n, err := dropFrom(ctx, tx, collection, space, number, mask, dim)
			if err != nil {
				return err
			}
			dropped += n
		}
		if err := addVectors(ctx, tx, collection, space, -dropped); err != nil {
			return err
		}
	}
	return nil
}

// dropFrom takes the chunks of the mask out of a block and tells how many it had.
func dropFrom(ctx context.Context, tx *sql.Tx, collection, space, number int64, gone uint64, dim int) (int, error) {
	const where = " WHERE collection_id = ? AND space_id = ? AND block = ?"
	var had int64
	err := tx.QueryRowContext(ctx, "SELECT mask FROM blocks"+where, collection, space, number).Scan(&had)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	gone &= uint64(had)
	switch gone {
	case 0:
		return 0, nil
	case uint64(had):
		_, err = tx.ExecContext(ctx, "DELETE FROM blocks"+where, collection, space, number)
		return bits.OnesCount64(gone), err
	}
	b, err := readBlock(ctx, tx, collection, space, number, dim)
	if err != nil {
		return 0, err
	}
	b = b.without(gone, dim)
	_, err = tx.ExecContext(ctx, "UPDATE blocks SET mask = ?, norms = ?, data = ?"+where, int64(b.mask), b.norms, b.data, collection, space, number)
	return bits.OnesCount64(gone), err
}
