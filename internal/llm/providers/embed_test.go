package providers

import (
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/llmtest"
)

func openVectors(spec func(*llmtest.Server) string) llmtest.EmbedOpener {
	return func(t *testing.T, s *llmtest.Server) (llm.Embedder, error) {
		return OpenEmbedder(t.Context(), spec(s), quick())
	}
}

func ollamaSpec(s *llmtest.Server) string { return "ollama:bge-m3@" + s.URL }

func TestEmbedders(t *testing.T) {
	t.Run("openai", func(t *testing.T) { llmtest.TestEmbedder(t, openVectors((*llmtest.Server).Spec)) })
	t.Run("ollama", func(t *testing.T) {
		llmtest.TestEmbedder(t, openVectors(func(s *llmtest.Server) string { return "ollama:llama@" + s.URL }))
	})
}

func TestIndexesOfTheOpenAIProtocol(t *testing.T) {
	for _, f := range []llmtest.Fault{llmtest.Duplicate, llmtest.OutOfRange} {
		s := llmtest.New(t)
		e, err := OpenEmbedder(t.Context(), s.Spec(), quick())
		if err != nil {
			t.Fatal(err)
		}
		s.Script(llmtest.Reply{Fault: f})
		if _, err := e.Embed(t.Context(), []string{"一", "二"}); llm.KindOf(err) != llm.ErrInvalid {
			t.Errorf("%s: %v", f, err)
		}
	}
	if vs, _, err := decodeOpenAI([]byte(`{"data":[{"embedding":[1]},{"embedding":[2]}]}`), 2); err != nil || vs[1][0] != 2 {
		t.Errorf("without any index the order counts: %v %v", vs, err)
	}
	if _, _, err := decodeOpenAI([]byte(`{"data":[{"embedding":[1]},{"embedding":[2],"index":1}]}`), 2); err == nil {
		t.Error("half an index is none")
	}
}

