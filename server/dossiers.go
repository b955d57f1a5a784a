package server

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/docx"
	"github.com/xindiao/xindiao/report/html"
	"github.com/xindiao/xindiao/report/xlsx"
)

func (s *Server) list(w http.ResponseWriter, _ *http.Request) {
	ms, err := s.store.list()
	if err != nil {
		s.fail(w, err)
		return
	}
	for i := range ms {
		ms[i].Job = s.jobs.of(ms[i].ID)
	}
	writeJSON(w, http.StatusOK, map[string]any{"dossiers": ms})
}

// one finds the dossier of the request's path, or answers.
func (s *Server) one(w http.ResponseWriter, r *http.Request) (Meta, bool) {
	m, err := s.store.meta(chi.URLParam(r, "id"))
	if err != nil {
		s.fail(w, err)
		return m, false
	}
	m.Job = s.jobs.of(m.ID)
	return m, true
}

func (s *Server) get(w http.ResponseWriter, r *http.Request) {
	if m, ok := s.one(w, r); ok {
		writeJSON(w, http.StatusOK, m)
	}
}

func (s *Server) remove(w http.ResponseWriter, r *http.Request) {
	m, ok := s.one(w, r)
	if !ok {
		return
	}
	if m.Job != "" {
		problem(w, http.StatusConflict, "这份卷宗正在处理，请先取消任务")
		return
	}
	if k, ok := s.cfg.Engine.(Keeper); ok {
		if err := k.Forget(r.Context(), s.store.folder(m.ID)); err != nil {
			s.fail(w, err)
			return
		}
	}
	if err := s.store.remove(m.ID); err != nil {
		s.fail(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) startReview(w http.ResponseWriter, r *http.Request) {
	var app Overrides
	s.start(w, r, "review", &app, func(ctx context.Context, id string, progress func(Event)) error {
		rv, err := s.cfg.Engine.Review(ctx, s.store.folder(id), app, progress)
		if err != nil {
			return err
		}
		return s.store.save(id, "review.json", rv)
	})
}

func (s *Server) startDraft(w http.ResponseWriter, r *http.Request) {
	var opt DraftOptions
	s.start(w, r, "draft", &opt, func(ctx context.Context, id string, progress func(Event)) error {
		rep, err := s.cfg.Engine.Draft(ctx, s.store.folder(id), opt, progress)
		if err != nil {
			return err
		}
		return s.store.save(id, "report.json", rep)
	})
}

func (s *Server) start(w http.ResponseWriter, r *http.Request, kind string, body any, work func(context.Context, string, func(Event)) error) {
	m, ok := s.one(w, r)
	if !ok {
		return
	}
	if err := readJSON(r, body); err != nil {
		s.fail(w, err)
		return
	}
	if d, isDraft := body.(*DraftOptions); isDraft && d.Kind != "" && d.Kind != report.Credit && d.Kind != report.PostLoan {
		s.fail(w, &dossier.Error{Kind: dossier.ErrInput, Msg: "kind 只能是 credit 或 postloan"})
		return
	}
	j, ok := s.jobs.start(m.ID, kind, func(ctx context.Context, progress func(Event)) error { return work(ctx, m.ID, progress) })
	if !ok {
		problem(w, http.StatusConflict, "这份卷宗正在处理，或排队的任务太多")
		return
	}
	w.Header().Set("Location", "/api/v1/jobs/"+j.ID)
	writeJSON(w, http.StatusAccepted, j)
}

func (s *Server) job(w http.ResponseWriter, r *http.Request) {
	j, ok := s.jobs.get(chi.URLParam(r, "id"))
	if !ok {
		problem(w, http.StatusNotFound, "没有这个任务")
		return
	}
	writeJSON(w, http.StatusOK, j)
}

func (s *Server) cancelJob(w http.ResponseWriter, r *http.Request) {
	if !s.jobs.cancelJob(chi.URLParam(r, "id")) {
		problem(w, http.StatusNotFound, "没有这个任务")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

const (
	typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

func (s *Server) review(w http.ResponseWriter, r *http.Request) {
	m, ok := s.one(w, r)
	if !ok {
		return
	}
	if !m.Reviewed {
		problem(w, http.StatusNotFound, "这份卷宗还没有审查结果")
		return
	}
	var rv report.Review
	if err := s.store.load(m.ID, "review.json", &rv); err != nil {
		s.fail(w, err)
		return
	}
	var b bytes.Buffer
	switch f := r.URL.Query().Get("format"); f {
	case "", "json":
		writeJSON(w, http.StatusOK, rv)
	case "html":
		s.file(w, &b, html.WriteReview(&b, &rv), "text/html; charset=utf-8", "")
	case "xlsx":
		s.file(w, &b, xlsx.WriteReview(&b, &rv), typeXLSX, "审查清单.xlsx")
	default:
		problem(w, http.StatusBadRequest, "format 只能是 json、html 或 xlsx")
	}
}

func (s *Server) report(w http.ResponseWriter, r *http.Request) {
	m, ok := s.one(w, r)
	if !ok {
		return
	}
	if !m.Drafted {
		problem(w, http.StatusNotFound, "这份卷宗还没有报告")
		return
	}
	var rep report.Report
	if err := s.store.load(m.ID, "report.json", &rep); err != nil {
		s.fail(w, err)
		return
	}
	title := rep.Title
	if title == "" {
		title = "报告"
	}
	var b bytes.Buffer
	switch f := r.URL.Query().Get("format"); f {
	case "", "json":
		writeJSON(w, http.StatusOK, rep)
	case "html":
		s.file(w, &b, html.Write(&b, &rep), "text/html; charset=utf-8", "")
	case "docx":
		s.file(w, &b, docx.Write(&b, &rep, docx.Options{}), typeDOCX, title+".docx")
	default:
		problem(w, http.StatusBadRequest, "format 只能是 json、html 或 docx")
	}
}

// file answers with a finished file, to be saved under name, or to be shown when name is empty. A shown page brings
// its own, stricter policy: it may load nothing.
func (s *Server) file(w http.ResponseWriter, b *bytes.Buffer, err error, contentType, name string) {
	if err != nil {
		s.fail(w, err)
		return
	}
	w.Header().Set("Content-Type", contentType)
	if name == "" {
		w.Header().Set("Content-Security-Policy", html.CSP+"; frame-ancestors 'none'; base-uri 'none'; sandbox allow-scripts")
	} else {
		w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	}
	w.Header().Set("Content-Length", fmt.Sprint(b.Len()))
	_, _ = w.Write(b.Bytes()) // a client that left needs no answer
}
