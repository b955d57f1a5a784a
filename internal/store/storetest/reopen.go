package storetest

import (
	"errors"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// reopened reads through a second opening what the first one wrote, and the other way round.
func reopened(t *testing.T, e *env) {
	ctx := t.Context()
	tn := e.tenant(t)
	in := reading("卷", "一", paper("a.pdf", "甲", 2))
	id := must[store.Receipt](t)(tn.Intake(ctx, in)).Dossier
	must[store.Revision](t)(tn.SaveReport(ctx, id, store.Draft{Kind: report.Credit, Body: []byte("{}"), Actor: "张三"}))
	must[store.Waiver](t)(tn.Waive(ctx, id, store.Waiver{Finding: "k", Rule: "r", Reason: "已核", Actor: "李四"}))
	must[store.Corpus](t)(e.s.PutCorpus(ctx, corpus("suite-reopened", "1", item("第一条", "甲"))))

	s := e.open(t)
	again := s.Tenant(tn.ID())
	readBack(t, again, id, in)
	compare(t, again, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 4}, collect(t, again, space))
	if r := must[store.Revision](t)(again.Report(ctx, id, report.Credit, 0)); r.Number != 1 {
		t.Errorf("revision %d", r.Number)
	}
	if ws := must[[]store.Waiver](t)(again.Waivers(ctx, id)); len(ws) != 1 {
		t.Errorf("%d waivers", len(ws))
	}
	corpusBack(t, must[store.Collection](t)(s.Corpus(ctx, "suite-reopened")), corpus("suite-reopened", "1", item("第一条", "甲")))
	verified(t, again)

	version := must[int64](t)(tn.Version(ctx))
	in = reading("卷", "二", paper("a.pdf", "乙", 1))
	must[store.Receipt](t)(again.Intake(ctx, in))
	readBack(t, tn, id, in)
	if got := must[int64](t)(tn.Version(ctx)); got <= version {
		t.Errorf("the first opening does not see the second's intake: version %d after %d", got, version)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	readBack(t, tn, id, in)
}

// closed asks a store that was closed.
func closed(t *testing.T, e *env) {
	s := e.open(t)
	tn := s.Tenant(e.tenant(t).ID())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"Customers": second(s.Customers(t.Context(), 0, 1)),
		"Corpora":   second(s.Corpora(t.Context())),
		"Intake":    second(tn.Intake(t.Context(), store.Intake{Name: "卷", Dossier: &dossier.Dossier{}, Actor: "张三"})),
		"Catalog":   second(tn.Catalog(t.Context())),
		"Audit":     second(tn.Audit(t.Context(), 0, 1)),
	} {
		if !errors.Is(err, store.ErrClosed) {
			t.Errorf("%s of a closed store: %v", what, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
}
