package mail

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime/quotedprintable"
	"path"
	"strconv"
	"strings"

	"github.com/emersion/go-message/textproto"
)

// ReadEML reads a message and visits its attachments in their order. With ErrBroken and ErrParts the Message and the
// attachments so far are good.
func ReadEML(r io.Reader, lim Limits, visit Visit) (*Message, error) {
	br := bufio.NewReader(r)
	if head, _ := br.Peek(3); bytes.Equal(head, []byte("\xef\xbb\xbf")) {
		_, _ = br.Discard(3)
	}
	h, err := textproto.ReadHeader(br)
	if err != nil && h.Len() == 0 {
		return nil, ErrFormat
	}
	e := &eml{lim: lim, visit: visit, m: &Message{
		From: header(h.Get("From")), To: header(h.Get("To")), Cc: header(h.Get("Cc")), Bcc: header(h.Get("Bcc")),
		ReplyTo: header(h.Get("Reply-To")), Date: date(h.Get("Date")), Subject: header(h.Get("Subject")),
	}}
	err = e.part(h, br, 0)
	e.m.Text, e.m.HTML = e.text.String(), e.html.String()
	return e.m, err
}

type eml struct {
	lim        Limits
	visit      Visit
	m          *Message
	parts      int
	taken      int // attachments so far
	text, html strings.Builder
}

func (e *eml) part(h textproto.Header, body io.Reader, depth int) error {
	if e.parts++; e.parts > e.lim.Parts {
		return ErrParts
	}
	kind, p := params(h.Get("Content-Type"))
	how, d := params(h.Get("Content-Disposition"))
	if strings.HasPrefix(kind, "multipart/") && p["boundary"] != "" {
		if depth >= e.lim.Depth {
			return ErrParts
		}
		if kind == "multipart/encrypted" {
			e.m.Sealed = true
		}
		return e.multipart(textproto.NewMultipartReader(body, p["boundary"]), depth)
	}
	name := d["filename"]
	if name == "" {
		name = p["name"]
	}
	body = decoded(body, h.Get("Content-Transfer-Encoding"))
	switch {
	case kind == "application/pkcs7-mime" && p["smime-type"] != "signed-data":
		e.m.Sealed = true
		return nil
	case how != "attachment" && name == "" && (kind == "" || kind == "text/plain"):
		return e.body(&e.text, body, p["charset"])
	case how != "attachment" && name == "" && kind == "text/html":
		return e.body(&e.html, body, p["charset"])
	case kind == "message/delivery-status", kind == "application/pgp-signature", kind == "application/pkcs7-signature",
		kind == "application/x-pkcs7-signature":
		return nil
	case strings.HasPrefix(kind, "image/") && how != "attachment" && h.Get("Content-Id") != "":
		return e.picture(e.name(name, kind), body)
	}
	return e.take(e.name(name, kind), body)
}

func (e *eml) take(name string, body io.Reader) error {
	e.taken++
	return e.visit(name, body)
}

func (e *eml) multipart(r *textproto.MultipartReader, depth int) error {
	for {
		p, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return ErrBroken
		}
		if err := e.part(p.Header, p, depth+1); err != nil {
			return err
		}
	}
}

// body adds to the message's body, after a blank line when there is one already.
func (e *eml) body(to *strings.Builder, r io.Reader, label string) error {
	left := e.lim.Body - int64(to.Len())
	raw, err := io.ReadAll(io.LimitReader(r, max(left, 0)+1))
	if int64(len(raw)) > left {
		e.m.Cut = true
		raw = raw[:max(left, 0)]
	}
	if to.Len() > 0 && len(raw) > 0 {
		to.WriteString("\n\n")
	}
	to.WriteString(text(raw, label))
	if err != nil {
		return ErrBroken
	}
	return nil
}

// picture leaves out decoration.
func (e *eml) picture(name string, r io.Reader) error {
	head, err := io.ReadAll(io.LimitReader(r, smallPicture+1))
	if err == nil && len(head) <= smallPicture {
		e.m.Pictures++
		return nil
	}
	return e.take(name, io.MultiReader(bytes.NewReader(head), r))
}

// name makes one up for a part that has none.
func (e *eml) name(name, kind string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name != "." && name != "/" {
		if kind == "message/rfc822" && path.Ext(name) == "" {
			name += ".eml"
		}
		return name
	}
	switch kind {
	case "message/rfc822":
		return "邮件" + strconv.Itoa(e.taken+1) + ".eml"
	case "application/ms-tnef":
		return "winmail.dat"
	}
	return "附件" + strconv.Itoa(e.taken+1) + extensions[kind]
}

var extensions = map[string]string{
	"text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png",
	"application/zip": ".zip", "text/calendar": ".txt", "application/xml": ".xml", "text/xml": ".xml",
}

// decoded takes the transfer encoding off.
func decoded(r io.Reader, how string) io.Reader {
	switch strings.ToLower(strings.TrimSpace(how)) {
	case "base64":
		return base64.NewDecoder(base64.RawStdEncoding, &alphabet{r: bufio.NewReader(r)})
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	}
	return r
}

// alphabet passes on the letters of base64 only: blanks, padding and what list servers append are dropped.
type alphabet struct{ r *bufio.Reader }

func (a *alphabet) Read(b []byte) (n int, err error) {
	for n == 0 && err == nil {
		n, err = a.r.Read(b)
		k := 0
		for _, c := range b[:n] {
			if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
				b[k] = c
				k++
			}
		}
		n = k
	}
	return n, err
}
