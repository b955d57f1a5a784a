package storetest

import (
	"errors"
	"slices"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// next is a second model, of another dimension.
var next = store.Space{Name: "suite-b", Dim: 20}

// spaces re-embeds a collection while it is searched and while papers come in.
func spaces(t *testing.T, e *env) {
	ctx := t.Context()
	tn, bystander := e.tenant(t), e.tenant(t)
	must[store.Receipt](t)(tn.Intake(ctx, reading("卷", "一", paper("a.pdf", "甲", 3), paper("b.pdf", "乙", 3))))
	must[store.Receipt](t)(bystander.Intake(ctx, reading("卷", "一", paper("a.pdf", "甲", 3))))
	query := func(s store.Space) error {
		_, err := tn.SearchVector(ctx, store.VectorQuery{Space: s, Vector: vector(s, "q"), K: 5})
		return err
	}
	if c := must[store.Catalog](t)(tn.Catalog(ctx)); c.Space != space || c.Embedded != 18 {
		t.Fatalf("catalogue has space %v with %d vectors", c.Space, c.Embedded)
	}
	version := must[int64](t)(tn.Version(ctx))
	todo := unembedded(t, tn, next, 4)
	if len(todo) != 18 {
		t.Fatalf("%d chunks to embed", len(todo))
	}
	for _, c := range todo {
		if c.Hash != store.HashText(c.Text) {
			t.Errorf("chunk %d: hash is not that of its text %q", c.ID, c.Text)
		}
	}
	put := func(chunks []store.ChunkText) {
		t.Helper()
		var vs []store.ChunkVector
		for _, c := range chunks {
			vs = append(vs, store.ChunkVector{ID: c.ID, Vector: vector(next, c.Text)})
		}
		if err := tn.PutVectors(ctx, next, vs); err != nil {
			t.Fatal(err)
		}
	}
	put(todo[:10])
	if err := query(next); !errors.Is(err, store.ErrSpace) {
		t.Errorf("search in a space that is half there: %v", err)
	}
	if err := tn.Switch(ctx, next, "张三"); !errors.Is(err, store.ErrIncomplete) {
		t.Errorf("switch to a space that is half there: %v", err)
	}
	put(todo[5:]) // some a second time
	put([]store.ChunkText{{ID: 1 << 50, Text: "没有"}})
	if must[int64](t)(tn.Version(ctx)) != version {
		t.Error("vectors beside the active ones raised the version")
	}
	compare(t, tn, store.VectorQuery{Space: next, Vector: vector(next, "q"), K: 7}, collect(t, tn, next))
	compare(t, tn, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 7}, collect(t, tn, space))

	// A paper comes in during the re-embedding: the old space goes on, the new one waits for it.
	must[store.Receipt](t)(tn.Intake(ctx, reading("卷二", "二", paper("c.pdf", "丙", 2))))
	if err := query(space); err != nil {
		t.Error(err)
	}
	if err := query(next); !errors.Is(err, store.ErrSpace) {
		t.Errorf("search in a space that has fallen behind: %v", err)
	}
	if err := tn.Switch(ctx, next, "张三"); !errors.Is(err, store.ErrIncomplete) {
		t.Errorf("switch to a space that has fallen behind: %v", err)
	}
	put(unembedded(t, tn, next, 100))
	version = must[int64](t)(tn.Version(ctx))
	grows(t, tn, "space.switch", func() error { return tn.Switch(ctx, next, "张三") })
	c := must[store.Catalog](t)(tn.Catalog(ctx))
	if c.Space != next || c.Embedded != 24 || c.Version <= version {
		t.Errorf("after the switch: %v, %d vectors, version %d after %d", c.Space, c.Embedded, c.Version, version)
	}
	compare(t, tn, store.VectorQuery{Space: next, Vector: vector(next, "q2"), K: 30}, collect(t, tn, next))

	n := len(chain(t, tn))
	if err := tn.Switch(ctx, next, "张三"); err != nil || len(chain(t, tn)) != n || must[int64](t)(tn.Version(ctx)) != c.Version {
		t.Errorf("switch to the active space: %v", err)
	}

	if err := tn.DropSpaces(ctx); err != nil {
		t.Fatal(err)
	}
	if err := query(space); !errors.Is(err, store.ErrSpace) {
		t.Errorf("search in a dropped space: %v", err)
	}
	if n := len(collect(t, tn, space)); n != 0 {
		t.Errorf("%d vectors of a dropped space", n)
	}
	if n := len(collect(t, tn, next)); n != 24 {
		t.Errorf("%d vectors of the active space", n)
	}
	if n := len(collect(t, bystander, space)); n != 9 {
		t.Errorf("%d vectors left of another customer, who has not changed the model", n)
	}
	foreignSpace(t, e, tn)
	fillIn(t, e)
}

