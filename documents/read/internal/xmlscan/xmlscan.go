// Package xmlscan pulls tags and text out of XML that is large or broken: the parts of Office files.
//
// It keeps no tree, expands no entities of a document's own (so there is nothing to bomb it with), checks no
// namespaces, and holds at most one tag or one stretch of text at a time.
package xmlscan

import (
	"bytes"
	"errors"
	"io"
)

// Kind of a token.
type Kind int

// Kinds. An empty element <x/> gives Start, then End.
const (
	Start Kind = iota + 1
	End
	Text
)

// maxTag bounds one tag with its attributes, in bytes; text of any length comes in pieces.
const (
	maxTag = 1 << 20
	window = 64 << 10
)

// ErrTag tells of a tag that is longer than any honest one.
var ErrTag = errors.New("xml: tag too long")

// Scanner reads one document; the slices that it hands out hold until the next call of Next.
type Scanner struct {
	src   io.Reader
	buf   []byte
	r, w  int
	err   error // of src
	name  []byte
	attrs []byte
	text  []byte
	depth int
	empty bool // an End is still owed for an empty element
}

// New reads UTF-8, or what the byte order mark or the declaration names.
func New(src io.Reader) *Scanner {
	s := &Scanner{src: src, buf: make([]byte, window)}
	s.fill()
	if other := transcoded(s.buf[:s.w], src); other != nil {
		s.src, s.r, s.w, s.err = other, 0, 0, nil
		s.fill()
	}
	if bytes.HasPrefix(s.buf[:s.w], []byte("\xef\xbb\xbf")) {
		s.r = 3
	}
	return s
}

// Name is the tag's name without its namespace prefix.
func (s *Scanner) Name() []byte {
	if i := bytes.IndexByte(s.name, ':'); i >= 0 {
		return s.name[i+1:]
	}
	return s.name
}

// Text is the text token, entities resolved.
func (s *Scanner) Text() []byte { return s.text }

// Depth is how many elements are open, the one just started included and the one just ended not.
func (s *Scanner) Depth() int { return s.depth }

// Next returns the next token; io.EOF at a proper end, io.ErrUnexpectedEOF where elements are still open.
func (s *Scanner) Next() (Kind, error) {
	if s.empty {
		s.empty = false
		s.depth--
		return End, nil
	}
	for {
		if s.r == s.w && !s.fill() {
			return 0, s.end()
		}
		if s.buf[s.r] != '<' {
			if s.run() {
				return Text, nil
			}
			continue
		}
		kind, err := s.tag()
		if err != nil || kind != 0 {
			return kind, err
		}
	}
}

// Skip passes over the element just started, with everything in it.
func (s *Scanner) Skip() error {
	for floor := s.depth - 1; ; {
		kind, err := s.Next()
		if err != nil {
			return err
		}
		if kind == End && s.depth <= floor {
			return nil
		}
	}
}

func (s *Scanner) end() error {
	if s.err == io.EOF && s.depth > 0 {
		return io.ErrUnexpectedEOF
	}
	return s.err
}

// fill reads more behind what is still wanted; false at the end of the source or of patience.
func (s *Scanner) fill() bool {
	if s.err != nil {
		return false
	}
	if s.r > 0 {
		copy(s.buf, s.buf[s.r:s.w])
		s.w -= s.r
		s.r = 0
	}
	if s.w == len(s.buf) {
		if len(s.buf) >= maxTag {
			s.err = ErrTag
			return false
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for tries := 0; tries < 100; tries++ {
		n, err := s.src.Read(s.buf[s.w:])
		s.w += n
		if err != nil {
			s.err = err
		}
		if n > 0 || err != nil {
			return n > 0
		}
	}
	s.err = io.ErrNoProgress
	return false
}

// run takes text up to the next tag, or as much as there is; false when it was nothing.
func (s *Scanner) run() bool {
	i := bytes.IndexByte(s.buf[s.r:s.w], '<')
	for i < 0 && s.w-s.r < window/2 {
		if n := s.w - s.r; !s.fill() {
			i = n
			break
		}
		i = bytes.IndexByte(s.buf[s.r:s.w], '<')
	}
	if i < 0 {
		i = cut(s.buf[s.r:s.w])
	}
	s.text = unescape(s.buf[s.r : s.r+i])
	s.r += i
	return i > 0
}

// cut finds where a stretch of text may be parted: not within an entity or a character.
func cut(b []byte) int {
	n := len(b)
	if i := bytes.LastIndexByte(b[n-min(n, 16):], '&'); i >= 0 {
		if at := n - min(n, 16) + i; bytes.IndexByte(b[at:], ';') < 0 && at > 0 {
			return at
		}
	}
	for i := 1; i <= min(n-1, 4); i++ {
		if c := b[n-i]; c >= 0xc0 {
			return n - i
		} else if c < 0x80 {
			break
		}
	}
	return n
}
