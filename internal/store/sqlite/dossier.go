package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// Dossiers lists them by id.
func (t tenant) Dossiers(ctx context.Context) ([]store.DossierInfo, error) {
	var out []store.DossierInfo
	err := each(ctx, t.s.r, `SELECT d.id, d.name, d.applicant, d.kind, d.as_of, d.intakes, d.input_hash, d.created, d.updated,
		(SELECT count(*) FROM documents m WHERE m.collection_id = d.collection_id AND m.dossier_id = d.id)
		FROM dossiers d WHERE d.collection_id = ? ORDER BY d.id`, []any{t.id}, func(rows *sql.Rows) error {
		var d store.DossierInfo
		var asOf string
		var created, updated int64
		if err := rows.Scan(&d.ID, &d.Name, &d.Applicant, &d.Kind, &asOf, &d.Intakes, &d.InputHash, &created, &updated, &d.Documents); err != nil {
			return err
		}
		var err error
		d.AsOf, err = day(asOf)
		d.Created, d.Updated = at(created), at(updated)
		out = append(out, d)
		return err
	})
	return out, t.s.fail(ctx, err)
}

// has tells whether the dossier is the customer's.
func (t tenant) has(ctx context.Context, q querier, id int64) error {
	var there bool
	err := q.QueryRowContext(ctx, "SELECT count(*) FROM dossiers WHERE collection_id = ? AND id = ?", t.id, id).Scan(&there)
	if err == nil && !there {
		return store.NotFound("这个卷宗")
	}
	return err
}

// Dossier reads one back.
func (t tenant) Dossier(ctx context.Context, id int64) (*dossier.Dossier, error) {
	var out *dossier.Dossier
	err := t.s.read(ctx, func(tx *sql.Tx) error {
		var packed []byte
		err := tx.QueryRowContext(ctx, "SELECT head FROM dossiers WHERE collection_id = ? AND id = ?", t.id, id).Scan(&packed)
		if errors.Is(err, sql.ErrNoRows) {
			return store.NotFound("这个卷宗")
		}
		if err != nil {
			return err
		}
		var head dossierHead
		if err := store.Unpack(packed, &head); err != nil {
			return err
		}
		infos, err := t.documents(ctx, tx, id)
		if err != nil {
			return err
		}
		out = &dossier.Dossier{Application: head.Application, Problems: head.Problems}
		for i := range infos {
			d := infos[i].Doc
			if d.Pages, err = t.pages(ctx, tx, infos[i].ID, infos[i].pages); err != nil {
				return err
			}
			if d.Fields, err = t.fields(ctx, tx, infos[i].ID, infos[i].fields); err != nil {
				return err
			}
			out.Documents = append(out.Documents, &d)
		}
		return nil
	})
	return out, err
}

// Figures reads them in order.
func (t tenant) Figures(ctx context.Context, dossierID int64, indicator string) (out []dossier.Figure, err error) {
	err = t.s.read(ctx, func(tx *sql.Tx) error {
		if err := t.has(ctx, tx, dossierID); err != nil {
			return err
		}
		return each(ctx, tx, `SELECT figure FROM figures WHERE collection_id = ?1 AND dossier_id = ?2 AND (?3 = '' OR indicator = ?3) ORDER BY ord`,
			[]any{t.id, dossierID, indicator}, decodeInto(&out))
	})
	return out, err
}

// Findings reads them in order.
func (t tenant) Findings(ctx context.Context, dossierID int64) (out []report.Finding, err error) {
	err = t.s.read(ctx, func(tx *sql.Tx) error {
		if err := t.has(ctx, tx, dossierID); err != nil {
			return err
		}
		return each(ctx, tx, "SELECT finding FROM findings WHERE collection_id = ? AND dossier_id = ? ORDER BY ord",
			[]any{t.id, dossierID}, decodeInto(&out))
	})
	return out, err
}

// decodeInto appends the JSON of each row.
func decodeInto[T any](out *[]T) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		var v T
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			return err
		}
		*out = append(*out, v)
		return nil
	}
}

// DeleteDossier erases one with all that hangs on it.
func (t tenant) DeleteDossier(ctx context.Context, id int64, actor string) error {
	return t.s.write(ctx, func(tx *sql.Tx) error {
		st, err := t.load(ctx, tx)
		if err != nil {
			return err
		}
		if err := t.has(ctx, tx, id); err != nil {
			return err
		}
		var docs []keptDoc
		err = each(ctx, tx, "SELECT id, first_chunk, chunks FROM documents WHERE collection_id = ? AND dossier_id = ?", []any{t.id, id}, func(rows *sql.Rows) error {
			var d keptDoc
			err := rows.Scan(&d.id, &d.first, &d.chunks)
			docs = append(docs, d)
			return err
		})
		if err != nil {
			return err
		}
		if err := dropChunks(ctx, tx, st, docs); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM dossiers WHERE collection_id = ? AND id = ?", t.id, id); err != nil {
			return err
		}
		if err := st.save(ctx, tx); err != nil {
			return err
		}
		_, err = note(ctx, tx, t.id, actor, "dossier.delete", fmt.Sprintf("dossier:%d", id), map[string]any{"documents": len(docs), "version": st.version})
		return err
	})
}

// Digests lists the blobs of the customer's documents.
func (t tenant) Digests(ctx context.Context) (out []string, err error) {
	err = each(ctx, t.s.r, "SELECT DISTINCT blob FROM documents WHERE collection_id = ? AND blob <> '' ORDER BY blob", []any{t.id}, func(rows *sql.Rows) error {
		var d string
		err := rows.Scan(&d)
		out = append(out, d)
		return err
	})
	return out, t.s.fail(ctx, err)
}
