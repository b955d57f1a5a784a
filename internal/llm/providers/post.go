package providers

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/guard"
)

// poster sends JSON to one address over the guarded transport. Embeddings and reranking are one request and one
// answer: langchaingo's client would drop the usage, ignore the index and write into the caller's texts.
type poster struct {
	client        *http.Client
	url, key, who string
}

func (s spec) poster(url, key string) *poster {
	return &poster{client: s.client(), url: url, key: key, who: s.name()}
}

// post sends body; read turns a whole answer into the caller's result and counts its tokens, or says why it is none.
func (p *poster) post(ctx context.Context, body any, read func(data []byte) (tokens int, err error)) (llm.Usage, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return llm.Usage{}, &llm.Error{Kind: llm.ErrInvalid, Provider: p.who, Cause: err}
	}
	ex := &guard.Exchange{}
	ex.Check = func(_ string, body []byte) (err error) {
		ex.Usage.In, err = read(body)
		return err
	}
	req, err := http.NewRequestWithContext(guard.With(ctx, ex), http.MethodPost, p.url, bytes.NewReader(data))
	if err != nil {
		return llm.Usage{}, &llm.Error{Kind: llm.ErrInvalid, Provider: p.who, Note: "地址无效"}
	}
	req.Header.Set("Content-Type", "application/json")
	if p.key != "" {
		req.Header.Set("Authorization", "Bearer "+p.key)
	}
	resp, err := p.client.Do(req)
	switch {
	case ex.Err != nil:
		return ex.Usage, ex.Err
	case err != nil: // the text of err repeats the address
		return ex.Usage, &llm.Error{Kind: llm.ErrUnavailable, Provider: p.who, Cause: err}
	}
	return ex.Usage, resp.Body.Close()
}

// failed tells whether an answer with a good status is an error all the same, as some gateways send it.
func failed(data []byte) error {
	var r struct {
		Error  json.RawMessage `json:"error"`
		Object string          `json:"object"`
	}
	if json.Unmarshal(data, &r) == nil && (len(r.Error) > 0 && string(r.Error) != "null" || r.Object == "error") {
		return &llm.Error{Kind: llm.ErrUnavailable, Note: "以成功状态返回了错误"}
	}
	return nil
}
