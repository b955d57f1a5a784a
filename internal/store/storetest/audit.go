package storetest

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/xindiao/xindiao/internal/store"
)

// chain reads a customer's audit chain in pages.
func chain(t *testing.T, tn store.Tenant) []store.Entry {
	t.Helper()
	var out []store.Entry
	for {
		page := must[[]store.Entry](t)(tn.Audit(t.Context(), int64(len(out)), 7))
		if len(page) > 7 {
			t.Fatalf("%d entries for a limit of 7", len(page))
		}
		if len(page) == 0 {
			return out
		}
		out = append(out, page...)
	}
}

// intact checks a chain and its head as a reader of the bank would.
func intact(t *testing.T, tn store.Tenant) error {
	t.Helper()
	entries := chain(t, tn)
	if err := store.Verify(0, "", entries); err != nil {
		return err
	}
	n, hash, err := tn.AuditHead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	last := store.Entry{}
	if len(entries) > 0 {
		last = entries[len(entries)-1]
	}
	if n != last.Number || hash != last.Hash {
		return errors.New("the head is not the last entry")
	}
	return nil
}

// verified fails unless the chain holds.
func verified(t *testing.T, tn store.Tenant) {
	t.Helper()
	if err := intact(t, tn); err != nil {
		t.Error(err)
	}
}

// grows fails unless f adds exactly one entry of this action.
func grows(t *testing.T, tn store.Tenant, action string, f func() error) {
	t.Helper()
	before := chain(t, tn)
	if err := f(); err != nil {
		t.Fatalf("%s: %v", action, err)
	}
	after := chain(t, tn)
	if len(after) != len(before)+1 || after[len(before)].Action != action || after[len(before)].Actor == "" || after[len(before)].At.IsZero() {
		t.Errorf("%s added %d entries: %+v", action, len(after)-len(before), after[min(len(before), len(after)):])
	}
	verified(t, tn)
}

func audit(t *testing.T, e *env) {
	ctx := t.Context()
	tn := e.tenant(t)
	if n, hash, err := tn.AuditHead(ctx); n != 0 || hash != "" || err != nil {
		t.Errorf("head of an empty chain: %d %q %v", n, hash, err)
	}
	in := reading("卷", "一", paper("a.pdf", "机密词", 1))
	grows(t, tn, "intake", func() error { _, err := tn.Intake(ctx, in); return err })
	grows(t, tn, "intake", func() error { _, err := tn.Intake(ctx, in); return err })
	grows(t, tn, "sign-in", func() error {
		entry, err := tn.Note(ctx, "张三", "sign-in", "user:7", map[string]any{"ok": true, "a": "b'c"})
		if err == nil && (entry.Number != 3 || entry.Hash == "" || !json.Valid([]byte(entry.Detail))) {
			t.Errorf("noted %+v", entry)
		}
		return err
	})
	grows(t, tn, "read", func() error { _, err := tn.Note(ctx, "李四\x00\xff", "read", "report:1/credit/1", nil); return err })
	if _, err := tn.Note(ctx, "张三", "bad", "", func() {}); err == nil {
		t.Error("noted what JSON cannot say")
	}
	for _, x := range chain(t, tn) {
		if x.Action == "intake" && (strings.Contains(x.Detail, "机密词") || x.Actor != "张三" || !strings.HasPrefix(x.Subject, "dossier:")) {
			t.Errorf("entry %+v", x)
		}
	}
	t.Run("concurrent", func(t *testing.T) {
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				for range 5 {
					if _, err := tn.Note(ctx, "并发", "read", "x", nil); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n := len(chain(t, tn)); n != 34 {
			t.Errorf("%d entries", n)
		}
		verified(t, tn)
	})
	t.Run("forbidden", func(t *testing.T) {
		if e.b.Forbid == nil {
			t.Skip("no hook")
		}
		tries := e.b.Forbid(ctx, e.target)
		if len(tries) < 2 {
			t.Errorf("only %d ways tried", len(tries))
		}
		for way, err := range tries {
			if err == nil {
				t.Errorf("the application may %s the audit chain", way)
			}
		}
		verified(t, tn)
	})
	t.Run("tampered", func(t *testing.T) { tampered(t, e) })
}

// tampered changes chains from the outside: each must show.
func tampered(t *testing.T, e *env) {
	if e.b.Tamper == nil {
		t.Skip("no hook")
	}
	for what, do := range map[string]Tamper{
		"changed first":  {Number: 1, Detail: `{"x":1}`},
		"changed middle": {Number: 3, Detail: `{}`},
		"cut off end":    {Number: 5, Cut: true},
		"cut off all":    {Number: 1, Cut: true},
	} {
		tn := e.tenant(t)
		for range 5 {
			must[store.Entry](t)(tn.Note(t.Context(), "张三", "read", "x", []int{1}))
		}
		verified(t, tn)
		do.Customer = tn.ID()
		if err := e.b.Tamper(t.Context(), e.target, do); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if intact(t, tn) == nil {
			t.Errorf("%s: does not show", what)
		}
	}
}
