package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// model is a collection as the contract describes it, in plain Go. Chunks are known by their ids, which a store
// chooses, and by their texts, from which their vectors follow.
type model struct {
	tn       store.Tenant
	dossiers map[string]int64               // by name
	papers   map[string][]string            // file and mark of a dossier's documents
	chunks   map[int64]string               // text that is embedded
	vectors  map[store.Space]map[int64]bool // which chunks have one
	active   store.Space                    // zero while nothing is embedded
	version  int64
}

// random does what comes to a collection in a random order and compares it with the model after every step.
func random(t *testing.T, e *env) {
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 21))
		m := &model{tn: e.tenant(t), dossiers: map[string]int64{}, papers: map[string][]string{}, chunks: map[int64]string{},
			vectors: map[store.Space]map[int64]bool{space: {}, next: {}}}
		var did []string
		for range 45 {
			what, raised := m.step(t, r)
			did = append(did, what)
			if m.compare(t, raised); t.Failed() {
				t.Fatalf("seed %d, after %q", seed, did)
			}
		}
		verified(t, m.tn)
	}
}

// step does one thing and tells what, and whether the version must rise by it.
func (m *model) step(t *testing.T, r *rand.Rand) (what string, raised bool) {
	ctx := t.Context()
	s := []store.Space{space, next}[r.IntN(2)]
	switch k := r.IntN(10); {
	case k < 4 || len(m.chunks) == 0:
		return m.intake(t, r)
	case k == 4:
		names := slices.Sorted(maps.Keys(m.dossiers))
		name := names[r.IntN(len(names))]
		if err := m.tn.DeleteDossier(ctx, m.dossiers[name], "张三"); err != nil {
			t.Error(err)
		}
		raised = len(m.papers[name]) > 0
		delete(m.dossiers, name)
		delete(m.papers, name)
		m.learn(t)
		return "delete " + name, raised
	case m.active.IsZero():
		return "nothing", false
	case k < 8:
		var vs []store.ChunkVector
		for _, c := range unembedded(t, m.tn, s, 5) {
			if r.IntN(4) > 0 {
				vs = append(vs, store.ChunkVector{ID: c.ID, Vector: vector(s, c.Text)})
				m.vectors[s][c.ID] = true
			}
		}
		if err := m.tn.PutVectors(ctx, s, vs); err != nil {
			t.Error(err)
		}
		return fmt.Sprintf("%d vectors of %s", len(vs), s.Name), s == m.active && len(vs) > 0
	case k == 8:
		err := m.tn.Switch(ctx, s, "张三")
		if complete := s == m.active || len(m.vectors[s]) == len(m.chunks); complete != (err == nil) || !complete && !errors.Is(err, store.ErrIncomplete) {
			t.Errorf("switch to %s with %d of %d: %v", s.Name, len(m.vectors[s]), len(m.chunks), err)
		}
		raised = err == nil && s != m.active
		if err == nil {
			m.active = s
		}
		return "switch to " + s.Name, raised
	default:
		if err := m.tn.DropSpaces(ctx); err != nil {
			t.Error(err)
		}
		for x := range m.vectors {
			if x != m.active {
				clear(m.vectors[x])
			}
		}
		return "drop spaces", false
	}
}

// intake takes in a dossier made of some of a few papers, with all, some or no vectors.
func (m *model) intake(t *testing.T, r *rand.Rand) (what string, raised bool) {
	name := []string{"甲卷", "乙卷", "丙卷"}[r.IntN(3)]
	s := []store.Space{{}, space, space, next}[r.IntN(4)]
	var docs []*dossier.Document
	var papers []string
	for i := range 4 {
		if r.IntN(2) == 0 {
			mark := fmt.Sprint("版", r.IntN(2))
			docs = append(docs, paper(fmt.Sprintf("%s%d.pdf", name, i), mark, 1+i%2))
			papers = append(papers, fmt.Sprint(i, mark))
		}
	}
	if len(docs) == 0 {
		s = store.Space{}
	}
	in := reading(name, "内容", docs...)
	in.Space = s
	for i, d := range docs {
		in.Files[i] = index(d, s)
		for k := range in.Files[i].Chunks {
			if k > 0 && r.IntN(5) == 0 {
				in.Files[i].Chunks[k].Vector = nil
			}
		}
	}
	what = fmt.Sprintf("intake of %s: %v in %q", name, papers, s.Name)

	// What stays has its rows; a vector of the active space that stays forbids another space.
	files := m.files(t)
	stays := map[int64]bool{}
	for id, f := range files {
		if f.dossier != m.dossiers[name] || slices.Contains(papers, f.paper) {
			stays[id] = true
		}
	}
	forbidden := false
	for id := range m.vectors[m.active] {
		forbidden = forbidden || stays[id] && !s.IsZero() && s != m.active
	}
	rec, err := m.tn.Intake(t.Context(), in)
	if forbidden {
		if !errors.Is(err, store.ErrSpace) {
			t.Errorf("vectors of %s into a collection of %s: %v", s.Name, m.active.Name, err)
		}
		return what + ", refused", false
	}
	if err != nil {
		t.Error(err)
		return what, false
	}
	raised = !slices.Equal(m.papers[name], papers)
	m.dossiers[name], m.papers[name] = rec.Dossier, papers
	had := len(m.vectors[m.active])
	m.learn(t)
	if s.IsZero() {
		return what, raised
	}
	if m.active != s {
		m.active, raised = s, true
	}
	cat := must[store.Catalog](t)(m.tn.Catalog(t.Context()))
	for i, d := range must[[]store.DocumentInfo](t)(m.tn.Documents(t.Context(), rec.Dossier)) {
		first := byDocument(cat)[d.ID].FirstChunk
		for k, c := range in.Files[i].Chunks {
			if c.Vector != nil {
				m.vectors[s][first+int64(k)] = true
			}
		}
	}
	return what, raised || len(m.vectors[s]) != had
}

