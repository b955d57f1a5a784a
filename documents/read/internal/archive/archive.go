// Package archive lists and opens what is inside of ZIP, RAR, 7Z, TAR and GZIP files, in one pass and one order.
//
// It writes nothing and trusts nothing: names come out as they stand in the archive, sizes are not believed, and how
// much is read of a member is the caller's decision. It runs in a worker process; memory is bounded there.
package archive

import (
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Errors that callers word for the user; anything else is damage.
var (
	ErrEncrypted = errors.New("archive: a password is needed")
	ErrMethod    = errors.New("archive: unknown compression method")
	ErrWindow    = errors.New("archive: compression window too large")
	ErrVolume    = errors.New("archive: a volume is missing")
	ErrTooMany   = errors.New("archive: too many entries")
)

// VolumeError is ErrVolume with the name of the volume that is not there.
type VolumeError struct{ Name string }

func (e *VolumeError) Error() string { return ErrVolume.Error() + ": " + e.Name }
func (e *VolumeError) Unwrap() error { return ErrVolume }

// Visit is called for each regular file. body fails with one of the errors above, or any other for damage; it is
// valid until Visit returns. An error from Visit ends the walk and is returned by it.
type Visit func(name string, body io.Reader) error

// Source is an archive on disk: its parts in order, one unless it is split into volumes.
type Source struct {
	Name  string            // as the user knows it, without folders; volumes are looked up beside it
	Path  string            // of the first part
	Parts []string          // paths of raw slices (.001, .002…), the first included; nil when it is not sliced
	Named map[string]string // paths by name, of volumes that refer to each other by name (RAR)
}

// maxEntries bounds what a listing may claim; a caller's own limit is far below it.
const maxEntries = 1 << 20

// Name decodes a member's name: UTF-8 when it is, else GB18030, the code of Windows in Chinese.
func Name(raw string) string {
	if utf8.ValidString(raw) {
		return raw
	}
	if s, err := simplifiedchinese.GB18030.NewDecoder().String(raw); err == nil {
		return s
	}
	return raw
}

// failing is the body of a member that cannot be opened.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// translated turns a library's read errors into those of this package.
type translated struct {
	r io.Reader
	f func(error) error
}

func (t translated) Read(b []byte) (n int, err error) {
	defer caught(&err)
	n, err = t.r.Read(b)
	if err != nil && err != io.EOF {
		err = t.f(err)
	}
	return n, err
}

// caught turns a panic of a library that met bytes it was not made for into an error.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("archive: %v", p)
	}
}

// slices reads several files as if they were one.
type slices struct {
	files []*os.File
	sizes []int64
	size  int64
}

func openSlices(s Source) (*slices, error) {
	paths := s.Parts
	if len(paths) == 0 {
		paths = []string{s.Path}
	}
	out := &slices{}
	for _, p := range paths {
		f, err := os.Open(p)
		if err != nil {
			out.Close()
			return nil, err
		}
		out.files = append(out.files, f)
		st, err := f.Stat()
		if err != nil {
			out.Close()
			return nil, err
		}
		out.sizes = append(out.sizes, st.Size())
		out.size += st.Size()
	}
	return out, nil
}

func (s *slices) ReadAt(b []byte, off int64) (n int, err error) {
	for i, f := range s.files {
		if off >= s.sizes[i] {
			off -= s.sizes[i]
			continue
		}
		want := min(int64(len(b)-n), s.sizes[i]-off)
		k, err := f.ReadAt(b[n:n+int(want)], off)
		n += k
		if int64(k) < want {
			return n, err
		}
		if off = 0; n == len(b) {
			return n, nil
		}
	}
	return n, io.EOF
}

func (s *slices) Close() {
	for _, f := range s.files {
		f.Close()
	}
}
