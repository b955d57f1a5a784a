package llmtest

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/xindiao/xindiao/internal/llm"
)

// Opener opens the Generator under test against a scripted server. It must use short limits: an attempt's
// timeout of 200 ms, 3 attempts, a back-off of 1 ms, answers of at most 1 MiB.
type Opener func(t *testing.T, s *Server) llm.Generator

// secret stands in prompts and answers; no error text may hold it.
const secret = "甲公司绝密"

// TestGenerator is the conformance suite: what every Generator promises, whatever the server does.
func TestGenerator(t *testing.T, open Opener) {
	ask := func(t *testing.T, s *Server, req llm.Request) (llm.Response, error) {
		t.Helper()
		if req.Messages == nil {
			req.Messages = llm.Ask("问：" + secret)
		}
		return open(t, s).Generate(t.Context(), req)
	}
	t.Run("whole answer", func(t *testing.T) {
		s := New(t).Script(Reply{Text: "答：两句话。\n第二句。", In: 12, Out: 7})
		resp, err := ask(t, s, llm.Request{System: "你是信贷员", MaxTokens: 99, Temperature: 0.3})
		if err != nil || resp.Text != "答：两句话。\n第二句。" {
			t.Fatalf("got %q, %v", resp.Text, err)
		}
		if resp.Usage.In != 12 || resp.Usage.Out != 7 || resp.Usage.Calls != 1 || resp.Usage.Retries != 0 {
			t.Errorf("usage %+v", resp.Usage)
		}
		got := s.Requests()[0]
		if !strings.Contains(got.System, "你是信贷员") || got.Last() != "问："+secret || got.MaxTokens != 99 || got.Temperature != 0.3 {
			t.Errorf("sent %+v", got)
		}
	})
	t.Run("conversation keeps its order", func(t *testing.T) {
		s := New(t)
		_, err := ask(t, s, llm.Request{Messages: []llm.Message{{Role: llm.User, Text: "一"}, {Role: llm.Assistant, Text: "二"}, {Role: llm.User, Text: "三"}}})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, m := range s.Requests()[0].Messages {
			b.WriteString(m.Role + m.Text + " ")
		}
		if b.String() != "user一 assistant二 user三 " {
			t.Errorf("sent %s", b.String())
		}
	})
	t.Run("schema", func(t *testing.T) {
		schema := json.RawMessage(`{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}`)
		s := New(t).Script(Reply{Text: "```json\n{\"n\": 3}\n```"})
		resp, err := ask(t, s, llm.Request{Schema: schema})
		if err != nil || resp.Text != `{"n": 3}` {
			t.Fatalf("fenced: %q, %v", resp.Text, err)
		}
		if r := s.Requests()[0]; !strings.Contains(string(r.Format)+r.System, "additionalProperties") {
			t.Error("the schema was not sent")
		}
		s = New(t).Script(Reply{Text: `{"m": 3}`}, Reply{Text: `{"n": 4}`})
		if resp, err = ask(t, s, llm.Request{Schema: schema}); err != nil || resp.Text != `{"n": 4}` || resp.Usage.Calls != 2 {
			t.Errorf("second try: %q, %v, %+v", resp.Text, err, resp.Usage)
		}
		s = New(t).Script(Reply{Text: "抱歉，" + secret})
		if _, err = ask(t, s, llm.Request{Schema: schema}); llm.KindOf(err) != llm.ErrInvalid {
			t.Errorf("never JSON: %v", err)
		}
		quiet(t, err)
		s = New(t).Script(Reply{Text: `{"n": 5}`, Fault: NoFormat})
		if resp, err = ask(t, s, llm.Request{Schema: schema}); err != nil || resp.Text != `{"n": 5}` {
			t.Errorf("a server without schemas: %q, %v", resp.Text, err)
		}
	})
	for _, c := range []struct {
		fault Fault
		want  llm.ErrorKind
		calls int
	}{
		{RateLimit, llm.ErrRateLimited, 3}, {Overloaded, llm.ErrUnavailable, 3}, {Broken, llm.ErrUnavailable, 3},
		{Drop, llm.ErrUnavailable, 3}, {Cut, llm.ErrCut, 3}, {NoDone, llm.ErrCut, 3}, {StreamError, llm.ErrCut, 3},
		{Hang, llm.ErrTimeout, 3}, {BadRequest, llm.ErrRefused, 1}, {Forbidden, llm.ErrAuth, 1}, {Redirect, llm.ErrRefused, 1},
		{Truncated, llm.ErrTruncated, 1}, {Filtered, llm.ErrFiltered, 1}, {BadJSON, llm.ErrInvalid, 2}, {HTML, llm.ErrInvalid, 2},
		{Error200, llm.ErrUnavailable, 3}, {Huge, llm.ErrTooLarge, 1},
	} {
		t.Run("fault "+string(c.fault), func(t *testing.T) {
			if c.fault == Hang {
				t.Parallel() // it waits
			}
			s := New(t).Script(Reply{Text: "半句话就要断开的答复" + secret, Fault: c.fault})
			resp, err := ask(t, s, llm.Request{})
			if llm.KindOf(err) != c.want || resp.Text != "" {
				t.Fatalf("want %s and no text, got %q, %v", c.want, resp.Text, err)
			}
			if n := len(s.Requests()); n != c.calls || resp.Usage.Calls != c.calls {
				t.Errorf("want %d calls, got %d, counted %d", c.calls, n, resp.Usage.Calls)
			}
			if c.want == llm.ErrTimeout && !errors.Is(err, context.DeadlineExceeded) {
				t.Error("a timeout must be context.DeadlineExceeded")
			}
			quiet(t, err)
			if c.calls != 3 {
				return
			}
			s = New(t).Script(Reply{Text: "x", Fault: c.fault}, Reply{Text: "好了"})
			if resp, err = ask(t, s, llm.Request{}); err != nil || resp.Text != "好了" || resp.Usage.Retries != 1 {
				t.Errorf("a second attempt must do: %q, %v, %+v", resp.Text, err, resp.Usage)
			}
		})
	}
	t.Run("empty answer", func(t *testing.T) {
		if _, err := ask(t, New(t).Script(Reply{Text: " \n"}), llm.Request{}); llm.KindOf(err) != llm.ErrEmpty {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a far Retry-After is not waited for", func(t *testing.T) {
		s := New(t).Script(Reply{Fault: RateLimit, After: "3600"})
		if _, err := ask(t, s, llm.Request{}); llm.KindOf(err) != llm.ErrRateLimited || len(s.Requests()) != 1 {
			t.Errorf("%d calls, %v", len(s.Requests()), err)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		s := New(t).Script(Reply{Fault: Hang})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Millisecond, cancel)
		resp, err := open(t, s).Generate(ctx, llm.Request{Messages: llm.Ask("问")})
		if !errors.Is(err, context.Canceled) || resp.Text != "" {
			t.Errorf("got %q, %v", resp.Text, err)
		}
	})
	t.Run("personal data stays at home", func(t *testing.T) {
		const id, card, phone = "110101199003070011", "6222021001112223334", "13800001111"
		s := New(t).Answer(func(r Request) Reply { return Reply{Text: "答复：" + r.Last()} })
		text := "身份证" + id + "，账号" + card + "，电话" + phone + "。再次：" + id
		resp, err := ask(t, s, llm.Request{Messages: llm.Ask(text)})
		if err != nil || resp.Text != "答复："+text {
			t.Fatalf("restored: %q, %v", resp.Text, err)
		}
		for _, v := range []string{id, card, phone} {
			if strings.Contains(string(s.Requests()[0].Body), v) {
				t.Errorf("%s… left the house", v[:4])
			}
		}
	})
}

func quiet(t *testing.T, err error) {
	t.Helper()
	if strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), "sk-") {
		t.Errorf("the error repeats what was said: %v", err)
	}
}
