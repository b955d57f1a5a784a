package mail

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"strings"
)

// emlWriter puts a message that was no file of its own into the form of one.
type emlWriter struct{ parts bytes.Buffer }

const boundary = "=_part_of_a_message_within_a_message"

func (w *emlWriter) attach(name string, body io.Reader) error {
	data, err := io.ReadAll(body)
	w.part(`application/octet-stream; name="`+mime.BEncoding.Encode("utf-8", strings.ReplaceAll(name, `"`, "'"))+`"`, "attachment", data)
	_ = err // what was readable is attached
	return nil
}

func (w *emlWriter) part(kind, how string, data []byte) {
	fmt.Fprintf(&w.parts, "--%s\r\nContent-Type: %s\r\nContent-Disposition: %s\r\nContent-Transfer-Encoding: base64\r\n\r\n", boundary, kind, how)
	code := base64.StdEncoding.EncodeToString(data)
	for len(code) > 76 {
		w.parts.WriteString(code[:76] + "\r\n")
		code = code[76:]
	}
	w.parts.WriteString(code + "\r\n")
}

func (w *emlWriter) bytes(m *Message) []byte {
	var b bytes.Buffer
	for _, h := range [][2]string{{"From", m.From}, {"To", m.To}, {"Cc", m.Cc}, {"Bcc", m.Bcc}, {"Date", m.Date}, {"Subject", m.Subject}} {
		if h[1] != "" {
			fmt.Fprintf(&b, "%s: %s\r\n", h[0], mime.BEncoding.Encode("utf-8", h[1]))
		}
	}
	fmt.Fprintf(&b, "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n", boundary)
	attached := append([]byte(nil), w.parts.Bytes()...)
	w.parts.Reset()
	if m.Text != "" {
		w.part("text/plain; charset=utf-8", "inline", []byte(m.Text))
	}
	if m.HTML != "" {
		w.part("text/html; charset=utf-8", "inline", []byte(m.HTML))
	}
	b.Write(w.parts.Bytes())
	b.Write(attached)
	fmt.Fprintf(&b, "--%s--\r\n", boundary)
	return b.Bytes()
}
