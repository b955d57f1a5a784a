package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"
)

// keepAlive is well under the idle limits of common proxies.
const keepAlive = 15 * time.Second

// events streams a job's progress as server-sent events: "progress" as it comes, at last "end" with the job. A client
// that comes back with Last-Event-ID misses nothing.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	id := chi.URLParam(r, "id")
	next := 0
	if n, err := strconv.Atoi(r.Header.Get("Last-Event-ID")); err == nil && n >= 0 {
		next = n
	}
	if _, ok := s.jobs.get(id); !ok {
		problem(w, http.StatusNotFound, "没有这个任务")
		return
	}
	rc := http.NewResponseController(w)
	_ = rc.SetWriteDeadline(time.Time{}) // not every writer has one; then there is nothing to lift
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	tick := time.NewTicker(keepAlive)
	defer tick.Stop()
	for {
		evs, n, job, more, ok := s.jobs.since(id, next)
		for i, e := range evs {
			send(w, n-len(evs)+i+1, "progress", e)
		}
		next = n
		if !ok || job.over() {
			send(w, next, "end", job)
			_ = rc.Flush() // the client may have left
			return
		}
		if rc.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
			_, _ = fmt.Fprint(w, ": \n\n")
		case <-more:
		}
	}
}

func send(w http.ResponseWriter, id int, event string, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		return // events hold nothing that cannot be encoded
	}
	_, _ = fmt.Fprintf(w, "id: %d\nevent: %s\ndata: %s\n\n", id, event, b) // the client may have left
}
