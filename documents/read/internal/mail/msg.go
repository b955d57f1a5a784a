package mail

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"path"
	"sort"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xindiao/xindiao/documents/read/internal/ole"
)

// Property numbers of MS-OXPROPS that a mail is read from.
const (
	propSubject      = 0x0037
	propSubmitted    = 0x0039
	propSenderName   = 0x0c1a
	propSenderMail   = 0x0c1f
	propSenderSMTP   = 0x5d01
	propBcc          = 0x0e02
	propCc           = 0x0e03
	propTo           = 0x0e04
	propDelivered    = 0x0e06
	propBody         = 0x1000
	propRTF          = 0x1009
	propHTML         = 0x1013
	propDisplayName  = 0x3001
	propAttachData   = 0x3701
	propAttachName   = 0x3704
	propAttachLong   = 0x3707
	propAttachType   = 0x370e
	propContentID    = 0x3712
	propInternetPage = 0x3fde // code page of the HTML body
	propMessagePage  = 0x3ffd // code page of 8-bit strings
)

const attachPrefix = "__attach_version1.0_#"

// ReadMSG reads an Outlook message (MS-OXMSG) and visits its attachments; a message within it comes as .eml.
func ReadMSG(r io.ReaderAt, size int64, lim Limits, visit Visit) (*Message, error) {
	f, err := ole.Open(r, size)
	if err != nil {
		return nil, ErrFormat
	}
	b := &box{f: f, lim: lim, storages: map[string]*storage{}}
	for _, e := range f.Entries() {
		b.at(strings.Join(e.Path, "/")).streams[e.Name] = e
	}
	if _, ok := b.storages[""]; !ok {
		return nil, ErrFormat
	}
	return b.message("", 32, 0, visit)
}

// box is an open container by storages.
type box struct {
	f        *ole.File
	lim      Limits
	parts    int
	storages map[string]*storage
}

type storage struct {
	streams map[string]ole.Entry
	fixed   map[uint16]uint64 // properties of fixed size
}

func (b *box) at(where string) *storage {
	s := b.storages[where]
	if s == nil {
		s = &storage{streams: map[string]ole.Entry{}}
		b.storages[where] = s
	}
	return s
}

// properties reads the fixed ones; skip is the length of the head of that stream, MS-OXMSG 2.4.1.
func (b *box) properties(s *storage, skip int) {
	s.fixed = map[uint16]uint64{}
	raw, _ := b.f.Read(s.streams["__properties_version1.0"], 1<<20)
	for i := skip; i+16 <= len(raw); i += 16 {
		s.fixed[binary.LittleEndian.Uint16(raw[i+2:])] = binary.LittleEndian.Uint64(raw[i+8:])
	}
}

func (b *box) raw(s *storage, prop, kind uint16, limit int64) []byte {
	e, ok := s.streams[fmt.Sprintf("__substg1.0_%04X%04X", prop, kind)]
	if !ok {
		return nil
	}
	data, _ := b.f.Read(e, limit) // what comes before the damage counts
	return data
}

// text reads a string property: UTF-16, else the message's code page.
func (b *box) text(s *storage, prop uint16, limit int64) string {
	if u := b.raw(s, prop, 0x001f, limit); len(u) > 0 {
		w := make([]uint16, len(u)/2)
		for i := range w {
			w[i] = binary.LittleEndian.Uint16(u[2*i:])
		}
		return strings.TrimRight(string(utf16.Decode(w)), "\x00")
	}
	return strings.TrimRight(text(b.raw(s, prop, 0x001e, limit), codePage(s.fixed[propMessagePage])), "\x00")
}

func codePage(n uint64) string {
	switch n & 0xffff {
	case 936, 54936, 20936:
		return "gbk"
	case 950:
		return "big5"
	case 932:
		return "shift_jis"
	case 1252:
		return "windows-1252"
	}
	return ""
}

