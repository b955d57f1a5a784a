package providers

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/llmtest"
)

func TestRerankers(t *testing.T) {
	for name, path := range map[string]string{"common": "/v1", "tei": "", "whole address": "/v1/rerank"} {
		t.Run(name, func(t *testing.T) {
			llmtest.TestReranker(t, func(t *testing.T, s *llmtest.Server) (llm.Reranker, error) {
				return OpenReranker(t.Context(), "rerank:bge-reranker-v2-m3@"+s.URL+path, quick())
			})
		})
	}
}

func TestRerankerKeyAndRefusals(t *testing.T) {
	s := llmtest.New(t)
	o := quick()
	o.Getenv = func(k string) string { return map[string]string{"RERANK_API_KEY": "sk-rr"}[k] }
	r, err := OpenReranker(t.Context(), "rerank:m@"+s.URL+"/v1", o)
	if err != nil {
		t.Fatal(err)
	}
	if h := s.Requests()[0].Header.Get("Authorization"); h != "Bearer sk-rr" || strings.Contains(r.Name(), "sk-") {
		t.Errorf("sent %q", h)
	}
	for spec, want := range map[string]dossier.ErrorKind{"rerank:m": dossier.ErrInput, "openai:m@http://h": dossier.ErrInput, "rerank:@http://h": dossier.ErrInput,
		"rerank:m@http://127.0.0.1:1": dossier.ErrDependency} {
		if _, err := OpenReranker(t.Context(), spec, o); dossier.KindOf(err) != want {
			t.Errorf("%s: %v", spec, err)
		}
	}
}

func TestAFailedServerIsSparedForAWhile(t *testing.T) {
	s := llmtest.New(t)
	o := quick()
	o.Rest = 50 * time.Millisecond
	r, err := OpenReranker(t.Context(), "rerank:m@"+s.URL+"/v1", o)
	if err != nil {
		t.Fatal(err)
	}
	e, err := OpenEmbedder(t.Context(), s.Spec(), o)
	if err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func() error{
		"rerank": func() error { _, err := r.Rerank(t.Context(), "问", []string{"答"}); return err },
		"embed": func() error {
			_, err := e.(llm.QueryEmbedder).EmbedQueries(t.Context(), []string{"问"})
			return err
		},
	} {
		s.Script(llmtest.Reply{Fault: llmtest.Forbidden})
		before := len(s.Requests())
		if first, second := ask(), ask(); llm.KindOf(first) != llm.ErrAuth || llm.KindOf(second) != llm.ErrAuth || len(s.Requests()) != before+1 {
			t.Errorf("%s: %v, then %v, %d calls", name, first, second, len(s.Requests())-before)
		}
		s.Script(llmtest.Reply{})
		time.Sleep(60 * time.Millisecond)
		if err := ask(); err != nil {
			t.Errorf("%s: not asked again: %v", name, err)
		}
	}
}

func TestTheRerankFormIsKept(t *testing.T) {
	s := llmtest.New(t)
	r, err := OpenReranker(t.Context(), "rerank:m@"+s.URL, quick())
	if err != nil {
		t.Fatal(err)
	}
	opened := len(s.Requests())
	if _, err := r.Rerank(t.Context(), "问", []string{"答"}); err != nil || opened != 2 || len(s.Requests()) != 3 {
		t.Errorf("%d calls to open, %d after, %v", opened, len(s.Requests()), err)
	}
}

func FuzzScores(f *testing.F) {
	f.Add([]byte(`{"results":[{"index":1,"relevance_score":0.5},{"index":0,"relevance_score":-3}],"meta":{"tokens":{"input_tokens":9}}}`))
	f.Add([]byte(`[{"index":0,"score":1},{"index":2,"score":0}]`))
	f.Add([]byte(`{"data":[{"index":0,"score":null}]}`))
	f.Add([]byte(`{"error":{"message":"x"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			return
		}
		out, tokens, err := decodeScores(data, 3)
		if err != nil {
			if out != nil {
				t.Fatal("scores beside an error")
			}
			return
		}
		if len(out) != 3 || tokens < 0 {
			t.Fatalf("%v %d", out, tokens)
		}
		for _, v := range out {
			if math.IsNaN(v) || math.IsInf(v, 1) {
				t.Fatalf("%v", out)
			}
		}
	})
}
