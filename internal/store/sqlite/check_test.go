package sqlite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func TestCheck(t *testing.T) {
	for name, c := range map[string]struct{ stmt, says string }{
		"sound":         {"SELECT 1", ""},
		"changed entry": {"DROP TRIGGER audit_no_update; UPDATE audit SET actor = 'x' WHERE number = 1", "审计记录被改动"},
		"cut-off end":   {"DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE number = 2", "应有 2 条"},
		"lost chunk":    {"DELETE FROM chunks WHERE id = 3", "文段数"},
		"lost numbers":  {"UPDATE blocks SET data = x'00'", "向量"},
		"lost owner":    {"PRAGMA foreign_keys = 0; DELETE FROM documents", "失去所属"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.db")
			s := open(t, path)
			tn := customerOf(t, s)
			if _, err := tn.Intake(t.Context(), synthetic(1, 10)); err != nil {
				t.Fatal(err)
			}
			if _, err := tn.Note(t.Context(), "张三", "signin", "", nil); err != nil {
				t.Fatal(err)
			}
			exec(t, path, c.stmt)
			err := s.Check(t.Context())
			if c.says == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.says) || dossier.KindOf(err) != dossier.ErrCorrupt {
				t.Errorf("%v, want %s", err, c.says)
			}
		})
	}
}

// TestBackup: the copy opens as a store with everything in it, and stays private.
func TestBackup(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "x.db"))
	tn := customerOf(t, s)
	if _, err := tn.Intake(t.Context(), synthetic(1, 100)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "备份'.db")
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", st, err)
	}
	if err := s.Backup(t.Context(), path); dossier.KindOf(err) != dossier.ErrInput {
		t.Errorf("over an old backup: %v", err)
	}
	b := open(t, path)
	if err := b.Check(t.Context()); err != nil {
		t.Error(err)
	}
	cat, err := b.Tenant(tn.ID()).Catalog(t.Context())
	if err != nil || cat.Chunks() != 100 || cat.Embedded != 100 {
		t.Errorf("%d chunks, %d embedded: %v", cat.Chunks(), cat.Embedded, err)
	}
}
