package ofd

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// named reads the names out of a seal or a signature (GB/T 38540, older GM/T 0031, PKCS#7), all of them DER: the
// seal's own name is the first string that no attribute type introduces, people are the common names in the
// certificates that are written in Chinese. The structures differ between versions and makers; their strings do not.
func named(data []byte) (seal string, people []string) {
	w := &der{left: 20_000}
	w.walk(data, 0)
	seen := map[string]bool{}
	for _, p := range w.people {
		if !seen[p] && len(people) < 3 {
			seen[p] = true
			people = append(people, p)
		}
	}
	return w.seal, people
}

type der struct {
	left   int // elements
	attr   bool
	seal   string
	people []string
}

var commonName = string([]byte{0x55, 0x04, 0x03}) // 2.5.4.3

func (w *der) walk(b []byte, depth int) {
	for len(b) > 0 && depth < 40 {
		if w.left--; w.left < 0 {
			return
		}
		tag, body, rest, ok := element(b)
		if !ok {
			return
		}
		b = rest
		switch {
		case tag == 0x06: // an attribute type, maybe
			w.attr = string(body) == commonName
			if len(rest) == 0 || !text(rest[0]) {
				w.attr = false
			} else {
				// The string behind it belongs to it, whatever attribute it is.
				t, s, after, ok := element(rest)
				if !ok {
					return
				}
				if v := str(t, s); w.attr && han(v) {
					w.people = append(w.people, v)
				}
				b = after
			}
		case tag == 0x0c:
			if v := str(tag, body); w.seal == "" && han(v) {
				w.seal = v
			}
		case tag&0x20 != 0: // constructed
			w.walk(body, depth+1)
		case tag == 0x04 && len(body) > 4 && body[0] == 0x30: // certificates and seals lie packed in octets
			if _, in, _, ok := element(body); ok && len(in) > 0 {
				w.walk(body, depth+1)
			}
		}
	}
}

// element cuts the first DER element off b.
func element(b []byte) (tag byte, body, rest []byte, ok bool) {
	if len(b) < 2 || b[0]&0x1f == 0x1f {
		return 0, nil, nil, false
	}
	n, head := int(b[1]), 2
	if n >= 0x80 {
		k := n & 0x7f
		if k == 0 || k > 4 || len(b) < 2+k {
			return 0, nil, nil, false
		}
		n = 0
		for _, c := range b[2 : 2+k] {
			n = n<<8 | int(c)
		}
		head += k
	}
	if n < 0 || n > len(b)-head {
		return 0, nil, nil, false
	}
	return b[0], b[head : head+n], b[head+n:], true
}

func text(tag byte) bool {
	return tag == 0x0c || tag == 0x13 || tag == 0x14 || tag == 0x16 || tag == 0x1e
}

// str decodes a string of one of the kinds that text tells.
func str(tag byte, b []byte) string {
	if tag == 0x1e {
		u := make([]uint16, len(b)/2)
		for i := range u {
			u[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
		}
		return clip(string(utf16.Decode(u)))
	}
	if !utf8.Valid(b) {
		return ""
	}
	return clip(string(b))
}

func clip(s string) string {
	s = strings.TrimSpace(s)
	if rs := []rune(s); len(rs) > 100 {
		return string(rs[:100])
	}
	return s
}

func han(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}
