package storetest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// owner is a customer and everything that can be asked for by an id of its own.
type owner struct {
	n        int
	tn       store.Tenant
	mark     string
	dossier  int64
	document int64
	waiver   int64
	finding  string
	chunks   []int64
	hashes   []store.Hash
	before   any // what it holds
}

// Crossed asks every method of every customer's view for the other customers' objects, at least 10,000 times, from
// several goroutines on one pool: not one foreign row may come back, and nothing of the other may change.
func Crossed(t *testing.T, b Backend) {
	e := newEnv(t, b)
	var owners []*owner
	for i := range 23 {
		owners = append(owners, newOwner(t, e, i))
	}
	shared := corpus("crossed", "1", item("第一条", "公共"))
	must[store.Corpus](t)(e.s.PutCorpus(t.Context(), shared))
	public := must[store.Collection](t)(e.s.Corpus(t.Context(), "crossed"))

	type pair struct{ a, b *owner }
	var pairs []pair
	for _, a := range owners {
		for _, b := range owners {
			if a != b {
				pairs = append(pairs, pair{a, b})
			}
		}
	}
	rand.New(rand.NewPCG(3, 3)).Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	tenantCases, publicCases := casesOf[store.Tenant](t), casesOf[store.Collection](t)
	var tried atomic.Int64
	var wg sync.WaitGroup
	work := make(chan int)
	for range 4 {
		wg.Go(func() {
			for i := range work {
				p := pairs[i]
				for name, c := range tenantCases {
					if c.rare && i%60 != 0 {
						continue
					}
					tried.Add(1)
					if err := c.try(view{p.a.tn, p.a.tn}, p.a, p.b); err != nil {
						t.Errorf("%s of customer %d asked for what is customer %d's: %v", name, p.a.n, p.b.n, err)
					}
				}
				for name, c := range publicCases {
					if c.rare || i%10 != 0 {
						continue
					}
					tried.Add(1)
					if err := c.try(view{public, nil}, &owner{n: -1}, p.b); err != nil {
						t.Errorf("%s of a corpus asked for what is customer %d's: %v", name, p.b.n, err)
					}
				}
			}
		})
	}
	calm := shake(t, owners)
	for i := range pairs {
		work <- i
	}
	close(work)
	wg.Wait()
	calm()
	if tried.Load() < 10_000 {
		t.Errorf("only %d crossed pairs tried", tried.Load())
	}
	t.Logf("%d crossed pairs, %d methods", tried.Load(), len(tenantCases))
	for _, o := range owners {
		same(t, fmt.Sprintf("customer %d afterwards", o.n), o.holds(t), o.before)
		verified(t, o.tn)
		for _, x := range chain(t, o.tn) {
			if err := o.foreign(x); err != nil {
				t.Errorf("audit chain of customer %d: %v", o.n, err)
			}
		}
	}
	corpusBack(t, public, shared)
	if b.Rows != nil {
		t.Run("row-level security", func(t *testing.T) { rowSecurity(t, e, owners) })
	}
}

func newOwner(t *testing.T, e *env, n int) *owner {
	t.Helper()
	ctx := t.Context()
	o := &owner{n: n, tn: e.tenant(t), mark: fmt.Sprintf("【客%d】", n)}
	for k := range 1 + n%3 { // so that ids of two customers rarely stand in step
		must[store.Receipt](t)(o.tn.Intake(ctx, reading(fmt.Sprint("同名卷", k), o.mark, paper(o.mark+".pdf", o.mark, 1+n%5))))
	}
	in := reading(o.mark, o.mark, paper("一"+o.mark, o.mark, 2), paper("二"+o.mark, o.mark, 1))
	in.Actor = o.mark
	for i := range in.Files {
		in.Files[i].Blob, in.Files[i].Segment = o.mark+fmt.Sprint(i), []byte(o.mark)
	}
	o.dossier = must[store.Receipt](t)(o.tn.Intake(ctx, in)).Dossier
	o.document = must[[]store.DocumentInfo](t)(o.tn.Documents(ctx, o.dossier))[1].ID
	o.finding = store.FindingKey(in.Findings[0])
	must[store.Revision](t)(o.tn.SaveReport(ctx, o.dossier, store.Draft{Kind: report.Credit, Body: []byte(o.mark), Actor: o.mark, Note: o.mark}))
	o.waiver = must[store.Waiver](t)(o.tn.Waive(ctx, o.dossier, store.Waiver{Finding: "k", Rule: "r", Reason: o.mark, Actor: o.mark})).ID
	for id := range collect(t, o.tn, space) {
		o.chunks = append(o.chunks, id)
	}
	slices.Sort(o.chunks)
	for _, row := range must[[]store.ChunkRow](t)(o.tn.Chunks(ctx, o.chunks)) {
		if strings.Contains(row.Text, o.mark) { // other lines are alike for all
			o.hashes = append(o.hashes, store.HashText(store.EmbedText("审计报告", row.Chunk)))
		}
	}
	o.before = o.holds(t)
	return o
}

// holds is everything of a customer but its audit chain.
func (o *owner) holds(t *testing.T) any {
	t.Helper()
	ctx := t.Context()
	var all []any
	for _, d := range must[[]store.DossierInfo](t)(o.tn.Dossiers(ctx)) {
		dos, err := o.tn.Dossier(ctx, d.ID)
		figures, err2 := o.tn.Figures(ctx, d.ID, "")
		findings, err3 := o.tn.Findings(ctx, d.ID)
		revs, err4 := o.tn.Reports(ctx, d.ID)
		ws, err5 := o.tn.Waivers(ctx, d.ID)
		for _, err := range []error{err, err2, err3, err4, err5} {
			if err != nil {
				t.Fatal(err)
			}
		}
		all = append(all, d.ID, d.Name, dos, figures, findings, revs, ws)
	}
	vectors := collect(t, o.tn, space)
	for _, id := range o.chunks {
		all = append(all, id, vectors[id])
	}
	return plain(t, append(all, len(vectors)))
}

var marks = regexp.MustCompile(`【客(\d+)】`)

// foreign tells of a mark of another customer in anything that a method returned.
func (o *owner) foreign(results ...any) error {
	b, err := json.Marshal(results)
	if err != nil {
		return err
	}
	for _, m := range marks.FindAllString(string(b), -1) {
		if m != o.mark {
			return fmt.Errorf("returned a row of %s: %.300s", m, b)
		}
	}
	return nil
}

// casesOf gives each method of an interface its case; a method without one fails the test.
func casesOf[I any](t *testing.T) map[string]crossing {
	t.Helper()
	out := map[string]crossing{}
	typ := reflect.TypeFor[I]()
	for i := range typ.NumMethod() {
		name := typ.Method(i).Name
		c, ok := crossings[name]
		if !ok {
			t.Errorf("%s.%s has no case in crossings: add one", typ.Name(), name)
			continue
		}
		out[name] = c
	}
	return out
}
