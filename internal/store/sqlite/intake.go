package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// intake is one reading on its way into the database.
type intake struct {
	t tenant
	store.Intake
	tx       *sql.Tx
	st       *state
	id       int64    // of the dossier
	space    int64    // of in.Space, 0 none
	hashes   []string // of the documents
	vectors  []store.ChunkVector
	receipt  store.Receipt
	newDocs  *inserter
	newPages *inserter
	newField *inserter
	newChunk *inserter
}

// Intake writes one reading in one transaction.
func (t tenant) Intake(ctx context.Context, in store.Intake) (store.Receipt, error) {
	in, err := store.CheckIntake(in)
	if err != nil {
		return store.Receipt{}, err
	}
	x := &intake{t: t, Intake: in}
	for i, d := range in.Dossier.Documents {
		h, err := store.DocumentHash(d, in.Files[i])
		if err != nil {
			return store.Receipt{}, unstorable(d.File, err)
		}
		x.hashes = append(x.hashes, h)
	}
	err = t.s.write(ctx, func(tx *sql.Tx) error {
		x.tx = tx
		return x.run(ctx)
	})
	if err != nil {
		return store.Receipt{}, err
	}
	t.s.remember(in.Space, x.space)
	return x.receipt, nil
}

func unstorable(file string, err error) error {
	return &dossier.Error{Kind: dossier.ErrInput, File: file, Msg: "内容不能保存", Cause: err}
}

func (x *intake) run(ctx context.Context) (err error) {
	if x.st, err = x.t.load(ctx, x.tx); err != nil {
		return err
	}
	if err := x.putDossier(ctx); err != nil {
		return err
	}
	kept, err := x.replace(ctx)
	if err != nil {
		return err
	}
	if x.space, err = x.t.s.activate(ctx, x.tx, x.st, x.Space); err != nil {
		return err
	}
	if err := x.prepare(ctx); err != nil {
		return err
	}
	defer x.close()
	if err := x.documents(ctx, kept); err != nil {
		return err
	}
	if err := putVectors(ctx, x.tx, x.t.id, x.space, x.Space.Dim, x.vectors); err != nil {
		return err
	}
	x.st.raise = x.st.raise || len(x.vectors) > 0
	if err := x.rest(ctx); err != nil {
		return err
	}
	if err := x.st.save(ctx, x.tx); err != nil {
		return err
	}
	x.receipt.Dossier, x.receipt.Version = x.id, x.st.version
	_, err = note(ctx, x.tx, x.t.id, x.Actor, "intake", fmt.Sprintf("dossier:%d", x.id), map[string]any{
		"documents": len(x.Dossier.Documents), "kept": x.receipt.Kept, "added": x.receipt.Added, "removed": x.receipt.Removed,
		"chunks": x.st.chunks, "version": x.st.version, "input": x.InputHash,
	})
	return err
}

// putDossier makes the dossier's row, or counts another intake of it.
func (x *intake) putDossier(ctx context.Context) error {
	a := x.Dossier.Application
	head, err := store.Pack(dossierHead{a, x.Dossier.Problems})
	if err != nil {
		return unstorable(x.Name, err)
	}
	return x.tx.QueryRowContext(ctx, `INSERT INTO dossiers (collection_id, name, applicant, kind, as_of, intakes, input_hash, head, created, updated)
		VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8, ?8)
		ON CONFLICT (collection_id, name) DO UPDATE SET applicant = ?3, kind = ?4, as_of = ?5, intakes = intakes + 1,
			input_hash = ?6, head = ?7, updated = ?8 RETURNING id`,
		x.t.id, x.Name, a.Applicant, a.ReportKind, a.AsOf.String(), x.InputHash, head, micros(now())).Scan(&x.id)
}

// dossierHead is what a dossier has beside its documents.
type dossierHead struct {
	Application dossier.Application
	Problems    []dossier.Problem
}

// keptDoc is a document that stays as it is.
type keptDoc struct{ id, ord, first, chunks int64 }

// replace takes out the documents that the new reading does not have, and returns those that it has by their hash.
func (x *intake) replace(ctx context.Context) (map[string][]keptDoc, error) {
	wanted := map[string]int{}
	for _, h := range x.hashes {
		wanted[h]++
	}
	kept := map[string][]keptDoc{}
	var gone []keptDoc
	err := each(ctx, x.tx, "SELECT id, ord, first_chunk, chunks, hash FROM documents WHERE collection_id = ? AND dossier_id = ? ORDER BY ord",
		[]any{x.t.id, x.id}, func(rows *sql.Rows) error {
			var d keptDoc
			var h string
			if err := rows.Scan(&d.id, &d.ord, &d.first, &d.chunks, &h); err != nil {
				return err
			}
			if wanted[h] > 0 {
				wanted[h]--
				kept[h] = append(kept[h], d)
			} else {
				gone = append(gone, d)
			}
			return nil
		})
	if err != nil {
		return nil, err
	}
	if err := dropChunks(ctx, x.tx, x.st, gone); err != nil {
		return nil, err
	}
	for _, d := range gone {
		if _, err := x.tx.ExecContext(ctx, "DELETE FROM documents WHERE collection_id = ? AND id = ?", x.t.id, d.id); err != nil {
			return nil, err
		}
	}
	x.receipt.Removed = len(gone)
	return kept, nil
}

// activate makes the space of what comes in the active one when no vector of another is left; else it must be it.
func (s *Store) activate(ctx context.Context, tx *sql.Tx, st *state, space store.Space) (int64, error) {
	if space.IsZero() {
		return 0, nil
	}
	if err := store.CheckSpace(space); err != nil {
		return 0, err
	}
	id, err := s.makeSpace(ctx, tx, space)
	if err != nil || id == st.space {
		return id, err
	}
	left, err := countVectors(ctx, tx, st.id, st.space)
	if err != nil {
		return 0, err
	}
	if left > 0 {
		active, err := loadSpace(ctx, tx, st.space)
		if err != nil {
			return 0, err
		}
		return 0, store.WrongSpace(space, active)
	}
	st.space, st.raise = id, true
	return id, nil
}
