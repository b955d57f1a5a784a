package server

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

const cookieName = "xindiao_session"

// auth knows the token only by its hash, and who has signed in.
type auth struct {
	token    [sha256.Size]byte
	secure   bool
	now      func() time.Time
	mu       sync.Mutex
	sessions map[string]time.Time // id -> end
	failures map[string][]time.Time
}

func newAuth(token string, secure bool) *auth {
	return &auth{token: sha256.Sum256([]byte(token)), secure: secure, now: time.Now, sessions: map[string]time.Time{}, failures: map[string][]time.Time{}}
}

func (a *auth) matches(token string) bool {
	got := sha256.Sum256([]byte(token)) // hashed first: the comparison then takes the same time for any length
	return subtle.ConstantTimeCompare(got[:], a.token[:]) == 1
}

// Wrong tokens that one address may send in a minute, and addresses remembered.
const (
	maxFailures  = 10
	maxAddresses = 10000
	maxSessions  = 1000
)

// allowed tells whether an address may still try.
func (a *auth) allowed(addr string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.failures[addr] = recent(a.failures[addr], a.now())
	n := len(a.failures[addr])
	if n == 0 {
		delete(a.failures, addr)
	}
	return n < maxFailures
}

func (a *auth) failed(addr string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.failures) >= maxAddresses {
		for k, v := range a.failures {
			if len(recent(v, a.now())) == 0 || len(a.failures) >= 2*maxAddresses {
				delete(a.failures, k)
			}
		}
	}
	a.failures[addr] = append(a.failures[addr], a.now())
}

func recent(ts []time.Time, now time.Time) []time.Time {
	for len(ts) > 0 && now.Sub(ts[0]) > time.Minute {
		ts = ts[1:]
	}
	return ts
}

func (a *auth) open() string {
	id := rand.Text()
	a.mu.Lock()
	defer a.mu.Unlock()
	for k, end := range a.sessions {
		if a.now().After(end) || len(a.sessions) >= maxSessions {
			delete(a.sessions, k)
		}
	}
	a.sessions[id] = a.now().Add(sessionTime)
	return id
}

func (a *auth) session(id string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	end, ok := a.sessions[id]
	return ok && a.now().Before(end)
}

// address is the peer's; headers that a client can write are not asked.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// require lets a signed-in browser or a bearer of the token through.
func (a *auth) require(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
			if !a.allowed(address(r)) {
				tooMany(w)
				return
			}
			if a.matches(token) {
				next.ServeHTTP(w, r)
				return
			}
			a.failed(address(r))
		} else if c, err := r.Cookie(cookieName); err == nil && a.session(c.Value) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("WWW-Authenticate", "Bearer")
		problem(w, http.StatusUnauthorized, "请先登录")
	})
}

func tooMany(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "60")
	problem(w, http.StatusTooManyRequests, "尝试次数过多，请一分钟后再试")
}

func (s *Server) signIn(w http.ResponseWriter, r *http.Request) {
	addr := address(r)
	if !s.auth.allowed(addr) {
		tooMany(w)
		return
	}
	var body struct {
		Token string `json:"token"`
	}
	if err := readJSON(r, &body); err != nil {
		s.fail(w, err)
		return
	}
	if !s.auth.matches(body.Token) {
		s.auth.failed(addr)
		problem(w, http.StatusUnauthorized, "口令不正确")
		return
	}
	s.cookie(w, r, s.auth.open(), int(sessionTime.Seconds()))
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) signOut(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie(cookieName); err == nil {
		s.auth.mu.Lock()
		delete(s.auth.sessions, c.Value)
		s.auth.mu.Unlock()
	}
	s.cookie(w, r, "", -1)
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) cookie(w http.ResponseWriter, r *http.Request, value string, age int) {
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: value, Path: "/", MaxAge: age, HttpOnly: true,
		Secure: s.auth.secure || r.TLS != nil, SameSite: http.SameSiteStrictMode})
}
