package guard

import (
	"context"
	"sync"
	"time"

	"github.com/xindiao/xindiao/internal/llm"
)

// rest spares a search the wait for a server that has just failed: for a while the same failure is given at once.
type rest struct {
	d time.Duration

	mu    sync.Mutex
	until time.Time
	err   error
}

// resting is the failure that is still fresh, or nil.
func (r *rest) resting() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Now().Before(r.until) {
		return r.err
	}
	return nil
}

// saw takes note of how a call ended. What the caller gave up on, or what lies in the request, says nothing about the
// server.
func (r *rest) saw(caller context.Context, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch llm.KindOf(err) {
	case "":
		if err == nil {
			r.until = time.Time{}
		}
	case llm.ErrTimeout, llm.ErrRateLimited, llm.ErrUnavailable, llm.ErrCut, llm.ErrAuth:
		if caller.Err() == nil && r.d > 0 {
			r.until, r.err = time.Now().Add(r.d), err
		}
	}
}

func orRest(d time.Duration) time.Duration {
	if d == 0 {
		return 30 * time.Second
	}
	return d
}
