package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/internal/store"
)

// Waive records why a finding is accepted.
func (t tenant) Waive(ctx context.Context, dossierID int64, in store.Waiver) (store.Waiver, error) {
	w := store.Waiver{Dossier: dossierID, Finding: store.CleanText(in.Finding), Rule: store.CleanText(in.Rule),
		Reason: store.CleanText(in.Reason), Actor: store.CleanText(in.Actor), At: now()}
	if err := store.CheckName("豁免的疑点", w.Finding); err != nil {
		return store.Waiver{}, err
	}
	if strings.TrimSpace(w.Reason) == "" {
		return store.Waiver{}, input("豁免必须写明理由")
	}
	err := t.s.write(ctx, func(tx *sql.Tx) error {
		if err := t.has(ctx, tx, dossierID); err != nil {
			return err
		}
		var holds bool
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM waivers
			WHERE collection_id = ? AND dossier_id = ? AND finding = ? AND revoked_at IS NULL`, t.id, dossierID, w.Finding).Scan(&holds); err != nil {
			return err
		}
		if holds {
			return store.Conflict("这个疑点已经豁免，须先撤销原豁免")
		}
		if err := tx.QueryRowContext(ctx, `INSERT INTO waivers (collection_id, dossier_id, finding, rule, reason, actor, at)
			VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`, t.id, dossierID, w.Finding, w.Rule, w.Reason, w.Actor, micros(w.At)).Scan(&w.ID); err != nil {
			return err
		}
		_, err := note(ctx, tx, t.id, w.Actor, "waiver.add", fmt.Sprintf("waiver:%d", w.ID),
			map[string]any{"dossier": dossierID, "finding": w.Finding, "rule": w.Rule})
		return err
	})
	if err != nil {
		return store.Waiver{}, err
	}
	return w, nil
}

// Revoke takes a waiver back.
func (t tenant) Revoke(ctx context.Context, waiverID int64, actor, reason string) error {
	actor, reason = store.CleanText(actor), store.CleanText(reason)
	return t.s.write(ctx, func(tx *sql.Tx) error {
		var dossierID int64
		var revoked sql.NullInt64
		err := tx.QueryRowContext(ctx, "SELECT dossier_id, revoked_at FROM waivers WHERE collection_id = ? AND id = ?", t.id, waiverID).Scan(&dossierID, &revoked)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return store.NotFound("这条豁免")
		case err != nil:
			return err
		case revoked.Valid:
			return store.Conflict("这条豁免已经撤销")
		}
		if _, err := tx.ExecContext(ctx, "UPDATE waivers SET revoked_by = ?, revoked_why = ?, revoked_at = ? WHERE collection_id = ? AND id = ?",
			actor, reason, micros(now()), t.id, waiverID); err != nil {
			return err
		}
		_, err = note(ctx, tx, t.id, actor, "waiver.revoke", fmt.Sprintf("waiver:%d", waiverID), map[string]any{"dossier": dossierID})
		return err
	})
}

// Waivers lists those of a dossier by id, the revoked ones too.
func (t tenant) Waivers(ctx context.Context, dossierID int64) (out []store.Waiver, err error) {
	err = t.s.read(ctx, func(tx *sql.Tx) error {
		if err := t.has(ctx, tx, dossierID); err != nil {
			return err
		}
		return each(ctx, tx, `SELECT id, dossier_id, finding, rule, reason, actor, at, coalesce(revoked_by, ''), coalesce(revoked_why, ''), revoked_at
			FROM waivers WHERE collection_id = ? AND dossier_id = ? ORDER BY id`, []any{t.id, dossierID}, func(rows *sql.Rows) error {
			var w store.Waiver
			var r store.Revocation
			var us int64
			var revoked sql.NullInt64
			if err := rows.Scan(&w.ID, &w.Dossier, &w.Finding, &w.Rule, &w.Reason, &w.Actor, &us, &r.Actor, &r.Reason, &revoked); err != nil {
				return err
			}
			w.At = at(us)
			if revoked.Valid {
				r.At = at(revoked.Int64)
				w.Revoked = &r
			}
			out = append(out, w)
			return nil
		})
	})
	return out, err
}
