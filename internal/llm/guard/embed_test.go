package guard

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/xindiao/xindiao/internal/llm"
)

// wire is an embedding server in memory that refuses what is too much for it.
type wire struct {
	count, each, total int

	mu    sync.Mutex
	calls [][]string
}

func (w *wire) call(_ context.Context, texts []string) ([][]float32, llm.Usage, error) {
	w.mu.Lock()
	w.calls = append(w.calls, slices.Clone(texts))
	w.mu.Unlock()
	sum := 0
	out := make([][]float32, len(texts))
	for i, t := range texts {
		n := utf8.RuneCountInString(t)
		sum += n
		out[i] = []float32{float32(n), 1}
		if n > w.each {
			return nil, llm.Usage{Calls: 1}, &llm.Error{Kind: llm.ErrRefused, Status: 400}
		}
	}
	if len(texts) > w.count || sum > w.total {
		return nil, llm.Usage{Calls: 1}, &llm.Error{Kind: llm.ErrRefused, Status: 413}
	}
	return out, llm.Usage{Calls: 1}, nil
}

// Whatever a server's limits are, every text gets its own vector.
func TestAnyLimitsAreFoundOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &wire{count: rapid.IntRange(1, 20).Draw(t, "count"), each: rapid.IntRange(40, 90).Draw(t, "each"), total: rapid.IntRange(90, 400).Draw(t, "total")}
		e := NewEmbedder("m", w.call, EmbedOptions{Batch: rapid.IntRange(0, 30).Draw(t, "batch"), Options: Options{Parallel: rapid.IntRange(1, 3).Draw(t, "parallel")}})
		lengths := rapid.SliceOfN(rapid.IntRange(1, 120), 0, 60).Draw(t, "lengths")
		texts := make([]string, len(lengths))
		for i, n := range lengths {
			texts[i] = strings.Repeat("款", n)
		}
		for range 2 {
			vs, err := e.Embed(t.Context(), texts)
			if err != nil || len(vs) != len(texts) {
				t.Fatalf("%d vectors, %v", len(vs), err)
			}
			for i, v := range vs {
				if got := v[0] / v[1]; lengths[i] <= w.each && int(got+0.5) != lengths[i] {
					t.Fatalf("text %d of %d runes has the vector of one of %v", i, lengths[i], got)
				}
			}
		}
		if e.Total().Calls != len(w.calls) {
			t.Fatalf("counted %d of %d calls", e.Total().Calls, len(w.calls))
		}
	})
}

func TestALongTextDoesNotShrinkTheBatch(t *testing.T) {
	w := &wire{count: 16, each: 50, total: 10_000}
	e := NewEmbedder("m", w.call, EmbedOptions{Batch: 16, Options: Options{Parallel: 1}})
	texts := make([]string, 16)
	for i := range texts {
		texts[i] = "短"
	}
	texts[5] = strings.Repeat("长", 70)
	if _, err := e.Embed(t.Context(), texts); err != nil {
		t.Fatal(err)
	}
	texts[5] = "短"
	before := len(w.calls)
	if _, err := e.Embed(t.Context(), texts); err != nil || len(w.calls) != before+1 {
		t.Errorf("%d calls for a batch that fits, %v", len(w.calls)-before, err)
	}
}

func TestARefusalOfEverythingEnds(t *testing.T) {
	w := &wire{count: 100}
	e := NewEmbedder("m", w.call, EmbedOptions{})
	_, err := e.Embed(t.Context(), []string{strings.Repeat("款", 900), "短"})
	if llm.KindOf(err) != llm.ErrRefused || len(w.calls) > 40 {
		t.Errorf("%d calls, %v", len(w.calls), err)
	}
}

func TestEmbedderBoundsItsCalls(t *testing.T) {
	var now, most atomic.Int32
	e := NewEmbedder("m", func(ctx context.Context, texts []string) ([][]float32, llm.Usage, error) {
		n := now.Add(1)
		defer now.Add(-1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(time.Millisecond)
		return [][]float32{{1}}, llm.Usage{}, nil
	}, EmbedOptions{Batch: 1, Options: Options{Parallel: 3}})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if _, err := e.Embed(t.Context(), make([]string, 9)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if most.Load() > 3 {
		t.Errorf("%d calls at a time", most.Load())
	}
}

func TestQuestionsAreNotWaitedForLong(t *testing.T) {
	e := NewEmbedder("m", func(ctx context.Context, _ []string) ([][]float32, llm.Usage, error) {
		<-ctx.Done()
		return nil, llm.Usage{}, &llm.Error{Kind: llm.ErrTimeout, Cause: ctx.Err()}
	}, EmbedOptions{Patience: 5 * time.Millisecond, Dim: 2})
	if _, err := e.EmbedQueries(t.Context(), []string{"问"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// Shorten keeps a beginning of the text, within the limit, and says whether it is all of it.
func TestShorten(t *testing.T) {
	piece := rapid.SampledFrom([]string{"货款", "。", "；", "abc ", "12,345.67", "\n", "？", "”", "é", " "})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 80).Draw(t, "pieces"), "")
		limit := rapid.IntRange(1, 60).Draw(t, "limit")
		short, whole := Shorten(text, limit)
		if !strings.HasPrefix(text, short) || Estimate(short) > limit || whole != (short == text) || whole != (Estimate(text) <= limit) || !utf8.ValidString(short) {
			t.Fatalf("%q to %d: %q, whole %v", text, limit, short, whole)
		}
	})
	if got, _ := Shorten("甲方付款。乙方收款。丙方", 11); got != "甲方付款。乙方收款。" {
		t.Errorf("got %q", got)
	}
	if got, _ := Shorten("短。"+strings.Repeat("长", 50), 40); len([]rune(got)) != 40 {
		t.Errorf("half of it was lost for a sentence's end: %q", got)
	}
}

func TestHide(t *testing.T) {
	const id, card = "110101199003070011", "6222021001112223334"
	if a, b := Hide("证件"+id), Hide("证件"+id); a != b || strings.Contains(a, id) {
		t.Errorf("%q and %q", a, b)
	}
	both := HideTogether("账号"+card+"的户名", "户名张三，账号6222 0210 0111 2223 334")
	if !strings.Contains(both[0], "⟦账号1⟧") || !strings.Contains(both[1], "⟦账号1⟧") {
		t.Errorf("got %q", both)
	}
}
