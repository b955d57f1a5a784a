package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/samples"
	"github.com/xindiao/xindiao/server"
)

// The service keeps what it reviews and drafts, finds it, and forgets it with the upload.
func TestServiceKeeps(t *testing.T) {
	ctx := t.Context()
	dir := filepath.Join(t.TempDir(), "UPLOAD", "dossier")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := samples.Unpack(samples.Manufacturing, dir); err != nil {
		t.Fatal(err)
	}
	c := &serveCmd{Dir: t.TempDir()}
	c.Cache = filepath.Join(t.TempDir(), "cache")
	a, opt, err := open(ctx, overrides{OCR: "none", readFlags: c.readFlags}, modelFlags{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	e, shut, err := c.engine(ctx, a, opt, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer shut()
	k := e.(*keeper)
	if _, err := k.Search(ctx, dir, server.Search{Text: "抵押"}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("searched before it was read: %v", err)
	}
	quiet := func(server.Event) {}
	if _, err := k.Review(ctx, dir, server.Overrides{}, quiet); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := k.Draft(ctx, dir, server.DraftOptions{}, quiet); err != nil {
			t.Fatal(err)
		}
	}
	at, err := k.where(dir)
	if err != nil {
		t.Fatal(err)
	}
	tenant := k.db.Tenant(at.Customer)
	if r, err := tenant.Report(ctx, at.Dossier, report.Credit, 0); err != nil || r.Number != 2 || r.Parent != 1 {
		t.Errorf("revision %d of %d: %v", r.Number, r.Parent, err)
	}
	found, err := k.Search(ctx, dir, server.Search{Text: "抵押物评估价值", K: 4, Corpora: []string{"law"}})
	if err != nil || len(found.Hits) != 4 || found.Hits[0].File == "" {
		t.Errorf("%d hits: %v", len(found.Hits), err)
	}
	if live, err := tenant.Digests(ctx); err != nil || len(live) == 0 {
		t.Errorf("no original files: %v", err)
	} else if ok, err := k.files.Has(ctx, at.Customer, live[0]); err != nil || !ok {
		t.Errorf("an original file is not there: %v", err)
	}
	if err := k.Forget(ctx, dir); err != nil {
		t.Fatal(err)
	}
	if list, err := tenant.Dossiers(ctx); err != nil || len(list) != 0 {
		t.Errorf("%d dossiers left: %v", len(list), err)
	}
	if err := chain(ctx, tenant); err != nil {
		t.Error(err)
	}
	if err := k.Forget(ctx, filepath.Join(t.TempDir(), "NEVER", "dossier")); err != nil {
		t.Errorf("what was never kept: %v", err)
	}
}
