package providers

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"time"

	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/guard"
)

// rerank speaks the common /rerank of Jina, Cohere, vLLM, Xinference, SiliconFlow and most gateways, and the one of
// TEI, which names its fields otherwise; which of them a server knows is found out when it is opened.
var _ = add("rerank", opener{rerank: rerankHTTP})

// OpenReranker returns the Reranker that text names, rerank:MODEL@URL, where URL is the address before /rerank, and
// asks it once. The key comes from RERANK_API_KEY; a server in one's own house may need none.
func OpenReranker(ctx context.Context, text string, o Options) (llm.Reranker, error) {
	// A search waits for the answer and can do without: patience is short.
	if o.Timeout <= 0 {
		o.Timeout = 8 * time.Second
	}
	if o.Attempts <= 0 {
		o.Attempts = 2
	}
	if o.Guard.Deadline <= 0 {
		o.Guard.Deadline = 12 * time.Second
	}
	s, err := parse("--rerank", text, o)
	if err != nil {
		return nil, err
	}
	wire, err := kinds[s.kind].rerank(s)
	if err != nil {
		return nil, err
	}
	r := guard.NewReranker(s.name(), wire, guard.RankOptions{Options: o.Guard, Batch: o.Batch, Rest: o.Rest})
	if _, err := r.Rerank(ctx, "贷款用途", []string{"借款用于购买原材料。", "今日有雨。"}); err != nil {
		return nil, err
	}
	return r, nil
}

func rerankHTTP(s spec) (guard.RankWire, error) {
	if s.base == nil {
		return nil, input(s.flag, "缺少地址，写法为 rerank:MODEL@URL")
	}
	url := strings.TrimRight(s.base.String(), "/")
	if !strings.HasSuffix(url, "/rerank") {
		url += "/rerank"
	}
	p := s.poster(url, s.opts.Getenv("RERANK_API_KEY"))
	call := func(ctx context.Context, common bool, query string, texts []string) (out []float64, used llm.Usage, err error) {
		body := map[string]any{"model": s.model, "query": query, "documents": texts, "top_n": len(texts)}
		if !common {
			body = map[string]any{"query": query, "texts": texts, "truncate": true}
		}
		used, err = p.post(ctx, body, func(data []byte) (tokens int, err error) {
			out, tokens, err = decodeScores(data, len(texts))
			return tokens, err
		})
		return out, used, err
	}
	way := &trial{on: true} // the common form
	return func(ctx context.Context, query string, texts []string) ([]float64, llm.Usage, error) {
		common, sure := way.get()
		out, used, err := call(ctx, common, query, texts)
		switch {
		case err == nil:
			way.settle(common)
		case !sure && refusedForm(err):
			second, more, again := call(ctx, !common, query, texts)
			used = used.Add(more)
			if again == nil {
				way.settle(!common)
				return second, used, nil
			}
		}
		return out, used, err
	}, nil
}

type score struct {
	Index     *int     `json:"index"`
	Relevance *float64 `json:"relevance_score"`
	Score     *float64 `json:"score"`
}

// decodeScores reads {results: [{index, relevance_score}]}, {data: […]} or [{index, score}]: an index in range and at
// most once, a number for each. Texts that are not named get -Inf.
func decodeScores(data []byte, n int) ([]float64, int, error) {
	var list []score
	var r struct {
		Results []score `json:"results"`
		Data    []score `json:"data"`
		Usage   struct {
			Prompt int `json:"prompt_tokens"`
			Total  int `json:"total_tokens"`
		} `json:"usage"`
		Meta struct {
			Tokens struct {
				In float64 `json:"input_tokens"`
			} `json:"tokens"`
		} `json:"meta"`
	}
	if json.Unmarshal(data, &list) != nil {
		if err := failed(data); err != nil {
			return nil, 0, err
		}
		if err := decode(data, &r); err != nil {
			return nil, 0, err
		}
		list = append(r.Results, r.Data...)
	}
	if len(list) == 0 || len(list) > n {
		return nil, 0, notProtocol("分数个数与文本个数不符")
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = math.Inf(-1)
	}
	for _, s := range list {
		v := s.Relevance
		if v == nil {
			v = s.Score
		}
		if s.Index == nil || *s.Index < 0 || *s.Index >= n || !math.IsInf(out[*s.Index], -1) {
			return nil, 0, notProtocol("文本序号缺失、越界或重复")
		}
		if v == nil {
			return nil, 0, notProtocol("缺少分数")
		}
		out[*s.Index] = *v
	}
	return out, max(r.Usage.Prompt, r.Usage.Total, int(min(max(r.Meta.Tokens.In, 0), 1e9))), nil
}
