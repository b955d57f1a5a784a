package providers

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync/atomic"

	"github.com/tmc/langchaingo/llms"

	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/guard"
)

// How the schema of an answer is asked for, the strongest first. A server that refuses one is asked the next way,
// and what worked is kept.
const (
	bySchema int32 = iota // the protocol's own schema field
	byObject              // "some JSON object", the schema in the system text
	byWords               // the system text alone
)

// chat is a Generator over a langchaingo model. The protocol's peculiarities come as functions.
type chat struct {
	name   string
	model  llms.Model
	way    atomic.Int32                                          // how schemas are asked for
	set    func(req llm.Request, way int32) map[string]any       // keys for the request body
	check  func(contentType string, body []byte) (string, error) // finish reason of a whole answer
	usage  func(info map[string]any) (in, out int)
	stream bool
}

func (c *chat) Name() string { return c.name }

func (c *chat) Generate(ctx context.Context, req llm.Request) (llm.Response, error) {
	way := c.way.Load()
	resp, err := c.call(ctx, req, way)
	for req.Schema != nil && way < byWords && refusedForm(err) {
		way++
		used := resp.Usage
		resp, err = c.call(ctx, req, way)
		resp.Usage = resp.Usage.Add(used)
		if err == nil {
			c.way.Store(way)
		}
	}
	return resp, err
}

// refusedForm tells whether the server may just not know the way the schema was asked for.
func refusedForm(err error) bool {
	var e *llm.Error
	return errors.As(err, &e) && e.Kind == llm.ErrRefused && (e.Status == 400 || e.Status == 422)
}

func (c *chat) call(ctx context.Context, req llm.Request, way int32) (llm.Response, error) {
	reason := ""
	ex := &guard.Exchange{Set: c.set(req, way), Check: func(ct string, body []byte) (err error) {
		reason, err = c.check(ct, body)
		return err
	}}
	opts := []llms.CallOption{llms.WithTemperature(req.Temperature)}
	if req.MaxTokens > 0 {
		opts = append(opts, llms.WithMaxTokens(req.MaxTokens))
	}
	if c.stream {
		opts = append(opts, llms.WithStreamingFunc(func(context.Context, []byte) error { return nil }))
	}
	out, err := c.model.GenerateContent(guard.With(ctx, ex), c.messages(req, way), opts...)
	resp := llm.Response{Usage: ex.Usage, FinishReason: reason}
	switch {
	case ex.Err != nil: // the client flattens errors; the transport kept it whole
		return resp, ex.Err
	case ctx.Err() != nil: // the client may call a cancelled stream a success
		return resp, &llm.Error{Kind: llm.ErrCanceled, Provider: c.name, Cause: ctx.Err()}
	case err != nil:
		return resp, &llm.Error{Kind: llm.ErrInvalid, Provider: c.name, Cause: err}
	}
	var b strings.Builder
	for i, choice := range out.Choices {
		b.WriteString(choice.Content)
		if i == 0 && c.usage != nil {
			resp.Usage.In, resp.Usage.Out = c.usage(choice.GenerationInfo)
		}
	}
	resp.Text = b.String()
	return resp, nil
}

func (c *chat) messages(req llm.Request, way int32) []llms.MessageContent {
	system := req.System
	if req.Schema != nil && way > bySchema {
		system = strings.TrimSpace(system + "\n\n只输出一个 JSON 值，不加说明，不加代码围栏，符合下列 JSON Schema：\n" + string(req.Schema))
	}
	var out []llms.MessageContent
	if system != "" {
		out = append(out, llms.TextParts(llms.ChatMessageTypeSystem, system))
	}
	for _, m := range req.Messages {
		role := llms.ChatMessageTypeHuman
		if m.Role == llm.Assistant {
			role = llms.ChatMessageTypeAI
		}
		out = append(out, llms.TextParts(role, m.Text))
	}
	return out
}

// counts reads token counts under the given keys of langchaingo's untyped info.
func counts(in, out string) func(map[string]any) (int, int) {
	return func(info map[string]any) (int, int) {
		a, _ := info[in].(int)
		b, _ := info[out].(int)
		return a, b
	}
}

// finished maps a server's finish reason: good ones give nil.
func finished(reason string, good ...string) (string, error) {
	for _, g := range good {
		if reason == g {
			return reason, nil
		}
	}
	switch reason {
	case "length", "max_tokens", "model_context_window_exceeded":
		return reason, &llm.Error{Kind: llm.ErrTruncated}
	case "content_filter", "refusal", "sensitive":
		return reason, &llm.Error{Kind: llm.ErrFiltered}
	}
	return reason, &llm.Error{Kind: llm.ErrInvalid, Note: "未说明为何结束"}
}

func notProtocol(note string) error { return &llm.Error{Kind: llm.ErrInvalid, Note: note} }

// decode reads one JSON object of a protocol.
func decode(body []byte, v any) error {
	if json.Unmarshal(body, v) != nil {
		return notProtocol("答复不是约定的 JSON")
	}
	return nil
}
