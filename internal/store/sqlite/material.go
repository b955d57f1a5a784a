package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// docInfo is a DocumentInfo with its lengths as stored: -1 of nil.
type docInfo struct {
	store.DocumentInfo
	pages, fields int
}

func (t tenant) documents(ctx context.Context, q querier, dossierID int64) ([]docInfo, error) {
	var out []docInfo
	err := each(ctx, q, "SELECT id, dossier_id, blob, pages, fields, head FROM documents WHERE collection_id = ? AND dossier_id = ? ORDER BY ord",
		[]any{t.id, dossierID}, func(rows *sql.Rows) error {
			var d docInfo
			var head sql.RawBytes
			if err := rows.Scan(&d.ID, &d.Dossier, &d.Blob, &d.pages, &d.fields, &head); err != nil {
				return err
			}
			d.Pages = max(d.pages, 0)
			err := store.Unpack(head, &d.Doc)
			out = append(out, d)
			return err
		})
	return out, err
}

// Documents lists a dossier's in reading order.
func (t tenant) Documents(ctx context.Context, dossierID int64) (out []store.DocumentInfo, err error) {
	err = t.s.read(ctx, func(tx *sql.Tx) error {
		if err := t.has(ctx, tx, dossierID); err != nil {
			return err
		}
		infos, err := t.documents(ctx, tx, dossierID)
		for _, d := range infos {
			out = append(out, d.DocumentInfo)
		}
		return err
	})
	return out, err
}

const pageColumns = "SELECT number, name, text, layout FROM pages WHERE collection_id = ? AND document_id = ? "

func scanPage(scan func(...any) error) (dossier.Page, error) {
	var number int
	var name, text string
	var layout []byte
	if err := scan(&number, &name, &text, &layout); err != nil {
		return dossier.Page{}, err
	}
	return store.UnpackPage(number, name, text, layout)
}

// pages reads n of them; -1 is nil.
func (t tenant) pages(ctx context.Context, q querier, document int64, n int) ([]dossier.Page, error) {
	if n < 0 {
		return nil, nil
	}
	out := make([]dossier.Page, 0, n)
	err := each(ctx, q, pageColumns+"ORDER BY ord", []any{t.id, document}, func(rows *sql.Rows) error {
		p, err := scanPage(rows.Scan)
		out = append(out, p)
		return err
	})
	return out, err
}

// Page reads one by its number.
func (t tenant) Page(ctx context.Context, documentID int64, number int) (dossier.Page, error) {
	row := t.s.r.QueryRowContext(ctx, pageColumns+"AND number = ? ORDER BY ord LIMIT 1", t.id, documentID, number)
	p, err := scanPage(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = store.NotFound("这一页")
	}
	return p, t.s.fail(ctx, err)
}

// fields reads n of them; -1 is nil.
func (t tenant) fields(ctx context.Context, q querier, document int64, n int) (map[string]dossier.Field, error) {
	if n < 0 {
		return nil, nil
	}
	out := make(map[string]dossier.Field, n)
	err := each(ctx, q, "SELECT key, field FROM fields WHERE collection_id = ? AND document_id = ?", []any{t.id, document}, func(rows *sql.Rows) error {
		var key, text string
		if err := rows.Scan(&key, &text); err != nil {
			return err
		}
		var f dossier.Field
		err := json.Unmarshal([]byte(text), &f)
		out[key] = f
		return err
	})
	return out, err
}

// Fields reads those of a document.
func (t tenant) Fields(ctx context.Context, documentID int64) (out map[string]dossier.Field, err error) {
	err = t.s.read(ctx, func(tx *sql.Tx) error {
		var n int
		err := tx.QueryRowContext(ctx, "SELECT fields FROM documents WHERE collection_id = ? AND id = ?", t.id, documentID).Scan(&n)
		if errors.Is(err, sql.ErrNoRows) {
			return store.NotFound("这份材料")
		}
		if err != nil {
			return err
		}
		out, err = t.fields(ctx, tx, documentID, n)
		return err
	})
	return out, err
}
