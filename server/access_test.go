package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"github.com/xindiao/xindiao/server"
)

func TestNothingWithoutSignIn(t *testing.T) {
	c := serve(t, &engine{}, nil)
	c.bearer = ""
	var spec struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	_, b, _ := c.do("GET", "/openapi.json", nil, nil)
	if err := json.Unmarshal(b, &spec); err != nil {
		t.Fatal(err)
	}
	n := 0
	for path, methods := range spec.Paths {
		for method := range methods {
			code, b, h := c.do(strings.ToUpper(method), strings.ReplaceAll(path, "{id}", "X"), nil, nil)
			if !strings.HasPrefix(path, "/api/v1") {
				if code != 200 {
					t.Errorf("%s: %d", path, code)
				}
				continue
			}
			n++
			if code != 401 || h.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s %s: %d %s", method, path, code, b)
			}
		}
	}
	if n < 12 {
		t.Errorf("only %d operations", n)
	}
	if code, _, _ := c.do("GET", "/api/v1/nowhere", nil, nil); code != 401 {
		t.Errorf("unknown route: %d", code)
	}
}

// The hand-made description and the router must name the same operations.
func TestOpenAPIDescribesEveryRoute(t *testing.T) {
	s, err := server.New(server.Config{Engine: &engine{}, Dir: t.TempDir(), Token: token})
	if err != nil {
		t.Fatal(err)
	}
	c := serve(t, &engine{}, nil)
	var spec struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	_, b, _ := c.do("GET", "/openapi.json", nil, nil)
	if err := json.Unmarshal(b, &spec); err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for path, methods := range spec.Paths {
		for m := range methods {
			described[strings.ToUpper(m)+" "+path] = true
		}
	}
	err = chi.Walk(s.Routes(), func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if strings.Contains(route, "*") || route == "/" {
			return nil
		}
		if key := method + " " + route; !described[key] {
			t.Errorf("%s is not described", key)
		} else {
			delete(described, key)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for key := range described {
		t.Errorf("%s is described and not there", key)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestSignIn(t *testing.T) {
	c := serve(t, &engine{}, nil)
	c.bearer = ""
	code, _, h := c.do("POST", "/api/v1/session", strings.NewReader(`{"token":"`+token+`"}`), nil)
	cookie := h.Get("Set-Cookie")
	if code != 204 || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") || strings.Contains(cookie, token) {
		t.Fatalf("sign-in: %d %q", code, cookie)
	}
	with := map[string]string{"Cookie": strings.Split(cookie, ";")[0]}
	if code, _, _ := c.do("GET", "/api/v1/dossiers", nil, with); code != 200 {
		t.Errorf("with cookie: %d", code)
	}
	// Another site's page sends the cookie along in old browsers: its writes must not pass.
	with["Origin"] = "https://evil.example"
	if code, _, _ := c.do("DELETE", "/api/v1/session", nil, with); code != 403 {
		t.Errorf("cross-origin write: %d", code)
	}
	delete(with, "Origin")
	if code, _, _ := c.do("DELETE", "/api/v1/session", nil, with); code != 204 {
		t.Errorf("sign-out: %d", code)
	}
	if code, _, _ := c.do("GET", "/api/v1/dossiers", nil, with); code != 401 {
		t.Errorf("after sign-out: %d", code)
	}
	codes := map[int]int{}
	for range 15 {
		code, _, _ := c.do("POST", "/api/v1/session", strings.NewReader(`{"token":"wrong"}`), nil)
		codes[code]++
	}
	if codes[401] != 10 || codes[429] != 5 {
		t.Errorf("guessing: %v", codes)
	}
}
