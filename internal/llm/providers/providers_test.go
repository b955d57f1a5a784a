package providers

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/llmtest"
)

func env(key string) string {
	return map[string]string{"OPENAI_API_KEY": "sk-open", "ANTHROPIC_API_KEY": "sk-anth"}[key]
}

func quick() Options {
	return Options{Timeout: 200 * time.Millisecond, Attempts: 3, Backoff: time.Millisecond, MaxBytes: 1 << 20, Getenv: env}
}

func TestConformance(t *testing.T) {
	for name, c := range map[string]struct {
		spec   func(*llmtest.Server) string
		stream bool
	}{
		"openai":    {spec: (*llmtest.Server).Spec},
		"openaiSSE": {spec: (*llmtest.Server).Spec, stream: true},
		"ollama":    {spec: func(s *llmtest.Server) string { return "ollama:qwen:7b@" + s.URL }},
		"anthropic": {spec: func(s *llmtest.Server) string { return "anthropic:m@" + s.URL + "/v1" }},
	} {
		t.Run(name, func(t *testing.T) {
			llmtest.TestGenerator(t, func(t *testing.T, s *llmtest.Server) llm.Generator {
				o := quick()
				o.Stream = c.stream
				g, err := Open(c.spec(s), o)
				if err != nil {
					t.Fatal(err)
				}
				return g
			})
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	none := func(string) string { return "" }
	for spec, want := range map[string]dossier.ErrorKind{
		"gpt-4":                              dossier.ErrInput,
		"openai:":                            dossier.ErrInput,
		"openai:@http://h/v1":                dossier.ErrInput,
		"openai:m@http://user:pw@h/v1":       dossier.ErrInput,
		"openai:m@https://h/v1?key=abcdef":   dossier.ErrInput,
		"openai:m":                           dossier.ErrDependency,
		"openai:m@https://api.openai.com/v1": dossier.ErrDependency,
		"anthropic:m":                        dossier.ErrDependency,
		"anthropic:m@http://127.0.0.1:1/v1":  dossier.ErrDependency,
	} {
		_, err := Open(spec, Options{Getenv: none})
		if dossier.KindOf(err) != want {
			t.Errorf("%s: %v", spec, err)
		}
		if err != nil && (strings.Contains(err.Error(), "pw") || strings.Contains(err.Error(), "abcdef")) {
			t.Errorf("%s: the error repeats a secret: %v", spec, err)
		}
	}
}

func TestNone(t *testing.T) {
	g, err := Open("none", Options{})
	if err != nil || !llm.Absent(g) || g.Name() != "none" {
		t.Fatalf("%v %v", g, err)
	}
	if _, err := g.Generate(t.Context(), llm.Request{}); llm.KindOf(err) != llm.ErrNoModel || dossier.KindOf(err) != dossier.ErrDependency {
		t.Errorf("got %v", err)
	}
}

func TestOwnServerNeedsNoKeyAndSpeaksMaxTokens(t *testing.T) {
	s := llmtest.New(t)
	o := quick()
	o.Getenv = func(string) string { return "" }
	g, err := Open(s.Spec(), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Generate(t.Context(), llm.Request{Messages: llm.Ask("问"), MaxTokens: 50}); err != nil {
		t.Fatal(err)
	}
	if body := string(s.Requests()[0].Body); !strings.Contains(body, `"max_tokens":50`) {
		t.Errorf("sent %s", body)
	}
	if m, ok := g.(llm.Metered); !ok || m.Total().Calls != 1 {
		t.Error("usage is not kept")
	}
}

func TestTheWayASchemaIsAskedForIsKept(t *testing.T) {
	s := llmtest.New(t).Answer(func(r llmtest.Request) llmtest.Reply {
		if strings.Contains(string(r.Format), "json_schema") {
			return llmtest.Reply{Fault: llmtest.BadRequest}
		}
		return llmtest.Reply{Text: `{}`}
	})
	g, err := Open(s.Spec(), quick())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := g.Generate(t.Context(), llm.Request{Messages: llm.Ask("问"), Schema: []byte(`{"type":"object"}`)}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.Requests()); n != 3 {
		t.Errorf("want one refused call and two good ones, got %d", n)
	}
}

func TestEmbedder(t *testing.T) {
	s := llmtest.New(t).Vectors(func(text string) []float32 { return []float32{float32(len(text)), 1, 2} }, true)
	for _, spec := range []string{s.Spec(), "ollama:bge@" + s.URL} {
		e, err := OpenEmbedder(t.Context(), spec, quick())
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for i := range 23 {
			texts = append(texts, strings.Repeat("x", i)+"\n行")
		}
		before := slices.Clone(texts)
		vs, err := e.Embed(t.Context(), texts)
		if err != nil || len(vs) != 23 || e.Dim() != 3 {
			t.Fatalf("%d vectors, dim %d, %v", len(vs), e.Dim(), err)
		}
		for i, v := range vs {
			if int(v[0]) != len(texts[i]) {
				t.Fatalf("vector %d is another text's: the reply's index was ignored", i)
			}
		}
		if !slices.Equal(before, texts) {
			t.Error("the caller's texts were changed")
		}
	}
}

func TestEmbedderFaults(t *testing.T) {
	s := llmtest.New(t).Script(llmtest.Reply{Fault: llmtest.Forbidden})
	if _, err := OpenEmbedder(t.Context(), s.Spec(), quick()); llm.KindOf(err) != llm.ErrAuth {
		t.Errorf("got %v", err)
	}
	n := 0
	s = llmtest.New(t).Vectors(func(string) []float32 { n++; return make([]float32, 2+n/2) }, false)
	e, err := OpenEmbedder(t.Context(), s.Spec(), quick())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Embed(t.Context(), []string{"a", "b", "c"}); llm.KindOf(err) != llm.ErrInvalid {
		t.Errorf("changing dimension: %v", err)
	}
	if _, err := OpenEmbedder(t.Context(), "anthropic:m", quick()); dossier.KindOf(err) != dossier.ErrInput {
		t.Errorf("got %v", err)
	}
}

func TestDeadServer(t *testing.T) {
	o := quick()
	g, err := Open("openai:m@http://127.0.0.1:1/v1", o)
	if err != nil {
		t.Fatal(err)
	}
	_, err = g.Generate(context.Background(), llm.Request{Messages: llm.Ask("问")})
	var e *llm.Error
	if !errors.As(err, &e) || e.Kind != llm.ErrUnavailable {
		t.Errorf("got %v", err)
	}
}
