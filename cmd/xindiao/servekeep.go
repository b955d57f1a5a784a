package main

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/blob"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/server"
)

const (
	searchMemory = 256 << 20 // bytes of postings kept for the customers in work
	serviceActor = "service" // in the audit chain, until people sign in by name
)

// keeper is the agent with a database: what is reviewed or drafted is kept, and can be searched.
type keeper struct {
	engineOf
	db    store.Store
	files blob.Store
	cache *retrieval.Cache

	mu    sync.Mutex
	ships map[string]store.Collection // corpora without the database
}

// kept is where an upload's dossier is in the database; it lies beside the upload.
type kept struct {
	Customer int64 `json:"customer"`
	Dossier  int64 `json:"dossier"`
}

func keptFile(dir string) string {
	return filepath.Join(filepath.Dir(filepath.Clean(dir)), "kept.json")
}

func (k *keeper) Review(ctx context.Context, dir string, app server.Overrides, progress func(server.Event)) (*report.Review, error) {
	c, _, err := k.take(ctx, dir, k.with(app, progress))
	if err != nil {
		return nil, err
	}
	return k.a.ReviewCase(c), nil
}

func (k *keeper) Draft(ctx context.Context, dir string, o server.DraftOptions, progress func(server.Event)) (*report.Report, error) {
	opt := k.drafting(o, progress)
	c, at, err := k.take(ctx, dir, opt)
	if err != nil {
		return nil, err
	}
	r, err := k.a.Write(ctx, c, opt)
	if err != nil {
		return nil, err
	}
	return r, k.save(ctx, at, r)
}

// take reads a dossier and keeps it under the borrower's code; a borrower that nobody could name has the upload's.
func (k *keeper) take(ctx context.Context, dir string, opt agent.Options) (*agent.Case, kept, error) {
	c, err := k.a.Intake(ctx, dir, opt)
	if err != nil {
		return nil, kept{}, err
	}
	id := filepath.Base(filepath.Dir(filepath.Clean(dir)))
	key := c.Dossier.Application.USCC
	if key == "" {
		key = "upload:" + id
	}
	rec, err := k.a.Keep(ctx, c, agent.Archive{Store: k.db, Files: k.files, Actor: serviceActor}, key, id, opt)
	if err != nil {
		return nil, kept{}, err
	}
	at := kept{rec.Customer.ID, rec.Receipt.Dossier}
	data, err := json.Marshal(at)
	if err == nil {
		err = os.WriteFile(keptFile(dir), data, 0o600)
	}
	return c, at, err
}

// save appends the draft as the newest revision; another draft may have come first.
func (k *keeper) save(ctx context.Context, at kept, r *report.Report) error {
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	t := k.db.Tenant(at.Customer)
	for range 3 {
		parent := 0
		last, lerr := t.Report(ctx, at.Dossier, r.Kind, 0)
		if lerr == nil {
			parent = last.Number
		} else if !errors.Is(lerr, store.ErrNotFound) {
			return lerr
		}
		if _, err = t.SaveReport(ctx, at.Dossier, store.Draft{Kind: r.Kind, Parent: parent, Body: body, Actor: serviceActor, Note: "起草"}); !errors.Is(err, store.ErrConflict) {
			return err
		}
	}
	return err
}

// where finds what is kept of an upload.
func (k *keeper) where(dir string) (kept, error) {
	var at kept
	data, err := os.ReadFile(keptFile(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return at, store.NotFound("这份卷宗的入库记录，请先审查一次")
	}
	if err == nil {
		err = json.Unmarshal(data, &at)
	}
	return at, err
}

// Forget deletes the dossier. Its original files go too, unless another dossier of the customer holds them or they were
// put a short while ago and may belong to an intake under way: those go with the next sweep.
func (k *keeper) Forget(ctx context.Context, dir string) error {
	at, err := k.where(dir)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	t := k.db.Tenant(at.Customer)
	if err := t.DeleteDossier(ctx, at.Dossier, serviceActor); err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return k.sweep(ctx, at.Customer)
}

// sweep deletes original files that no document of the customer refers to any more.
func (k *keeper) sweep(ctx context.Context, customer int64) error {
	live, err := k.db.Tenant(customer).Digests(ctx)
	if err == nil {
		_, err = blob.Sweep(ctx, k.files, customer, live, blob.MinAge)
	}
	return err
}

// sweepDaily sweeps every customer, once a day until ctx ends.
func (k *keeper) sweepDaily(ctx context.Context, log *slog.Logger) {
	for {
		var failed error // one customer's failure keeps no other from being swept
		err := store.EachCustomer(ctx, k.db, func(x store.Customer) error {
			failed = errors.Join(failed, k.sweep(ctx, x.ID))
			return ctx.Err()
		})
		if err = errors.Join(failed, err); err != nil && ctx.Err() == nil {
			log.Error("sweep of original files failed", "kind", string(dossier.KindOf(err)))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(24 * time.Hour):
		}
	}
}
