package embed_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/embed"
)

// file takes a contract of n clauses in, as the product does.
func file(t *testing.T, tn store.Tenant, e llm.Embedder, name string, n int) {
	t.Helper()
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "第%d条 %s项下第%d批货物于到货后%d日内付款，逾期按日加收违约金，争议由买方所在地法院管辖。\n", i+1, name, i+1, 10+i)
	}
	docs := []*dossier.Document{{File: name + ".txt", Type: "contract", TypeName: "合同", Pages: []dossier.Page{{Number: 1, Text: b.String()}}}}
	p, err := retrieval.Prepare(t.Context(), docs, retrieval.PrepareOptions{Embedder: e})
	if err != nil || len(p.Notes) > 0 {
		t.Fatal(p.Notes, err)
	}
	if _, err := tn.Intake(t.Context(), store.Intake{Name: name, Dossier: &dossier.Dossier{Documents: docs}, Files: p.Files, Space: p.Space, Actor: "测试"}); err != nil {
		t.Fatal(err)
	}
}

// While a store moves to another model and papers come in, searches are answered by words and by vectors, and by
// vectors of one model only.
func TestNoGapInService(t *testing.T) { each(t, noGapInService) }

func noGapInService(t *testing.T, st store.Store) {
	older, newer := models()
	a := customer(t, st, "甲")
	file(t, a, older, "采购合同", 60)
	s, err := retrieval.Open(a, retrieval.Options{Embedder: newer, Embedders: []llm.Embedder{older}})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	search := func() {
		r, err := s.Search(context.WithoutCancel(t.Context()), retrieval.Query{Text: "第7批货物几日内付款"})
		if err != nil || len(r.Hits) == 0 || len(r.Notes) > 0 {
			t.Errorf("%d hits, %v, %v", len(r.Hits), r.Notes, err)
			return
		}
		vectors := map[string]bool{}
		for _, h := range r.Hits {
			for _, l := range h.Legs {
				if strings.Contains(l.Name, "/") {
					vectors[l.Name] = true
				}
			}
		}
		if len(vectors) != 1 || !vectors[r.Space.Name] {
			t.Errorf("vectors of %v in one search of %s", vectors, r.Space.Name)
		}
		seen[r.Space.Name]++
	}
	search()
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				search()
			}
		}
	})
	came := false
	sum, err := embed.Move{To: newer, Batch: 4, Event: func(e embed.Event) {
		if e.Done >= e.Total && !came {
			came = true
			file(t, a, older, "补充协议", 20)
		}
	}}.Run(t.Context(), st)
	close(stop)
	wg.Wait()
	if err != nil || sum.Switched != 1 || !came {
		t.Fatalf("%+v, paper came %v, %v", sum, came, err)
	}
	search()
	if seen[older.name] == 0 || seen[newer.name] == 0 || len(seen) != 2 {
		t.Errorf("answered by %v", seen)
	}
}
