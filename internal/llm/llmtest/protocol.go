package llmtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// protocol is how one kind of server reads a call and writes an answer.
type protocol interface {
	parse(body []byte) (Request, error)
	whole(text, finish string, in, out int) any
	finish(f Fault) string // the protocol's word for a good end, truncation, filtering
}

type wireMessage struct {
	Role    string          `json:"role"`
	Content json.RawMessage `json:"content"`
}

// text reads content that is a string or a list of text parts.
func (m wireMessage) text() string {
	var s string
	if json.Unmarshal(m.Content, &s) == nil {
		return s
	}
	var parts []struct {
		Text string `json:"text"`
	}
	_ = json.Unmarshal(m.Content, &parts) // neither form: empty text, and the test sees it
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

type wireRequest struct {
	Model          string          `json:"model"`
	Messages       []wireMessage   `json:"messages"`
	System         string          `json:"system"`
	MaxTokens      int             `json:"max_tokens"`
	MaxCompletion  int             `json:"max_completion_tokens"`
	Temperature    float64         `json:"temperature"`
	Stream         bool            `json:"stream"`
	ResponseFormat json.RawMessage `json:"response_format"`
	Format         json.RawMessage `json:"format"`
	Options        struct {
		NumPredict  int     `json:"num_predict"`
		Temperature float64 `json:"temperature"`
	} `json:"options"`
}

func parseCommon(body []byte) (Request, error) {
	var w wireRequest
	if err := json.Unmarshal(body, &w); err != nil {
		return Request{}, err
	}
	r := Request{Model: w.Model, System: w.System, Stream: w.Stream, Body: body,
		MaxTokens: max(w.MaxTokens, w.MaxCompletion, w.Options.NumPredict), Temperature: max(w.Temperature, w.Options.Temperature)}
	for _, f := range []json.RawMessage{w.ResponseFormat, w.Format} {
		if len(f) > 0 && string(f) != `""` && string(f) != "null" {
			r.Format = f
		}
	}
	for _, m := range w.Messages {
		if m.Role == "system" {
			r.System += m.text()
			continue
		}
		r.Messages = append(r.Messages, Message{Role: m.Role, Text: m.text()})
	}
	return r, nil
}

type openAIProtocol struct{}

func (openAIProtocol) parse(b []byte) (Request, error) { return parseCommon(b) }

func (openAIProtocol) finish(f Fault) string {
	switch f {
	case Truncated:
		return "length"
	case Filtered:
		return "content_filter"
	}
	return "stop"
}

func (openAIProtocol) whole(text, finish string, in, out int) any {
	return map[string]any{"id": "c1", "object": "chat.completion", "model": "scripted",
		"choices": []any{map[string]any{"index": 0, "finish_reason": finish, "message": map[string]string{"role": "assistant", "content": text}}},
		"usage":   map[string]int{"prompt_tokens": in, "completion_tokens": out, "total_tokens": in + out}}
}

type ollamaProtocol struct{}

func (ollamaProtocol) parse(b []byte) (Request, error) { return parseCommon(b) }

func (ollamaProtocol) finish(f Fault) string {
	switch f {
	case Truncated:
		return "length"
	case Filtered:
		return "refusal"
	}
	return "stop"
}

func (ollamaProtocol) whole(text, finish string, in, out int) any {
	return map[string]any{"model": "scripted", "done": true, "done_reason": finish, "prompt_eval_count": in, "eval_count": out,
		"message": map[string]string{"role": "assistant", "content": text}}
}

type anthropicProtocol struct{}

func (anthropicProtocol) parse(b []byte) (Request, error) { return parseCommon(b) }

func (anthropicProtocol) finish(f Fault) string {
	switch f {
	case Truncated:
		return "max_tokens"
	case Filtered:
		return "refusal"
	}
	return "end_turn"
}

func (anthropicProtocol) whole(text, finish string, in, out int) any {
	return map[string]any{"id": "m1", "type": "message", "role": "assistant", "model": "scripted", "stop_reason": finish,
		"content": []any{map[string]string{"type": "text", "text": text}},
		"usage":   map[string]int{"input_tokens": in, "output_tokens": out}}
}

// sse writes an OpenAI stream in pieces of seven runes.
func sse(w http.ResponseWriter, text, finish string, in, out int, fault Fault) {
	w.Header().Set("Content-Type", "text/event-stream")
	send := func(v any) {
		b, _ := json.Marshal(v) // maps of strings and numbers always encode
		fmt.Fprintf(w, "data: %s\n\n", b)
		w.(http.Flusher).Flush()
	}
	chunk := func(delta map[string]string, finish any) map[string]any {
		return map[string]any{"object": "chat.completion.chunk", "choices": []any{map[string]any{"index": 0, "delta": delta, "finish_reason": finish}}}
	}
	runes := []rune(text)
	broken := fault == Cut || fault == NoDone || fault == StreamError
	for i := 0; i < len(runes); i += 7 {
		if broken && i >= len(runes)/2 {
			break
		}
		send(chunk(map[string]string{"content": string(runes[i:min(i+7, len(runes))])}, nil))
	}
	switch fault {
	case Cut:
		panic(http.ErrAbortHandler)
	case NoDone:
		return
	case StreamError:
		send(map[string]any{"error": map[string]string{"message": "engine died"}})
		return
	}
	send(chunk(map[string]string{}, finish))
	send(map[string]any{"choices": []any{}, "usage": map[string]int{"prompt_tokens": in, "completion_tokens": out, "total_tokens": in + out}})
	fmt.Fprint(w, "data: [DONE]\n\n")
}

// wait sleeps unless the client or the test goes away first.
func wait(d time.Duration, done ...<-chan struct{}) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-done[0]:
	case <-done[1]:
	}
}
