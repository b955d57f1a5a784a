package storetest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

func reports(t *testing.T, e *env) {
	ctx := t.Context()
	tn := e.tenant(t)
	id := must[store.Receipt](t)(tn.Intake(ctx, reading("卷", "一", paper("a.pdf", "甲", 1)))).Dossier
	if _, err := tn.Report(ctx, id, report.Credit, 0); !errors.Is(err, store.ErrNotFound) || dossier.KindOf(err) != dossier.ErrNotFound {
		t.Errorf("report before the first: %v", err)
	}
	save := func(kind report.Kind, parent int, body string) (store.Revision, error) {
		return tn.SaveReport(ctx, id, store.Draft{Kind: kind, Parent: parent, Body: []byte(body), Actor: "张三", Note: "改了" + body})
	}
	bodies := []string{`{"a": 1}`, "{ \"raw\" :\t\"kept to the byte\" }\n", "not json \x00\xff at all"}
	for i, body := range bodies {
		var r store.Revision
		grows(t, tn, "report.save", func() (err error) { r, err = save(report.Credit, i, body); return err })
		sum := sha256.Sum256([]byte(body))
		if r.Number != i+1 || r.Parent != i || r.Dossier != id || r.Kind != report.Credit || r.SHA256 != hex.EncodeToString(sum[:]) || r.Actor != "张三" || r.At.IsZero() {
			t.Errorf("revision %+v", r)
		}
	}
	must[store.Revision](t)(save(report.PostLoan, 0, "other"))
	for n := range len(bodies) + 1 {
		r := must[store.Revision](t)(tn.Report(ctx, id, report.Credit, n))
		want := n
		if n == 0 {
			want = len(bodies)
		}
		if r.Number != want || string(r.Body) != bodies[want-1] || r.Note != "改了"+store.CleanText(bodies[want-1]) {
			t.Errorf("asked %d: revision %d with %q", n, r.Number, r.Body)
		}
	}
	for _, n := range []int{-1, 4} {
		if _, err := tn.Report(ctx, id, report.Credit, n); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("revision %d: %v", n, err)
		}
	}
	for _, parent := range []int{0, 2, 4, -1} {
		if _, err := save(report.Credit, parent, "x"); !errors.Is(err, store.ErrConflict) || dossier.KindOf(err) == "" {
			t.Errorf("saved over revision %d: %v", parent, err)
		}
	}
	list := must[[]store.Revision](t)(tn.Reports(ctx, id))
	if len(list) != 4 || list[0].Kind != report.PostLoan || list[1].Number != 3 || list[3].Number != 1 {
		t.Errorf("list %+v", list)
	}
	for _, r := range list {
		if r.Body != nil {
			t.Error("a list carries bodies")
		}
	}
	if _, err := tn.SaveReport(ctx, 1<<40, store.Draft{Kind: report.Credit, Body: []byte("{}"), Actor: "张三"}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("report of no dossier: %v", err)
	}
	if _, err := tn.SaveReport(ctx, id, store.Draft{Body: []byte("{}"), Actor: "张三"}); dossier.KindOf(err) != dossier.ErrInput {
		t.Errorf("report of no kind: %v", err)
	}
	large := bytes.Repeat([]byte("附图\x00"), 1<<20)
	must[store.Revision](t)(tn.SaveReport(ctx, id, store.Draft{Kind: report.PostLoan, Parent: 1, Body: large, Actor: "张三"}))
	if r := must[store.Revision](t)(tn.Report(ctx, id, report.PostLoan, 2)); !bytes.Equal(r.Body, large) {
		t.Errorf("a report of %d bytes came back with %d", len(large), len(r.Body))
	}
	race(t, tn, id)
}

// race lets eight people save over one revision, ten times: one wins each time.
func race(t *testing.T, tn store.Tenant, id int64) {
	t.Helper()
	for round := range 10 {
		var won, lost atomic.Int32
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				_, err := tn.SaveReport(t.Context(), id, store.Draft{Kind: report.Finance, Parent: round, Body: fmt.Appendf(nil, "%d", i), Actor: "抢"})
				switch {
				case err == nil:
					won.Add(1)
				case errors.Is(err, store.ErrConflict):
					lost.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 || lost.Load() != 7 {
			t.Fatalf("round %d: %d saved, %d in conflict", round, won.Load(), lost.Load())
		}
	}
	if r := must[store.Revision](t)(tn.Report(t.Context(), id, report.Finance, 0)); r.Number != 10 {
		t.Errorf("newest is %d", r.Number)
	}
	verified(t, tn)
}
