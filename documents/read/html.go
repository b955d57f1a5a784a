package read

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// readHTML reads a saved web page: blocks as lines, tables as tables. Scripts and what is styled away are left out,
// the latter said as a doubt.
func readHTML(r *reading) error {
	data, err := os.ReadFile(r.path)
	if err != nil {
		return err
	}
	var src io.Reader
	if text, bad := decode(data); bad == 0 {
		src = strings.NewReader(text)
	} else if src, err = charset.NewReader(bytes.NewReader(data), "text/html"); err != nil {
		return err
	}
	root, err := html.Parse(src)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "网页文件无法解析"}
	}
	w := &htmlWalk{r: r}
	w.page.Number = 1
	w.node(root, 0)
	w.flush()
	if w.hidden {
		w.page.Doubts = append(w.page.Doubts, "网页含有隐藏文字，未采用")
	}
	return r.add(w.page, 1)
}

type htmlWalk struct {
	r      *reading
	page   dossier.Page
	line   strings.Builder
	hidden bool
}

const maxDepth = 400

func (w *htmlWalk) flush() {
	line(&w.page, strings.TrimSpace(oneLine(w.line.String())))
	w.line.Reset()
}

func (w *htmlWalk) node(n *html.Node, depth int) {
	if depth > maxDepth {
		return
	}
	switch n.Type {
	case html.TextNode:
		w.line.WriteString(n.Data)
		return
	case html.ElementNode:
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Head, atom.Noscript, atom.Template, atom.Svg, atom.Iframe:
			return
		case atom.Br:
			w.flush()
			return
		case atom.Table:
			w.flush()
			w.table(n, depth)
			return
		}
		if isHidden(n) {
			w.hidden = w.hidden || strings.TrimSpace(plain(n, 0)) != ""
			return
		}
	}
	block := n.Type == html.ElementNode && !inline[n.DataAtom]
	if block {
		w.flush()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, depth+1)
	}
	if block {
		w.flush()
	}
}

// table reads rows and cells, a cell spanning several columns followed by empty ones. A table used for layout, with a
// table in a cell, is walked as ordinary blocks.
func (w *htmlWalk) table(n *html.Node, depth int) {
	if nested(n, 0) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			w.node(c, depth+1)
		}
		return
	}
	var t dossier.Table
	var rows func(*html.Node, int)
	rows = func(n *html.Node, d int) {
		for c := n.FirstChild; c != nil && d < maxDepth; c = c.NextSibling {
			if c.DataAtom != atom.Tr {
				if c.DataAtom == atom.Caption {
					t.Name = Clean(oneLine(plain(c, 0)))
					line(&w.page, t.Name)
				} else {
					rows(c, d+1)
				}
				continue
			}
			if isHidden(c) {
				w.hidden = true
				continue
			}
			var row []dossier.Cell
			for td := c.FirstChild; td != nil; td = td.NextSibling {
				if td.DataAtom != atom.Td && td.DataAtom != atom.Th {
					continue
				}
				row = append(row, dossier.Cell{Text: Clean(oneLine(plain(td, 0))), Ref: ref(len(t.Rows), len(row))})
				for range span(td) - 1 {
					row = append(row, dossier.Cell{Ref: ref(len(t.Rows), len(row))})
				}
			}
			if w.r.cells += len(row); w.r.cells > w.r.lim.Cells {
				return
			}
			t.Rows = append(t.Rows, row)
			line(&w.page, rowText(row))
		}
	}
	rows(n, 0)
	if len(t.Rows) > 0 {
		w.page.Tables = append(w.page.Tables, t)
	}
}

func ref(row, col int) string { return fmt.Sprintf("r%dc%d", row+1, col+1) }

func span(n *html.Node) int {
	k := 1
	for _, a := range n.Attr {
		if a.Key == "colspan" {
			fmt.Sscanf(a.Val, "%d", &k)
		}
	}
	return min(max(k, 1), 64)
}

func nested(n *html.Node, depth int) bool {
	for c := n.FirstChild; c != nil && depth < maxDepth; c = c.NextSibling {
		if c.DataAtom == atom.Table || nested(c, depth+1) {
			return true
		}
	}
	return false
}

// plain joins the text below a node, a blank at every line break.
func plain(n *html.Node, depth int) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.DataAtom == atom.Script || n.DataAtom == atom.Style || depth > maxDepth {
		return ""
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && !inline[c.DataAtom] {
			b.WriteByte(' ')
		}
		b.WriteString(plain(c, depth+1))
	}
	return b.String()
}

func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		s := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
		if a.Key == "hidden" || a.Key == "style" && (strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden")) {
			return true
		}
	}
	return false
}

var inline = map[atom.Atom]bool{atom.A: true, atom.Span: true, atom.B: true, atom.Strong: true, atom.I: true, atom.Em: true,
	atom.U: true, atom.Font: true, atom.Small: true, atom.Big: true, atom.Sub: true, atom.Sup: true, atom.Label: true,
	atom.S: true, atom.Strike: true, atom.Mark: true, atom.Code: true, atom.Abbr: true, atom.Input: true, atom.Img: true}
