package embed_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/internal/store/postgres"
	"github.com/xindiao/xindiao/internal/store/postgres/pgtest"
	"github.com/xindiao/xindiao/internal/store/sqlite"
	"github.com/xindiao/xindiao/retrieval/embed"
)

// model is a scripted embedder.
type model struct {
	embed.Hash
	name string
	fail func(text string) error

	mu   sync.Mutex
	paid int
}

func (m *model) Name() string { return m.name }

func (m *model) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	for _, t := range texts {
		if m.fail != nil {
			if err := m.fail(t); err != nil {
				return nil, err
			}
		}
	}
	m.mu.Lock()
	m.paid += len(texts)
	m.mu.Unlock()
	return m.Hash.Embed(ctx, texts)
}

// EmbedQueries does not count: paid is for passages.
func (m *model) EmbedQueries(ctx context.Context, questions []string) ([][]float32, error) {
	return m.Hash.Embed(ctx, questions)
}

func open(t *testing.T) store.Store {
	t.Helper()
	st, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "x.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return st
}

// each runs a test on both engines.
func each(t *testing.T, f func(t *testing.T, st store.Store)) {
	t.Run("sqlite", func(t *testing.T) { f(t, open(t)) })
	t.Run("postgres", func(t *testing.T) {
		st, err := postgres.Open(t.Context(), pgtest.Database(t), postgres.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { st.Close() })
		f(t, st)
	})
}

