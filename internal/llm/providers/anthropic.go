package providers

import (
	"strings"

	"github.com/tmc/langchaingo/llms/anthropic"

	"github.com/xindiao/xindiao/internal/llm"
)

// anthropic speaks /v1/messages. It has no schema field: the schema goes into the system text and the guard
// checks the answer.
var _ = add("anthropic", opener{chat: openAnthropic})

const anthropicTokens = 8192

func openAnthropic(s spec) (llm.Generator, error) {
	key := s.opts.Getenv("ANTHROPIC_API_KEY")
	if key == "" {
		return nil, s.missingKey("ANTHROPIC_API_KEY")
	}
	base := "https://api.anthropic.com/v1"
	if s.base != nil {
		base = strings.TrimRight(s.base.String(), "/")
	}
	m, err := anthropic.New(anthropic.WithToken(key), anthropic.WithModel(s.model), anthropic.WithBaseURL(base), anthropic.WithHTTPClient(s.client()))
	if err != nil {
		return nil, notProtocol("无法建立客户端")
	}
	c := &chat{name: s.name(), model: m, check: checkAnthropic, usage: counts("InputTokens", "OutputTokens"),
		set: func(req llm.Request, _ int32) map[string]any {
			if req.MaxTokens > 0 {
				return nil
			}
			return map[string]any{"max_tokens": anthropicTokens} // the protocol demands one
		}}
	c.way.Store(byWords)
	return c, nil
}

func checkAnthropic(_ string, body []byte) (string, error) {
	var r struct {
		Type string `json:"type"`
		Stop string `json:"stop_reason"`
	}
	if err := decode(body, &r); err != nil {
		return "", err
	}
	if r.Type == "error" {
		return "", &llm.Error{Kind: llm.ErrUnavailable, Note: "以成功状态返回了错误"}
	}
	return finished(r.Stop, "end_turn", "stop_sequence")
}
