package providers

import (
	"bytes"
	"strings"

	"github.com/tmc/langchaingo/llms/openai"

	"github.com/xindiao/xindiao/internal/llm"
)

// openai speaks /chat/completions: OpenAI itself, vLLM, DeepSeek, Qwen, GLM and most gateways.
var _ = add("openai", opener{chat: openOpenAI, embed: embedOpenAI})

const openAIHost = "api.openai.com"

// openAIServer is the key and the address. A server at an address of one's own may need no key.
func openAIServer(s spec) (key, base string, err error) {
	key = s.opts.Getenv("OPENAI_API_KEY")
	if key == "" && (s.base == nil || s.base.Host == openAIHost) {
		return "", "", s.missingKey("OPENAI_API_KEY")
	}
	base = "https://" + openAIHost + "/v1" // never from the environment: the spec alone says where a dossier goes
	if s.base != nil {
		base = strings.TrimRight(s.base.String(), "/")
	}
	return key, base, nil
}

func openAIOptions(s spec) ([]openai.Option, error) {
	key, base, err := openAIServer(s)
	if err != nil {
		return nil, err
	}
	if key == "" {
		key = "none" // the client wants one
	}
	return []openai.Option{openai.WithToken(key), openai.WithBaseURL(base), openai.WithHTTPClient(s.client())}, nil
}

func openOpenAI(s spec) (llm.Generator, error) {
	opts, err := openAIOptions(s)
	if err != nil {
		return nil, err
	}
	m, err := openai.New(append(opts, openai.WithModel(s.model))...)
	if err != nil {
		return nil, notProtocol("无法建立客户端")
	}
	own := s.base != nil && s.base.Host != openAIHost
	return &chat{name: s.name(), model: m, stream: s.opts.Stream, check: checkOpenAI,
		usage: counts("PromptTokens", "CompletionTokens"),
		set: func(req llm.Request, way int32) map[string]any {
			set := map[string]any{}
			if req.MaxTokens > 0 && own {
				set["max_tokens"] = req.MaxTokens // compatible servers rarely know max_completion_tokens
			}
			if req.Schema != nil && way == bySchema {
				name := req.SchemaName
				if name == "" {
					name = "answer"
				}
				set["response_format"] = map[string]any{"type": "json_schema",
					"json_schema": map[string]any{"name": name, "strict": true, "schema": req.Schema}}
			} else if req.Schema != nil && way == byObject {
				set["response_format"] = map[string]any{"type": "json_object"}
			}
			return set
		}}, nil
}

type openAIChoice struct {
	Finish string `json:"finish_reason"`
}

type openAIReply struct {
	Choices []openAIChoice `json:"choices"`
	Error   any            `json:"error"`
}

func checkOpenAI(contentType string, body []byte) (string, error) {
	if strings.HasPrefix(contentType, "text/event-stream") {
		return checkSSE(body)
	}
	var r openAIReply
	if err := decode(body, &r); err != nil {
		return "", err
	}
	if r.Error != nil || len(r.Choices) == 0 {
		return "", &llm.Error{Kind: llm.ErrUnavailable, Note: "以成功状态返回了错误"}
	}
	return finished(r.Choices[0].Finish, "stop", "eos")
}

// checkSSE wants a finish reason and [DONE]; without them the text broke off.
func checkSSE(body []byte) (string, error) {
	reason, done := "", false
	for line := range bytes.Lines(body) {
		data, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("data:"))
		if !ok {
			continue
		}
		data = bytes.TrimSpace(data)
		if string(data) == "[DONE]" {
			done = true
			break
		}
		var r openAIReply
		if err := decode(data, &r); err != nil {
			return "", &llm.Error{Kind: llm.ErrCut}
		}
		if r.Error != nil {
			return "", &llm.Error{Kind: llm.ErrCut, Note: "流中途报错"}
		}
		if len(r.Choices) > 0 && r.Choices[0].Finish != "" {
			reason = r.Choices[0].Finish
		}
	}
	if !done {
		return reason, &llm.Error{Kind: llm.ErrCut}
	}
	return finished(reason, "stop", "eos")
}
