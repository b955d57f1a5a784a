package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/internal/store"
)

// record appends an entry to the chain whose head st is; the caller saves st.
func record(ctx context.Context, tx pgx.Tx, customer int64, st *state, actor, action, subject string, detail any) (store.Entry, error) {
	e := store.Entry{At: time.Now(), Actor: store.CleanText(actor), Action: store.CleanText(action), Subject: store.CleanText(subject)}
	if detail != nil {
		b, err := json.Marshal(detail)
		if err != nil {
			return e, err
		}
		e.Detail = store.CleanText(string(b))
	}
	e = store.Seal(st.number, st.hash, e)
	sql, args := `insert into xindiao.corpora_audit (number, at, actor, action, subject, detail, prev, hash) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		[]any{e.Number, e.At, e.Actor, e.Action, e.Subject, e.Detail, e.Prev, e.Hash}
	if customer != nobody {
		sql, args = `insert into xindiao.audit (number, at, actor, action, subject, detail, prev, hash, customer_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, append(args, customer)
	}
	_, err := tx.Exec(ctx, sql, args...)
	if err == nil {
		st.number, st.hash = e.Number, e.Hash
	}
	return e, err
}

// Note appends an entry of the caller's own.
func (t *tenant) Note(ctx context.Context, actor, action, subject string, detail any) (store.Entry, error) {
	var e store.Entry
	err := t.s.write(ctx, t.id, func(tx pgx.Tx) error {
		st, err := t.lock(ctx, tx)
		if err != nil {
			return err
		}
		if e, err = record(ctx, tx, t.id, st, actor, action, subject, detail); err != nil {
			return err
		}
		return t.save(ctx, tx, st)
	})
	return e, err
}

func scanEntry(r pgx.Rows) (e store.Entry, err error) {
	err = r.Scan(&e.Number, &e.At, &e.Actor, &e.Action, &e.Subject, &e.Detail, &e.Prev, &e.Hash)
	e.At = e.At.UTC()
	return e, err
}

// Audit reads the chain.
func (t *tenant) Audit(ctx context.Context, after int64, limit int) ([]store.Entry, error) {
	return list(ctx, t.s, t.s.pool, t.id, scanEntry, `select number, at, actor, action, subject, detail, prev, hash from xindiao.audit
		where customer_id = $1 and number > $2 order by number limit $3`, t.id, after, min(max(limit, 0), maxList))
}

// AuditHead is the end of the chain as kept beside it.
func (t *tenant) AuditHead(ctx context.Context) (n int64, hash string, err error) {
	err = t.s.one(ctx, t.s.pool, t.id, []any{&n, &hash}, `select audit_number, audit_hash from xindiao.collection where customer_id = $1`, t.id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return n, hash, err
}

// CorporaAudit reads the chain of the corpora.
func (s *Store) CorporaAudit(ctx context.Context, after int64, limit int) ([]store.Entry, error) {
	return list(ctx, s, s.pool, nobody, scanEntry, `select number, at, actor, action, subject, detail, prev, hash from xindiao.corpora_audit
		where number > $1 order by number limit $2`, after, min(max(limit, 0), maxList))
}
