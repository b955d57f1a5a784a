package mail

import (
	"bytes"
	"io"
	"mime"
	"net/mail"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// charset finds a decoder by its label; GB2312 and GBK are read as GB18030, of which they are parts.
func charset(label string) encoding.Encoding {
	label = strings.ToLower(strings.Trim(label, ` "'`))
	switch label {
	case "gb2312", "gbk", "gb18030", "cp936", "ms936", "windows-936", "x-gbk", "gb_2312-80", "chinese":
		return simplifiedchinese.GB18030
	case "", "us-ascii", "ascii", "utf-8", "utf8", "unicode-1-1-utf-8", "default":
		return nil
	case "cp950":
		label = "big5"
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return nil
	}
	return e
}

// text decodes bytes said to be in the charset. UTF-8 that says it is something else is taken as UTF-8, and what is
// neither as GB18030.
func text(raw []byte, label string) string {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	e := charset(label)
	if e == nil || multibyte(raw) {
		if utf8.Valid(raw) {
			return string(raw)
		}
		if e == nil {
			e = simplifiedchinese.GB18030
		}
	}
	out, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "�")
	}
	return string(out)
}

// multibyte tells text that is UTF-8 beyond chance: three Han characters' worth of valid sequences.
func multibyte(raw []byte) bool {
	n := 0
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		if r == utf8.RuneError && size <= 1 {
			return false
		}
		if size >= 3 {
			n++
		}
		raw = raw[size:]
	}
	return n >= 3
}

var wordDecoder = mime.WordDecoder{CharsetReader: func(label string, in io.Reader) (io.Reader, error) {
	b, err := io.ReadAll(in)
	return strings.NewReader(text(b, label)), err
}}

const maxHeader = 64 << 10

// header decodes a header's value: encoded words (RFC 2047), and 8-bit text that was not encoded at all.
func header(v string) string {
	if len(v) > maxHeader {
		v = v[:maxHeader]
	}
	if !utf8.ValidString(v) {
		v = text([]byte(v), "")
	}
	if strings.Contains(v, "=?") {
		if s, err := wordDecoder.DecodeHeader(joinWords(v)); err == nil {
			v = s
		}
	}
	return strings.TrimSpace(strings.Join(strings.Fields(v), " "))
}

// joinWords puts encoded words together that were cut between the bytes of a character: base64 with one charset.
func joinWords(v string) string {
	const sep = "?="
	for i := 0; ; {
		end := strings.Index(v[i:], sep)
		if end < 0 {
			return v
		}
		end += i
		rest := strings.TrimLeft(v[end+len(sep):], " \t\r\n")
		start := strings.LastIndex(v[:end], "=?")
		if start < 0 || !strings.HasPrefix(rest, "=?") {
			i = end + len(sep)
			continue
		}
		a, b := strings.SplitN(v[start+2:end], "?", 3), strings.SplitN(rest[2:], "?", 3)
		if len(a) < 3 || len(b) < 3 || !strings.EqualFold(a[0], b[0]) || !strings.EqualFold(a[1], "b") || !strings.EqualFold(b[1], "b") ||
			len(a[2])%4 != 0 || strings.HasSuffix(a[2], "=") {
			i = end + len(sep)
			continue
		}
		v = v[:end] + b[2]
		i = start + 2
	}
}

// date puts a date header into one form.
func date(v string) string {
	v = header(v)
	t, err := mail.ParseDate(v)
	if err != nil {
		return v
	}
	return t.Format("2006-01-02 15:04:05 -0700")
}

// params reads the parameters of a Content-Type or Content-Disposition leniently: RFC 2231 with any charset and
// continuations, encoded words where they must not be, raw 8-bit names, and names without quotes.
func params(v string) (kind string, p map[string]string) {
	kind, rest, _ := strings.Cut(v, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	p = map[string]string{}
	type piece struct {
		n   int
		enc bool
		val string
	}
	pieces := map[string][]piece{}
	for n := 0; rest != "" && n < 200; n++ {
		var key, val string
		key, val, rest = param(rest)
		if key == "" {
			continue
		}
		base, enc := strings.CutSuffix(key, "*")
		if name, num, ok := strings.Cut(base, "*"); ok {
			if i, err := strconv.Atoi(num); err == nil {
				pieces[name] = append(pieces[name], piece{i, enc, val})
				continue
			}
		}
		if enc {
			pieces[base] = append(pieces[base], piece{0, true, val})
		} else if _, ok := p[key]; !ok {
			p[key] = header(val)
		}
	}
	for name, list := range pieces {
		var raw []byte
		label := ""
		for i := range list {
			for _, x := range list {
				if x.n != i {
					continue
				}
				if i == 0 && x.enc {
					if parts := strings.SplitN(x.val, "'", 3); len(parts) == 3 {
						label, x.val = parts[0], parts[2]
					}
				}
				if x.enc {
					raw = append(raw, percent(x.val)...)
				} else {
					raw = append(raw, x.val...)
				}
				break
			}
		}
		p[name] = header(text(raw, label))
	}
	return kind, p
}

// param cuts one key=value off.
func param(s string) (key, val, rest string) {
	s = strings.TrimLeft(s, " \t\r\n;")
	key, s, ok := strings.Cut(s, "=")
	if !ok {
		return "", "", ""
	}
	key, s = strings.ToLower(strings.TrimSpace(key)), strings.TrimLeft(s, " \t\r\n")
	if !strings.HasPrefix(s, `"`) {
		val, rest, _ = strings.Cut(s, ";")
		return key, strings.TrimSpace(val), rest
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		case c == '"':
			return key, b.String(), s[i+1:]
		default:
			b.WriteByte(c)
		}
	}
	return key, b.String(), ""
}

func percent(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return out
}
