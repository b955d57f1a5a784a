package guard

import (
	"errors"
	"sync"

	"github.com/xindiao/xindiao/internal/llm"
)

// limits are what one call may carry: as configured, and lower once a server has refused that much.
type limits struct {
	mu     sync.Mutex
	count  int // texts
	tokens int // estimated, of all texts together
	proven int // most texts that were ever taken
}

// batch is how many of the texts go into the next call: at least one.
func (l *limits) batch(texts []string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	sum := 0
	for i, t := range texts {
		if i == l.count {
			return i
		}
		if sum += Estimate(t); sum > l.tokens && i > 0 {
			return i
		}
	}
	return len(texts)
}

func (l *limits) accepted(n int) {
	l.mu.Lock()
	l.proven = max(l.proven, n)
	l.mu.Unlock()
}

// refused lowers the limit that a refused call has shown: the server took its parts, largest n texts of tokens. When
// as many texts were taken before, it was their length that was too much.
func (l *limits) refused(texts, n, tokens int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.proven >= texts {
		l.tokens = max(1, min(l.tokens, tokens))
		return
	}
	l.count = max(1, min(l.count, n))
}

// tooMuch tells whether a server may have refused a call for its size. Protocols do not say: 400, 413 and 422 are all
// in use.
func tooMuch(err error) bool {
	var e *llm.Error
	return errors.As(err, &e) && e.Kind == llm.ErrRefused && (e.Status == 400 || e.Status == 413 || e.Status == 422)
}

// part is what a split call came down to.
type part struct {
	texts, tokens int  // of the largest call that was taken
	cut           bool // a single text was too long: the refusal was not about the batch
}

func (p part) with(o part) part {
	return part{max(p.texts, o.texts), max(p.tokens, o.tokens), p.cut || o.cut}
}
