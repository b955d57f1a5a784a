package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

func roundTrip(t *testing.T, e *env) {
	t.Run("rich", func(t *testing.T) {
		tn := e.tenant(t)
		in := reading("首次", "甲", paper("审计报告.pdf", "甲", 3), paper("补充.zip/合同#3-5", "乙", 1), paper("空白.txt", "丙", 0))
		r := must[store.Receipt](t)(tn.Intake(t.Context(), in))
		if r.Added != 3 || r.Kept != 0 || r.Removed != 0 {
			t.Errorf("receipt %+v", r)
		}
		readBack(t, tn, r.Dossier, in)
	})
	t.Run("generated", func(t *testing.T) {
		tn := e.tenant(t)
		for seed := range 25 {
			in := generated(uint64(seed))
			r, err := tn.Intake(t.Context(), in)
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			readBack(t, tn, r.Dossier, in)
		}
	})
	t.Run("empty dossier", func(t *testing.T) {
		tn := e.tenant(t)
		in := store.Intake{Name: "空", Dossier: &dossier.Dossier{}, Actor: "张三"}
		r := must[store.Receipt](t)(tn.Intake(t.Context(), in))
		readBack(t, tn, r.Dossier, in)
		if c := must[store.Catalog](t)(tn.Catalog(t.Context())); len(c.Documents) != 0 || c.Chunks() != 0 {
			t.Errorf("catalog of nothing: %+v", c)
		}
	})
	t.Run("twins", func(t *testing.T) { // one file handed in twice under one name, as archives can
		tn := e.tenant(t)
		in := reading("双", "甲", paper("同名.pdf", "甲", 1), paper("同名.pdf", "甲", 1))
		for range 2 {
			r := must[store.Receipt](t)(tn.Intake(t.Context(), in))
			readBack(t, tn, r.Dossier, in)
		}
	})
	t.Run("caller's data untouched", func(t *testing.T) {
		tn := e.tenant(t)
		in := reading("不动", "甲\x00", paper("a\x00.pdf", "甲\xff", 2))
		before := plain(t, in)
		must[store.Receipt](t)(tn.Intake(t.Context(), in))
		if d := differ("intake", plain(t, in), before); d != "" {
			t.Error(d)
		}
	})
}

// readBack reads a dossier through every method and compares it with what was handed in.
func readBack(t *testing.T, tn store.Tenant, id int64, in store.Intake) {
	t.Helper()
	ctx := t.Context()
	want := *in.Dossier
	want.Root = ""
	same(t, "dossier", must[*dossier.Dossier](t)(tn.Dossier(ctx, id)), &want)
	same(t, "figures", must[[]dossier.Figure](t)(tn.Figures(ctx, id, "")), in.Figures)
	if len(in.Figures) > 0 {
		one := in.Figures[0].Indicator
		of := slices.DeleteFunc(slices.Clone(in.Figures), func(f dossier.Figure) bool { return f.Indicator != one })
		if one != "" {
			same(t, "figures of "+one, must[[]dossier.Figure](t)(tn.Figures(ctx, id, one)), of)
		}
	}
	findings, err := tn.Findings(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "findings", findings, in.Findings)

	info := dossierInfo(t, tn, id)
	if a := in.Dossier.Application; info.Name != in.Name || info.Applicant != a.Applicant || info.Kind != a.ReportKind || info.AsOf != a.AsOf ||
		info.Documents != len(in.Dossier.Documents) || info.InputHash != in.InputHash || info.Intakes < 1 || info.Created.IsZero() || info.Updated.Before(info.Created) {
		t.Errorf("dossier info %+v", info)
	}
	docs := must[[]store.DocumentInfo](t)(tn.Documents(ctx, id))
	if len(docs) != len(in.Dossier.Documents) {
		t.Fatalf("%d documents, want %d", len(docs), len(in.Dossier.Documents))
	}
	for i, d := range in.Dossier.Documents {
		got := docs[i]
		if got.Dossier != id || got.Blob != in.Files[i].Blob || got.Pages != len(d.Pages) {
			t.Errorf("document %d: %+v", i, got)
		}
		bare := *d
		bare.Pages, bare.Fields = nil, nil
		same(t, fmt.Sprintf("document %d", i), got.Doc, bare)
		same(t, fmt.Sprintf("fields of document %d", i), must[map[string]dossier.Field](t)(tn.Fields(ctx, got.ID)), d.Fields)
		for _, p := range d.Pages {
			same(t, fmt.Sprintf("page %d of document %d", p.Number, i), must[dossier.Page](t)(tn.Page(ctx, got.ID, p.Number)), p)
		}
	}
	chunksBack(t, tn, docs, in)
}

// chunksBack compares the catalogue and the chunks of a dossier with what was handed in.
func chunksBack(t *testing.T, tn store.Tenant, docs []store.DocumentInfo, in store.Intake) {
	t.Helper()
	entries := byDocument(must[store.Catalog](t)(tn.Catalog(t.Context())))
	for i, d := range docs {
		c, ok := entries[d.ID]
		ix, doc := in.Files[i], in.Dossier.Documents[i]
		if !ok {
			t.Fatalf("document %d is not in the catalogue", i)
		}
		if c.Dossier != d.Dossier || c.File != doc.File || c.Title != doc.TypeName || c.Type != doc.Type || c.Party != doc.Party.Name ||
			c.Current != doc.Current() || c.Period != ix.Period || string(c.Segment) != string(ix.Segment) || c.Chunks != len(ix.Chunks) {
			t.Errorf("catalogue entry of document %d: %+v", i, c)
		}
		var ids []int64
		for k := range c.Chunks {
			ids = append(ids, c.FirstChunk+int64(k))
		}
		rows := must[[]store.ChunkRow](t)(tn.Chunks(t.Context(), ids))
		if len(rows) != len(ix.Chunks) {
			t.Fatalf("document %d: %d of %d chunks", i, len(rows), len(ix.Chunks))
		}
		for k, row := range rows {
			want := store.ChunkRow{ID: ids[k], Document: d.ID, Chunk: ix.Chunks[k]}
			want.Vector = nil
			same(t, fmt.Sprintf("chunk %d of document %d", k, i), row, want)
			if doc.Fields != nil && row.Page >= 1 && row.Page <= len(doc.Pages) { // of the suite's own papers
				if text := doc.Pages[row.Page-1].Text; row.End <= len(text) && strings.Contains(row.Text, "页") && text[row.Start:row.End] != row.Text {
					t.Errorf("chunk %d of document %d is not where it says", k, i)
				}
			}
		}
		if k := len(ix.Chunks); k > 0 && c.Periods != nil && len(c.Periods) != k {
			t.Errorf("document %d has %d periods for %d chunks", i, len(c.Periods), k)
		}
		for k, p := range c.Periods {
			if p != ix.Chunks[k].Period {
				t.Errorf("document %d: period %q of chunk %d", i, p, k)
			}
		}
	}
}

func byDocument(c store.Catalog) map[int64]store.CatalogDoc {
	m := map[int64]store.CatalogDoc{}
	for _, d := range c.Documents {
		m[d.ID] = d
	}
	return m
}

func dossierInfo(t *testing.T, tn store.Tenant, id int64) store.DossierInfo {
	t.Helper()
	for _, d := range must[[]store.DossierInfo](t)(tn.Dossiers(t.Context())) {
		if d.ID == id {
			return d
		}
	}
	t.Fatalf("dossier %d is not listed", id)
	return store.DossierInfo{}
}