func TestPrefixesAndNames(t *testing.T) {
	s := llmtest.New(t)
	open := func(spec string) llm.Embedder {
		t.Helper()
		e, err := OpenEmbedder(t.Context(), spec+"@"+s.URL+"/v1", quick())
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	e := open("openai:intfloat/multilingual-e5-large")
	if _, err := e.(llm.QueryEmbedder).EmbedQueries(t.Context(), []string{"问"}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Embed(t.Context(), []string{"文"}); err != nil {
		t.Fatal(err)
	}
	rs := s.Requests()
	if q, p := rs[len(rs)-2].Input[0], rs[len(rs)-1].Input[0]; q != "query: 问" || p != "passage: 文" {
		t.Errorf("sent %q and %q", q, p)
	}
	seen := map[string]string{}
	for _, spec := range []string{"openai:a", "openai:b", "openai:text-embedding-3-small#2", "openai:text-embedding-3-small", "openai:multilingual-e5-base"} {
		name := open(spec).Name()
		if other, ok := seen[name]; ok {
			t.Errorf("%s and %s share %s", spec, other, name)
		}
		seen[name] = spec
		if strings.Contains(name, "#") {
			t.Errorf("got %s", name)
		}
	}
}

func TestDimensions(t *testing.T) {
	s := llmtest.New(t).Vectors(func(string) []float32 { return []float32{3, 4, 5, 6} }, false)
	open := func(model string) (llm.Embedder, error) {
		return OpenEmbedder(t.Context(), "openai:"+model+"@"+s.URL+"/v1", quick())
	}
	for _, knows := range []bool{true, false} {
		s.Bounds(llmtest.Bounds{Dim: !knows})
		e, err := open("text-embedding-3-large#2")
		if err != nil {
			t.Fatal(err)
		}
		vs, err := e.Embed(t.Context(), []string{"文"})
		if err != nil || e.Dim() != 2 || math.Abs(float64(vs[0][0])-0.6) > 1e-6 {
			t.Errorf("server knows %v: %v, %v", knows, vs, err)
		}
	}
	if _, err := open("bge-other#2"); llm.KindOf(err) != llm.ErrRefused {
		t.Errorf("a model that cannot be cut: %v", err)
	}
	for _, bad := range []string{"m#", "m#0", "m#x", "#4", "m#99999"} {
		if _, err := open(bad); dossier.KindOf(err) != dossier.ErrInput {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if _, err := open("text-embedding-3-large#8"); llm.KindOf(err) != llm.ErrRefused && llm.KindOf(err) != llm.ErrInvalid {
		t.Errorf("more than the model has: %v", err)
	}
}

func TestOverlongIsNoted(t *testing.T) {
	s := llmtest.New(t)
	var mu sync.Mutex
	var notes []string
	o := quick()
	o.Note = func(zh string) {
		mu.Lock()
		defer mu.Unlock()
		notes = append(notes, zh)
	}
	e, err := OpenEmbedder(t.Context(), "ollama:bge-large-zh-v1.5@"+s.URL, o) // 500 tokens, says models.yaml
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Embed(t.Context(), []string{"短", strings.Repeat("绝密货款。", 300)}); err != nil {
		t.Fatal(err)
	}
	last := s.Requests()[len(s.Requests())-1].Input[1]
	if n := len([]rune(last)); n > 500 || n < 450 || !strings.HasSuffix(last, "。") {
		t.Errorf("sent %d runes", n)
	}
	if len(notes) != 2 || !strings.Contains(notes[0], "1024 维") || !strings.Contains(notes[1], "1500") || strings.Contains(notes[1], "绝密") {
		t.Errorf("notes %q", notes)
	}
}

func TestOllamaNeverCutsSilently(t *testing.T) {
	s := llmtest.New(t)
	if _, err := OpenEmbedder(t.Context(), ollamaSpec(s), quick()); err != nil {
		t.Fatal(err)
	}
	if r := s.Requests()[0]; r.Path != "/api/embed" || !strings.Contains(string(r.Body), `"truncate":false`) {
		t.Errorf("%s %s", r.Path, r.Body)
	}
}

func TestOpenEmbedderRefuses(t *testing.T) {
	for spec, want := range map[string]dossier.ErrorKind{"anthropic:m": dossier.ErrInput, "rerank:m@http://h": dossier.ErrInput, "x": dossier.ErrInput,
		"openai:m": dossier.ErrDependency, "ollama:m@http://127.0.0.1:1": dossier.ErrDependency} {
		o := quick()
		o.Getenv = func(string) string { return "" }
		_, err := OpenEmbedder(t.Context(), spec, o)
		if dossier.KindOf(err) != want {
			t.Errorf("%s: %v", spec, err)
		}
		if want == dossier.ErrInput && !strings.Contains(err.Error(), "--embed") {
			t.Errorf("%s: the flag is not named: %v", spec, err)
		}
	}
}

func TestModelBook(t *testing.T) {
	if errs := Lint(); len(errs) != 0 {
		t.Fatal(errs)
	}
	good, _ := embeddingModels()
	breakIt := func(name string, f func(*modelCard)) {
		b := good
		b.Models = append([]modelCard(nil), good.Models...)
		f(&b.Models[1])
		if len(b.lint()) == 0 {
			t.Errorf("%s passes", name)
		}
	}
	breakIt("a wrong prefix", func(m *modelCard) { m.Query = "问：" })
	breakIt("no example", func(m *modelCard) { m.Examples = nil })
	breakIt("no source", func(m *modelCard) { m.Source = "" })
	breakIt("twice", func(m *modelCard) { m.Prefix = good.Models[0].Prefix })
	breakIt("capitals", func(m *modelCard) { m.Prefix = "BGE" })
	if _, err := readModels("x.yaml", []byte("owner: a\ncolour: b\n")); err == nil || !strings.Contains(err.Error(), "x.yaml:2") {
		t.Errorf("unknown key: %v", err)
	}
}

func FuzzVectors(f *testing.F) {
	f.Add([]byte(`{"data":[{"index":1,"embedding":[0.1,-2e3]},{"index":0,"embedding":[1,2]}],"usage":{"prompt_tokens":3}}`))
	f.Add([]byte(`{"embeddings":[[1,2],[3,4]],"prompt_eval_count":7}`))
	f.Add([]byte(`{"data":[{"embedding":[1]},{"embedding":null}]}`))
	f.Add([]byte(`{"object":"error","message":"x"}`))
	f.Add([]byte(`{"embeddings":[[1e39],[]]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			return
		}
		for _, decode := range []func([]byte, int) ([][]float32, int, error){decodeOpenAI, decodeOllama} {
			vs, tokens, err := decode(data, 2)
			if err != nil && vs != nil || err == nil && (len(vs) != 2 || vs[0] == nil || vs[1] == nil || tokens < 0) {
				t.Fatalf("%v %d %v", vs, tokens, err)
			}
		}
	})
}
