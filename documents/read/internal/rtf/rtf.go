// Package rtf reads the text and tables of Rich Text Format 1.9, which is also what many files named .doc hold.
package rtf

import (
	"bytes"
	"errors"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
)

// Errors that end a document; what was read before is kept.
var (
	ErrFormat = errors.New("rtf: no RTF")
	ErrCut    = errors.New("rtf: cut off")
	ErrLarge  = errors.New("rtf: too much text, too many cells or groups")
)

// Document is what was read.
type Document struct {
	Body     []flow.Block
	After    []flow.Block // footnotes, headers and footers
	Pictures [][]byte     // JPEG and PNG
	Changes  bool         // there is deleted text, left out
	Hidden   string       // hidden text, left out
}

// Read reads a document; limit bytes of text and cells bound what it may hold.
func Read(data []byte, limit, cells int) (*Document, error) {
	if !bytes.HasPrefix(data, []byte(`{\rtf`)) {
		return nil, ErrFormat
	}
	r := &reader{data: data, left: limit, cells: cells, doc: &Document{}, fonts: map[int]int{}, page: 936}
	r.state.uc = 1
	r.out = &r.doc.Body
	err := r.run()
	r.flush()
	r.paragraph()
	r.table()
	r.doc.Hidden = r.hidden.String()
	return r.doc, err
}

// state is what a group inherits and its end takes back.
type state struct {
	skip    bool // a destination that holds no text
	picture bool
	aside   bool // footnote, header, footer
	hidden  bool
	deleted bool
	table   bool // \intbl
	label   bool // the number that a list gives a paragraph
	fonts   bool // the font table
	font    int
	uc      int // bytes of fallback behind a \u
}

const (
	maxGroups   = 10_000
	maxPictures = 60
	maxTell     = 4096
)

// run goes over the file once.
func (r *reader) run() error {
	for r.at < len(r.data) {
		if r.left < 0 || r.cells < 0 {
			return ErrLarge
		}
		c := r.data[r.at]
		r.at++
		switch c {
		case '{':
			r.flush()
			if len(r.stack) >= maxGroups {
				return ErrLarge
			}
			r.stack = append(r.stack, r.state)
			r.first = true
			continue
		case '}':
			r.flush()
			if len(r.stack) == 0 {
				return nil
			}
			r.endGroup()
			if len(r.stack) == 0 {
				return nil
			}
		case '\\':
			r.control()
			continue
		case '\r', '\n':
			continue
		default:
			r.byte(c)
		}
		r.first = false
	}
	return ErrCut
}

// endGroup takes the state of the group around.
func (r *reader) endGroup() {
	in := r.state
	r.drop = 0
	r.state = r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	if in.label && !r.state.label && r.labelAt <= len(r.open.para) {
		if s := strings.TrimSpace(string(r.open.para[r.labelAt:])); s != "" {
			r.open.para = append(append(r.open.para[:r.labelAt], s...), ' ')
		}
	}
	if in.picture && !r.state.picture {
		r.endPicture()
	}
	if in.aside && !r.state.aside {
		r.paragraph()
		r.table()
		r.out, r.open, r.kept = &r.doc.Body, r.kept, text{}
	}
}

// control reads a control word or symbol.
func (r *reader) control() {
	if r.at >= len(r.data) {
		return
	}
	c := r.data[r.at]
	if !letter(c) {
		r.at++
		switch c {
		case '\'':
			if r.at+2 <= len(r.data) {
				r.byte(hex(r.data[r.at])<<4 | hex(r.data[r.at+1]))
				r.at += 2
			}
		case '*':
			r.star = true
			return
		case '~':
			r.rune(' ')
		case '_':
			r.rune('-')
		case '\\', '{', '}':
			r.byte(c)
		case '\r', '\n':
			r.word("par", 0, false)
		}
		r.first, r.star = false, false
		return
	}
	start := r.at
	for r.at < len(r.data) && letter(r.data[r.at]) && r.at-start < 32 {
		r.at++
	}
	name := string(r.data[start:r.at])
	n, has, minus := 0, false, false
	if r.at < len(r.data) && r.data[r.at] == '-' {
		minus = true
		r.at++
	}
	for r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		n, has = min(n*10+int(r.data[r.at]-'0'), 1<<30), true
		r.at++
	}
	if minus {
		n = -n
	}
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	first, star := r.first, r.star
	r.first, r.star = false, false
	if first && (star && !starred[name] || silent[name]) {
		r.flush()
		r.state.skip, r.state.picture = true, false
		if name == "fonttbl" {
			r.state.fonts = true
		}
		return
	}
	r.word(name, n, has)
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func hex(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return 0
}

// silent destinations hold no text of the page; of those marked \* only starred ones do.
var silent = map[string]bool{"fonttbl": true, "colortbl": true, "stylesheet": true, "info": true, "fldinst": true, "listtable": true,
	"listoverridetable": true, "revtbl": true, "rsidtbl": true, "generator": true, "objdata": true, "themedata": true,
	"datastore": true, "xmlnstbl": true, "latentstyles": true, "pgptbl": true, "annotation": true, "atnid": true, "atnauthor": true,
	"bkmkstart": true, "bkmkend": true, "nonshppict": true, "sp": true, "filetbl": true}

var starred = map[string]bool{"shppict": true, "shpinst": true, "ud": true, "footnote": true, "nesttableprops": true, "pntext": true}
