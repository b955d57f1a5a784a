package read

import (
	"bytes"
	"io"
	"os"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML reads a saved web page: blocks as lines, tables as tables, forms as they are filled in. Scripts and what is
// styled away are left out, the latter said as a doubt.
func readHTML(r *reading) error {
	f, err := os.Open(r.path)
	if err != nil {
		return err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, int64(r.lim.TextBytes)+1))
	if err != nil {
		return err
	}
	if len(data) > r.lim.TextBytes {
		data = data[:r.lim.TextBytes]
		r.note(partial("网页超过 " + size(int64(r.lim.TextBytes)) + "，其余没有读取"))
	}
	return r.webPage(htmlText(data), nil)
}

// webPage reads HTML in UTF-8 as one page, its pictures behind it.
func (r *reading) webPage(text string, pictures []embedded) error {
	w := &htmlWalk{r: r, classes: hiddenClasses(text)}
	w.page.Number = 1
	root, err := html.Parse(strings.NewReader(text))
	if err != nil { // nested beyond what the parser takes: the text without its structure
		r.note(problem(dossier.ErrPartial, "网页结构异常，只读出文字，没有表格", "请用浏览器打开，打印为 PDF 后重新提供"))
		w.flat(text)
	} else {
		w.node(root, 0)
	}
	w.flush()
	if w.cut {
		r.note(partial("网页表格的单元格过多，其余没有读取"))
	}
	if w.hidden {
		w.page.Doubts = append(w.page.Doubts, "网页含有隐藏文字，未采用")
	}
	return r.addWithPictures(w.page, pictures)
}

// htmlText decodes a page by its byte order mark, by what it says of itself, or by its looks.
func htmlText(data []byte) string {
	if enc := declared(data[:min(len(data), 4096)]); enc != nil {
		if out, err := enc.NewDecoder().Bytes(data); err == nil && bytes.Count(out, []byte("\ufffd"))*100 <= len(out) {
			return string(out)
		}
	}
	text, _ := decode(data)
	return text
}

type htmlWalk struct {
	r       *reading
	page    dossier.Page
	line    strings.Builder
	hidden  bool
	cut     bool
	classes map[string]bool // that a style sheet hides
}

const maxDepth = 600 // the parser itself stops at 512 open elements

func (w *htmlWalk) flush() {
	if w.line.Len() > 0 {
		line(&w.page, unbroken(w.line.String()))
		w.line.Reset()
	}
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
		}
		if w.isHidden(n) {
			w.hidden = w.hidden || strings.TrimSpace(w.plain(n, 0)) != ""
			return
		}
		switch n.DataAtom {
		case atom.Table:
			w.flush()
			w.table(n, depth)
			return
		case atom.Input, atom.Select:
			w.line.WriteString(formValue(n))
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

// flat reads the text between tags, a line a block.
func (w *htmlWalk) flat(text string) {
	z := html.NewTokenizer(strings.NewReader(text))
	skip := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			if !skip {
				w.line.Write(z.Text())
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.DataAtom == atom.Script || t.DataAtom == atom.Style {
				skip = t.Type == html.StartTagToken
			}
			if !inline[t.DataAtom] {
				w.flush()
			}
		}
	}
}

// plain joins the text below a node, a blank at every line break.
func (w *htmlWalk) plain(n *html.Node, depth int) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.DataAtom == atom.Script || n.DataAtom == atom.Style || depth > maxDepth {
		return ""
	}
	if n.DataAtom == atom.Input || n.DataAtom == atom.Select {
		return formValue(n)
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && !inline[c.DataAtom] {
			b.WriteByte(' ')
		}
		if depth > 0 || !w.isHidden(c) {
			b.WriteString(w.plain(c, depth+1))
		}
	}
	return b.String()
}

var inline = map[atom.Atom]bool{atom.A: true, atom.Span: true, atom.B: true, atom.Strong: true, atom.I: true, atom.Em: true,
	atom.U: true, atom.Font: true, atom.Small: true, atom.Big: true, atom.Sub: true, atom.Sup: true, atom.Label: true, atom.Select: true,
	atom.S: true, atom.Strike: true, atom.Mark: true, atom.Code: true, atom.Abbr: true, atom.Input: true, atom.Img: true}
