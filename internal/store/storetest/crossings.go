package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// view is through what is asked: a customer's view, or a corpus, which has no Tenant.
type view struct {
	c  store.Collection
	tn store.Tenant
}

// crossing asks a's view for what is b's. A rare one changes a and is tried on some pairs only.
type crossing struct {
	rare bool
	try  func(v view, a, b *owner) error
}

var bg = context.Background()

// shows is for methods that take no id: whatever comes must be a's.
func shows(f func(v view) (any, error)) crossing {
	return crossing{try: func(v view, a, b *owner) error {
		got, err := f(v)
		if err != nil {
			return err
		}
		return a.foreign(got)
	}}
}

// asks is for methods that take an id: not found, or, where each customer counts for itself, a's own.
func asks(f func(v view, b *owner) (any, error)) crossing {
	return crossing{try: func(v view, a, b *owner) error {
		got, err := f(v, b)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		return a.foreign(got)
	}}
}

// named is asks where an id that is not a's own must be told from one without rows: ErrNotFound, not nothing.
func named(f func(v view, b *owner) (any, error)) crossing {
	return crossing{try: func(v view, a, b *owner) error {
		got, err := f(v, b)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err == nil && !strings.Contains(fmt.Sprint(got), a.mark) && !ownDossier(v, b) {
			return fmt.Errorf("answered with %v instead of not found", got)
		}
		return errors.Join(err, a.foreign(got))
	}}
}

// changes is for methods that change what an id names: refused, and not tried where the id is a's own as well.
func changes(own func(v view, b *owner) bool, f func(v view, b *owner) error) crossing {
	return crossing{try: func(v view, a, b *owner) error {
		if own(v, b) {
			return nil
		}
		if err := f(v, b); !errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("not refused: %v", err)
		}
		return nil
	}}
}

func ownDossier(v view, b *owner) bool { _, err := v.tn.Dossier(bg, b.dossier); return err == nil }

func ownWaiver(v view, b *owner) bool {
	list, _ := v.tn.Dossiers(bg)
	for _, d := range list {
		ws, _ := v.tn.Waivers(bg, d.ID)
		if slices.ContainsFunc(ws, func(w store.Waiver) bool { return w.ID == b.waiver }) {
			return true
		}
	}
	return false
}