// foreignSpace takes papers in with vectors of a space that is not the active one.
func foreignSpace(t *testing.T, e *env, tn store.Tenant) {
	ctx := t.Context()
	before := must[store.Catalog](t)(tn.Catalog(ctx))
	if _, err := tn.Intake(ctx, reading("卷三", "三", paper("d.pdf", "丁", 1))); !errors.Is(err, store.ErrSpace) {
		t.Errorf("intake in another space: %v", err)
	}
	same(t, "catalogue after a refused intake", must[store.Catalog](t)(tn.Catalog(ctx)), before)
	alone := e.tenant(t)
	must[store.Receipt](t)(alone.Intake(ctx, reading("卷", "一", paper("a.pdf", "甲", 1))))
	in := reading("卷", "一", paper("a.pdf", "甲二", 1))
	in.Space, in.Files[0] = next, index(in.Dossier.Documents[0], next)
	must[store.Receipt](t)(alone.Intake(ctx, in))
	if c := must[store.Catalog](t)(alone.Catalog(ctx)); c.Space != next || c.Embedded != 3 {
		t.Errorf("the only dossier replaced: %v, %d vectors", c.Space, c.Embedded)
	}
}

// fillIn embeds what came in without vectors.
func fillIn(t *testing.T, e *env) {
	ctx := t.Context()
	tn := e.tenant(t)
	in := reading("卷", "一", paper("a.pdf", "甲", 2))
	in.Space, in.Files[0] = store.Space{}, index(in.Dossier.Documents[0], store.Space{})
	r := must[store.Receipt](t)(tn.Intake(ctx, in))
	if c := must[store.Catalog](t)(tn.Catalog(ctx)); c.Embedded != 0 || c.Chunks() != 6 {
		t.Errorf("%d of %d chunks embedded, want none", c.Embedded, c.Chunks())
	}
	todo := unembedded(t, tn, space, 100)
	if len(todo) != 6 {
		t.Fatalf("%d chunks to embed", len(todo))
	}
	var vs []store.ChunkVector
	for _, c := range todo {
		vs = append(vs, store.ChunkVector{ID: c.ID, Vector: vector(space, c.Text)})
	}
	for what, bad := range map[string][]float32{"short": {1}, "zero": make([]float32, space.Dim)} {
		if err := tn.PutVectors(ctx, space, append(slices.Clone(vs), store.ChunkVector{ID: todo[0].ID, Vector: bad})); dossier.KindOf(err) != dossier.ErrInput {
			t.Errorf("%s vector: %v", what, err)
		}
	}
	if n := len(unembedded(t, tn, space, 100)); n != 6 {
		t.Fatalf("a refused PutVectors wrote %d vectors", 6-n)
	}
	if err := tn.PutVectors(ctx, space, vs); err != nil {
		t.Fatal(err)
	}
	if err := tn.Switch(ctx, space, "张三"); err != nil {
		t.Fatal(err)
	}
	if c := must[store.Catalog](t)(tn.Catalog(ctx)); c.Embedded != 6 || c.Space != space {
		t.Errorf("%d chunks embedded in %v", c.Embedded, c.Space)
	}
	compare(t, tn, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 3}, collect(t, tn, space))
	// The same papers again, now with vectors: nothing changes but that some may be there already.
	again := must[store.Receipt](t)(tn.Intake(ctx, reading("卷", "一", paper("a.pdf", "甲", 2))))
	if again.Kept != 1 || again.Dossier != r.Dossier {
		t.Errorf("vectors made a document another: %+v", again)
	}
}

// unembedded pages through Unembedded.
func unembedded(t *testing.T, c store.Collection, s store.Space, limit int) []store.ChunkText {
	t.Helper()
	var out []store.ChunkText
	for after := int64(0); ; {
		page := must[[]store.ChunkText](t)(c.Unembedded(t.Context(), s, after, limit))
		if len(page) == 0 {
			return out
		}
		for _, x := range page {
			if x.ID <= after || len(page) > limit {
				t.Fatalf("page of %d: chunk %d after %d", len(page), x.ID, after)
			}
			after = x.ID
		}
		out = append(out, page...)
	}
}
