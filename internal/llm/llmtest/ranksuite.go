package llmtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xindiao/xindiao/internal/llm"
)

// RankOpener opens the Reranker under test against a scripted server, with the limits of Opener.
type RankOpener func(t *testing.T, s *Server) (llm.Reranker, error)

// TestReranker is the conformance suite: what every Reranker promises, whatever the server does.
func TestReranker(t *testing.T, open RankOpener) {
	start := func(t *testing.T, s *Server) llm.Reranker {
		t.Helper()
		r, err := open(t, s)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	texts := []string{"今日有雨。", "应收账款余额五百万元。", "应收账款周转天数。", "存货。"}
	t.Run("scores in the texts' order", func(t *testing.T) {
		r := start(t, New(t))
		before := slices.Clone(texts)
		got, err := r.Rerank(t.Context(), "应收账款余额", texts)
		if err != nil || len(got) != 4 || !slices.Equal(before, texts) {
			t.Fatalf("%v, %v", got, err)
		}
		if !(got[1] > got[2] && got[2] > got[0]) {
			t.Errorf("got %v", got)
		}
		if none, err := r.Rerank(t.Context(), "问", nil); err != nil || len(none) != 0 {
			t.Errorf("no texts: %v, %v", none, err)
		}
		if r.Name() == "" {
			t.Error("no name")
		}
	})
	t.Run("a server that takes few", func(t *testing.T) {
		s := New(t).Bounds(Bounds{Texts: 5, Status: 413})
		r := start(t, s)
		var many []string
		for i := range 30 {
			many = append(many, fmt.Sprintf("第%d段%s", i, strings.Repeat("款", i%9)))
		}
		for range 2 {
			if got, err := r.Rerank(t.Context(), "款", many); err != nil || len(got) != 30 || got[8] != 1 || got[0] != 0 {
				t.Fatalf("%v, %v", got, err)
			}
		}
	})
	t.Run("a text left out", func(t *testing.T) {
		s := New(t)
		r := start(t, s)
		s.Script(Reply{Fault: Missing})
		got, err := r.Rerank(t.Context(), "应收账款余额", texts)
		if err != nil || len(got) != 4 {
			t.Fatalf("%v, %v", got, err)
		}
		out := 0
		for _, v := range got {
			if math.IsInf(v, -1) {
				out++
			}
		}
		if out != 1 {
			t.Errorf("got %v", got)
		}
	})
	for _, c := range []struct {
		fault Fault
		want  llm.ErrorKind
		again bool
	}{
		{RateLimit, llm.ErrRateLimited, true}, {Broken, llm.ErrUnavailable, true}, {Drop, llm.ErrUnavailable, true},
		{Cut, llm.ErrCut, true}, {Hang, llm.ErrTimeout, true}, {Forbidden, llm.ErrAuth, false}, {Redirect, llm.ErrRefused, false},
		{BadRequest, llm.ErrRefused, true /* in halves */}, {BadJSON, llm.ErrInvalid, false}, {HTML, llm.ErrInvalid, false}, {Huge, llm.ErrTooLarge, false},
		{Error200, llm.ErrUnavailable, true}, {Flat, llm.ErrUnavailable, true}, {Null, llm.ErrInvalid, false}, {NaN, llm.ErrInvalid, false},
		{Duplicate, llm.ErrInvalid, false}, {OutOfRange, llm.ErrInvalid, false},
	} {
		t.Run("fault "+string(c.fault), func(t *testing.T) {
			if c.fault == Hang {
				t.Parallel() // it waits
			}
			s := New(t)
			r := start(t, s)
			s.Script(Reply{Fault: c.fault, Text: secret})
			got, err := r.Rerank(t.Context(), secret, []string{secret, "二"})
			if llm.KindOf(err) != c.want || got != nil {
				t.Fatalf("want %s and no scores, got %v, %v", c.want, got, err)
			}
			quiet(t, err)
			s.Script(Reply{Fault: c.fault}, Reply{})
			if _, err := r.Rerank(t.Context(), "问", []string{"答", "二"}); (err == nil) != c.again {
				t.Errorf("a second attempt: %v", err)
			}
		})
	}
	t.Run("cancelled", func(t *testing.T) {
		s := New(t)
		r := start(t, s)
		s.Script(Reply{Fault: Hang})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Millisecond, cancel)
		if _, err := r.Rerank(ctx, "问", texts); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	t.Run("personal data stays at home", func(t *testing.T) {
		s := New(t)
		r := start(t, s)
		got, err := r.Rerank(t.Context(), "账号6222021001112223334的户名", []string{"电话13800001111", personal})
		if err != nil {
			t.Fatal(err)
		}
		atHome(t, s)
		if got[1] <= got[0] {
			t.Errorf("the account asked for is no longer found: %v", got)
		}
	})
}
