package wordml

import (
	"io"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
	"github.com/xindiao/xindiao/documents/read/internal/xmlscan"
)

// Numbering knows which list a paragraph belongs to (17.9).
type Numbering struct {
	lists  map[string]*flow.List // by abstractNumId
	nums   map[string]num        // by numId
	styles map[string]style
}

type num struct {
	list   string
	starts map[int]int // that this one begins anew with
}

type style struct{ num, level, base string }

const maxLists = 20_000

// NewNumbering reads the numbering and styles parts; either may be nil. A broken part counts as far as it goes.
func NewNumbering(numbering, styles io.Reader) *Numbering {
	n := &Numbering{lists: map[string]*flow.List{}, nums: map[string]num{}, styles: map[string]style{}}
	if numbering != nil {
		n.readLists(xmlscan.New(numbering))
	}
	if styles != nil {
		n.readStyles(xmlscan.New(styles))
	}
	return n
}

func (n *Numbering) readLists(s *xmlscan.Scanner) {
	var l *flow.List
	var at *flow.Level
	var id string
	override := 0
	for {
		tok, err := s.Next()
		if err != nil {
			return
		}
		if tok != xmlscan.Start {
			continue
		}
		val := string(s.Attr("val"))
		switch string(s.Name()) {
		case "abstractNum":
			l, at, id = &flow.List{}, nil, ""
			if len(n.lists) < maxLists {
				n.lists[string(s.Attr("abstractNumId"))] = l
			}
		case "num":
			l, at, id = nil, nil, string(s.Attr("numId"))
		case "abstractNumId":
			if id != "" && len(n.nums) < maxLists {
				n.nums[id] = num{list: val, starts: map[int]int{}}
			}
		case "lvlOverride":
			override = number(s.Attr("ilvl"))
		case "startOverride":
			if x, ok := n.nums[id]; ok && override < 9 {
				x.starts[override] = number([]byte(val))
			}
		case "lvl":
			if i := number(s.Attr("ilvl")); l != nil && i < 9 {
				at = &l.Levels[i]
				at.Start = 1
			}
		case "start":
			if at != nil {
				at.Start = number([]byte(val))
			}
		case "numFmt":
			if at != nil {
				at.Format = val
			}
		case "lvlText":
			if at != nil && len(val) < 100 {
				at.Text = val
			}
		case "suff":
			if at != nil {
				at.Tight = val == "nothing"
			}
		}
	}
}

func (n *Numbering) readStyles(s *xmlscan.Scanner) {
	var id string
	var st style
	keep := func() {
		if id != "" && len(n.styles) < maxLists {
			n.styles[id] = st
		}
	}
	defer func() { keep() }()
	for {
		tok, err := s.Next()
		if err != nil {
			return
		}
		if tok != xmlscan.Start {
			continue
		}
		switch string(s.Name()) {
		case "style":
			keep()
			id, st = string(s.Attr("styleId")), style{}
		case "basedOn":
			st.base = string(s.Attr("val"))
		case "numId":
			st.num = string(s.Attr("val"))
		case "ilvl":
			st.level = string(s.Attr("val"))
		}
	}
}

// label counts a paragraph on and returns its number as shown, with the blank behind it; "" where it has none.
func (n *Numbering) label(id, ilvl, styleID string) string {
	for range 20 { // styles may be based on each other in a circle
		st, ok := n.styles[styleID]
		if id != "" || !ok {
			break
		}
		if id = st.num; ilvl == "" {
			ilvl = st.level
		}
		styleID = st.base
	}
	x, ok := n.nums[id]
	l := n.lists[x.list]
	if !ok || l == nil {
		return ""
	}
	i := min(number([]byte(ilvl)), 8)
	if start, ok := x.starts[i]; ok {
		l.Restart(i, start)
		delete(x.starts, i)
	}
	return l.Next(i)
}
