package storetest

import (
	"slices"
	"testing"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// catalog checks the chunk numbering and that the version rises with every change and only then.
func catalog(t *testing.T, e *env) {
	ctx := t.Context()
	tn := e.tenant(t)
	version := func() int64 { t.Helper(); return must[int64](t)(tn.Version(ctx)) }
	rises := func(what string, want bool, f func() error) {
		t.Helper()
		before := version()
		if err := f(); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if after := version(); after < before || (after > before) != want {
			t.Errorf("%s: version %d after %d, want a rise: %v", what, after, before, want)
		}
		if c := must[store.Catalog](t)(tn.Catalog(ctx)); c.Version != version() {
			t.Errorf("%s: catalogue of version %d, version is %d", what, c.Version, version())
		}
	}
	in := reading("卷", "一", paper("a.pdf", "甲", 3), paper("b.pdf", "乙", 2))
	var id int64
	intake := func() error { r, err := tn.Intake(ctx, in); id = r.Dossier; return err }
	rises("first intake", true, intake)
	rises("same intake", false, intake)
	in.Findings = nil
	rises("other findings", false, intake)
	rises("report", false, func() error {
		_, err := tn.SaveReport(ctx, id, store.Draft{Kind: report.Credit, Body: []byte("{}"), Actor: "张三"})
		return err
	})
	rises("waiver", false, func() error {
		_, err := tn.Waive(ctx, id, store.Waiver{Finding: "k", Rule: "r", Reason: "已核", Actor: "李四"})
		return err
	})
	rises("note", false, func() error { _, err := tn.Note(ctx, "张三", "download", "report", nil); return err })
	in = reading("卷", "一", paper("a.pdf", "甲", 3), paper("c.pdf", "丙", 1))
	rises("changed intake", true, intake)
	rises("a material set aside", true, func() error {
		d := *in.Dossier.Documents[1]
		d.SupersededBy = "a.pdf"
		in.Dossier.Documents[1] = &d
		return intake()
	})

	c := must[store.Catalog](t)(tn.Catalog(ctx))
	var spans [][2]int64
	for _, d := range c.Documents {
		if d.Chunks > 0 {
			spans = append(spans, [2]int64{d.FirstChunk, d.FirstChunk + int64(d.Chunks)})
		}
	}
	slices.SortFunc(spans, func(a, b [2]int64) int { return int(a[0] - b[0]) })
	for i := range spans {
		if spans[i][0] < 1 || i > 0 && spans[i][0] < spans[i-1][1] {
			t.Errorf("chunk ids overlap: %v", spans)
		}
	}
	if !c.Documents[0].Current || byFile(c, "c.pdf").Current {
		t.Error("a superseded material counts as current")
	}

	// Chunks come in the order asked, twice when asked twice, without those that are not there.
	first := byFile(c, "a.pdf").FirstChunk
	rows := must[[]store.ChunkRow](t)(tn.Chunks(ctx, []int64{first + 2, -1, first, 1 << 50, first + 2}))
	var got []int64
	for _, r := range rows {
		got = append(got, r.ID)
	}
	if want := []int64{first + 2, first, first + 2}; !slices.Equal(got, want) {
		t.Errorf("chunks %v, want %v", got, want)
	}
	if rows := must[[]store.ChunkRow](t)(tn.Chunks(ctx, nil)); len(rows) != 0 {
		t.Errorf("%d chunks for no ids", len(rows))
	}
	rises("deletion", true, func() error { return tn.DeleteDossier(ctx, id, "张三") })
}

func byFile(c store.Catalog, file string) store.CatalogDoc {
	for _, d := range c.Documents {
		if d.File == file {
			return d
		}
	}
	return store.CatalogDoc{}
}
