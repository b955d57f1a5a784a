package dossier

import (
	"errors"
	"fmt"
)

// ErrorKind classes what can go wrong with a file or a dependency; one table at each edge maps it to an exit
// status or an HTTP status.
type ErrorKind string

// Error kinds.
const (
	ErrNotFound    ErrorKind = "not_found"   // no such file or folder
	ErrEmpty       ErrorKind = "empty"       // nothing in it
	ErrTooLarge    ErrorKind = "too_large"   // over a size, page or member limit
	ErrEncrypted   ErrorKind = "encrypted"   // needs a password
	ErrCorrupt     ErrorKind = "corrupt"     // not what its format promises
	ErrUnsupported ErrorKind = "unsupported" // a format that no reader takes
	ErrTimeout     ErrorKind = "timeout"
	ErrCrashed     ErrorKind = "crashed" // its worker died
	ErrUnsafe      ErrorKind = "unsafe"  // an archive that would write elsewhere or explode
	ErrPartial     ErrorKind = "partial" // read in part; what was read is kept
	ErrDoubtful    ErrorKind = "doubtful"
	ErrDependency  ErrorKind = "dependency" // something that was asked for is not there
	ErrInput       ErrorKind = "input"      // application.yaml or flags are wrong
)

// Error is an error with its kind and the file it concerns; Cause may hold details for the log.
type Error struct {
	Kind  ErrorKind
	File  string
	Msg   string // for the user, in Chinese
	Cause error
}

func (e *Error) Error() string {
	s := e.Msg
	if e.File != "" {
		s = e.File + "：" + s
	}
	if e.Cause != nil {
		s = fmt.Sprintf("%s（%v）", s, e.Cause)
	}
	return s
}

func (e *Error) Unwrap() error { return e.Cause }

// KindOf returns the kind of the first *Error in err's chain, "" when there is none.
func KindOf(err error) ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// Problem is a fault met while reading that did not stop the run.
type Problem struct {
	Kind   ErrorKind `json:"kind"`
	Page   int       `json:"page,omitempty"`
	Msg    string    `json:"message"`          // for the user, in Chinese: what happened
	Remedy string    `json:"remedy,omitempty"` // what to do about it
}
