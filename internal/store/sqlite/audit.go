package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/xindiao/xindiao/internal/store"
)

// note appends an entry to the chain of a collection, or to that of the corpora (id 0), and moves its head.
func note(ctx context.Context, tx *sql.Tx, id int64, actor, action, subject string, detail any) (store.Entry, error) {
	st, err := loadState(ctx, tx, id)
	if err != nil {
		return store.Entry{}, err
	}
	e := store.Entry{At: now(), Actor: store.CleanText(actor), Action: store.CleanText(action), Subject: store.CleanText(subject)}
	if detail != nil {
		b, err := json.Marshal(detail)
		if err != nil {
			return e, input("审计记录的内容不能保存为 JSON")
		}
		e.Detail = store.CleanText(string(b))
	}
	e = store.Seal(st.audit, st.auditHash, e)
	if _, err = tx.ExecContext(ctx, `INSERT INTO audit (collection_id, number, at, actor, action, subject, detail, prev, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, e.Number, micros(e.At), e.Actor, e.Action, e.Subject, e.Detail, e.Prev, e.Hash); err != nil {
		return e, err
	}
	_, err = tx.ExecContext(ctx, "UPDATE collections SET audit_number = ?, audit_hash = ? WHERE id = ?", e.Number, e.Hash, id)
	return e, err
}

func entries(ctx context.Context, q querier, id, after int64, limit int) ([]store.Entry, error) {
	var out []store.Entry
	err := each(ctx, q, `SELECT number, at, actor, action, subject, detail, prev, hash FROM audit
		WHERE collection_id = ? AND number > ? ORDER BY number LIMIT ?`, []any{id, after, max(limit, 0)}, func(rows *sql.Rows) error {
		var e store.Entry
		var us int64
		err := rows.Scan(&e.Number, &us, &e.Actor, &e.Action, &e.Subject, &e.Detail, &e.Prev, &e.Hash)
		e.At = at(us)
		out = append(out, e)
		return err
	})
	return out, err
}

// Note appends an entry of the caller's.
func (t tenant) Note(ctx context.Context, actor, action, subject string, detail any) (e store.Entry, err error) {
	err = t.s.write(ctx, func(tx *sql.Tx) error {
		if _, err := t.load(ctx, tx); err != nil {
			return err
		}
		e, err = note(ctx, tx, t.id, actor, action, subject, detail)
		return err
	})
	return e, err
}

// Audit reads the chain.
func (t tenant) Audit(ctx context.Context, after int64, limit int) ([]store.Entry, error) {
	if t.id == 0 {
		return nil, nil
	}
	out, err := entries(ctx, t.s.r, t.id, after, limit)
	return out, t.s.fail(ctx, err)
}

// AuditHead is what the chain must end with.
func (t tenant) AuditHead(ctx context.Context) (int64, string, error) {
	st, err := t.load(ctx, t.s.r)
	if err != nil {
		return 0, "", t.s.fail(ctx, err)
	}
	return st.audit, st.auditHash, nil
}

// CorporaAudit reads the chain of the corpora.
func (s *Store) CorporaAudit(ctx context.Context, after int64, limit int) ([]store.Entry, error) {
	out, err := entries(ctx, s.r, 0, after, limit)
	return out, s.fail(ctx, err)
}
