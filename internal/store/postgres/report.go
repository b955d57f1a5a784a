package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// SaveReport appends a revision.
func (t *tenant) SaveReport(ctx context.Context, dossierID int64, in store.Draft) (store.Revision, error) {
	if in.Kind == "" {
		return store.Revision{}, refused("没有说明报告种类")
	}
	sum := sha256.Sum256(in.Body)
	var rev store.Revision
	err := t.s.write(ctx, t.id, func(tx pgx.Tx) error {
		st, err := t.lockDossier(ctx, tx, dossierID)
		if err != nil {
			return err
		}
		kind := report.Kind(store.CleanText(string(in.Kind)))
		var newest int
		if err := tx.QueryRow(ctx, `select coalesce(max(number), 0) from xindiao.report where customer_id = $1 and dossier_id = $2 and kind = $3`,
			t.id, dossierID, kind).Scan(&newest); err != nil {
			return err
		}
		if in.Parent != newest {
			return store.Conflict(fmt.Sprintf("报告已有第 %d 版，而本次修改基于第 %d 版，请合并后再保存", newest, in.Parent))
		}
		body := in.Body
		if body == nil {
			body = []byte{}
		}
		rev = store.Revision{Dossier: dossierID, Kind: kind, Number: newest + 1, Parent: in.Parent, Body: body, SHA256: hex.EncodeToString(sum[:]),
			Actor: store.CleanText(in.Actor), Note: store.CleanText(in.Note), At: now()}
		if _, err := tx.Exec(ctx, `insert into xindiao.report (customer_id, dossier_id, kind, number, parent, body, sha256, actor, note, at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, t.id, dossierID, kind, rev.Number, rev.Parent, body, rev.SHA256, rev.Actor, rev.Note, rev.At); err != nil {
			return err
		}
		if _, err := record(ctx, tx, t.id, st, in.Actor, "report.save", fmt.Sprintf("report:%d/%s/%d", dossierID, kind, rev.Number),
			map[string]any{"sha256": rev.SHA256, "parent": rev.Parent}); err != nil {
			return err
		}
		return t.save(ctx, tx, st)
	})
	if err != nil {
		return store.Revision{}, err
	}
	return rev, nil
}

// lockDossier is lock for a dossier that must be there.
func (t *tenant) lockDossier(ctx context.Context, tx pgx.Tx, id int64) (*state, error) {
	st, err := t.lock(ctx, tx)
	if err != nil {
		return nil, err
	}
	var n int
	err = tx.QueryRow(ctx, `select 1 from xindiao.dossier where customer_id = $1 and id = $2`, t.id, id).Scan(&n)
	return st, missing(err, "这份卷宗")
}

// Report reads a revision.
func (t *tenant) Report(ctx context.Context, dossierID int64, kind report.Kind, number int) (store.Revision, error) {
	got, err := list(ctx, t.s, t.s.pool, t.id, func(r pgx.Rows) (v store.Revision, err error) {
		err = r.Scan(&v.Dossier, &v.Kind, &v.Number, &v.Parent, &v.SHA256, &v.Actor, &v.Note, &v.At, &v.Body)
		v.At = v.At.UTC()
		return v, err
	}, `select dossier_id, kind, number, parent, sha256, actor, note, at, body from xindiao.report
		where customer_id = $1 and dossier_id = $2 and kind = $3 and ($4::int = 0 or number = $4) order by number desc limit 1`,
		t.id, dossierID, store.CleanText(string(kind)), number)
	if err == nil && len(got) == 0 {
		err = store.NotFound("这一版报告")
	}
	if err != nil {
		return store.Revision{}, err
	}
	return got[0], nil
}

// Reports lists the revisions, the newest first.
func (t *tenant) Reports(ctx context.Context, dossierID int64) ([]store.Revision, error) {
	out, err := list(ctx, t.s, t.s.pool, t.id, func(r pgx.Rows) (v store.Revision, err error) {
		err = r.Scan(&v.Dossier, &v.Kind, &v.Number, &v.Parent, &v.SHA256, &v.Actor, &v.Note, &v.At)
		v.At = v.At.UTC()
		return v, err
	}, `select dossier_id, kind, number, parent, sha256, actor, note, at from xindiao.report
		where customer_id = $1 and dossier_id = $2 order by at desc, number desc, kind`, t.id, dossierID)
	return found(ctx, t, dossierID, out, err)
}

func refused(msg string) error { return &dossier.Error{Kind: dossier.ErrInput, Msg: msg} }
