package read

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/mail"
	"github.com/xindiao/xindiao/dossier"
)

const (
	fmtEML = "eml"
	fmtMSG = "msg"
)

// readEML reads a mail: its headers and body as a page, its attachments as members.
func readEML(r *reading) error {
	f, err := os.Open(r.path)
	if err != nil {
		return err
	}
	defer f.Close()
	return r.mail(func(lim mail.Limits, visit mail.Visit) (*mail.Message, error) { return mail.ReadEML(f, lim, visit) })
}

// readMSG reads an Outlook message likewise.
func readMSG(r *reading) error {
	f, err := os.Open(r.path)
	if err != nil {
		return err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	return r.mail(func(lim mail.Limits, visit mail.Visit) (*mail.Message, error) {
		return mail.ReadMSG(f, st.Size(), lim, visit)
	})
}

func (r *reading) mail(read func(mail.Limits, mail.Visit) (*mail.Message, error)) error {
	var names []string
	enough := false
	m, err := read(mail.Limits{Body: int64(r.lim.TextBytes) / 4, Parts: r.lim.ArchiveFiles, Depth: 30}, func(name string, body io.Reader) error {
		names = append(names, Clean(name))
		if enough {
			return nil // the limits are reached: only the name is still of use
		}
		err := r.member(name, body)
		if errors.Is(err, errEnough) {
			enough, err = true, nil
		}
		return err
	})
	if m == nil {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "邮件已损坏或不完整，无法打开"}
	}
	if ctx := r.ctx.Err(); ctx != nil {
		return ctx
	}
	switch {
	case errors.Is(err, mail.ErrParts):
		r.note(partial("邮件的附件或层次过多，其余没有读取"))
	case err != nil:
		r.note(problem(dossier.ErrPartial, fmt.Sprintf("邮件不完整，读出正文和 %d 个附件", len(names)), "请从邮箱重新导出邮件"))
	}
	if m.Sealed {
		r.note(problem(dossier.ErrEncrypted, "邮件已加密，正文和附件无法读取", "请在邮箱里打开后，把正文和附件另存提供"))
	}
	if m.Cut {
		r.note(partial("邮件正文过长，其余没有读取"))
	}
	return r.mailPage(m, names)
}

// pointer tells a plain body that only points to the one in HTML, as some mailers write it: short, and the other says much
// more.
func pointer(text, html string) bool {
	n := hans(text)
	return n < 40 && hans(html) > 3*n
}

func hans(s string) (n int) {
	for _, r := range s {
		if han(r) {
			n++
		}
	}
	return n
}

// mailPage is the mail as a page: headers as label and value, names of the attachments, body.
func (r *reading) mailPage(m *mail.Message, names []string) error {
	p := dossier.Page{Number: 1}
	for _, h := range [][2]string{{"发件人", m.From}, {"收件人", m.To}, {"抄送", m.Cc}, {"密送", m.Bcc}, {"回复至", m.ReplyTo}, {"日期", m.Date}, {"主题", m.Subject}} {
		if h[1] != "" {
			line(&p, h[0]+"\t"+h[1])
		}
	}
	for _, n := range names {
		line(&p, "附件\t"+n)
	}
	if m.Pictures > 0 {
		line(&p, fmt.Sprintf("正文小图片\t%d 个，未读取", m.Pictures))
	}
	// The two bodies should say the same; a table is one only in HTML.
	if plain := strings.TrimSpace(m.Text); plain != "" && !pointer(plain, m.HTML) && (!strings.Contains(strings.ToLower(m.HTML), "<table") || len(m.HTML) == 0) {
		for _, l := range strings.Split(plain, "\n") {
			line(&p, strings.TrimRight(l, "\r"))
		}
		return r.add(p, 1)
	}
	if m.HTML != "" {
		body := *r
		body.page = func(b dossier.Page, _ int) {
			p.Lines, p.Tables, p.Doubts = append(p.Lines, b.Lines...), b.Tables, b.Doubts
		}
		if err := body.webPage(m.HTML, nil); err != nil && !errors.Is(err, errEnough) {
			return err
		}
	}
	return r.add(p, 1)
}
