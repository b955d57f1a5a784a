package llm

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// ErrorKind classes what can go wrong with a call.
type ErrorKind string

// Error kinds.
const (
	ErrNoModel     ErrorKind = "no_model"    // none was configured
	ErrTimeout     ErrorKind = "timeout"     // no answer in time
	ErrCanceled    ErrorKind = "canceled"    // the caller gave up
	ErrRateLimited ErrorKind = "rate"        // 429
	ErrUnavailable ErrorKind = "unavailable" // 5xx, refused or reset connection
	ErrCut         ErrorKind = "cut"         // the answer broke off in transfer
	ErrTruncated   ErrorKind = "truncated"   // the model stopped at its token limit
	ErrEmpty       ErrorKind = "empty"       // an answer without text
	ErrFiltered    ErrorKind = "filtered"    // the server's content filter took it
	ErrInvalid     ErrorKind = "invalid"     // not the protocol, not JSON, or not of the schema
	ErrTooLarge    ErrorKind = "too_large"   // over the response size limit
	ErrAuth        ErrorKind = "auth"        // 401, 403
	ErrRefused     ErrorKind = "refused"     // any other 4xx: bad request, unknown model
)

var kindZH = map[ErrorKind]string{
	ErrNoModel: "未配置语言模型", ErrTimeout: "模型未在限定时间内答复", ErrCanceled: "调用已取消",
	ErrRateLimited: "模型服务限流", ErrUnavailable: "模型服务不可用", ErrCut: "模型的答复中途断开",
	ErrTruncated: "模型的答复达到长度上限而不完整", ErrEmpty: "模型答复为空",
	ErrFiltered: "模型服务的内容过滤拒绝了该请求", ErrInvalid: "模型的答复不符合约定格式",
	ErrTooLarge: "模型的答复超过大小上限", ErrAuth: "模型服务拒绝了密钥", ErrRefused: "模型服务拒绝了该请求",
}

// Error is a failed call. Its text never holds a prompt, an answer or a key: servers echo all three.
type Error struct {
	Kind     ErrorKind
	Provider string
	Status   int           // HTTP status, 0 when there was none
	After    time.Duration // how long the server asks to wait, 0 when it does not
	Note     string        // ours, without the caller's data
	Cause    error
}

func (e *Error) Error() string {
	s := kindZH[e.Kind]
	if e.Provider != "" {
		s = e.Provider + "：" + s
	}
	if e.Status != 0 {
		s = fmt.Sprintf("%s（HTTP %d）", s, e.Status)
	}
	if e.Note != "" {
		s += "：" + e.Note
	}
	return s
}

func (e *Error) Unwrap() error { return e.Cause }

// Retryable tells whether the same request may succeed a little later.
func (e *Error) Retryable() bool {
	switch e.Kind {
	case ErrTimeout, ErrRateLimited, ErrUnavailable, ErrCut:
		return true
	}
	return false
}

// Is lets a timeout answer to context.DeadlineExceeded and a cancellation to context.Canceled.
func (e *Error) Is(target error) bool {
	return e.Kind == ErrTimeout && target == context.DeadlineExceeded || e.Kind == ErrCanceled && target == context.Canceled
}

// As lets errors.As find the dossier's error kind, for the tables at the edges.
func (e *Error) As(target any) bool {
	d, ok := target.(**dossier.Error)
	if !ok {
		return false
	}
	kind := dossier.ErrDependency
	if e.Kind == ErrTimeout {
		kind = dossier.ErrTimeout
	}
	*d = &dossier.Error{Kind: kind, Msg: e.Error()}
	return true
}

// KindOf returns the kind of the first *Error in err's chain, "" when there is none.
func KindOf(err error) ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}
