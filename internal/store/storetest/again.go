package storetest

import (
	"slices"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// again takes a dossier in a second time: what is the same stays, what changed is replaced, what is gone goes.
func again(t *testing.T, e *env) {
	ctx := t.Context()
	tn := e.tenant(t)
	kept, changed, gone := paper("留.pdf", "留", 2), paper("改.pdf", "改", 2), paper("删.pdf", "删", 1)
	first := reading("卷", "一", kept, changed, gone)
	r1 := must[store.Receipt](t)(tn.Intake(ctx, first))
	other := must[store.Receipt](t)(tn.Intake(ctx, reading("另一卷", "他", paper("他.pdf", "他", 1))))
	before := must[store.Catalog](t)(tn.Catalog(ctx))
	docs := must[[]store.DocumentInfo](t)(tn.Documents(ctx, r1.Dossier))
	rev := must[store.Revision](t)(tn.SaveReport(ctx, r1.Dossier, store.Draft{Kind: report.Credit, Body: []byte("{}"), Actor: "张三"}))
	w := must[store.Waiver](t)(tn.Waive(ctx, r1.Dossier, store.Waiver{Finding: "k", Rule: "r", Reason: "已核", Actor: "李四"}))

	second := reading("卷", "二", paper("新.pdf", "新", 1), paper("改.pdf", "改过", 3), paper("留.pdf", "留", 2))
	r2 := must[store.Receipt](t)(tn.Intake(ctx, second))
	if r2.Dossier != r1.Dossier || r2.Kept != 1 || r2.Added != 2 || r2.Removed != 2 {
		t.Errorf("receipt %+v after %+v", r2, r1)
	}
	readBack(t, tn, r2.Dossier, second)
	if info := dossierInfo(t, tn, r2.Dossier); info.Intakes != 2 {
		t.Errorf("%d intakes", info.Intakes)
	}
	after := must[store.Catalog](t)(tn.Catalog(ctx))
	was, is := byDocument(before), byDocument(after)
	keptID := must[[]store.DocumentInfo](t)(tn.Documents(ctx, r2.Dossier))[2].ID
	if keptID != docs[0].ID || was[keptID].FirstChunk != is[keptID].FirstChunk {
		t.Errorf("unchanged document has id %d, chunks from %d; was %d, %d", keptID, is[keptID].FirstChunk, docs[0].ID, was[docs[0].ID].FirstChunk)
	}
	for _, d := range docs[1:] {
		if _, ok := is[d.ID]; ok {
			t.Errorf("document %d is still in the catalogue", d.ID)
		}
		if _, err := tn.Page(ctx, d.ID, 1); err == nil {
			t.Errorf("a page of document %d is still there", d.ID)
		}
		if rows := must[[]store.ChunkRow](t)(tn.Chunks(ctx, []int64{was[d.ID].FirstChunk})); len(rows) != 0 {
			t.Errorf("a chunk of document %d is still there", d.ID)
		}
	}
	if after.Version <= before.Version || r2.Version != after.Version {
		t.Errorf("version %d after %d, receipt says %d", after.Version, before.Version, r2.Version)
	}
	if after.Embedded != after.Chunks() || after.Chunks() == 0 {
		t.Errorf("%d of %d chunks embedded", after.Embedded, after.Chunks())
	}
	readBack(t, tn, other.Dossier, reading("另一卷", "他", paper("他.pdf", "他", 1)))
	if got := must[store.Revision](t)(tn.Report(ctx, r2.Dossier, report.Credit, 0)); got.SHA256 != rev.SHA256 {
		t.Error("the report is gone")
	}
	if ws := must[[]store.Waiver](t)(tn.Waivers(ctx, r2.Dossier)); len(ws) != 1 || ws[0].ID != w.ID {
		t.Errorf("waivers %+v", ws)
	}
	t.Run("order alone", func(t *testing.T) {
		moved := second
		d := *second.Dossier
		d.Documents, moved.Files = slices.Clone(d.Documents), slices.Clone(second.Files)
		slices.Reverse(d.Documents)
		slices.Reverse(moved.Files)
		moved.Dossier = &d
		r := must[store.Receipt](t)(tn.Intake(ctx, moved))
		if r.Kept != 3 {
			t.Errorf("receipt %+v", r)
		}
		readBack(t, tn, r.Dossier, moved)
	})
	t.Run("to nothing", func(t *testing.T) {
		in := store.Intake{Name: "卷", Actor: "张三", Dossier: &dossier.Dossier{}}
		r := must[store.Receipt](t)(tn.Intake(ctx, in))
		if r.Removed != 3 {
			t.Errorf("receipt %+v", r)
		}
		readBack(t, tn, r.Dossier, in)
	})
}
