// Package llmtest holds a scripted model behind a real HTTP server, with every way a model server fails, and the
// conformance suite that each Generator passes against it.
package llmtest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// Request is one recorded call, the same whatever the protocol.
type Request struct {
	Turn        int // from 1
	Path        string
	Model       string
	System      string
	Messages    []Message
	MaxTokens   int
	Temperature float64
	Stream      bool
	Format      json.RawMessage // response_format or format as sent, nil when absent
	Header      http.Header
	Body        []byte
	Input       []string // texts of an embeddings or rerank call
	Query       string   // of a rerank call
	Dim         int      // dimensions asked for
}

// Message is one turn of a recorded call.
type Message struct {
	Role string
	Text string
}

// Last is the text of the last message.
func (r Request) Last() string {
	if len(r.Messages) == 0 {
		return ""
	}
	return r.Messages[len(r.Messages)-1].Text
}

// Reply is what the server answers. The zero Fault is a good answer.
type Reply struct {
	Text   string
	Fault  Fault
	Finish string // overrides the good finish reason, in the protocol's words
	In     int    // tokens; 0 takes the number of runes
	Out    int
	After  string        // Retry-After header
	Delay  time.Duration // before answering
}

// Fault is a way to fail.
type Fault string

// Faults.
const (
	OK          Fault = ""
	RateLimit   Fault = "429"
	Overloaded  Fault = "503"
	Broken      Fault = "500"
	BadRequest  Fault = "400"
	NoFormat    Fault = "400 when a schema is asked for" // and a good answer otherwise
	Forbidden   Fault = "401"
	Hang        Fault = "hang"         // never answers
	Drop        Fault = "drop"         // closes the connection without an answer
	Cut         Fault = "cut"          // closes it in the middle of the answer
	NoDone      Fault = "no done"      // a stream that ends early but in order
	StreamError Fault = "stream error" // an error event after some text
	Truncated   Fault = "truncated"    // stopped at the token limit
	Filtered    Fault = "filtered"
	BadJSON     Fault = "bad json" // a body that is not the protocol
	HTML        Fault = "html"     // a login page with status 200
	Error200    Fault = "error 200"
	Huge        Fault = "huge" // 64 MiB of answer
	Redirect    Fault = "307"

	// Of embeddings and rerank answers alone.
	Null       Fault = "null"       // no number where a number should be
	NaN        Fault = "NaN"        // the same, and no JSON either
	Zero       Fault = "zero"       // a vector without direction
	OtherDim   Fault = "other dim"  // one number more than the others have
	Duplicate  Fault = "duplicate"  // an index twice
	OutOfRange Fault = "range"      // an index beyond the texts
	Missing    Fault = "missing"    // one answer fewer than texts
	Flat       Fault = "flat error" // an error with status 200 that is not under "error"
)

// Server is a scripted model. It speaks OpenAI's /v1/chat/completions (plain and SSE) and /v1/embeddings,
// Ollama's /api/chat and /api/embed, Anthropic's /v1/messages, the common /v1/rerank and TEI's /rerank.
type Server struct {
	URL string // http://127.0.0.1:PORT

	mu       sync.Mutex
	script   []Reply
	answer   func(Request) Reply
	vectors  func(text string) []float32
	shuffle  bool
	scores   func(query, text string) float64
	bounds   Bounds
	requests []Request
	quit     chan struct{}
}

// New starts a server that lives as long as the test. Without a script it answers "ok".
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{quit: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/chat/completions", s.chat(openAIProtocol{}))
	mux.HandleFunc("POST /api/chat", s.chat(ollamaProtocol{}))
	mux.HandleFunc("POST /v1/messages", s.chat(anthropicProtocol{}))
	mux.HandleFunc("POST /v1/embeddings", s.embed(openAIVectors))
	mux.HandleFunc("POST /api/embed", s.embed(ollamaVectors))
	mux.HandleFunc("POST /v1/rerank", s.rerank(false))
	mux.HandleFunc("POST /rerank", s.rerank(true))
	srv := httptest.NewServer(mux)
	t.Cleanup(func() {
		close(s.quit)
		srv.CloseClientConnections()
		srv.Close()
	})
	s.URL = srv.URL
	return s
}

// Spec names this server's model to providers.Open: openai:scripted@http://127.0.0.1:PORT/v1.
func (s *Server) Spec() string { return "openai:scripted@" + s.URL + "/v1" }

// Script answers the next calls in turn; the last reply stays.
func (s *Server) Script(replies ...Reply) *Server {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script, s.answer = replies, nil
	return s
}

// Answer answers every call by f.
func (s *Server) Answer(f func(Request) Reply) *Server {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = f
	return s
}

// Vectors answers embeddings by f; shuffle sends them in reverse order, as the protocol allows.
func (s *Server) Vectors(f func(text string) []float32, shuffle bool) *Server {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.vectors, s.shuffle = f, shuffle
	return s
}

// Requests are the calls so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// record keeps the call and finds its reply.
func (s *Server) record(r Request) Reply {
	s.mu.Lock()
	s.requests = append(s.requests, r)
	r.Turn = len(s.requests)
	s.requests[r.Turn-1].Turn = r.Turn
	answer := s.answer
	reply := Reply{Text: "ok"}
	if n := len(s.script); n > 0 {
		reply = s.script[0]
		if n > 1 {
			s.script = s.script[1:]
		}
	}
	s.mu.Unlock()
	if answer != nil {
		reply = answer(r) // outside the lock: it may look at Requests
	}
	return reply
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // a client that went away is the test's business
}
