package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// SaveReport appends a revision behind the one it was made from.
func (t tenant) SaveReport(ctx context.Context, dossierID int64, in store.Draft) (rev store.Revision, err error) {
	if in.Kind == "" {
		return rev, input("报告没有种类")
	}
	sum := sha256.Sum256(in.Body)
	rev = store.Revision{Dossier: dossierID, Kind: in.Kind, Parent: in.Parent, Body: in.Body, SHA256: hex.EncodeToString(sum[:]),
		Actor: store.CleanText(in.Actor), Note: store.CleanText(in.Note), At: now()}
	err = t.s.write(ctx, func(tx *sql.Tx) error {
		if err := t.has(ctx, tx, dossierID); err != nil {
			return err
		}
		var newest int
		if err := tx.QueryRowContext(ctx, "SELECT coalesce(max(number), 0) FROM reports WHERE collection_id = ? AND dossier_id = ? AND kind = ?",
			t.id, dossierID, in.Kind).Scan(&newest); err != nil {
			return err
		}
		if newest != in.Parent {
			return store.Conflict(fmt.Sprintf("报告已有较新的第 %d 版，您修改的是第 %d 版，请先合并他人的修改再保存", newest, in.Parent))
		}
		rev.Number = newest + 1
		if _, err := tx.ExecContext(ctx, `INSERT INTO reports (collection_id, dossier_id, kind, number, parent, sha256, actor, note, at, body)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, t.id, dossierID, rev.Kind, rev.Number, rev.Parent, rev.SHA256, rev.Actor, rev.Note,
			micros(rev.At), notNil(rev.Body)); err != nil {
			return err
		}
		_, err := note(ctx, tx, t.id, rev.Actor, "report.save", fmt.Sprintf("report:%d/%s/%d", dossierID, rev.Kind, rev.Number),
			map[string]any{"parent": rev.Parent, "sha256": rev.SHA256, "bytes": len(rev.Body)})
		return err
	})
	if err != nil {
		return store.Revision{}, err
	}
	return rev, nil
}

const revisionColumns = `SELECT dossier_id, kind, number, parent, sha256, actor, note, at, %s FROM reports
	WHERE collection_id = ? AND dossier_id = ? `

func scanRevision(scan func(...any) error) (r store.Revision, err error) {
	var us int64
	err = scan(&r.Dossier, &r.Kind, &r.Number, &r.Parent, &r.SHA256, &r.Actor, &r.Note, &us, &r.Body)
	r.At = at(us)
	return r, err
}

// Report reads a revision, the newest for number 0.
func (t tenant) Report(ctx context.Context, dossierID int64, kind report.Kind, number int) (store.Revision, error) {
	row := t.s.r.QueryRowContext(ctx, fmt.Sprintf(revisionColumns, "body")+"AND kind = ? AND (number = ? OR ? = 0) ORDER BY number DESC LIMIT 1",
		t.id, dossierID, kind, number, number)
	r, err := scanRevision(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return store.Revision{}, store.NotFound("这一版报告")
	}
	if err != nil {
		return store.Revision{}, t.s.fail(ctx, err)
	}
	return r, nil
}

// Reports lists the revisions, the newest first.
func (t tenant) Reports(ctx context.Context, dossierID int64) (out []store.Revision, err error) {
	err = t.s.read(ctx, func(tx *sql.Tx) error {
		if err := t.has(ctx, tx, dossierID); err != nil {
			return err
		}
		return each(ctx, tx, fmt.Sprintf(revisionColumns, "NULL")+"ORDER BY at DESC, number DESC, kind", []any{t.id, dossierID}, func(rows *sql.Rows) error {
			r, err := scanRevision(rows.Scan)
			out = append(out, r)
			return err
		})
	})
	return out, err
}
