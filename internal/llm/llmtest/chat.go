package llmtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

var statuses = map[Fault]int{RateLimit: 429, Overloaded: 503, Broken: 500, BadRequest: 400, Forbidden: 401, Redirect: 307}

func fail(w http.ResponseWriter, status int, reply Reply) {
	if reply.After != "" {
		w.Header().Set("Retry-After", reply.After)
	}
	if status == http.StatusTemporaryRedirect {
		w.Header().Set("Location", "/elsewhere")
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"error": {"message": %q, "type": "scripted"}}`, "scripted failure; "+reply.Text)
}

func (s *Server) chat(p protocol) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		req, err := p.parse(body)
		if err != nil {
			http.Error(w, "bad request", http.StatusBadRequest)
			return
		}
		req.Path, req.Header = r.URL.Path, r.Header.Clone()
		reply := s.record(req)
		wait(reply.Delay, r.Context().Done(), s.quit)
		s.reply(w, r, p, req, reply)
	}
}

func (s *Server) reply(w http.ResponseWriter, r *http.Request, p protocol, req Request, reply Reply) {
	fault := reply.Fault
	if fault == NoFormat {
		if fault = OK; req.Format != nil {
			fault = BadRequest
		}
	}
	if status, ok := statuses[fault]; ok {
		fail(w, status, reply)
		return
	}
	finish := reply.Finish
	if finish == "" {
		finish = p.finish(fault)
	}
	in, out := reply.In, reply.Out
	if in == 0 {
		in = utf8.RuneCount(req.Body)
	}
	if out == 0 {
		out = utf8.RuneCountInString(reply.Text)
	}
	_, openAI := p.(openAIProtocol)
	if s.broken(w, r, fault) {
		return
	}
	if req.Stream && openAI {
		sse(w, reply.Text, finish, in, out, fault)
		return
	}
	if fault == Cut || fault == NoDone || fault == StreamError {
		half(w, p.whole(reply.Text, finish, in, out))
	}
	writeJSON(w, p.whole(reply.Text, finish, in, out))
}

// broken answers as no server should, whatever the protocol; false when the fault is none of these.
func (s *Server) broken(w http.ResponseWriter, r *http.Request, fault Fault) bool {
	switch fault {
	case Hang:
		wait(time.Hour, r.Context().Done(), s.quit)
	case Drop:
		panic(http.ErrAbortHandler)
	case BadJSON:
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"choices": [{"mess`)
	case HTML:
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html><body>请登录</body></html>")
	case Error200:
		writeJSON(w, map[string]any{"type": "error", "error": "overloaded"})
	case Flat:
		writeJSON(w, map[string]any{"object": "error", "message": "engine died", "code": 50000})
	case Huge:
		w.Header().Set("Content-Type", "application/json")
		filler := strings.Repeat("长", 1<<16)
		for range 340 {
			if _, err := io.WriteString(w, filler); err != nil {
				return true
			}
		}
	default:
		return false
	}
	return true
}

// half sends the first half of an answer and closes the connection.
func half(w http.ResponseWriter, v any) {
	b, _ := json.Marshal(v) // maps of strings and numbers always encode
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", fmt.Sprint(len(b)))
	_, _ = w.Write(b[:len(b)/2]) // cut on purpose
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}
