// Package server is the web service: sign-in, upload, review, draft with live progress, download, and one plain page.
package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/server/ui"
)

// Engine does the work; agent is the real one, tests bring a scripted one. Both calls read the folder dir, report
// progress as they go and stop when ctx ends. An error that a user may see is a *dossier.Error.
type Engine interface {
	Review(ctx context.Context, dir string, app Overrides, progress func(Event)) (*report.Review, error)
	Draft(ctx context.Context, dir string, opt DraftOptions, progress func(Event)) (*report.Report, error)
}

// Event is progress for a person: a step's id, what happens in Chinese, how far it is (Total 0: unknown).
type Event struct {
	Step  string `json:"step"`
	Text  string `json:"text"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
}

// Overrides lay what the caller says over the dossier's application.yaml; zero values say nothing.
type Overrides struct {
	Applicant    string          `json:"applicant"`
	Product      string          `json:"product"`
	AmountCNY    dossier.Decimal `json:"amount_cny"` // 元
	TermMonths   int             `json:"term_months"`
	Guarantee    string          `json:"guarantee"`
	CustomerType string          `json:"customer_type"`
	Industry     string          `json:"industry_code_claimed"`
	AsOf         dossier.Date    `json:"as_of"`
}

// DraftOptions choose the report; empty values leave the choice to the engine.
type DraftOptions struct {
	Overrides
	Kind     report.Kind `json:"kind"`
	Template string      `json:"template"`
}

// Config of a service.
type Config struct {
	Engine    Engine
	Dir       string // uploads and results; made when missing
	Token     string // sign-in and bearer token, at least 16 characters
	MaxUpload int64  // bytes of one upload, also after unpacking ×4; 0 means 512 MiB
	MaxFiles  int    // files of one upload; 0 means 2000
	Workers   int    // jobs at a time; 0 means 2
	Secure    bool   // mark cookies Secure though TLS ends elsewhere
	Log       *slog.Logger
}

// Server serves the page and the API.
type Server struct {
	cfg    Config
	router chi.Router
	auth   *auth
	jobs   *jobs
	store  *store
	log    *slog.Logger
}

// New checks cfg and makes the service. Close it to stop its jobs.
func New(cfg Config) (*Server, error) {
	switch {
	case cfg.Engine == nil:
		return nil, errors.New("server: no engine")
	case len(cfg.Token) < 16:
		return nil, errors.New("server: the token needs at least 16 characters")
	case cfg.Dir == "":
		return nil, errors.New("server: no directory")
	}
	if cfg.MaxUpload <= 0 {
		cfg.MaxUpload = 512 << 20
	}
	if cfg.MaxFiles <= 0 {
		cfg.MaxFiles = 2000
	}
	if cfg.Workers <= 0 {
		cfg.Workers = 2
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	dir := filepath.Join(cfg.Dir, "dossiers")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, auth: newAuth(cfg.Token, cfg.Secure), store: &store{dir: dir, root: root}, log: cfg.Log}
	s.jobs = newJobs(cfg.Workers, cfg.Log)
	s.router = s.routes()
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.router.ServeHTTP(w, r) }

// Close cancels all jobs and waits for them until ctx ends.
func (s *Server) Close(ctx context.Context) error {
	err := s.jobs.close(ctx)
	return errors.Join(err, s.store.root.Close())
}

func (s *Server) routes() chi.Router {
	r := chi.NewRouter()
	r.Use(middleware.Recoverer, headers, http.NewCrossOriginProtection().Handler)
	r.NotFound(func(w http.ResponseWriter, _ *http.Request) { problem(w, http.StatusNotFound, "没有这个地址") })
	r.MethodNotAllowed(func(w http.ResponseWriter, _ *http.Request) {
		problem(w, http.StatusMethodNotAllowed, "这个地址不接受此方法")
	})
	r.Get("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
	})
	r.Get("/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(openAPI) // a client that left needs no answer
	})
	r.Handle("/", ui.Handler())
	r.Handle("/ui/*", http.StripPrefix("/ui", ui.Handler()))
	r.Route("/api/v1", func(r chi.Router) {
		small := limit(64 << 10)
		r.With(small).Post("/session", s.signIn)
		r.Group(func(r chi.Router) {
			r.Use(s.auth.require)
			r.NotFound(func(w http.ResponseWriter, _ *http.Request) { problem(w, http.StatusNotFound, "没有这个地址") })
			r.Get("/session", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
			r.Delete("/session", s.signOut)
			r.With(limit(s.cfg.MaxUpload+(1<<20))).Post("/dossiers", s.upload)
			r.Get("/dossiers", s.list)
			r.Get("/dossiers/{id}", s.get)
			r.Delete("/dossiers/{id}", s.remove)
			r.With(small).Post("/dossiers/{id}/review", s.startReview)
			r.Get("/dossiers/{id}/review", s.review)
			r.With(small).Post("/dossiers/{id}/draft", s.startDraft)
			r.Get("/dossiers/{id}/report", s.report)
			r.With(small).Post("/dossiers/{id}/search", s.search)
			r.Get("/jobs/{id}", s.job)
			r.Delete("/jobs/{id}", s.cancelJob)
			r.Get("/jobs/{id}/events", s.events)
			r.Handle("/*", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { problem(w, http.StatusNotFound, "没有这个地址") }))
		})
	})
	return r
}

func limit(n int64) func(http.Handler) http.Handler {
	return func(h http.Handler) http.Handler { return http.MaxBytesHandler(h, n) }
}

// headers keep browsers from guessing, framing, leaking and caching.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		if r.TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// sessionTime is how long a sign-in lasts.
const sessionTime = 12 * time.Hour

// Routes shows the service's routes, for its description's test and for mounting.
func (s *Server) Routes() chi.Routes { return s.router }
