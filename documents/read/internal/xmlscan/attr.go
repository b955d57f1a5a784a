package xmlscan

import (
	"bytes"
	"io"
	"strconv"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// Attr returns an attribute of the element just started by its name without prefix, entities resolved; nil when
// there is none. Of two that differ only in their prefix the first is meant.
func (s *Scanner) Attr(name string) []byte { return s.attr(name, false) }

// Ref returns an attribute that has a namespace prefix: r:id beside id.
func (s *Scanner) Ref(name string) []byte { return s.attr(name, true) }

func (s *Scanner) attr(name string, prefixed bool) []byte {
	for b := s.attrs; ; {
		b = bytes.TrimLeft(b, " \t\r\n/")
		eq := bytes.IndexByte(b, '=')
		if eq < 0 {
			return nil
		}
		key := bytes.TrimSpace(b[:eq])
		b = bytes.TrimLeft(b[eq+1:], " \t\r\n")
		if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
			continue
		}
		end := bytes.IndexByte(b[1:], b[0])
		if end < 0 {
			return nil
		}
		v := b[1 : 1+end]
		b = b[2+end:]
		i := bytes.IndexByte(key, ':')
		if string(key[i+1:]) == name && (!prefixed || i >= 0) {
			return unescape(v)
		}
	}
}

// unescape resolves the five entities of XML and character references; what it does not know stays as it is.
func unescape(b []byte) []byte {
	i := bytes.IndexByte(b, '&')
	if i < 0 {
		return b
	}
	out := append(make([]byte, 0, len(b)), b[:i]...)
	for b = b[i:]; len(b) > 0; {
		if b[0] != '&' {
			j := bytes.IndexByte(b, '&')
			if j < 0 {
				j = len(b)
			}
			out, b = append(out, b[:j]...), b[j:]
			continue
		}
		end := bytes.IndexByte(b[:min(len(b), 12)], ';')
		if end < 0 {
			out, b = append(out, '&'), b[1:]
			continue
		}
		if r, ok := entity(string(b[1:end])); ok {
			out, b = utf8.AppendRune(out, r), b[end+1:]
		} else {
			out, b = append(out, '&'), b[1:]
		}
	}
	return out
}

func entity(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' || digits[0] == 'X' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, false
	}
	return rune(n), true
}

// transcoded gives a reader of UTF-8 when the document's first bytes say that it is in something else.
func transcoded(head []byte, rest io.Reader) io.Reader {
	label := ""
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{'<', 0, '?', 0}):
		label = "utf-16le"
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}), bytes.HasPrefix(head, []byte{0, '<', 0, '?'}):
		label = "utf-16be"
	case bytes.HasPrefix(head, []byte("<?xml")):
		decl, _, _ := bytes.Cut(head[:min(len(head), 200)], []byte("?>"))
		if _, v, ok := bytes.Cut(decl, []byte("encoding=")); ok && len(v) > 2 {
			if end := bytes.IndexByte(v[1:], v[0]); end > 0 {
				label = string(bytes.ToLower(v[1 : 1+end]))
			}
		}
	}
	if label == "" || label == "utf-8" || label == "utf8" {
		return nil
	}
	r, err := charset.NewReaderLabel(label, io.MultiReader(bytes.NewReader(bytes.Clone(head)), rest))
	if err != nil {
		return nil
	}
	return r
}
