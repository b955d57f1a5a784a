package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/retrieval/answer"
)

// Keeper is an Engine that keeps what it read in a database. Only then can dossiers be searched; removing one removes
// it there too. Both calls take the folder that Review and Draft were given.
type Keeper interface {
	Search(ctx context.Context, dir string, q Search) (answer.Answer, error)
	// Forget erases what is kept of the dossier; one that was never kept is no error.
	Forget(ctx context.Context, dir string) error
}

// Search is one question to a dossier.
type Search struct {
	Text    string   `json:"q"`
	K       int      `json:"k"`      // hits at most, 8 when 0
	Types   []string `json:"types"`  // ids of kinds of material; empty: all
	Period  string   `json:"period"` // 2025, 2025-12-31…
	Corpora []string `json:"corpora"`
	Explain bool     `json:"explain"`
}

// longestQuestion bounds what is searched, in bytes.
const longestQuestion = 2000

// search takes the question in the body: a URL ends up in logs of proxies, and questions name people.
func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	m, ok := s.one(w, r)
	if !ok {
		return
	}
	k, ok := s.cfg.Engine.(Keeper)
	if !ok {
		problem(w, http.StatusNotFound, "没有启用数据库，不能检索")
		return
	}
	var q Search
	err := readJSON(r, &q)
	if q.Text = strings.TrimSpace(q.Text); err == nil && (q.Text == "" || len(q.Text) > longestQuestion || q.K < 0 || q.K > 100) {
		err = &dossier.Error{Kind: dossier.ErrInput, Msg: "要查的内容不能为空，也不要超过2000字节；k 在 0 到 100 之间"}
	}
	if err != nil {
		s.fail(w, err)
		return
	}
	a, err := k.Search(r.Context(), s.store.folder(m.ID), q)
	if err != nil {
		s.fail(w, err)
		return
	}
	writeJSON(w, http.StatusOK, a)
}
