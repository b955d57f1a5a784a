package xmlscan

import (
	"bytes"
	"io"
)

// need looks for end in the buffer from s.r+from on, reading more as wanted; -1 when it never comes.
func (s *Scanner) need(end []byte, from int) int {
	for {
		if s.w-s.r > from {
			if i := bytes.Index(s.buf[s.r+from:s.w], end); i >= 0 {
				return from + i
			}
			from = max(from, s.w-s.r-len(end)+1)
		}
		if !s.fill() {
			return -1
		}
	}
}

// tag reads what begins with <; kind 0 means that it was nothing for the caller.
func (s *Scanner) tag() (Kind, error) {
	for s.w-s.r < 9 && s.fill() { // enough to tell <![CDATA[
	}
	b := s.buf[s.r:s.w]
	switch {
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		i := s.need([]byte("]]>"), 9)
		if i < 0 {
			return 0, s.broken()
		}
		s.text = s.buf[s.r+9 : s.r+i]
		s.r += i + 3
		return Text, nil
	case bytes.HasPrefix(b, []byte("<!--")):
		return 0, s.pass([]byte("-->"), 4)
	case bytes.HasPrefix(b, []byte("<?")):
		return 0, s.pass([]byte("?>"), 2)
	case bytes.HasPrefix(b, []byte("<!")):
		return 0, s.declaration()
	}
	end := s.closing()
	if end < 0 {
		return 0, s.broken()
	}
	in := s.buf[s.r+1 : s.r+end]
	s.r += end + 1
	if len(in) > 0 && in[0] == '/' {
		s.name = bytes.TrimSpace(in[1:])
		s.depth--
		return End, nil
	}
	if n := len(in); n > 0 && in[n-1] == '/' {
		s.empty, in = true, in[:n-1]
	}
	i := bytes.IndexAny(in, " \t\r\n")
	if i < 0 {
		i = len(in)
	}
	s.name, s.attrs = in[:i], in[i:]
	s.depth++
	return Start, nil
}

// closing finds the > that ends the tag at s.r, past quoted values; -1 when it never comes.
func (s *Scanner) closing() int {
	var quote byte
	for i := 1; ; i++ {
		if s.r+i >= s.w && !s.fill() {
			return -1
		}
		switch c := s.buf[s.r+i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"', c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
}

// pass drops everything up to end without keeping it.
func (s *Scanner) pass(end []byte, from int) error {
	s.r += min(from, s.w-s.r)
	for {
		if i := bytes.Index(s.buf[s.r:s.w], end); i >= 0 {
			s.r += i + len(end)
			return nil
		}
		s.r = max(s.r, s.w-len(end)+1)
		if !s.fill() {
			return s.broken()
		}
	}
}

// declaration drops <!DOCTYPE …> with its internal subset, entities and all.
func (s *Scanner) declaration() error {
	for brackets := 0; ; s.r++ {
		if s.r == s.w && !s.fill() {
			return s.broken()
		}
		switch s.buf[s.r] {
		case '[':
			brackets++
		case ']':
			brackets--
		case '>':
			if brackets <= 0 {
				s.r++
				return nil
			}
		}
	}
}

func (s *Scanner) broken() error {
	if s.err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return s.err
}
