package rtf

import "bytes"

// word does what a control word says.
func (r *reader) word(name string, n int, has bool) {
	on := !has || n != 0
	switch name {
	case "bin":
		r.at = min(r.at+max(n, 0), len(r.data))
	case "ansicpg":
		r.page = n
	case "f":
		if !r.state.skip {
			r.flush()
		}
		r.state.font = n
	case "fcharset":
		if r.state.fonts && len(r.fonts) < 10_000 {
			r.fonts[r.state.font] = n
		}
	case "uc":
		r.state.uc = min(max(n, 0), 16)
	case "u":
		r.unicode(n)
	case "pict":
		r.flush()
		r.state.picture = !r.state.skip
	case "footnote", "shptxt", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf":
		r.aside()
	case "listtext", "pntext":
		if !r.state.label {
			r.state.label, r.labelAt = true, len(r.open.para)
		}
	case "v":
		r.flush()
		r.state.hidden = on
	case "deleted":
		r.flush()
		r.state.deleted = on
	case "revised":
		r.doc.Changes = r.doc.Changes || on
	case "plain":
		r.flush()
		r.state.hidden, r.state.deleted = false, false
	case "pard":
		r.state.table = false
	case "intbl":
		r.state.table = true
	default:
		if !r.state.skip && !r.state.picture {
			r.flush()
			r.mark(name, n)
		}
	}
}

// aside begins a destination that is read behind the body.
func (r *reader) aside() {
	r.flush()
	if r.state.aside {
		return
	}
	r.state.aside, r.state.table = true, false
	r.kept, r.open = r.open, text{}
	r.out = &r.doc.After
}

// mark handles what ends paragraphs, cells and rows, and single characters with a name.
func (r *reader) mark(name string, n int) {
	switch name {
	case "par", "sect", "page":
		r.paragraph()
	case "line":
		r.say("\n")
	case "tab":
		r.say("\t")
	case "nestcell":
		r.say("\t")
	case "nestrow":
		r.say("\n")
	case "cell":
		r.endCell()
	case "row":
		r.endRow()
	case "trowd":
		r.open.edges, r.open.merge, r.open.next = append(r.open.edges[:0], 0), r.open.merge[:0], 0
	case "trleft":
		if len(r.open.edges) == 1 {
			r.open.edges[0] = n
		}
	case "clvmgf":
		r.open.next = 'v'
	case "clvmrg":
		r.open.next = 'c'
	case "clmrg":
		r.open.next = 'h'
	case "cellx":
		if len(r.open.edges) > 0 && len(r.open.edges) <= maxCols {
			r.open.edges = append(r.open.edges, n)
			r.open.merge = append(r.open.merge, r.open.next)
		}
		r.open.next = 0
	default:
		if c, ok := named[name]; ok {
			r.say(c)
		}
	}
}

var named = map[string]string{"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
	"bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " "}

// maxPicture bounds one picture, in bytes.
const maxPicture = 64 << 20

// digit takes half a byte of a picture.
func (r *reader) digit(c byte) {
	if c <= ' ' || len(r.pic) >= maxPicture {
		return
	}
	if r.half {
		r.pic[len(r.pic)-1] |= hex(c)
	} else {
		r.pic = append(r.pic, hex(c)<<4)
	}
	r.half = !r.half
}

func (r *reader) endPicture() {
	if len(r.doc.Pictures) < maxPictures && (bytes.HasPrefix(r.pic, []byte("\xff\xd8\xff")) || bytes.HasPrefix(r.pic, []byte("\x89PNG"))) {
		r.doc.Pictures = append(r.doc.Pictures, r.pic)
	}
	r.pic, r.half = nil, false
}