// crossings has a case for every method of store.Tenant and store.Collection.
var crossings = map[string]crossing{
	"ID": {try: func(v view, a, b *owner) error {
		if v.tn.ID() == b.tn.ID() {
			return errors.New("two customers of one id")
		}
		return nil
	}},
	"Version": shows(func(v view) (any, error) { return v.c.Version(bg) }),
	"Catalog": shows(func(v view) (any, error) {
		c, err := v.c.Catalog(bg)
		got := []any{c}
		for _, d := range c.Documents {
			got = append(got, string(d.Segment))
		}
		return got, err
	}),
	"Chunks": asks(func(v view, b *owner) (any, error) { return v.c.Chunks(bg, b.chunks) }),
	"SearchVector": asks(func(v view, b *owner) (any, error) {
		q := store.VectorQuery{Space: space, Vector: vector(space, b.mark), K: 1000}
		all, err := v.c.SearchVector(bg, q)
		if err != nil {
			return nil, err
		}
		q.Only = b.chunks
		only, err := v.c.SearchVector(bg, q)
		if err != nil {
			return nil, err
		}
		var ids []int64
		for _, h := range append(all.Hits, only.Hits...) {
			ids = append(ids, h.ID)
		}
		rows, err := v.c.Chunks(bg, ids)
		if len(rows) != len(ids) {
			return nil, fmt.Errorf("%d hits, of which %d are one's own", len(ids), len(rows))
		}
		return rows, err
	}),
	"VectorsByHash": {try: func(v view, a, b *owner) error {
		got, err := v.c.VectorsByHash(bg, space, b.hashes)
		if len(got) > 0 {
			return fmt.Errorf("%d vectors", len(got))
		}
		return err
	}},
	"Unembedded": shows(func(v view) (any, error) { return v.c.Unembedded(bg, next, 0, 1000) }),
	"PutVectors": {try: func(v view, a, b *owner) error {
		have, err := v.c.Chunks(bg, b.chunks)
		if err != nil {
			return err
		}
		var vs []store.ChunkVector
		for _, id := range b.chunks {
			if !slices.ContainsFunc(have, func(r store.ChunkRow) bool { return r.ID == id }) {
				vs = append(vs, store.ChunkVector{ID: id, Vector: vector(space, "foreign")})
			}
		}
		return v.c.PutVectors(bg, space, vs)
	}},
	"Switch":     {rare: true, try: func(v view, a, b *owner) error { return v.c.Switch(bg, space, a.mark) }},
	"DropSpaces": {rare: true, try: func(v view, a, b *owner) error { return v.c.DropSpaces(bg) }},

	"Dossiers":  shows(func(v view) (any, error) { return v.tn.Dossiers(bg) }),
	"Dossier":   named(func(v view, b *owner) (any, error) { return v.tn.Dossier(bg, b.dossier) }),
	"Documents": named(func(v view, b *owner) (any, error) { return v.tn.Documents(bg, b.dossier) }),
	"Page":      named(func(v view, b *owner) (any, error) { return v.tn.Page(bg, b.document, 1) }),
	"Fields":    named(func(v view, b *owner) (any, error) { return v.tn.Fields(bg, b.document) }),
	"Figures":   named(func(v view, b *owner) (any, error) { return v.tn.Figures(bg, b.dossier, "") }),
	"Findings":  named(func(v view, b *owner) (any, error) { return v.tn.Findings(bg, b.dossier) }),
	"Digests":   shows(func(v view) (any, error) { return v.tn.Digests(bg) }),
	"Reports":   named(func(v view, b *owner) (any, error) { return v.tn.Reports(bg, b.dossier) }),
	"Report": named(func(v view, b *owner) (any, error) {
		r, err := v.tn.Report(bg, b.dossier, report.Credit, 0)
		return []any{r, string(r.Body)}, err
	}),
	"Waivers": named(func(v view, b *owner) (any, error) { return v.tn.Waivers(bg, b.dossier) }),
	"Audit":   shows(func(v view) (any, error) { return v.tn.Audit(bg, 0, 1000) }),
	"AuditHead": {try: func(v view, a, b *owner) error {
		_, mine, err := v.tn.AuditHead(bg)
		_, other, err2 := b.tn.AuditHead(bg)
		if mine == other {
			return errors.New("two customers with one head")
		}
		return errors.Join(err, err2)
	}},

	"SaveReport": changes(ownDossier, func(v view, b *owner) error {
		_, err := v.tn.SaveReport(bg, b.dossier, store.Draft{Kind: report.Credit, Parent: 1, Body: []byte("x"), Actor: "x"})
		return err
	}),
	"Waive": changes(ownDossier, func(v view, b *owner) error {
		_, err := v.tn.Waive(bg, b.dossier, store.Waiver{Finding: b.finding, Rule: "r", Reason: "x", Actor: "x"})
		return err
	}),
	"Revoke":        changes(ownWaiver, func(v view, b *owner) error { return v.tn.Revoke(bg, b.waiver, "x", "x") }),
	"DeleteDossier": changes(ownDossier, func(v view, b *owner) error { return v.tn.DeleteDossier(bg, b.dossier, "x") }),

	// It goes again, so that a holds what it held. That two customers may use one name for a dossier, newOwner shows.
	"Intake": {rare: true, try: func(v view, a, b *owner) error {
		r, err := v.tn.Intake(bg, reading(fmt.Sprint("新", b.n), a.mark, paper("新"+a.mark, a.mark, 1)))
		if err != nil {
			return err
		}
		return v.tn.DeleteDossier(bg, r.Dossier, a.mark)
	}},
	"Note": {rare: true, try: func(v view, a, b *owner) error {
		entry, err := v.tn.Note(bg, a.mark, "read", fmt.Sprint("dossier:", b.dossier), nil)
		if err != nil {
			return err
		}
		return a.foreign(entry)
	}},
}
