package read

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/dossier"
)

// readDOCX reads a Word document as one page: headers, the body's paragraphs and tables in their order, text boxes
// where they are anchored, footnotes and endnotes, footers; then every larger picture as a scanned page of its own.
func readDOCX(r *reading) error {
	z, err := zip.OpenReader(r.path)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "DOCX 已损坏或不完整，无法打开"}
	}
	defer z.Close()
	parts := map[string]*zip.File{}
	var names []string
	for _, f := range z.File {
		n := strings.ToLower(f.Name)
		parts[n] = f
		names = append(names, n)
	}
	sort.Strings(names)
	w := &docx{r: r}
	w.page.Number = 1
	each := func(prefix string) {
		for _, n := range names {
			if path.Dir(n) == "word" && strings.HasPrefix(path.Base(n), prefix) && path.Ext(n) == ".xml" {
				w.part(parts[n], prefix != "document")
			}
		}
	}
	each("header")
	body := w.part(parts["word/document.xml"], false)
	each("footnotes")
	each("endnotes")
	each("footer")
	if body != nil {
		r.note(problem(dossier.ErrCorrupt, "DOCX 的正文不完整，已读出的内容保留", "请用 Word 或 WPS 打开确认，另存后重新提供"))
	}
	if w.hidden != "" {
		w.page.Doubts = append(w.page.Doubts, "文档含有隐藏文字，未采用："+short(w.hidden, 40))
	}
	scans, seals := r.pictures(parts, pictureNames(names))
	for range seals {
		line(&w.page, layout.SealMark+sealSeen)
	}
	if err := r.add(w.page, 1+len(scans)); err != nil {
		return err
	}
	return r.scans(parts, scans)
}

// docx walks the WordprocessingML of one document.
type docx struct {
	r      *reading
	page   dossier.Page
	seen   map[string]bool // header and footer lines already there
	hidden string
}

// part reads one XML part. Headers and footers repeat for odd, even and first pages: once is enough.
func (w *docx) part(f *zip.File, once bool) error {
	if f == nil {
		return io.ErrUnexpectedEOF
	}
	src, err := f.Open()
	if err != nil {
		return err
	}
	defer src.Close()
	before := len(w.page.Lines)
	d := xml.NewDecoder(io.LimitReader(src, int64(w.r.lim.TextBytes)*8))
	d.Strict = false
	err = w.blocks(d, nil, 0)
	if once {
		if w.seen == nil {
			w.seen = map[string]bool{}
		}
		kept := w.page.Lines[:before]
		for _, l := range w.page.Lines[before:] {
			if !w.seen[l.Text] {
				kept = append(kept, l)
			}
			w.seen[l.Text] = true
		}
		w.page.Lines = kept
	}
	if err == io.EOF {
		return nil
	}
	return err
}

// blocks reads paragraphs and tables up to the end of the enclosing element. With a cell given, text goes there and
// not to the page.
func (w *docx) blocks(d *xml.Decoder, cell *strings.Builder, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("nested too deep")
	}
	for level := 0; ; {
		tok, err := d.Token()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "p":
				var text, boxes strings.Builder
				err = w.paragraph(d, &text, &boxes, depth+1)
				w.put(cell, text.String())
				w.put(cell, boxes.String())
			case "tbl":
				err = w.table(d, cell, depth+1)
			case "sectPr", "tblPr", "tcPr", "trPr", "Fallback", "del", "moveFrom":
				err = d.Skip()
			default:
				level++
			}
			if err != nil {
				return err
			}
		case xml.EndElement:
			if level--; level < 0 {
				return nil
			}
		}
	}
}

func (w *docx) put(cell *strings.Builder, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	if cell != nil {
		if cell.Len() > 0 {
			cell.WriteByte('\n')
		}
		cell.WriteString(strings.TrimSpace(text))
		return
	}
	for _, l := range strings.Split(text, "\n") {
		line(&w.page, l)
	}
}

// paragraph reads runs of text. Text boxes hang in the middle of a paragraph and are read after it.
func (w *docx) paragraph(d *xml.Decoder, text, boxes *strings.Builder, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("nested too deep")
	}
	inText, vanish := false, false
	for level := 0; ; {
		tok, err := d.Token()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "txbxContent":
				if boxes.Len() > 0 {
					boxes.WriteByte('\n')
				}
				if err := w.blocks(d, boxes, depth+1); err != nil {
					return err
				}
				continue
			case "del", "moveFrom", "Fallback", "instrText", "delText", "pPr":
				if err := d.Skip(); err != nil {
					return err
				}
				continue
			case "r":
				vanish = false
			case "vanish":
				vanish = attr(t, "val") != "0" && attr(t, "val") != "false"
			case "t":
				inText = true
			case "tab", "ptab":
				text.WriteByte('\t')
			case "br", "cr":
				text.WriteByte('\n')
			case "noBreakHyphen":
				text.WriteByte('-')
			case "sym":
				if c := attr(t, "char"); c == "F0FE" || c == "F052" {
					text.WriteRune('☑') // Wingdings ticked boxes
				} else if c == "F0A8" || c == "F06F" || c == "F0A3" {
					text.WriteRune('☐')
				}
			}
			level++
		case xml.CharData:
			if inText && vanish {
				w.hidden += string(t)
			} else if inText {
				text.Write(t)
			}
		case xml.EndElement:
			if t.Name.Local == "t" {
				inText = false
			}
			if level--; level < 0 {
				return nil
			}
		}
		if text.Len() > w.r.lim.TextBytes {
			return fmt.Errorf("too much text")
		}
	}
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func short(s string, n int) string {
	rs := []rune(oneLine(Clean(s)))
	if len(rs) > n {
		return string(rs[:n]) + "…"
	}
	return string(rs)
}