// chunks are n paragraphs, embedded by e when there is one.
func chunks(t *testing.T, e llm.Embedder, title string, n int) []store.Chunk {
	t.Helper()
	out := make([]store.Chunk, n)
	texts := make([]string, n)
	for i := range out {
		out[i] = store.Chunk{Page: 1, Text: fmt.Sprintf("%s第%d段，货款%d元。", title, i, i*37)}
		texts[i] = store.EmbedText(title, out[i])
	}
	if e == nil {
		return out
	}
	vs, err := e.Embed(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i := range out {
		out[i].Vector = vs[i]
	}
	return out
}

func intake(t *testing.T, tn store.Tenant, e llm.Embedder, name string, n int) {
	t.Helper()
	d := &dossier.Document{File: name + ".txt", Type: "contract", TypeName: name, Pages: []dossier.Page{{Number: 1, Text: name}}}
	_, err := tn.Intake(t.Context(), store.Intake{Name: name, Dossier: &dossier.Dossier{Documents: []*dossier.Document{d}},
		Files: []store.FileIndex{{Chunks: chunks(t, e, name, n)}}, Space: embed.Space(e), Actor: "测试"})
	if err != nil {
		t.Fatal(err)
	}
}

func customer(t *testing.T, st store.Store, key string) store.Tenant {
	t.Helper()
	c, err := st.PutCustomer(t.Context(), key, key)
	if err != nil {
		t.Fatal(err)
	}
	return st.Tenant(c.ID)
}

// in checks that the collection is searched in e's space and no other, and holds all its chunks there.
func in(t *testing.T, c store.Collection, e, not llm.Embedder, want int) {
	t.Helper()
	cat, err := c.Catalog(t.Context())
	if err != nil || cat.Space != embed.Space(e) || cat.Embedded != want || cat.Chunks() != want {
		t.Fatalf("space %v with %d of %d chunks, want %s with %d, %v", cat.Space, cat.Embedded, cat.Chunks(), e.Name(), want, err)
	}
	for _, x := range []llm.Embedder{e, not} {
		q, err := embed.Queries(t.Context(), x, []string{"第3段"})
		if err != nil {
			t.Fatal(err)
		}
		found, err := c.SearchVector(t.Context(), store.VectorQuery{Space: embed.Space(x), Vector: q[0], K: 5})
		if x == e && (err != nil || len(found.Hits) == 0) || x == not && !errors.Is(err, store.ErrSpace) {
			t.Fatalf("search with %s: %d hits, %v", x.Name(), len(found.Hits), err)
		}
	}
}

func models() (older, newer *model) {
	return &model{name: "old/48", Hash: embed.Hash{Buckets: 48}}, &model{name: "new/64", Hash: embed.Hash{Buckets: 64}}
}

func TestMove(t *testing.T) { each(t, moveAll) }

func moveAll(t *testing.T, st store.Store) {
	older, newer := models()
	a, b := customer(t, st, "甲"), customer(t, st, "乙")
	intake(t, a, older, "合同", 30)
	intake(t, a, older, "附件", 7)
	intake(t, b, nil, "没有向量的", 9)
	if _, err := st.PutCorpus(t.Context(), store.CorpusIntake{Corpus: store.Corpus{Name: "law", SHA256: "1"}, Space: embed.Space(older), Actor: "测试",
		Items: []store.CorpusItem{{Key: "1", Title: "办法", SHA256: "1", Chunks: chunks(t, older, "办法", 12)}}}); err != nil {
		t.Fatal(err)
	}
	law, err := st.Corpus(t.Context(), "law")
	if err != nil {
		t.Fatal(err)
	}
	var events []embed.Event
	m := embed.Move{To: newer, Batch: 10, Actor: "测试", Event: func(e embed.Event) { events = append(events, e) }}
	sum, err := m.Run(t.Context(), st)
	if err != nil || sum != (embed.Summary{Collections: 3, Switched: 3, Chunks: 58}) {
		t.Fatalf("%+v, %v", sum, err)
	}
	in(t, a, newer, older, 37)
	in(t, b, newer, older, 9)
	in(t, law, newer, older, 12)
	last := events[len(events)-1]
	if first := events[0]; first.Collection != "corpus:law" || first.Done != 10 || first.Total != 12 || !last.Switched || last.Done != last.Total {
		t.Errorf("events from %+v to %+v", first, last)
	}
	if again, err := m.Run(t.Context(), st); err != nil || again != (embed.Summary{Collections: 3}) || newer.paid != 58 {
		t.Errorf("a second run did something: %+v, %v, paid %d", again, err, newer.paid)
	}
	intake(t, a, nil, "模型停机时的", 4)
	if sum, err = m.Run(t.Context(), st); err != nil || sum.Chunks != 4 || sum.Switched != 0 {
		t.Errorf("gaps in the active space: %+v, %v", sum, err)
	}
	in(t, a, newer, older, 41)
}

// Stopped after any step, a move goes on where it was, pays for nothing twice, and is searched all the while.
func TestMoveIsResumed(t *testing.T) {
	st := open(t)
	older, newer := models()
	a := customer(t, st, "甲")
	intake(t, a, older, "合同", 25)
	for stop := 1; ; stop++ {
		ctx, cancel := context.WithCancel(t.Context())
		steps := 0
		sum, err := embed.Move{To: newer, Batch: 10, Event: func(e embed.Event) {
			if !e.Switched {
				if steps++; steps == 1 && stop < 5 {
					cancel()
				}
			}
		}}.Run(ctx, st)
		cancel()
		if err == nil {
			if sum.Switched != 1 || stop != 4 {
				t.Fatalf("switched %d times in run %d", sum.Switched, stop)
			}
			break
		}
		if !errors.Is(err, context.Canceled) || stop > 4 {
			t.Fatalf("run %d: %v", stop, err)
		}
		in(t, a, older, neither, 25)
	}
	in(t, a, newer, older, 25)
	if newer.paid != 25 {
		t.Errorf("paid for %d texts", newer.paid)
	}
}

// neither is a space that no collection has.
var neither = &model{name: "neither/8", Hash: embed.Hash{Buckets: 8}}

func TestPapersThatComeInMeanwhile(t *testing.T) { each(t, papersThatComeInMeanwhile) }

func papersThatComeInMeanwhile(t *testing.T, st store.Store) {
	older, newer := models()
	a := customer(t, st, "甲")
	intake(t, a, older, "合同", 8)
	came := 0
	sum, err := embed.Move{To: newer, Event: func(e embed.Event) {
		if !e.Switched && came < 3 { // after all is embedded, before the switch
			came++
			in(t, a, older, neither, 8+5*(came-1))
			intake(t, a, older, fmt.Sprintf("补充%d", came), 5)
		}
	}}.Run(t.Context(), st)
	if err != nil || sum.Switched != 1 || sum.Chunks != 23 || came != 3 {
		t.Fatalf("%+v, %v", sum, err)
	}
	in(t, a, newer, older, 23)
}

func TestRefusedTextsKeepTheirCustomerBack(t *testing.T) {
	st := open(t)
	older, newer := models()
	a, b := customer(t, st, "甲"), customer(t, st, "乙")
	intake(t, a, older, "合同", 20)
	intake(t, b, older, "章程", 5)
	newer.fail = func(text string) error {
		if strings.Contains(text, "合同第13段") {
			return &llm.Error{Kind: llm.ErrFiltered}
		}
		return nil
	}
	var failed error
	m := embed.Move{To: newer, Event: func(e embed.Event) {
		if e.Err != nil {
			failed = e.Err
		}
	}}
	sum, err := m.Run(t.Context(), st)
	if err != nil || sum.Failed != 1 || sum.Switched != 1 || sum.Chunks != 24 {
		t.Fatalf("%+v, %v", sum, err)
	}
	if dossier.KindOf(failed) != dossier.ErrDependency || !strings.Contains(failed.Error(), "1 段文本") || strings.Contains(failed.Error(), "货款") {
		t.Errorf("said %v", failed)
	}
	in(t, a, older, newer, 20)
	in(t, b, newer, older, 5)
	newer.fail = nil
	if sum, err = m.Run(t.Context(), st); err != nil || sum.Chunks != 1 || sum.Switched != 1 {
		t.Errorf("mended: %+v, %v", sum, err)
	}
	in(t, a, newer, older, 20)
}

func TestAModelThatIsGoneStopsTheRun(t *testing.T) {
	st := open(t)
	older, newer := models()
	for i := range 6 {
		intake(t, customer(t, st, fmt.Sprint(i)), older, "合同", 3)
	}
	asked := 0
	newer.fail = func(string) error { asked++; return &llm.Error{Kind: llm.ErrUnavailable} }
	sum, err := embed.Move{To: newer}.Run(t.Context(), st)
	if llm.KindOf(err) != llm.ErrUnavailable || asked != 1 || sum.Failed != 1 {
		t.Errorf("%+v, asked %d times, %v", sum, asked, err)
	}
	asked = 0
	newer.fail = func(string) error { asked++; return errors.New("磁盘坏了") }
	if sum, err = (embed.Move{To: newer}).Run(t.Context(), st); err == nil || asked != 3 || sum.Failed != 3 {
		t.Errorf("%+v, asked %d times, %v", sum, asked, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	newer.fail = nil
	_, err = embed.Move{To: newer, Batch: 1, Rate: 1e-6, Event: func(embed.Event) { cancel() }}.Run(ctx, st)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled in a pause: %v", err)
	}
	wide := &model{name: "wide", Hash: embed.Hash{Buckets: store.MaxDim + 1}}
	if _, err := (embed.Move{To: wide}).Run(t.Context(), st); dossier.KindOf(err) != dossier.ErrInput {
		t.Errorf("a vector that no store holds: %v", err)
	}
}
