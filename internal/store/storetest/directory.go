package storetest

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

func directory(t *testing.T, e *env) {
	ctx := t.Context()
	info := must[store.Info](t)(e.s.Info(ctx))
	if info.Engine == "" || info.Version == "" || info.Schema < 1 || info.Target == "" {
		t.Errorf("info %+v", info)
	}
	if u, err := url.Parse(e.target); err == nil {
		if password, ok := u.User.Password(); ok && password != "" && strings.Contains(fmt.Sprint(info), password) {
			t.Error("info tells the password")
		}
	}
	a := must[store.Customer](t)(e.s.PutCustomer(ctx, "91330000MA00000001", "甲公司"))
	if a.ID == 0 || a.Key != "91330000MA00000001" || a.Name != "甲公司" || a.Created.IsZero() {
		t.Errorf("made %+v", a)
	}
	b := must[store.Customer](t)(e.s.PutCustomer(ctx, "x'; --", "乙公司"))
	renamed := must[store.Customer](t)(e.s.PutCustomer(ctx, a.Key, "甲公司（更名）"))
	if renamed.ID != a.ID || renamed.Name != "甲公司（更名）" || !renamed.Created.Equal(a.Created) {
		t.Errorf("renamed %+v from %+v", renamed, a)
	}
	if got := must[store.Customer](t)(e.s.Customer(ctx, a.Key)); got.ID != a.ID || got.Name != renamed.Name {
		t.Errorf("found %+v", got)
	}
	if _, err := e.s.Customer(ctx, "没有"); !errors.Is(err, store.ErrNotFound) || dossier.KindOf(err) != dossier.ErrNotFound {
		t.Errorf("unknown key: %v", err)
	}
	for _, key := range []string{"", strings.Repeat("长", store.MaxName)} {
		if _, err := e.s.PutCustomer(ctx, key, "名"); dossier.KindOf(err) != dossier.ErrInput {
			t.Errorf("key of %d bytes: %v", len(key), err)
		}
	}
	for i := range 25 {
		must[store.Customer](t)(e.s.PutCustomer(ctx, fmt.Sprintf("页%02d", i), "名"))
	}
	var all []store.Customer
	for after := int64(0); ; {
		page := must[[]store.Customer](t)(e.s.Customers(ctx, after, 10))
		if len(page) > 10 {
			t.Fatalf("%d customers for a limit of 10", len(page))
		}
		if len(page) == 0 {
			break
		}
		for _, c := range page {
			if c.ID <= after {
				t.Fatalf("customer %d after %d", c.ID, after)
			}
			after = c.ID
			all = append(all, c)
		}
	}
	if len(all) < 27 {
		t.Errorf("%d customers listed", len(all))
	}
	if tn := e.s.Tenant(b.ID); tn.ID() != b.ID {
		t.Errorf("tenant %d", tn.ID())
	}
	nobody := e.s.Tenant(1 << 40)
	if _, err := nobody.Intake(ctx, reading("无主", "甲", paper("a.pdf", "甲", 1))); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("intake for nobody: %v", err)
	}
	if list, err := nobody.Dossiers(ctx); len(list) != 0 {
		t.Errorf("nobody's dossiers: %v %v", list, err)
	}
}
