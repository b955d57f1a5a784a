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

// dropVectors takes the vectors of the chunks from first to last out of all spaces.
func dropVectors(ctx context.Context, tx *sql.Tx, collection, first, last int64) error {
	type row struct {
		space, number int64
		mask          uint64
		dim           int
	}
	var rows []row
	err := each(ctx, tx, `SELECT b.space_id, b.block, b.mask, s.dim FROM blocks b JOIN spaces s ON s.id = b.space_id
		WHERE b.collection_id = ? AND b.block BETWEEN ? AND ?`,
		[]any{collection, first / blockSize, last / blockSize}, func(r *sql.Rows) error {
			var x row
			var mask int64
			err := r.Scan(&x.space, &x.number, &mask, &x.dim)
			x.mask = uint64(mask)
			rows = append(rows, x)
			return err
		})
	if err != nil {
		return err
	}
	for _, r := range rows {
		gone := span(r.number, first, last) & r.mask
		if gone == 0 {
			continue
		}
		if gone == r.mask {
			_, err = tx.ExecContext(ctx, "DELETE FROM blocks WHERE collection_id = ? AND space_id = ? AND block = ?", collection, r.space, r.number)
		} else {
			var b block
			if b, err = readBlock(ctx, tx, collection, r.space, r.number, r.dim); err != nil {
				return err
			}
			b = b.without(gone, r.dim)
			_, err = tx.ExecContext(ctx, `UPDATE blocks SET mask = ?, norms = ?, data = ?
				WHERE collection_id = ? AND space_id = ? AND block = ?`, int64(b.mask), b.norms, b.data, collection, r.space, r.number)
		}
		if err != nil {
			return err
		}
		if err := addVectors(ctx, tx, collection, r.space, -bits.OnesCount64(gone)); err != nil {
			return err
		}
	}
	return nil
}
