package providers

import (
	"context"
	"errors"
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
	return Options{Timeout: 200 * time.Millisecond, Attempts: 3, Backoff: time.Millisecond, MaxBytes: 1 << 20, Rest: -1, Getenv: env}
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
