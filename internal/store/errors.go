package store

import (
	"errors"
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// Errors that callers tell apart with errors.Is.
var (
	ErrNotFound   = errors.New("store: not found")
	ErrConflict   = errors.New("store: changed meanwhile")
	ErrSpace      = errors.New("store: another embedding space is active")
	ErrIncomplete = errors.New("store: chunks without a vector")
	ErrClosed     = errors.New("store: closed")
)

// said is an error as a user meets it that callers can still tell apart.
type said struct {
	user *dossier.Error
	is   error
}

func (s said) Error() string   { return s.user.Error() }
func (s said) Unwrap() []error { return []error{s.user, s.is} }

// NotFound is ErrNotFound as a user meets it; what is in Chinese.
func NotFound(what string) error {
	return said{&dossier.Error{Kind: dossier.ErrNotFound, Msg: "没有" + what}, ErrNotFound}
}

// Conflict is ErrConflict as a user meets it.
func Conflict(msg string) error {
	return said{&dossier.Error{Kind: dossier.ErrInput, Msg: msg}, ErrConflict}
}

// WrongSpace is ErrSpace with both names.
func WrongSpace(asked, active Space) error {
	return said{&dossier.Error{Kind: dossier.ErrInput, Msg: fmt.Sprintf("向量模型不一致：查询用 %s（%d维），库中生效的是 %s（%d维）", asked.Name, asked.Dim, active.Name, active.Dim)}, ErrSpace}
}

// Incomplete is ErrIncomplete with the number of chunks that lack a vector of the new model.
func Incomplete(missing int64) error {
	return said{&dossier.Error{Kind: dossier.ErrInput, Msg: fmt.Sprintf("还有 %d 段没有新模型的向量，不能切换", missing)}, ErrIncomplete}
}
