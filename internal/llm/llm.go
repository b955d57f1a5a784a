// Package llm says what xindiao asks of a language model, an embedding model and a reranker, and nothing about who answers.
//
// guard makes any of them safe to call, providers opens the real ones from a spec, llmtest holds the scripted server
// and the conformance suites that every Generator, Embedder and Reranker passes.
package llm

import (
	"context"
	"encoding/json"
)

// Generator writes text. Implementations are safe for concurrent use and return a whole answer or an error,
// never a part of one. Real ones: providers.Open; the fake: llmtest.Server behind providers.Open.
type Generator interface {
	// Generate answers the request. Errors are *Error.
	Generate(ctx context.Context, req Request) (Response, error)
	// Name is the spec without any secret: none, openai:MODEL@HOST…
	Name() string
}

// Embedder turns texts into vectors of Dim numbers, one a text, in the texts' order. It leaves texts untouched.
// It is safe for concurrent use. Real ones: providers.OpenEmbedder; without a network: retrieval/embed.Hash.
type Embedder interface {
	Embed(ctx context.Context, texts []string) ([][]float32, error)
	// Name tells the space of the vectors: two models, dimensions or prefixes never share one.
	Name() string
	Dim() int
}

// QueryEmbedder is an Embedder whose model wants a question put in another way than the passages that answer it.
// Call it through retrieval/embed.Queries.
type QueryEmbedder interface {
	Embedder
	EmbedQueries(ctx context.Context, questions []string) ([][]float32, error)
}

// Reranker scores texts against a question, one score a text in the texts' order: the higher, the better, on a scale
// of the model's own. A text that it did not score has -Inf. Texts are left untouched. Real ones:
// providers.OpenReranker. A search goes on without it when it fails.
type Reranker interface {
	Rerank(ctx context.Context, query string, texts []string) ([]float64, error)
	Name() string
}

// Role of a message.
type Role string

// Roles. The system text has its own place in Request.
const (
	User      Role = "user"
	Assistant Role = "assistant"
)

// Message is one turn.
type Message struct {
	Role Role
	Text string
}

// Ask is a conversation of one question.
func Ask(text string) []Message { return []Message{{Role: User, Text: text}} }

// Request is one call.
type Request struct {
	System      string
	Messages    []Message
	Schema      json.RawMessage // JSON schema of the answer; nil asks for free text
	SchemaName  string          // a short ASCII name of the schema, "answer" when empty
	MaxTokens   int             // of the answer; 0 takes the provider's default
	Temperature float64
}

// Response is a whole answer. With a schema, Text is one JSON value that satisfies it.
type Response struct {
	Text         string
	Usage        Usage
	FinishReason string // as the server said it: stop, end_turn…
}

// Usage counts tokens as the server reports them (0 when it does not) and the HTTP calls made.
type Usage struct {
	In      int
	Out     int
	Calls   int // answered or not
	Retries int // of Calls
}

// Add sums two usages.
func (u Usage) Add(o Usage) Usage {
	return Usage{In: u.In + o.In, Out: u.Out + o.Out, Calls: u.Calls + o.Calls, Retries: u.Retries + o.Retries}
}

// Metered is a Generator that keeps count over its life; every one from providers.Open does.
type Metered interface {
	Generator
	Meter
}

// Meter keeps count of all calls so far, failed ones too; every Embedder and Reranker from providers is one.
type Meter interface{ Total() Usage }

// None is the Generator that there is when no model was configured: every call is an ErrNoModel.
type None struct{}

// Generate always fails.
func (None) Generate(context.Context, Request) (Response, error) {
	return Response{}, &Error{Kind: ErrNoModel, Provider: "none"}
}

// Name is none.
func (None) Name() string { return "none" }

// Absent tells whether g is nil or None, so that the caller drafts without a model.
func Absent(g Generator) bool {
	if g == nil {
		return true
	}
	_, none := g.(None)
	return none
}
