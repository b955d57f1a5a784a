// Package guard makes a Generator safe to depend on: bounded in time and size, retried, masked, counted, and
// never content with half an answer.
//
// It has two layers. Transport sits under the provider's HTTP client, where status codes and raw bodies are
// still visible: attempts, back-off, size limit, protocol checks, request rewriting. New wraps the Generator
// itself: deadline over everything, concurrency, masking of personal data, empty and malformed answers.
package guard

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/xindiao/xindiao/internal/llm"
)

// Options bound the calls of one Generator. The zero value takes the defaults.
type Options struct {
	Deadline time.Duration // for one Generate with all attempts; default 5 min
	Parallel int           // calls at a time; default 4
	Redo     int           // more tries after an empty or malformed answer; default 1, negative for none
	NoMask   bool          // send personal data as it is: only for models inside the bank's own house
}

func (o Options) withDefaults() Options {
	if o.Deadline <= 0 {
		o.Deadline = 5 * time.Minute
	}
	if o.Parallel <= 0 {
		o.Parallel = 4
	}
	if o.Redo == 0 {
		o.Redo = 1
	}
	return o
}

// Guard is a Generator around another one.
type Guard struct {
	g     llm.Generator
	o     Options
	slots chan struct{}

	mu    sync.Mutex
	total llm.Usage
}

// New wraps g.
func New(g llm.Generator, o Options) *Guard {
	o = o.withDefaults()
	return &Guard{g: g, o: o, slots: make(chan struct{}, o.Parallel)}
}

// Name is the inner Generator's.
func (g *Guard) Name() string { return g.g.Name() }

// Total is the usage of all calls so far, failed ones too.
func (g *Guard) Total() llm.Usage {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.total
}

// Generate masks, calls, checks and restores. The returned usage covers every try.
func (g *Guard) Generate(ctx context.Context, req llm.Request) (llm.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, g.o.Deadline)
	defer cancel()
	select {
	case g.slots <- struct{}{}:
		defer func() { <-g.slots }()
	case <-ctx.Done():
		return llm.Response{}, ctxError(ctx, g.Name())
	}
	m := newMask(g.o.NoMask, req)
	sent := m.request(req)
	var used llm.Usage
	for try := 0; ; try++ {
		resp, err := g.g.Generate(ctx, sent)
		used = used.Add(resp.Usage)
		g.count(resp.Usage)
		if err == nil {
			resp.Text, err = finish(req, resp.Text, g.Name())
		}
		if err == nil {
			resp.Text, resp.Usage = m.restore(resp.Text), used
			return resp, nil
		}
		if ctx.Err() != nil && llm.KindOf(err) != llm.ErrCanceled {
			err = ctxError(ctx, g.Name())
		}
		again := llm.KindOf(err) == llm.ErrEmpty || llm.KindOf(err) == llm.ErrInvalid
		if !again || try >= g.o.Redo {
			return llm.Response{Usage: used}, err
		}
	}
}

func (g *Guard) count(u llm.Usage) {
	g.mu.Lock()
	g.total = g.total.Add(u)
	g.mu.Unlock()
}

// finish turns a raw text into the promised answer, or says why it is none.
func finish(req llm.Request, text, name string) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", &llm.Error{Kind: llm.ErrEmpty, Provider: name}
	}
	if req.Schema == nil {
		return text, nil
	}
	clean, err := llm.CleanJSON(text)
	if err == nil {
		err = llm.CheckSchema(req.Schema, clean)
	}
	if err != nil {
		return "", &llm.Error{Kind: llm.ErrInvalid, Provider: name, Note: err.Error()}
	}
	return clean, nil
}

func ctxError(ctx context.Context, name string) error {
	kind := llm.ErrCanceled
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		kind = llm.ErrTimeout
	}
	return &llm.Error{Kind: kind, Provider: name, Cause: ctx.Err()}
}
