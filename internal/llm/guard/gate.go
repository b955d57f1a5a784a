package guard

import (
	"context"
	"sync"

	"github.com/xindiao/xindiao/internal/llm"
)

// gate bounds the calls of one model in number and time, and counts them.
type gate struct {
	o     Options
	slots chan struct{}

	mu    sync.Mutex
	total llm.Usage
}

func newGate(o Options) *gate {
	o = o.withDefaults()
	return &gate{o: o, slots: make(chan struct{}, o.Parallel)}
}

// enter waits for a free slot; the caller leaves it.
func (g *gate) enter(ctx context.Context, name string) error {
	if ctx.Err() != nil {
		return ctxError(ctx, name)
	}
	select {
	case g.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctxError(ctx, name)
	}
}

func (g *gate) leave() { <-g.slots }

func (g *gate) count(u llm.Usage) {
	g.mu.Lock()
	g.total = g.total.Add(u)
	g.mu.Unlock()
}

// Total is the usage of all calls so far, failed ones too.
func (g *gate) Total() llm.Usage {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.total
}
