package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/internal/store"
)

// Waive records why a finding is accepted.
func (t *tenant) Waive(ctx context.Context, dossierID int64, in store.Waiver) (store.Waiver, error) {
	v := store.Waiver{Dossier: dossierID, Finding: store.CleanText(in.Finding), Rule: store.CleanText(in.Rule),
		Reason: store.CleanText(in.Reason), Actor: store.CleanText(in.Actor), At: now()}
	if v.Finding == "" || v.Reason == "" {
		return store.Waiver{}, refused("豁免须写明针对哪条发现和理由")
	}
	err := t.s.write(ctx, t.id, func(tx pgx.Tx) error {
		st, err := t.lockDossier(ctx, tx, dossierID)
		if err != nil {
			return err
		}
		var n int
		err = tx.QueryRow(ctx, `select 1 from xindiao.waiver where customer_id = $1 and dossier_id = $2 and finding = $3 and revoked_at is null`,
			t.id, dossierID, v.Finding).Scan(&n)
		if err == nil {
			return store.Conflict("这条发现已有未撤销的豁免")
		}
		if !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		if err := tx.QueryRow(ctx, `insert into xindiao.waiver (customer_id, dossier_id, finding, rule, reason, actor, at)
			values ($1, $2, $3, $4, $5, $6, $7) returning id`, t.id, dossierID, v.Finding, v.Rule, v.Reason, v.Actor, v.At).Scan(&v.ID); err != nil {
			return err
		}
		if _, err := record(ctx, tx, t.id, st, v.Actor, "waiver.add", fmt.Sprintf("waiver:%d", v.ID), map[string]any{"dossier": dossierID, "finding": v.Finding}); err != nil {
			return err
		}
		return t.save(ctx, tx, st)
	})
	if err != nil {
		return store.Waiver{}, err
	}
	return v, nil
}

// Revoke takes a waiver back.
func (t *tenant) Revoke(ctx context.Context, waiverID int64, actor, reason string) error {
	return t.s.write(ctx, t.id, func(tx pgx.Tx) error {
		st, err := t.lock(ctx, tx)
		if err != nil {
			return err
		}
		var revoked bool
		if err := tx.QueryRow(ctx, `select revoked_at is not null from xindiao.waiver where customer_id = $1 and id = $2`, t.id, waiverID).Scan(&revoked); err != nil {
			return missing(err, "这条豁免")
		}
		if revoked {
			return store.Conflict("这条豁免已经撤销")
		}
		if _, err := tx.Exec(ctx, `update xindiao.waiver set revoked_actor = $3, revoked_reason = $4, revoked_at = $5 where customer_id = $1 and id = $2`,
			t.id, waiverID, store.CleanText(actor), store.CleanText(reason), now()); err != nil {
			return err
		}
		if _, err := record(ctx, tx, t.id, st, actor, "waiver.revoke", fmt.Sprintf("waiver:%d", waiverID), nil); err != nil {
			return err
		}
		return t.save(ctx, tx, st)
	})
}

// Waivers lists a dossier's waivers by id.
func (t *tenant) Waivers(ctx context.Context, dossierID int64) ([]store.Waiver, error) {
	out, err := list(ctx, t.s, t.s.pool, t.id, func(r pgx.Rows) (v store.Waiver, err error) {
		var actor, reason *string
		var at *time.Time
		if err = r.Scan(&v.ID, &v.Dossier, &v.Finding, &v.Rule, &v.Reason, &v.Actor, &v.At, &actor, &reason, &at); err != nil {
			return v, err
		}
		v.At = v.At.UTC()
		if at != nil {
			v.Revoked = &store.Revocation{Actor: *actor, Reason: *reason, At: at.UTC()}
		}
		return v, nil
	}, `select id, dossier_id, finding, rule, reason, actor, at, revoked_actor, revoked_reason, revoked_at from xindiao.waiver
		where customer_id = $1 and dossier_id = $2 order by id`, t.id, dossierID)
	return found(ctx, t, dossierID, out, err)
}
