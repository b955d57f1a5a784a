package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

func deletion(t *testing.T, e *env) {
	ctx := t.Context()
	tn := e.tenant(t)
	in, stays := reading("卷", "一", paper("a.pdf", "甲", 2), paper("b.pdf", "乙乙", 1)), reading("留", "二", paper("c.pdf", "丙", 1))
	in.Files[0].Blob, in.Files[1].Blob, stays.Files[0].Blob = "aaaa", "", "cccc"
	gone := must[store.Receipt](t)(tn.Intake(ctx, in)).Dossier
	kept := must[store.Receipt](t)(tn.Intake(ctx, stays)).Dossier
	shared := reading("同", "三", paper("c2.pdf", "丙", 1))
	shared.Files[0].Blob = "cccc"
	must[store.Receipt](t)(tn.Intake(ctx, shared))
	digests := func() []string {
		list := must[[]string](t)(tn.Digests(ctx))
		slices.Sort(list)
		return list
	}
	if got := digests(); !slices.Equal(got, []string{"aaaa", "cccc"}) {
		t.Errorf("digests %q", got)
	}
	docs := must[[]store.DocumentInfo](t)(tn.Documents(ctx, gone))
	cat := must[store.Catalog](t)(tn.Catalog(ctx))
	must[store.Revision](t)(tn.SaveReport(ctx, gone, store.Draft{Kind: report.Credit, Body: []byte("{}"), Actor: "张三"}))
	w := must[store.Waiver](t)(tn.Waive(ctx, gone, store.Waiver{Finding: "k", Rule: "r", Reason: "已核", Actor: "李四"}))

	grows(t, tn, "dossier.delete", func() error { return tn.DeleteDossier(ctx, gone, "王五") })
	if err := tn.DeleteDossier(ctx, gone, "王五"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("deleted twice: %v", err)
	}
	for what, err := range map[string]error{
		"Dossier":   second(tn.Dossier(ctx, gone)),
		"Documents": second(tn.Documents(ctx, gone)),
		"Page":      second(tn.Page(ctx, docs[0].ID, 1)),
		"Fields":    second(tn.Fields(ctx, docs[0].ID)),
		"Figures":   second(tn.Figures(ctx, gone, "")),
		"Findings":  second(tn.Findings(ctx, gone)),
		"Report":    second(tn.Report(ctx, gone, report.Credit, 0)),
		"Reports":   second(tn.Reports(ctx, gone)),
		"Waivers":   second(tn.Waivers(ctx, gone)),
		"Revoke":    tn.Revoke(ctx, w.ID, "王五", "无"),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s of a deleted dossier: %v", what, err)
		}
	}
	for _, d := range cat.Documents {
		rows := must[[]store.ChunkRow](t)(tn.Chunks(ctx, []int64{d.FirstChunk}))
		if want := d.Dossier != gone; (len(rows) == 1) != want {
			t.Errorf("chunk of dossier %d is there: %v", d.Dossier, !want)
		}
	}
	if got := digests(); !slices.Equal(got, []string{"cccc"}) {
		t.Errorf("digests %q", got)
	}
	readBack(t, tn, kept, stays)
	compare(t, tn, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 100}, collect(t, tn, space))
	if r := must[store.Receipt](t)(tn.Intake(ctx, in)); r.Dossier == gone || r.Added != 2 {
		t.Errorf("taken in after its deletion: %+v, was dossier %d", r, gone)
	}
	freshIDs(t, e.tenant(t))
}

// freshIDs deletes the newest of everything: what an id has named, in an audit chain or in a searcher's memory, it
// never names again.
func freshIDs(t *testing.T, tn store.Tenant) {
	t.Helper()
	ctx := t.Context()
	seen := map[string]bool{}
	for round := range 3 {
		id := must[store.Receipt](t)(tn.Intake(ctx, reading("末", "一", paper("a.pdf", "甲", 1)))).Dossier
		w := must[store.Waiver](t)(tn.Waive(ctx, id, store.Waiver{Finding: "k", Rule: "r", Reason: "已核", Actor: "李四"}))
		d := must[store.Catalog](t)(tn.Catalog(ctx)).Documents[0]
		for _, x := range []string{fmt.Sprint("dossier ", id), fmt.Sprint("waiver ", w.ID), fmt.Sprint("document ", d.ID), fmt.Sprint("chunk ", d.FirstChunk)} {
			if seen[x] {
				t.Errorf("round %d: %s is used a second time", round, x)
			}
			seen[x] = true
		}
		if err := tn.DeleteDossier(ctx, id, "王五"); err != nil {
			t.Fatal(err)
		}
	}
}

func second[T any](_ T, err error) error { return err }
