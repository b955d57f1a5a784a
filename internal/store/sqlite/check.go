package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// Check reads the whole database: the engine's own check, references, the count of vectors, and every audit chain to
// the head kept beside it. The error says what is wrong first.
func (s *Store) Check(ctx context.Context) error {
	return s.read(ctx, func(tx *sql.Tx) error {
		var verdict string
		if err := tx.QueryRowContext(ctx, "SELECT integrity_check FROM pragma_integrity_check LIMIT 1").Scan(&verdict); err != nil {
			return err
		}
		if verdict != "ok" {
			return s.broken("文件已损坏，请从备份恢复：" + verdict)
		}
		for _, c := range []struct{ query, what string }{
			{"SELECT count(*) FROM pragma_foreign_key_check", "有记录失去所属"},
			{`SELECT count(*) FROM collections c WHERE chunks <> (SELECT count(*) FROM chunks k WHERE k.collection_id = c.id)`, "文段数与登记不符"},
			{`SELECT count(*) FROM blocks b JOIN spaces s ON s.id = b.space_id
				WHERE length(b.norms) * s.dim <> length(b.data)`, "向量块长度不符"},
		} {
			var n int
			if err := tx.QueryRowContext(ctx, c.query).Scan(&n); err != nil {
				return err
			}
			if n > 0 {
				return s.broken(fmt.Sprintf("%s（%d 处），请从备份恢复", c.what, n))
			}
		}
		return s.chains(ctx, tx)
	})
}

func (s *Store) broken(msg string) error {
	return &dossier.Error{Kind: dossier.ErrCorrupt, File: s.path, Msg: msg}
}

const auditStep = 1000

// chains verifies the audit chains of all customers and of the corpora.
func (s *Store) chains(ctx context.Context, tx *sql.Tx) error {
	var ids []int64
	if err := each(ctx, tx, "SELECT id FROM collections WHERE id >= 0 ORDER BY id", nil, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}); err != nil {
		return err
	}
	for _, id := range ids {
		head, err := loadState(ctx, tx, id)
		if err != nil {
			return err
		}
		var number int64
		var hash string
		for {
			step, err := entries(ctx, tx, id, number, auditStep)
			if err != nil {
				return err
			}
			if err := store.Verify(number, hash, step); err != nil {
				return s.broken(fmt.Sprintf("客户 %d 的审计记录被改动：%v", id, err))
			}
			if len(step) == 0 {
				break
			}
			number, hash = step[len(step)-1].Number, step[len(step)-1].Hash
		}
		if number != head.audit || hash != head.auditHash {
			return s.broken(fmt.Sprintf("客户 %d 的审计记录到第 %d 条为止，应有 %d 条", id, number, head.audit))
		}
	}
	return nil
}

// Backup writes a compact copy of one snapshot to path, while others go on reading and writing; a file that is there
// is not overwritten.
func (s *Store) Backup(ctx context.Context, path string) error {
	if st, err := os.Stat(path); err == nil {
		return &dossier.Error{Kind: dossier.ErrInput, File: path, Msg: fmt.Sprintf("已有 %d 字节的文件，不覆盖，请换一个备份文件名", st.Size())}
	}
	if err := prepare(path); err != nil { // for the owner alone
		return s.fail(ctx, err)
	}
	db := s.w
	if s.path != Memory { // a connection of its own: the readers' may not write, and writers need not wait
		var err error
		if db, err = sql.Open("sqlite", dsn(s.path, s.wait, false)); err != nil {
			return s.fail(ctx, err)
		}
		defer func() { _ = db.Close() }()
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		_ = os.Remove(path)
		return s.fail(ctx, err)
	}
	return nil
}
