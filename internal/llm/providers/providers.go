// Package providers opens the language and embedding models that a spec names; each kind registers itself in its
// own file.
package providers

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/guard"
)

// Options of a model. The zero value is right for production.
type Options struct {
	Guard    guard.Options
	Timeout  time.Duration // of one HTTP attempt
	Attempts int
	Backoff  time.Duration
	MaxBytes int64
	Stream   bool            // ask for server-sent events, for gateways that drop silent connections
	Context  int             // tokens of context to reserve where the server must be told (ollama); default 16384
	Batch    int             // texts an embeddings or rerank call at most; 0: as models.yaml says, or the guard's default
	Rest     time.Duration   // how long a search does not ask a server that failed; 0: 30 s, negative: not at all
	Note     func(zh string) // told what an embedder left out, without the text's words
	Base     http.RoundTripper
	Getenv   func(string) string // default os.Getenv
}

// spec is KIND:MODEL@BASE_URL, taken apart.
type spec struct {
	flag        string // that it came from, for error texts
	kind, model string
	base        *url.URL // nil when none was given
	opts        Options
}

// Name is the spec with the host alone, for logs and reports.
func (s spec) name() string {
	if s.base == nil {
		return s.kind + ":" + s.model
	}
	return s.kind + ":" + s.model + "@" + s.base.Host
}

type opener struct {
	chat   func(spec) (llm.Generator, error)
	embed  func(spec, shape) (guard.EmbedWire, error)
	rerank func(spec) (guard.RankWire, error)
}

func (o opener) serves(flag string) bool {
	switch flag {
	case "--embed":
		return o.embed != nil
	case "--rerank":
		return o.rerank != nil
	}
	return o.chat != nil
}

var kinds = map[string]opener{}

func add(kind string, o opener) bool {
	kinds[kind] = o
	return true
}

// Open returns the Generator that text names: none, openai:MODEL[@BASE_URL], ollama:MODEL[@URL] or
// anthropic:MODEL[@BASE_URL]. Keys come from OPENAI_API_KEY and ANTHROPIC_API_KEY. Nothing is called yet.
// Errors are *dossier.Error: ErrInput for a bad spec, ErrDependency for a missing key.
func Open(text string, o Options) (llm.Generator, error) {
	if text == "" || text == "none" {
		return llm.None{}, nil
	}
	s, err := parse("--llm", text, o)
	if err != nil {
		return nil, err
	}
	g, err := kinds[s.kind].chat(s)
	if err != nil {
		return nil, err
	}
	return guard.New(g, o.Guard), nil
}

func parse(flag, text string, o Options) (spec, error) {
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	kind, rest, _ := strings.Cut(text, ":")
	if !kinds[kind].serves(flag) {
		return spec{}, input(flag, "未知的模型类别，可用：none、%s", strings.Join(names(flag), "、"))
	}
	s := spec{flag: flag, kind: kind, model: rest, opts: o}
	if i := strings.LastIndex(rest, "@http"); i >= 0 {
		s.model = rest[:i]
		u, err := url.Parse(rest[i+1:])
		// The text of a bad address is not repeated: it may hold a key.
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return spec{}, input(flag, "模型地址不是有效的 http(s) 地址")
		}
		if u.User != nil || u.RawQuery != "" {
			return spec{}, input(flag, "模型地址中不得含有用户名、口令或参数；密钥请放在环境变量中")
		}
		s.base = u
	}
	if strings.TrimSpace(s.model) == "" {
		return spec{}, input(flag, "缺少模型名，写法为 %s:MODEL@BASE_URL", kind)
	}
	return s, nil
}

func names(flag string) []string {
	var out []string
	for k, o := range kinds {
		if o.serves(flag) {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

func input(flag, format string, args ...any) error {
	return &dossier.Error{Kind: dossier.ErrInput, Msg: flag + "：" + fmt.Sprintf(format, args...)}
}

func (s spec) missingKey(env string) error {
	return &dossier.Error{Kind: dossier.ErrDependency, Msg: s.flag + "：缺少环境变量 " + env}
}

// client is an http.Client over the guarded transport. It follows no redirect: a dossier goes where the spec
// says and nowhere else.
func (s spec) client() *http.Client {
	t := &guard.Transport{Base: s.opts.Base, Name: s.name(), Timeout: s.opts.Timeout, Attempts: s.opts.Attempts,
		Backoff: s.opts.Backoff, MaxBytes: s.opts.MaxBytes}
	return &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}
