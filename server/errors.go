package server

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/xindiao/xindiao/dossier"
)

// status maps what can go wrong with a material or a dependency to HTTP; the one table of this edge.
var status = map[dossier.ErrorKind]int{
	dossier.ErrNotFound: http.StatusNotFound, dossier.ErrEmpty: http.StatusUnprocessableEntity, dossier.ErrTooLarge: http.StatusRequestEntityTooLarge,
	dossier.ErrEncrypted: http.StatusUnprocessableEntity, dossier.ErrCorrupt: http.StatusUnprocessableEntity, dossier.ErrUnsupported: http.StatusUnsupportedMediaType,
	dossier.ErrTimeout: http.StatusGatewayTimeout, dossier.ErrUnsafe: http.StatusUnprocessableEntity, dossier.ErrInput: http.StatusUnprocessableEntity,
	dossier.ErrDependency: http.StatusServiceUnavailable,
}

// problemJSON is RFC 9457.
type problemJSON struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
}

func problem(w http.ResponseWriter, code int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(code)
	// A client that left needs no answer.
	_ = json.NewEncoder(w).Encode(problemJSON{Type: "about:blank", Title: http.StatusText(code), Status: code, Detail: detail})
}

// fail answers err: what a *dossier.Error says to users, and nothing of any other error.
func (s *Server) fail(w http.ResponseWriter, err error) {
	code, detail := explain(err)
	if code == http.StatusInternalServerError {
		s.log.Error("request failed", "kind", string(dossier.KindOf(err)))
	}
	problem(w, code, detail)
}

func explain(err error) (int, string) {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return http.StatusRequestEntityTooLarge, "上传内容超过大小上限"
	}
	var e *dossier.Error
	if !errors.As(err, &e) {
		return http.StatusInternalServerError, "服务内部错误，请重试；仍不成功请联系管理员"
	}
	code, ok := status[e.Kind]
	if !ok {
		code = http.StatusInternalServerError
	}
	shown := &dossier.Error{File: e.File, Msg: e.Msg} // without its cause, which is for the log
	return code, shown.Error()
}

func writeJSON(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(v) // a client that left needs no answer
}

// readJSON reads a small body strictly; an empty one leaves v as it is.
func readJSON(r *http.Request, v any) error {
	if r.ContentLength == 0 {
		return nil
	}
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return err
		}
		return &dossier.Error{Kind: dossier.ErrInput, Msg: "请求内容不是所要求的 JSON", Cause: err}
	}
	return nil
}
