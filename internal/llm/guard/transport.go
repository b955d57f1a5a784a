package guard

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/xindiao/xindiao/internal/llm"
)

// Transport is the http.RoundTripper under every provider. It reads the whole answer before handing it on, so
// that what the provider's client sees is complete or not there at all. Errors are *llm.Error.
type Transport struct {
	Base     http.RoundTripper // default: a copy of http.DefaultTransport
	Name     string            // for error texts
	Timeout  time.Duration     // of one attempt; default 120 s
	Attempts int               // default 4
	Backoff  time.Duration     // before the second attempt, doubled each time up to 20 s; default 500 ms
	MaxWait  time.Duration     // the longest Retry-After that is waited for; default 30 s
	MaxBytes int64             // of an answer; default 8 MiB
}

// Exchange is one logical call through a Transport, carried by the request's context.
type Exchange struct {
	Set   map[string]any                               // keys to set in the JSON request body
	Check func(contentType string, body []byte) error  // is this 200 a whole answer? An error may be retryable
	Fix   func(contentType string, body []byte) []byte // rewrites a good answer before the client reads it
	Err   error                                        // the last failure, typed: clients flatten it
	Usage llm.Usage                                    // Calls and Retries
}

type exchangeKey struct{}

// With attaches ex to the context of a provider's call.
func With(ctx context.Context, ex *Exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, ex)
}

// RoundTrip sends req until it is answered well, refused for good, or out of attempts.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ex, _ := req.Context().Value(exchangeKey{}).(*Exchange)
	if ex == nil {
		ex = &Exchange{}
	}
	body, err := readBody(req)
	if err != nil {
		return nil, err
	}
	for n := 1; ; n++ {
		patched, err := patch(body, ex.Set)
		if err != nil {
			return nil, err
		}
		ex.Usage.Calls++
		resp, data, err := t.once(req, patched, ex)
		if err == nil {
			if ex.Fix != nil {
				data = ex.Fix(resp.Header.Get("Content-Type"), data)
			}
			ex.Err = nil
			resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(data)), int64(len(data))
			resp.Header.Del("Content-Length")
			return resp, nil
		}
		var e *llm.Error
		if !errors.As(err, &e) {
			e = &llm.Error{Kind: llm.ErrUnavailable, Provider: t.Name, Cause: err}
		}
		ex.Err = e
		if !e.Retryable() || n >= t.attempts() || req.Context().Err() != nil {
			return nil, e
		}
		if err := t.wait(req.Context(), n, e); err != nil {
			return nil, e
		}
		ex.Usage.Retries++
	}
}

func (t *Transport) once(req *http.Request, body []byte, ex *Exchange) (*http.Response, []byte, error) {
	ctx, cancel := context.WithTimeout(req.Context(), orDuration(t.Timeout, 120*time.Second))
	defer cancel()
	r := req.Clone(ctx)
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	resp, err := t.base().RoundTrip(r)
	if err != nil {
		return nil, nil, t.netError(ctx, req.Context(), err, llm.ErrUnavailable)
	}
	defer resp.Body.Close()
	limit := t.MaxBytes
	if limit <= 0 {
		limit = 8 << 20
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return nil, nil, t.netError(ctx, req.Context(), err, llm.ErrCut)
	}
	if int64(len(data)) > limit {
		return nil, nil, &llm.Error{Kind: llm.ErrTooLarge, Provider: t.Name, Note: fmt.Sprintf("上限 %d 字节", limit)}
	}
	if resp.StatusCode != http.StatusOK {
		return nil, data, t.statusError(resp)
	}
	if ex.Check != nil {
		if err := ex.Check(resp.Header.Get("Content-Type"), data); err != nil {
			var e *llm.Error
			if errors.As(err, &e) && e.Provider == "" {
				e.Provider = t.Name
			}
			return nil, data, err
		}
	}
	return resp, data, nil
}

func (t *Transport) netError(attempt, caller context.Context, err error, kind llm.ErrorKind) error {
	switch {
	case errors.Is(caller.Err(), context.Canceled):
		kind = llm.ErrCanceled
	case caller.Err() != nil || attempt.Err() != nil:
		kind = llm.ErrTimeout
	}
	return &llm.Error{Kind: kind, Provider: t.Name, Cause: err}
}

func (t *Transport) statusError(resp *http.Response) error {
	e := &llm.Error{Kind: llm.ErrRefused, Provider: t.Name, Status: resp.StatusCode}
	switch s := resp.StatusCode; {
	case s == http.StatusTooManyRequests:
		e.Kind = llm.ErrRateLimited
	case s == http.StatusRequestTimeout:
		e.Kind = llm.ErrTimeout
	case s >= 500:
		e.Kind = llm.ErrUnavailable
	case s == http.StatusUnauthorized || s == http.StatusForbidden:
		e.Kind = llm.ErrAuth
	case s == http.StatusNotFound:
		e.Note = "地址或模型不存在"
	case s < 400:
		e.Note = "不跟随重定向"
	}
	if n, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && n > 0 {
		e.After = time.Duration(n) * time.Second
	} else if at, err := http.ParseTime(resp.Header.Get("Retry-After")); err == nil {
		e.After = max(0, time.Until(at))
	}
	return e
}

// wait sleeps before attempt n+1: what the server asks, or doubling with jitter.
func (t *Transport) wait(ctx context.Context, n int, e *llm.Error) error {
	d := min(orDuration(t.Backoff, 500*time.Millisecond)<<min(n-1, 10), 20*time.Second)
	d = d/2 + rand.N(d/2+1)
	if e.After > 0 {
		if e.After > orDuration(t.MaxWait, 30*time.Second) {
			return e
		}
		d = e.After
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t *Transport) attempts() int {
	if t.Attempts <= 0 {
		return 4
	}
	return t.Attempts
}

func (t *Transport) base() http.RoundTripper {
	if t.Base != nil {
		return t.Base
	}
	return http.DefaultTransport
}

func orDuration(d, def time.Duration) time.Duration {
	if d <= 0 {
		return def
	}
	return d
}

func readBody(req *http.Request) ([]byte, error) {
	if req.Body == nil {
		return nil, nil
	}
	defer req.Body.Close()
	return io.ReadAll(req.Body)
}

// patch sets top-level keys of a JSON object, leaving the others' bytes alone.
func patch(body []byte, set map[string]any) ([]byte, error) {
	if len(set) == 0 {
		return body, nil
	}
	var m map[string]json.RawMessage
	if err := json.Unmarshal(body, &m); err != nil {
		return nil, fmt.Errorf("patch request: %w", err)
	}
	for k, v := range set {
		raw, err := json.Marshal(v)
		if err != nil {
			return nil, fmt.Errorf("patch request key %s: %w", k, err)
		}
		m[k] = raw
	}
	return json.Marshal(m)
}
