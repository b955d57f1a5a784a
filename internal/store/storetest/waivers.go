package storetest

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

func waivers(t *testing.T, e *env) {
	ctx := t.Context()
	tn := e.tenant(t)
	in := reading("卷", "一", paper("a.pdf", "甲", 1))
	id := must[store.Receipt](t)(tn.Intake(ctx, in)).Dossier
	found := must[[]report.Finding](t)(tn.Findings(ctx, id))
	key := store.FindingKey(found[0])
	if key != store.FindingKey(in.Findings[0]) {
		t.Error("a finding has another key after its round trip")
	}
	ask := store.Waiver{Finding: key, Rule: found[0].Rule, Reason: "已现场核实 'ok'", Actor: "李四"}
	var w store.Waiver
	grows(t, tn, "waiver.add", func() (err error) { w, err = tn.Waive(ctx, id, ask); return err })
	if w.ID == 0 || w.Dossier != id || w.Finding != key || w.Rule != ask.Rule || w.Reason != ask.Reason || w.Actor != "李四" || w.At.IsZero() || w.Revoked != nil {
		t.Errorf("waiver %+v", w)
	}
	if _, err := tn.Waive(ctx, id, ask); !errors.Is(err, store.ErrConflict) || dossier.KindOf(err) == "" {
		t.Errorf("second waiver of one finding: %v", err)
	}
	must[store.Receipt](t)(tn.Intake(ctx, reading("卷", "二", paper("a.pdf", "甲二", 1))))
	if _, err := tn.Waive(ctx, id, ask); !errors.Is(err, store.ErrConflict) {
		t.Errorf("a re-reading forgot the waiver: %v", err)
	}
	grows(t, tn, "waiver.revoke", func() error { return tn.Revoke(ctx, w.ID, "王五", "材料已换") })
	if err := tn.Revoke(ctx, w.ID, "王五", "再来"); !errors.Is(err, store.ErrConflict) {
		t.Errorf("revoked twice: %v", err)
	}
	second := must[store.Waiver](t)(tn.Waive(ctx, id, ask))
	list := must[[]store.Waiver](t)(tn.Waivers(ctx, id))
	if len(list) != 2 {
		t.Fatalf("%d waivers", len(list))
	}
	for _, x := range list {
		switch x.ID {
		case w.ID:
			if x.Revoked == nil || x.Revoked.Actor != "王五" || x.Revoked.Reason != "材料已换" || x.Revoked.At.IsZero() {
				t.Errorf("revoked waiver %+v", x.Revoked)
			}
		case second.ID:
			if x.Revoked != nil || x.Reason != ask.Reason {
				t.Errorf("second waiver %+v", x)
			}
		default:
			t.Errorf("waiver %d from nowhere", x.ID)
		}
	}
	if err := tn.Revoke(ctx, 1<<40, "王五", "无"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("revoked what is not there: %v", err)
	}
	if _, err := tn.Waive(ctx, 1<<40, ask); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("waived in no dossier: %v", err)
	}
	for what, bad := range map[string]store.Waiver{"no finding": {Reason: "r", Actor: "a"}, "no reason": {Finding: "f", Actor: "a"}} {
		if _, err := tn.Waive(ctx, id, bad); dossier.KindOf(err) != dossier.ErrInput {
			t.Errorf("%s: %v", what, err)
		}
	}
	var won atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			_, err := tn.Waive(ctx, id, store.Waiver{Finding: "抢", Rule: "r", Reason: "同时", Actor: "抢"})
			if err == nil {
				won.Add(1)
			} else if !errors.Is(err, store.ErrConflict) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 {
		t.Errorf("%d people waived one finding at once", won.Load())
	}
	verified(t, tn)
}