type ofFile struct {
	dossier int64
	paper   string
}

// files tells of every chunk from which paper it is, as papers are named in the model.
func (m *model) files(t *testing.T) map[int64]ofFile {
	t.Helper()
	out := map[int64]ofFile{}
	for _, d := range must[store.Catalog](t)(m.tn.Catalog(t.Context())).Documents {
		n := []rune(d.File)[2] - '0'
		for k := range int64(d.Chunks) {
			mark := []rune(m.chunks[d.FirstChunk])
			i := slices.Index(mark, '版')
			out[d.FirstChunk+k] = ofFile{d.Dossier, fmt.Sprint(n, string(mark[i:i+2]))}
		}
	}
	return out
}

// learn reads which chunks there are now and forgets the vectors of those that are gone.
func (m *model) learn(t *testing.T) {
	t.Helper()
	clear(m.chunks)
	for _, d := range must[store.Catalog](t)(m.tn.Catalog(t.Context())).Documents {
		for k := range int64(d.Chunks) {
			rows := must[[]store.ChunkRow](t)(m.tn.Chunks(t.Context(), []int64{d.FirstChunk + k}))
			m.chunks[d.FirstChunk+k] = store.EmbedText(d.Title, rows[0].Chunk)
		}
	}
	for s := range m.vectors {
		maps.DeleteFunc(m.vectors[s], func(id int64, _ bool) bool { _, ok := m.chunks[id]; return !ok })
	}
	if len(m.vectors[m.active]) == 0 {
		m.active = store.Space{}
	}
}

// compare asks the store for everything that the model knows.
func (m *model) compare(t *testing.T, raised bool) {
	t.Helper()
	ctx := t.Context()
	cat := must[store.Catalog](t)(m.tn.Catalog(ctx))
	want := 0
	for name, id := range m.dossiers {
		docs := must[[]store.DocumentInfo](t)(m.tn.Documents(ctx, id))
		if len(docs) != len(m.papers[name]) {
			t.Errorf("%s has %d documents, want %d", name, len(docs), len(m.papers[name]))
		}
		for _, d := range docs {
			want += 3 * d.Pages
		}
	}
	if cat.Chunks() != want || cat.Embedded != len(m.vectors[m.active]) || !m.active.IsZero() && cat.Space != m.active {
		t.Errorf("%d chunks, want %d; %d vectors, want %d; space %v, want %v", cat.Chunks(), want, cat.Embedded, len(m.vectors[m.active]), cat.Space, m.active)
	}
	if rose := cat.Version > m.version; rose != raised || cat.Version < m.version {
		t.Errorf("version %d after %d, want a rise: %v", cat.Version, m.version, raised)
	}
	m.version = cat.Version
	for s, have := range m.vectors {
		todo := unembedded(t, m.tn, s, 100)
		if len(todo) != len(m.chunks)-len(have) {
			t.Errorf("%d chunks without a vector of %s, want %d", len(todo), s.Name, len(m.chunks)-len(have))
		}
		for _, c := range todo {
			if have[c.ID] || c.Text != m.chunks[c.ID] {
				t.Errorf("chunk %d has a vector of %s, or another text", c.ID, s.Name)
			}
		}
		q := store.VectorQuery{Space: s, Vector: vector(s, "q"), K: 9}
		if s == m.active || len(have) == len(m.chunks) {
			vectors := map[int64][]float32{}
			for id := range have {
				vectors[id] = vector(s, m.chunks[id])
			}
			compare(t, m.tn, q, vectors)
		} else if _, err := m.tn.SearchVector(context.WithoutCancel(ctx), q); !m.active.IsZero() && !errors.Is(err, store.ErrSpace) {
			t.Errorf("search in %s: %v", s.Name, err)
		}
	}
}
