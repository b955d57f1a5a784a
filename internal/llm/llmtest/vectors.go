package llmtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"
)

// Bounds are what the server takes of texts in one call; 0 is no bound. More is refused with Status, 400 by default.
type Bounds struct {
	Texts  int  // in a call
	Each   int  // runes of one text
	Total  int  // runes of all texts
	Dim    bool // refuse to be asked for a dimension
	Status int
}

func (b Bounds) refuse(r Request) bool {
	total := 0
	for _, t := range r.Input {
		n := utf8.RuneCountInString(t)
		total += n
		if b.Each > 0 && n > b.Each {
			return true
		}
	}
	return b.Texts > 0 && len(r.Input) > b.Texts || b.Total > 0 && total > b.Total || b.Dim && r.Dim > 0
}

// Bounds sets what embeddings and rerank calls may carry.
func (s *Server) Bounds(b Bounds) *Server {
	if b.Status == 0 {
		b.Status = http.StatusBadRequest
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bounds = b
	return s
}

// Scores answers rerank calls by f; without it a text's score is the share of the question's characters in it.
func (s *Server) Scores(f func(query, text string) float64) *Server {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scores = f
	return s
}

// texts reads a call that carries texts, and answers it when it is to fail. The reply is nil then.
func (s *Server) texts(w http.ResponseWriter, r *http.Request) (Request, *Reply) {
	body, err := io.ReadAll(r.Body)
	var in struct {
		Model      string   `json:"model"`
		Input      []string `json:"input"`
		Documents  []string `json:"documents"`
		Texts      []string `json:"texts"`
		Query      string   `json:"query"`
		Dimensions int      `json:"dimensions"`
	}
	if err != nil || json.Unmarshal(body, &in) != nil {
		http.Error(w, "bad request", http.StatusBadRequest)
		return Request{}, nil
	}
	texts := append(append(in.Input, in.Documents...), in.Texts...)
	req := Request{Path: r.URL.Path, Model: in.Model, Header: r.Header.Clone(), Body: body, Input: texts, Query: in.Query, Dim: in.Dimensions,
		Messages: []Message{{Role: "input", Text: strings.Join(texts, "\n")}}}
	reply := s.record(req)
	wait(reply.Delay, r.Context().Done(), s.quit)
	s.mu.Lock()
	bounds := s.bounds
	s.mu.Unlock()
	if status, ok := statuses[reply.Fault]; ok {
		fail(w, status, reply)
		return req, nil
	}
	if bounds.refuse(req) {
		fail(w, bounds.Status, reply)
		return req, nil
	}
	if s.broken(w, r, reply.Fault) {
		return req, nil
	}
	return req, &reply
}

// embed answers with vectors; form puts them as a protocol does.
func (s *Server) embed(form func(model string, vectors []any, order []int, tokens int) any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		req, reply := s.texts(w, r)
		if reply == nil {
			return
		}
		s.mu.Lock()
		f, shuffle := s.vectors, s.shuffle
		s.mu.Unlock()
		vectors, order := make([]any, len(req.Input)), make([]int, len(req.Input))
		for i, text := range req.Input {
			v := []float32{float32(len(text)), 1, 0, 0}
			if f != nil {
				v = f(text)
			}
			if n := req.Dim; n > 0 && n < len(v) {
				v = v[:n]
			}
			vectors[i], order[i] = v, i
			if shuffle {
				order[i] = len(order) - 1 - i
			}
		}
		if last := len(vectors) - 1; last >= 0 {
			switch reply.Fault {
			case Null:
				vectors[last] = []any{1, nil, 2, 3}
			case Zero:
				vectors[last] = make([]float32, len(vectors[last].([]float32)))
			case OtherDim:
				vectors[last] = append(vectors[last].([]float32), 1)
			case Duplicate:
				order[last] = order[0]
			case OutOfRange:
				order[last] = len(order)
			case Missing:
				vectors, order = vectors[:last], order[:last]
			}
		}
		answer(w, form(req.Model, vectors, order, utf8.RuneCount(req.Body)), reply.Fault)
	}
}

// openAIVectors sends the vectors in the given order, each with its index.
func openAIVectors(model string, vectors []any, order []int, tokens int) any {
	data := make([]map[string]any, len(vectors))
	for i, at := range order {
		v := vectors[min(at, len(vectors)-1)]
		data[i] = map[string]any{"object": "embedding", "index": at, "embedding": v}
	}
	return map[string]any{"object": "list", "model": model, "data": data, "usage": map[string]int{"prompt_tokens": tokens, "total_tokens": tokens}}
}

// ollamaVectors has no index: the order is the texts'.
func ollamaVectors(model string, vectors []any, _ []int, tokens int) any {
	return map[string]any{"model": model, "embeddings": vectors, "prompt_eval_count": tokens, "total_duration": 1}
}

// rerank answers with scores, the best first, in the common form or in TEI's. Each refuses the other's request.
func (s *Server) rerank(tei bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		req, reply := s.texts(w, r)
		if reply == nil {
			return
		}
		if tei == strings.Contains(string(req.Body), `"documents"`) {
			fail(w, http.StatusUnprocessableEntity, *reply)
			return
		}
		s.mu.Lock()
		f := s.scores
		s.mu.Unlock()
		if f == nil {
			f = share
		}
		key := "relevance_score"
		if tei {
			key = "score"
		}
		list := make([]map[string]any, len(req.Input))
		for i, text := range req.Input {
			list[i] = map[string]any{"index": i, key: f(req.Query, text)}
		}
		order(list, key)
		if last := len(list) - 1; last >= 0 {
			switch reply.Fault {
			case Null:
				list[last][key] = nil
			case Duplicate:
				list[last]["index"] = list[0]["index"]
			case OutOfRange:
				list[last]["index"] = len(list)
			case Missing:
				list = list[:last]
			}
		}
		if tei {
			answer(w, list, reply.Fault)
			return
		}
		answer(w, map[string]any{"id": "r1", "model": req.Model, "results": list, "usage": map[string]int{"total_tokens": utf8.RuneCount(req.Body)}}, reply.Fault)
	}
}

func order(list []map[string]any, key string) {
	for i := range list { // few texts
		for k := i; k > 0 && list[k][key].(float64) > list[k-1][key].(float64); k-- {
			list[k], list[k-1] = list[k-1], list[k]
		}
	}
}

func share(query, text string) float64 {
	n := 0
	for _, r := range query {
		if strings.ContainsRune(text, r) {
			n++
		}
	}
	return float64(n) / float64(max(1, utf8.RuneCountInString(query)))
}

func answer(w http.ResponseWriter, v any, fault Fault) {
	switch fault {
	case Cut:
		half(w, v)
	case NaN:
		fmt.Fprint(w, `{"data": [{"index": 0, "embedding": [1, NaN]}], "embeddings": [[1, NaN]], "results": [{"index": 0, "relevance_score": NaN}]}`)
	default:
		writeJSON(w, v)
	}
}
