// Package wordml reads the text, tables and numbering of WordprocessingML parts (ECMA-376 part 1, 17), the inside of
// DOCX, in one pass over their tags.
package wordml

import (
	"errors"
	"io"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
	"github.com/xindiao/xindiao/documents/read/internal/xmlscan"
)

// Errors that end a part; what was read before is kept.
var (
	ErrDeep  = errors.New("wordml: nested too deep")
	ErrLarge = errors.New("wordml: too much text or too many cells")
)

// Reader reads the parts of one document; numbering goes on from part to part.
type Reader struct {
	Text  int // bytes of text still allowed
	Cells int // table cells still allowed

	Numbering *Numbering
	Changes   bool   // tracked changes were met: what is inserted was read, what is deleted was not
	Hidden    string // text formatted as hidden, left out

	s      *xmlscan.Scanner
	frames []frame
	tick   string // the state of a form's check box, while within it
	blocks []flow.Block
}

type kind uint8

const (
	body kind = iota
	paragraph
	table
	row
	cell
	box
)

// frame is an open element that gathers text.
type frame struct {
	kind  kind
	depth int // of the element; it ends when the depth falls below
	text  []byte
	boxes []string // text boxes that hang in a paragraph, read after it
	rows  [][]flow.Cell
	cells []flow.Cell
	cell  flow.Cell
	gone  bool // a deleted row
	num   string
	level string
	style string
}

const (
	maxDepth = 400
	maxCols  = 64 // 63 columns is Word's own limit
	maxTell  = 4096
)

// Read reads one part. The blocks come with an error too.
func (r *Reader) Read(src io.Reader) ([]flow.Block, error) {
	r.s, r.blocks = xmlscan.New(src), nil
	r.frames = append(r.frames[:0], frame{kind: body})
	err := r.walk()
	for len(r.frames) > 1 {
		r.pop()
	}
	if err == io.EOF {
		err = nil
	}
	return r.blocks, err
}

// walk is the one loop over the tags.
func (r *Reader) walk() error {
	inText, hidden, prompt := false, false, false
	for {
		tok, err := r.s.Next()
		if err != nil {
			return err
		}
		switch tok {
		case xmlscan.Start:
			if r.s.Depth() > maxDepth {
				return ErrDeep
			}
			skip := false
			switch string(r.s.Name()) {
			case "t":
				inText = true
			case "r":
				hidden = false
			case "vanish":
				hidden = on(r.s.Attr("val"))
			case "del", "moveFrom":
				r.Changes = true
				if n := len(r.frames) - 1; r.frames[n].kind == row && len(r.frames[n].cells) == 0 {
					r.frames[n].gone = true
				}
				skip = true
			case "ins", "moveTo":
				r.Changes = true
			case "showingPlcHdr":
				prompt = true
			case "sdtContent": // of a form's field that nobody filled in: a prompt, no text
				skip, prompt = prompt, false
			case "Fallback", "instrText", "delText", "rt", "tblPr", "tblGrid", "sectPr", "pPrChange", "rPrChange", "tcPrChange", "trPrChange":
				skip = true // AlternateContent says the same twice; rt is a reading aid
			default:
				r.element()
			}
			if skip {
				if err := r.s.Skip(); err != nil {
					return err
				}
			}
		case xmlscan.Text:
			if !inText {
				continue
			}
			if hidden {
				if len(r.Hidden) < maxTell {
					r.Hidden += string(r.s.Text())
				}
				continue
			}
			if r.Text -= len(r.s.Text()); r.Text < 0 {
				return ErrLarge
			}
			r.top().write(string(r.s.Text()))
		case xmlscan.End:
			inText = false
			if r.tick != "" && string(r.s.Name()) == "checkBox" {
				r.top().write(r.tick)
				r.tick = ""
			}
			for len(r.frames) > 1 && r.s.Depth() < r.top().depth {
				if r.pop(); r.Cells < 0 {
					return ErrLarge
				}
			}
		}
	}
}

func (r *Reader) top() *frame { return &r.frames[len(r.frames)-1] }

func on(val []byte) bool { return string(val) != "0" && string(val) != "false" && string(val) != "off" }

// element handles a tag that opens a container, adds a character or sets a property.
func (r *Reader) element() {
	top := r.top()
	switch name := string(r.s.Name()); name {
	case "p":
		r.push(paragraph)
	case "tbl":
		r.push(table)
	case "tr":
		r.push(row)
	case "tc":
		r.push(cell)
		r.top().cell = flow.Cell{Cols: 1, Rows: 1}
	case "txbxContent":
		r.push(box)
	case "tab", "ptab":
		if top.kind == paragraph {
			top.write("\t")
		}
	case "br", "cr":
		top.write("\n")
	case "noBreakHyphen":
		top.write("-")
	case "checkBox":
		r.tick = "☐"
	case "default", "checked": // the latter overrides the former
		if r.tick != "" {
			r.tick = "☐"
			if on(r.s.Attr("val")) {
				r.tick = "☑"
			}
		}
	case "sym":
		top.write(tick(string(r.s.Attr("char"))))
	case "pStyle":
		top.style = string(r.s.Attr("val"))
	case "numId":
		top.num = string(r.s.Attr("val"))
	case "ilvl":
		top.level = string(r.s.Attr("val"))
	case "gridSpan":
		top.cell.Cols = min(max(number(r.s.Attr("val")), 1), maxCols)
	case "vMerge":
		if string(r.s.Attr("val")) == "restart" {
			top.cell.Rows = 0
		} else {
			top.cell.Covered = true
		}
	case "gridBefore":
		if n := number(r.s.Attr("val")); top.kind == row && n > 0 {
			top.cells = append(top.cells, flow.Cell{Cols: min(n, maxCols), Rows: 1})
		}
	}
}

// tick reads the boxes of Wingdings; other symbols have no text.
func tick(char string) string {
	switch strings.ToUpper(char) {
	case "F0FE", "F052", "F0FC":
		return "☑"
	case "F0A8", "F06F", "F0A3", "F071":
		return "☐"
	}
	return ""
}

func number(b []byte) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > 1<<20 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}
