package guard

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/xindiao/xindiao/internal/llm"
)

// scripted is a Generator in memory: what the layers below would do is not the question here.
type scripted func(ctx context.Context, req llm.Request) (llm.Response, error)

func (s scripted) Generate(ctx context.Context, req llm.Request) (llm.Response, error) {
	return s(ctx, req)
}

func (scripted) Name() string { return "scripted" }

func TestDeadlineCoversEverything(t *testing.T) {
	g := New(scripted(func(ctx context.Context, _ llm.Request) (llm.Response, error) {
		<-ctx.Done()
		return llm.Response{Usage: llm.Usage{Calls: 1}}, ctx.Err()
	}), Options{Deadline: 10 * time.Millisecond})
	_, err := g.Generate(t.Context(), llm.Request{})
	if llm.KindOf(err) != llm.ErrTimeout || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if g.Total().Calls != 1 {
		t.Error("a failed call is not counted")
	}
}

func TestParallelIsBounded(t *testing.T) {
	var now, most atomic.Int32
	gate := make(chan struct{})
	g := New(scripted(func(context.Context, llm.Request) (llm.Response, error) {
		n := now.Add(1)
		for {
			m := most.Load()
			if n <= m || most.CompareAndSwap(m, n) {
				break
			}
		}
		<-gate
		now.Add(-1)
		return llm.Response{Text: "ok", Usage: llm.Usage{In: 1, Out: 2, Calls: 1}}, nil
	}), Options{Parallel: 3})
	done := make(chan error)
	for range 9 {
		go func() {
			_, err := g.Generate(context.Background(), llm.Request{})
			done <- err
		}()
	}
	for range 9 {
		gate <- struct{}{}
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if most.Load() > 3 {
		t.Errorf("%d calls at a time", most.Load())
	}
	if u := g.Total(); u.In != 9 || u.Out != 18 || u.Calls != 9 {
		t.Errorf("total %+v", u)
	}
}

func TestWaitingForASlotCanBeCancelled(t *testing.T) {
	gate := make(chan struct{})
	started := make(chan struct{})
	g := New(scripted(func(context.Context, llm.Request) (llm.Response, error) {
		close(started)
		<-gate
		return llm.Response{Text: "ok"}, nil
	}), Options{Parallel: 1})
	go g.Generate(context.Background(), llm.Request{}) // it only holds the slot
	<-started
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := g.Generate(ctx, llm.Request{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	close(gate)
}

func TestRedo(t *testing.T) {
	for redo, want := range map[int]int{-1: 1, 0: 2, 3: 4} {
		calls := 0
		g := New(scripted(func(context.Context, llm.Request) (llm.Response, error) {
			calls++
			return llm.Response{Text: "不是 JSON"}, nil
		}), Options{Redo: redo})
		if _, err := g.Generate(t.Context(), llm.Request{Schema: []byte(`{"type":"object"}`)}); llm.KindOf(err) != llm.ErrInvalid || calls != want {
			t.Errorf("redo %d: %d calls, %v", redo, calls, err)
		}
	}
}

func TestMaskingCanBeSwitchedOff(t *testing.T) {
	for _, off := range []bool{false, true} {
		var saw string
		g := New(scripted(func(_ context.Context, r llm.Request) (llm.Response, error) {
			saw = r.System
			return llm.Response{Text: r.System}, nil
		}), Options{NoMask: off})
		resp, err := g.Generate(t.Context(), llm.Request{System: "电话13800001111"})
		if err != nil || resp.Text != "电话13800001111" || strings.Contains(saw, "1380000") != off {
			t.Errorf("off %v: saw %s, gave %s, %v", off, saw, resp.Text, err)
		}
	}
}