func (b *box) message(where string, head, depth int, visit Visit) (*Message, error) {
	s := b.at(where)
	b.properties(s, head)
	line := func(prop uint16) string { return header(b.text(s, prop, maxHeader)) }
	m := &Message{Subject: line(propSubject), To: line(propTo), Cc: line(propCc), Bcc: line(propBcc), From: line(propSenderName)}
	address := line(propSenderSMTP)
	if address == "" {
		address = line(propSenderMail)
	}
	if strings.Contains(address, "@") && address != m.From {
		m.From = strings.TrimSpace(m.From + " <" + address + ">")
	}
	for _, prop := range []uint16{propSubmitted, propDelivered} {
		if t := s.fixed[prop]; t != 0 && m.Date == "" {
			m.Date = fileTime(t)
		}
	}
	m.Text = b.text(s, propBody, b.lim.Body)
	m.HTML = text(b.raw(s, propHTML, 0x0102, b.lim.Body), codePage(s.fixed[propInternetPage]))
	if m.HTML == "" {
		m.HTML = b.text(s, propHTML, b.lim.Body)
	}
	if m.Text == "" && m.HTML == "" {
		m.Text = rtfText(unpackRTF(b.raw(s, propRTF, 0x0102, b.lim.Body), int(b.lim.Body)))
	}
	m.Cut = int64(len(m.Text)) >= b.lim.Body || int64(len(m.HTML)) >= b.lim.Body
	return m, b.attachments(where, m, depth, visit)
}

// fileTime counts tenths of microseconds from 1601.
func fileTime(n uint64) string {
	secs := int64(n/10_000_000) - 11_644_473_600
	if secs < 0 || secs > 1<<33 {
		return ""
	}
	return time.Unix(secs, 0).UTC().Format("2006-01-02 15:04:05 -0700")
}

func (b *box) attachments(where string, m *Message, depth int, visit Visit) error {
	prefix := attachPrefix
	if where != "" {
		prefix = where + "/" + attachPrefix
	}
	var list []string
	for name := range b.storages {
		if strings.HasPrefix(name, prefix) && !strings.Contains(name[len(prefix):], "/") {
			list = append(list, name)
		}
	}
	sort.Strings(list)
	for i, at := range list {
		if b.parts++; b.parts > b.lim.Parts {
			return ErrParts
		}
		s := b.at(at)
		b.properties(s, 8)
		name := path.Base(strings.ReplaceAll(b.text(s, propAttachLong, maxHeader), `\`, "/"))
		for _, prop := range []uint16{propAttachName, propDisplayName} {
			if name == "." || name == "/" {
				name = path.Base(strings.ReplaceAll(b.text(s, prop, maxHeader), `\`, "/"))
			}
		}
		inner := at + "/__substg1.0_3701000D"
		if sub := b.storages[inner]; sub != nil {
			if _, mail := sub.streams["__properties_version1.0"]; mail {
				if err := b.nested(inner, depth, visit); err != nil {
					return err
				}
			}
			continue // an object of another program: its picture says nothing
		}
		e, ok := s.streams["__substg1.0_37010102"]
		if !ok {
			continue
		}
		kind := strings.ToLower(b.text(s, propAttachType, 200))
		if strings.HasPrefix(kind, "image/") && e.Size <= smallPicture && b.text(s, propContentID, 500) != "" {
			m.Pictures++
			continue
		}
		if name == "." || name == "/" {
			name = fmt.Sprintf("附件%d%s", i+1, extensions[kind])
		}
		data, err := b.f.Read(e, e.Size)
		if err := visit(name, io.MultiReader(bytes.NewReader(data), ends{err})); err != nil {
			return err
		}
	}
	return nil
}

// ends is the error, if any, behind what could be read.
type ends struct{ err error }

func (e ends) Read([]byte) (int, error) {
	if e.err != nil {
		return 0, ErrBroken
	}
	return 0, io.EOF
}

// nested visits a message within the message as an EML file.
func (b *box) nested(where string, depth int, visit Visit) error {
	if depth >= b.lim.Depth {
		return ErrParts
	}
	var w emlWriter
	m, err := b.message(where, 24, depth+1, w.attach)
	if m == nil {
		return err
	}
	name := m.Subject
	if name == "" {
		name = "邮件"
	}
	if visitErr := visit(strings.NewReplacer("/", "_", `\`, "_").Replace(name)+".eml", bytes.NewReader(w.bytes(m))); visitErr != nil {
		return visitErr
	}
	return err
}
