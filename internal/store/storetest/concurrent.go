package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// numbered is an intake in which every row carries one generation, and which rewrites every document.
func numbered(gen, docs, pages int) store.Intake {
	mark := fmt.Sprintf("代%d号", gen)
	var ds []*dossier.Document
	for i := range docs {
		d := paper(fmt.Sprintf("%d.pdf", i), mark, pages)
		d.Size = int64(gen)
		ds = append(ds, d)
	}
	return reading("卷", mark, ds...)
}

// concurrent takes one dossier in from several sides while others read it.
func concurrent(t *testing.T, e *env) {
	ctx := t.Context()
	tn, twin := e.tenant(t), e.tenant(t)
	id := must[store.Receipt](t)(tn.Intake(ctx, numbered(0, 3, 2))).Dossier
	second := e.open(t) // as another process
	done := make(chan struct{})
	var writers, readers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			s := e.s
			if w%2 == 1 {
				s = second
			}
			for i := range 5 {
				to := s.Tenant(tn.ID())
				if w == 3 {
					to = s.Tenant(twin.ID())
				}
				if _, err := to.Intake(ctx, numbered(1+w*5+i, 3, 2)); err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
			}
		})
	}
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				// One call is one snapshot: never half of one reading and half of another.
				d, err := tn.Dossier(ctx, id)
				if err != nil {
					t.Error(err)
					return
				}
				if err := oneGeneration(d); err != nil {
					t.Error(err)
					return
				}
				c, err := tn.Catalog(ctx)
				if err != nil || len(c.Documents) != 3 || c.Chunks() != 18 || c.Embedded != 18 {
					t.Errorf("catalogue of %d documents, %d chunks, %d vectors: %v", len(c.Documents), c.Chunks(), c.Embedded, err)
					return
				}
				if f, err := tn.SearchVector(ctx, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 100}); err != nil || len(f.Hits) != 18 {
					t.Errorf("%d hits: %v", len(f.Hits), err)
					return
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	if info := dossierInfo(t, tn, id); info.Intakes != 16 {
		t.Errorf("%d intakes", info.Intakes)
	}
	for _, x := range []store.Tenant{tn, twin} {
		verified(t, x)
	}
	if n := len(chain(t, tn)); n != 16 {
		t.Errorf("%d audit entries", n)
	}
	sameName(t, e)
}

// sameName makes one dossier from several sides at once.
func sameName(t *testing.T, e *env) {
	tn := e.tenant(t)
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			if _, err := tn.Intake(t.Context(), numbered(i, 1, 1)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if list := must[[]store.DossierInfo](t)(tn.Dossiers(t.Context())); len(list) != 1 || list[0].Intakes != 6 {
		t.Errorf("dossiers %+v", list)
	}
}

// oneGeneration tells whether everything in a numbered dossier is of one reading.
func oneGeneration(d *dossier.Dossier) error {
	mark := d.Application.USCC
	for _, doc := range d.Documents {
		if doc.Party.Name != "某某有限公司"+mark || doc.Fields["total"].At.Quote != mark {
			return fmt.Errorf("a document of %s in a dossier of %s", doc.Party.Name, mark)
		}
		for _, p := range doc.Pages {
			if p.Tables[0].Name != mark || p.Text[:len(mark)] != mark {
				return fmt.Errorf("a page of %s in a dossier of %s", p.Tables[0].Name, mark)
			}
		}
	}
	return nil
}

// cancelled stops intakes in the middle: the dossier is the old one or the new one.
func cancelled(t *testing.T, e *env) {
	tn := e.tenant(t)
	old := numbered(0, 3, 2)
	id := must[store.Receipt](t)(tn.Intake(t.Context(), old)).Dossier
	gone, stop := context.WithCancel(t.Context())
	stop()
	if _, err := tn.Intake(gone, numbered(1, 3, 2)); err == nil {
		t.Error("taken in under a cancelled context")
	}
	readBack(t, tn, id, old)
	// How long an intake takes here is measured, so that the moments fall into it.
	began := time.Now()
	old = numbered(2, 6, 15)
	must[store.Receipt](t)(tn.Intake(t.Context(), old))
	took, r := time.Since(began), rand.New(rand.NewPCG(5, 5))
	stopped := 0
	for gen := 3; gen < 23 || stopped == 0 && gen < 200; gen++ {
		if gen >= 23 {
			took -= took / 8 // the machine was slow when it was measured
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(r.Int64N(int64(took)+1)))
		next := numbered(gen, 6, 15)
		_, err := tn.Intake(ctx, next)
		cancel()
		if err == nil {
			old = next
		} else {
			stopped++
			// A commit may be on its way to a server when the time runs out. The next writer of the customer waits for it.
			must[store.Entry](t)(tn.Note(t.Context(), "tester", "settle", "dossier", nil))
			if must[*dossier.Dossier](t)(tn.Dossier(t.Context(), id)).Application.USCC == next.Dossier.Application.USCC {
				old = next // committed as the time ran out
			}
		}
		readBack(t, tn, id, old)
	}
	if stopped == 0 {
		t.Error("no intake was stopped")
	}
	verified(t, tn)
}
