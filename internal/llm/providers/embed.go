package providers

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"sync"

	"github.com/tmc/langchaingo/embeddings"
	"github.com/tmc/langchaingo/llms/openai"

	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/guard"
)

// batch is how many texts one call carries: some servers take no more.
const batch = 10

// OpenEmbedder returns the Embedder that text names, openai:MODEL[@BASE_URL] or ollama:MODEL[@URL], and asks it
// once to learn the dimension. An absent server is an error here rather than at the first search.
func OpenEmbedder(ctx context.Context, text string, o Options) (llm.Embedder, error) {
	s, err := parse(text, o)
	if err != nil {
		return nil, err
	}
	open := kinds[s.kind].embed
	if open == nil {
		return nil, input("%s 不提供向量模型", s.kind)
	}
	e, err := open(s)
	if err != nil {
		return nil, err
	}
	if _, err := e.Embed(ctx, []string{"维度"}); err != nil {
		return nil, err
	}
	return e, nil
}

type embedder struct {
	name string
	e    embeddings.Embedder
	mu   sync.Mutex
	dim  int
}

func openOpenAIEmbedder(s spec) (llm.Embedder, error) {
	opts, err := openAIOptions(s)
	if err != nil {
		return nil, err
	}
	m, err := openai.New(append(opts, openai.WithModel(s.model), openai.WithEmbeddingModel(s.model))...)
	if err != nil {
		return nil, notProtocol("无法建立客户端")
	}
	e, err := embeddings.NewEmbedder(m, embeddings.WithBatchSize(batch), embeddings.WithStripNewLines(false))
	if err != nil {
		return nil, notProtocol("无法建立客户端")
	}
	return &embedder{name: s.name(), e: e}, nil
}

func (e *embedder) Name() string { return e.name }

func (e *embedder) Dim() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.dim
}

func (e *embedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	ex := &guard.Exchange{Check: checkEmbeddings, Fix: orderEmbeddings}
	out, err := e.e.EmbedDocuments(guard.With(ctx, ex), slices.Clone(texts))
	if ex.Err != nil {
		return nil, ex.Err
	}
	if err != nil {
		return nil, &llm.Error{Kind: llm.ErrInvalid, Provider: e.name, Cause: err}
	}
	if len(out) != len(texts) {
		return nil, &llm.Error{Kind: llm.ErrInvalid, Provider: e.name, Note: "向量个数与文本个数不符"}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, v := range out {
		if e.dim == 0 {
			e.dim = len(v)
		}
		if len(v) != e.dim || e.dim == 0 || !finite(v) {
			return nil, &llm.Error{Kind: llm.ErrInvalid, Provider: e.name, Note: "向量维度不一致或含非数"}
		}
	}
	return out, nil
}

type embeddingsReply struct {
	Data []struct {
		Embedding json.RawMessage `json:"embedding"`
		Index     int             `json:"index"`
	} `json:"data"`
	Model string          `json:"model,omitempty"`
	Usage json.RawMessage `json:"usage,omitempty"`
}

// checkEmbeddings wants each index once: the protocol may answer in any order.
func checkEmbeddings(_ string, body []byte) error {
	var r embeddingsReply
	if err := decode(body, &r); err != nil {
		return err
	}
	seen := make([]bool, len(r.Data))
	for _, d := range r.Data {
		if d.Index < 0 || d.Index >= len(seen) || seen[d.Index] {
			return notProtocol("向量序号缺失或重复")
		}
		seen[d.Index] = true
	}
	return nil
}

// orderEmbeddings sorts by index, which the client ignores.
func orderEmbeddings(_ string, body []byte) []byte {
	var r embeddingsReply
	if json.Unmarshal(body, &r) != nil {
		return body
	}
	sorted := slices.Clone(r.Data)
	for _, d := range r.Data {
		sorted[d.Index] = d
	}
	r.Data = sorted
	out, err := json.Marshal(r)
	if err != nil {
		return body
	}
	return out
}

func finite(v []float32) bool {
	for _, x := range v {
		if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
			return false
		}
	}
	return true
}
