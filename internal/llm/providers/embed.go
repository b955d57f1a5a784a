package providers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/guard"
)

// maxDim bounds what may be asked for or answered.
const maxDim = 16384

// OpenEmbedder returns the Embedder that text names, openai:MODEL[#DIM][@BASE_URL] or ollama:MODEL[#DIM][@URL], and
// asks it once to learn the dimension. #DIM asks for shorter vectors, of models that can. Prefixes and limits come
// from models.yaml. An absent server is an error here rather than at the first search.
func OpenEmbedder(ctx context.Context, text string, o Options) (llm.Embedder, error) {
	if o.MaxBytes <= 0 {
		o.MaxBytes = 64 << 20 // numbers in JSON are long
	}
	s, err := parse("--embed", text, o)
	if err != nil {
		return nil, err
	}
	dim := 0
	if i := strings.LastIndexByte(s.model, '#'); i >= 0 {
		if dim, err = strconv.Atoi(s.model[i+1:]); err != nil || dim < 1 || dim > maxDim || i == 0 {
			return nil, input(s.flag, "维度写法为 %s:MODEL#1024@BASE_URL", s.kind)
		}
		s.model = s.model[:i]
	}
	all, err := embeddingModels()
	if err != nil {
		return nil, err
	}
	m := all.find(s.model)
	wire, err := kinds[s.kind].embed(s, shape{dim: dim, nested: m.Nested})
	if err != nil {
		return nil, err
	}
	batch := m.Batch
	if o.Batch > 0 {
		batch = o.Batch
	}
	e := guard.NewEmbedder(s.name(), wire, guard.EmbedOptions{Options: o.Guard, Batch: batch, Longest: m.Tokens,
		Dim: dim, Nested: m.Nested && dim > 0, Query: m.Query, Passage: m.Passage, Note: o.Note, Rest: o.Rest})
	if _, err := e.Embed(ctx, []string{"维度"}); err != nil {
		return nil, err
	}
	if dim == 0 && m.Dim > 0 && e.Dim() != m.Dim && o.Note != nil {
		o.Note(fmt.Sprintf("%s：该模型通常为 %d 维，服务给出 %d 维，请核对服务加载的是否为此模型", s.name(), m.Dim, e.Dim()))
	}
	return e, nil
}

// shape is what is asked of the vectors.
type shape struct {
	dim    int  // 0: the model's own
	nested bool // longer ones may be cut to dim
}

// embedOpenAI speaks /embeddings.
func embedOpenAI(s spec, sh shape) (guard.EmbedWire, error) {
	key, base, err := openAIServer(s)
	if err != nil {
		return nil, err
	}
	return embedWire(s.poster(base+"/embeddings", key), sh, decodeOpenAI, func(texts []string) map[string]any {
		return map[string]any{"model": s.model, "input": texts, "encoding_format": "float"}
	}), nil
}

// embedOllama speaks Ollama's own /api/embed: its OpenAI route cuts long texts without a word.
func embedOllama(s spec, sh shape) (guard.EmbedWire, error) {
	base := ollamaURL
	if s.base != nil {
		base = strings.TrimRight(s.base.String(), "/")
	}
	return embedWire(s.poster(base+"/api/embed", ""), sh, decodeOllama, func(texts []string) map[string]any {
		return map[string]any{"model": s.model, "input": texts, "truncate": false}
	}), nil
}

// embedWire asks for the dimension until a server refuses the key: vectors of a nested model are then cut here.
func embedWire(p *poster, sh shape, decode func([]byte, int) ([][]float32, int, error), body func([]string) map[string]any) guard.EmbedWire {
	call := func(ctx context.Context, texts []string, dim int) (out [][]float32, used llm.Usage, err error) {
		b := body(texts)
		if dim > 0 {
			b["dimensions"] = dim
		}
		used, err = p.post(ctx, b, func(data []byte) (tokens int, err error) {
			out, tokens, err = decode(data, len(texts))
			return tokens, err
		})
		return out, used, err
	}
	ask := &trial{on: sh.dim > 0}
	return func(ctx context.Context, texts []string) ([][]float32, llm.Usage, error) {
		if on, sure := ask.get(); on && !sure && sh.nested {
			out, used, err := call(ctx, texts, sh.dim)
			if err == nil {
				ask.settle(true)
			}
			if !refusedForm(err) {
				return out, used, err
			}
			out, more, second := call(ctx, texts, 0)
			if second == nil {
				ask.settle(false)
				return out, used.Add(more), nil
			}
			return nil, used.Add(more), err
		} else if on {
			return call(ctx, texts, sh.dim)
		}
		return call(ctx, texts, 0)
	}
}

type openAIVectors struct {
	Data []struct {
		Embedding json.RawMessage `json:"embedding"`
		Index     *int            `json:"index"`
	} `json:"data"`
	Usage struct {
		Prompt int `json:"prompt_tokens"`
		Total  int `json:"total_tokens"`
	} `json:"usage"`
}

// decodeOpenAI puts the vectors in the order of their indexes, each wanted once: the protocol may answer in any order.
// Servers that give no index at all answer in order.
func decodeOpenAI(data []byte, n int) ([][]float32, int, error) {
	if err := failed(data); err != nil {
		return nil, 0, err
	}
	var r openAIVectors
	if err := decode(data, &r); err != nil {
		return nil, 0, err
	}
	if len(r.Data) != n {
		return nil, 0, notProtocol("向量个数与文本个数不符")
	}
	numbered := false
	for _, d := range r.Data {
		numbered = numbered || d.Index != nil
	}
	out := make([][]float32, n)
	for i, d := range r.Data {
		at := i
		if numbered {
			if d.Index == nil || *d.Index < 0 || *d.Index >= n || out[*d.Index] != nil {
				return nil, 0, notProtocol("向量序号缺失或重复")
			}
			at = *d.Index
		}
		var err error
		if out[at], err = decodeVector(d.Embedding); err != nil {
			return nil, 0, err
		}
	}
	return out, max(r.Usage.Prompt, r.Usage.Total, 0), nil
}

func decodeOllama(data []byte, n int) ([][]float32, int, error) {
	if err := failed(data); err != nil {
		return nil, 0, err
	}
	var r struct {
		Embeddings []json.RawMessage `json:"embeddings"`
		Tokens     int               `json:"prompt_eval_count"`
	}
	if err := decode(data, &r); err != nil {
		return nil, 0, err
	}
	if len(r.Embeddings) != n {
		return nil, 0, notProtocol("向量个数与文本个数不符")
	}
	out := make([][]float32, n)
	for i, raw := range r.Embeddings {
		var err error
		if out[i], err = decodeVector(raw); err != nil {
			return nil, 0, err
		}
	}
	return out, max(r.Tokens, 0), nil
}

// decodeVector reads a list of numbers, never nil. null is how servers print NaN, and the decoder would read it as 0.
func decodeVector(raw json.RawMessage) ([]float32, error) {
	if bytes.IndexByte(raw, 'n') >= 0 {
		return nil, notProtocol("向量含非数")
	}
	v := []float32{}
	if json.Unmarshal(raw, &v) != nil {
		return nil, notProtocol("向量不是数的列表")
	}
	if len(v) > maxDim {
		return nil, notProtocol("向量过长")
	}
	return v, nil
}
