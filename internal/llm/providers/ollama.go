package providers

import (
	"bytes"

	"github.com/tmc/langchaingo/llms/ollama"

	"github.com/xindiao/xindiao/internal/llm"
)

// ollama speaks its own /api/chat, where the context size must be told: the default drops the head of long
// prompts without a word.
var _ = add("ollama", opener{chat: openOllama, embed: embedOllama})

const ollamaURL = "http://127.0.0.1:11434"

func openOllama(s spec) (llm.Generator, error) {
	size := s.opts.Context
	if size <= 0 {
		size = 16384
	}
	base := ollamaURL
	if s.base != nil {
		base = s.base.String()
	}
	m, err := ollama.New(ollama.WithModel(s.model), ollama.WithServerURL(base), ollama.WithHTTPClient(s.client()), ollama.WithRunnerNumCtx(size))
	if err != nil {
		return nil, notProtocol("无法建立客户端")
	}
	return &chat{name: s.name(), model: m, check: checkOllama, usage: counts("PromptTokens", "CompletionTokens"),
		set: func(req llm.Request, way int32) map[string]any {
			set := map[string]any{"stream": false}
			switch {
			case req.Schema != nil && way == bySchema:
				set["format"] = req.Schema
			case req.Schema != nil && way == byObject:
				set["format"] = "json"
			}
			return set
		}}, nil
}

func checkOllama(_ string, body []byte) (string, error) {
	body = bytes.TrimSpace(body)
	last := body[bytes.LastIndexByte(body, '\n')+1:]
	var r struct {
		Done   bool   `json:"done"`
		Reason string `json:"done_reason"`
		Error  string `json:"error"`
	}
	if err := decode(last, &r); err != nil {
		return "", err
	}
	switch {
	case r.Error != "":
		return "", &llm.Error{Kind: llm.ErrUnavailable, Note: "以成功状态返回了错误"}
	case !r.Done:
		return "", &llm.Error{Kind: llm.ErrCut}
	case r.Reason == "":
		r.Reason = "stop" // servers before done_reason existed
	}
	return finished(r.Reason, "stop")
}
