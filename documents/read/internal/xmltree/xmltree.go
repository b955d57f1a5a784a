// Package xmltree reads small XML files of unknown make (electronic vouchers, the parts of an OFD file) into a tree.
//
// It takes any Chinese encoding, declared or not, expands no entities of the document's own (so there is nothing to
// bomb it with) and keeps what stood before a fault. For large files of a known make there is xmlscan.
package xmltree

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Node is one element. Text is its own character data as it stands, blanks included.
type Node struct {
	Name  string // without prefix
	Space string // namespace, or the prefix where none is declared
	Attrs []xml.Attr
	Text  string
	Kids  []*Node

	text []byte // grows while the element is open
}

// Bounds of one file.
const (
	MaxNodes = 500_000
	MaxDepth = 200
)

// Errors of Parse; with any of them the tree up to the fault is returned, nil when nothing was there.
var (
	ErrBroken = errors.New("xml: not well formed")
	ErrLimit  = errors.New("xml: too many elements, or nested too deep")
)

// Parse reads one document and returns its root.
func Parse(data []byte) (*Node, error) {
	d := xml.NewDecoder(bytes.NewReader(utf8Of(data)))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	var root *Node
	var open []*Node
	defer func() {
		for _, k := range open {
			k.close()
		}
	}()
	n := 0
	for {
		tok, err := d.Token()
		switch {
		case err == io.EOF && root != nil && len(open) == 0:
			return root, nil
		case err != nil:
			return root, ErrBroken
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if n++; n > MaxNodes || len(open) >= MaxDepth {
				return root, ErrLimit
			}
			k := &Node{Name: t.Name.Local, Space: t.Name.Space, Attrs: attrs(t.Attr)}
			switch {
			case len(open) > 0:
				up := open[len(open)-1]
				up.Kids = append(up.Kids, k)
			case root == nil:
				root = k
			default:
				return root, ErrBroken // a second root
			}
			open = append(open, k)
		case xml.EndElement:
			if last := len(open) - 1; last >= 0 {
				open[last].close()
				open = open[:last]
			}
		case xml.CharData:
			if len(open) > 0 {
				k := open[len(open)-1]
				k.text = append(k.text, t...)
			}
		}
	}
}

func (n *Node) close() { n.Text, n.text = string(n.text), nil }

// attrs drops declarations of namespaces.
func attrs(in []xml.Attr) []xml.Attr {
	var out []xml.Attr
	for _, a := range in {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			out = append(out, a)
		}
	}
	return out
}

// Attr is an attribute's value by its name without prefix, "" when there is none.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// Kid is the first child of that name, nil when there is none. It may be asked of nil.
func (n *Node) Kid(name string) *Node {
	if n == nil {
		return nil
	}
	for _, k := range n.Kids {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// All lists the children of that name.
func (n *Node) All(name string) (out []*Node) {
	if n == nil {
		return nil
	}
	for _, k := range n.Kids {
		if k.Name == name {
			out = append(out, k)
		}
	}
	return out
}

// Find goes down by names, e.g. Find("CommonData", "PageArea"); nil when a step is missing.
func (n *Node) Find(path ...string) *Node {
	for _, name := range path {
		n = n.Kid(name)
	}
	return n
}

// Value is the element's text without blanks around it, "" for nil.
func (n *Node) Value() string {
	if n == nil {
		return ""
	}
	return strings.TrimSpace(n.Text)
}

var declared = regexp.MustCompile(`^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_.:\-]{1,40})["']`)

// utf8Of decodes by byte order mark, then by the declaration, then by what the bytes are.
func utf8Of(b []byte) []byte {
	switch {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		return b[3:]
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		if out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b); err == nil {
			return out
		}
		return b
	}
	if utf8.Valid(b) {
		return b // what it declares is a slip, or plain ASCII
	}
	if m := declared.FindSubmatch(b[:min(len(b), 200)]); m != nil {
		if enc, name := charset.Lookup(string(m[1])); enc != nil && name != "utf-8" {
			if out, err := enc.NewDecoder().Bytes(b); err == nil {
				return out
			}
		}
	}
	if out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b); err == nil {
		return out
	}
	return b
}
