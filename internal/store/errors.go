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

// NotFound is ErrNotFound as a user meets it; what is in Chinese.
func NotFound(what string) error {
	return &dossier.Error{Kind: dossier.ErrNotFound, Msg: "没有" + what, Cause: ErrNotFound}
}

// Conflict is ErrConflict as a user meets it.
func Conflict(msg string) error {
	return &dossier.Error{Kind: dossier.ErrInput, Msg: msg, Cause: ErrConflict}
}

// WrongSpace is ErrSpace with both names.
func WrongSpace(asked, active Space) error {
	return &dossier.Error{Kind: dossier.ErrInput, Msg: fmt.Sprintf("向量模型不一致：查询用 %s（%d维），库中生效的是 %s（%d维）", asked.Name, asked.Dim, active.Name, active.Dim), Cause: ErrSpace}
}
