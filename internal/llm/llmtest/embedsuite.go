package llmtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xindiao/xindiao/internal/llm"
)

// EmbedOpener opens the Embedder under test against a scripted server, with the limits of Opener.
type EmbedOpener func(t *testing.T, s *Server) (llm.Embedder, error)

// CheckEmbedder tests what every Embedder promises, with or without a server behind it.
func CheckEmbedder(t *testing.T, e llm.Embedder) {
	t.Helper()
	var texts []string
	for i := range 75 {
		texts = append(texts, fmt.Sprintf("第%d条 甲方应当\n支付货款%s。", i, strings.Repeat("人民币", i%7)))
	}
	texts = append(texts, "", "——", "坏\xff字节\x00", texts[3])
	before := slices.Clone(texts)
	all, err := e.Embed(t.Context(), texts)
	if err != nil || len(all) != len(texts) {
		t.Fatalf("%d vectors for %d texts, %v", len(all), len(texts), err)
	}
	if !slices.Equal(before, texts) {
		t.Error("the caller's texts were changed")
	}
	for i, v := range all {
		var sum float64
		for _, x := range v {
			sum += float64(x) * float64(x)
		}
		if len(v) != e.Dim() || math.Abs(sum-1) > 1e-4 {
			t.Fatalf("%q: %d numbers of %d, length² %v", texts[i], len(v), e.Dim(), sum)
		}
	}
	if !slices.Equal(all[3], all[len(all)-1]) {
		t.Error("one text, two vectors")
	}
	var wg sync.WaitGroup
	for i := range 5 {
		wg.Go(func() {
			one, err := e.Embed(t.Context(), texts[i:i+1])
			if err != nil || len(one) != 1 || !near(one[0], all[i]) {
				t.Errorf("%q alone has another vector than among others, %v", texts[i], err)
			}
		})
	}
	wg.Wait()
	if none, err := e.Embed(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("no texts: %v, %v", none, err)
	}
	if q, ok := e.(llm.QueryEmbedder); ok {
		if vs, err := q.EmbedQueries(t.Context(), texts[:2]); err != nil || len(vs) != 2 || len(vs[1]) != e.Dim() {
			t.Errorf("questions: %d vectors, %v", len(vs), err)
		}
	}
	name := e.Name()
	if _, err := e.Embed(t.Context(), texts[:1]); name == "" || e.Name() != name || err != nil {
		t.Errorf("no name, or not always the same: %q, %q, %v", name, e.Name(), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Embed(ctx, []string{"尚未见过的文本"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func near(a, b []float32) bool {
	for i := range a {
		if i >= len(b) || math.Abs(float64(a[i]-b[i])) > 1e-5 {
			return false
		}
	}
	return len(a) == len(b)
}

// spread is a vector that depends on every character of a text.
func spread(text string) []float32 {
	v := []float32{1, 0, 0, 0}
	for i, r := range text {
		v[i%4] += float32(r%97) / 97
	}
	return v
}

// TestEmbedder is the conformance suite: what every Embedder over a server promises, whatever the server does.
func TestEmbedder(t *testing.T, open EmbedOpener) {
	start := func(t *testing.T, s *Server) llm.Embedder {
		t.Helper()
		e, err := open(t, s)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	for _, shuffle := range []bool{false, true} {
		t.Run(fmt.Sprintf("contract, reordered %v", shuffle), func(t *testing.T) {
			CheckEmbedder(t, start(t, New(t).Vectors(spread, shuffle)))
		})
	}
	for name, b := range map[string]Bounds{"few texts": {Texts: 3}, "few texts, 413": {Texts: 1, Status: 413},
		"short calls": {Total: 90, Status: 422}, "short texts": {Each: 60}} {
		t.Run(name, func(t *testing.T) {
			s := New(t).Vectors(spread, true).Bounds(b)
			e := start(t, s)
			texts := make([]string, 40)
			for i := range texts {
				texts[i] = fmt.Sprintf("第%d条 甲方应当支付货款。", i)
			}
			for range 2 {
				if vs, err := e.Embed(t.Context(), texts); err != nil || len(vs) != 40 {
					t.Fatalf("%d vectors, %v", len(vs), err)
				}
			}
			learned := len(s.Requests())
			if _, err := e.Embed(t.Context(), texts); err != nil {
				t.Fatal(err)
			}
			for _, r := range s.Requests()[learned:] {
				if b.refuse(r) {
					t.Errorf("%d texts sent again after such a call was refused", len(r.Input))
				}
			}
		})
	}
	t.Run("an overlong text is cut at a sentence", func(t *testing.T) {
		s := New(t).Vectors(spread, false).Bounds(Bounds{Each: 200})
		e := start(t, s)
		long := strings.Repeat("甲方应于到货后六十日内支付货款。", 40)
		vs, err := e.Embed(t.Context(), []string{"短", long, "也短"})
		if err != nil || len(vs) != 3 {
			t.Fatal(err)
		}
		for _, r := range s.Requests() {
			for _, text := range r.Input {
				if len([]rune(text)) > 100 && len([]rune(text)) < 200 && !strings.HasSuffix(text, "。") {
					t.Errorf("cut at …%s", text[len(text)-12:])
				}
			}
		}
		want, err := e.Embed(t.Context(), []string{"短", "也短"})
		if err != nil || !near(vs[0], want[0]) || !near(vs[2], want[1]) {
			t.Errorf("its neighbours suffered: %v", err)
		}
	})
	for _, c := range []struct {
		fault Fault
		want  llm.ErrorKind
		calls int
	}{
		{RateLimit, llm.ErrRateLimited, 3}, {Overloaded, llm.ErrUnavailable, 3}, {Broken, llm.ErrUnavailable, 3},
		{Drop, llm.ErrUnavailable, 3}, {Cut, llm.ErrCut, 3}, {Hang, llm.ErrTimeout, 3}, {Forbidden, llm.ErrAuth, 1},
		{Redirect, llm.ErrRefused, 1}, {BadJSON, llm.ErrInvalid, 1}, {HTML, llm.ErrInvalid, 1}, {Huge, llm.ErrTooLarge, 1},
		{Error200, llm.ErrUnavailable, 3}, {Flat, llm.ErrUnavailable, 3}, {Null, llm.ErrInvalid, 1}, {NaN, llm.ErrInvalid, 1},
		{Zero, llm.ErrInvalid, 1}, {OtherDim, llm.ErrInvalid, 1}, {Missing, llm.ErrInvalid, 1},
	} {
		t.Run("fault "+string(c.fault), func(t *testing.T) {
			if c.fault == Hang {
				t.Parallel() // it waits
			}
			s := New(t).Vectors(spread, false)
			e := start(t, s)
			opened, used := len(s.Requests()), total(e)
			s.Script(Reply{Fault: c.fault, Text: secret})
			vs, err := e.Embed(t.Context(), []string{secret, secret + "二"})
			if llm.KindOf(err) != c.want || vs != nil {
				t.Fatalf("want %s and no vectors, got %d, %v", c.want, len(vs), err)
			}
			quiet(t, err)
			if n := len(s.Requests()) - opened; n != c.calls || total(e).Calls-used.Calls != n {
				t.Errorf("want %d calls, got %d, counted %d", c.calls, n, total(e).Calls-used.Calls)
			}
			s.Script(Reply{Fault: c.fault}, Reply{})
			if _, err := e.Embed(t.Context(), []string{"再来"}); (err == nil) != (c.calls == 3) {
				t.Errorf("a second attempt: %v", err)
			}
			s.Script(Reply{Fault: c.fault})
			if _, err := open(t, s); err == nil && c.fault != OtherDim {
				t.Error("opened against a server that does not work")
			}
		})
	}
	t.Run("cancelled", func(t *testing.T) {
		s := New(t).Vectors(spread, false)
		e := start(t, s)
		s.Script(Reply{Fault: Hang})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Millisecond, cancel)
		if vs, err := e.Embed(ctx, make([]string, 500)); !errors.Is(err, context.Canceled) || vs != nil {
			t.Errorf("got %d vectors, %v", len(vs), err)
		}
	})
	t.Run("a far Retry-After is not waited for", func(t *testing.T) {
		s := New(t).Vectors(spread, false)
		e := start(t, s)
		s.Script(Reply{Fault: RateLimit, After: "3600"})
		if _, err := e.Embed(t.Context(), []string{"问"}); llm.KindOf(err) != llm.ErrRateLimited {
			t.Error(err)
		}
	})
	t.Run("usage", func(t *testing.T) {
		s := New(t).Vectors(spread, false)
		e := start(t, s)
		before := total(e)
		if _, err := e.Embed(t.Context(), []string{"甲方"}); err != nil {
			t.Fatal(err)
		}
		if u := total(e); u.In <= before.In || u.Calls != before.Calls+1 {
			t.Errorf("from %+v to %+v", before, u)
		}
	})
	t.Run("personal data stays at home", func(t *testing.T) {
		s := New(t).Vectors(spread, false)
		e := start(t, s)
		_, err := e.Embed(t.Context(), []string{personal, "他人" + personal})
		if q, ok := e.(llm.QueryEmbedder); ok && err == nil {
			_, err = q.EmbedQueries(t.Context(), []string{personal})
		}
		if err != nil {
			t.Fatal(err)
		}
		atHome(t, s)
	})
}

func total(v any) llm.Usage {
	if m, ok := v.(llm.Meter); ok {
		return m.Total()
	}
	return llm.Usage{}
}

const personal = "身份证110101199003070011，账号6222021001112223334，电话13800001111"

func atHome(t *testing.T, s *Server) {
	t.Helper()
	for _, r := range s.Requests() {
		for _, v := range []string{"110101199003070011", "6222021001112223334", "13800001111"} {
			if strings.Contains(string(r.Body), v) {
				t.Errorf("%s… left the house", v[:4])
			}
		}
	}
}
