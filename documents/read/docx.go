package read

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"path"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
	"github.com/xindiao/xindiao/documents/read/internal/wordml"
	"github.com/xindiao/xindiao/dossier"
)

// readDOCX reads a Word document as one page: headers, the body's paragraphs and tables in their order, text boxes
// where they are anchored, footnotes and endnotes, footers; then every larger picture as a scanned page of its own. Files dropped into it are members.
func readDOCX(r *reading) error {
	z, err := zip.OpenReader(r.path)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "DOCX 已损坏或不完整，无法打开"}
	}
	defer z.Close()
	parts, names := zipParts(&z.Reader)
	w := &docx{r: r, parts: parts, names: names, seen: map[string]bool{},
		ml: &wordml.Reader{Text: r.lim.TextBytes, Cells: r.lim.Cells}}
	w.page.Number = 1
	w.numbering()
	w.each("header", true)
	w.each("document", false)
	w.each("footnotes", true)
	w.each("endnotes", true)
	w.each("footer", true)
	w.page.Doubts = append(w.page.Doubts, wordDoubts(w.ml.Changes, parts["word/comments.xml"] != nil, w.ml.Hidden)...)
	if parts["word/document.xml"] == nil {
		w.failed(io.ErrUnexpectedEOF)
	}
	if err := r.attached(parts, names, "word"); err != nil {
		return err
	}
	return r.addWithPictures(w.page, r.zipPictures(parts, names, "word/media/"))
}

// readFlatDOC reads a Word document in one XML file: Word 2003's, and the flat form of DOCX, which use the same tags.
func readFlatDOC(r *reading) error {
	f, err := os.Open(r.path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := &docx{r: r, seen: map[string]bool{}, ml: &wordml.Reader{Text: r.lim.TextBytes, Cells: r.lim.Cells}}
	w.page.Number = 1
	blocks, err := w.ml.Read(io.LimitReader(f, r.lim.FileBytes))
	w.put(blocks, false)
	if err != nil {
		w.failed(err)
	}
	w.page.Doubts = append(w.page.Doubts, wordDoubts(w.ml.Changes, false, w.ml.Hidden)...)
	return r.add(w.page, 1)
}

// zipParts lists the parts of an office file by lower-case name, and the names in order.
func zipParts(z *zip.Reader) (parts map[string]*zip.File, names []string) {
	parts = map[string]*zip.File{}
	for _, f := range z.File {
		n := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		parts[n] = f
		names = append(names, n)
	}
	sort.Strings(names)
	return parts, names
}

// docx puts the parts of one document on its page.
type docx struct {
	r     *reading
	ml    *wordml.Reader
	parts map[string]*zip.File
	names []string
	page  dossier.Page
	seen  map[string]bool // header and footer lines already there
}

// open opens a part, bounded: markup is many times the text.
func (w *docx) open(name string) (io.Reader, io.Closer) {
	f := w.parts[name]
	if f == nil {
		return nil, nil
	}
	src, err := f.Open()
	if err != nil {
		return nil, nil
	}
	return io.LimitReader(src, 8*int64(w.r.lim.TextBytes)), src
}

func (w *docx) numbering() {
	list, closeList := w.open("word/numbering.xml")
	styles, closeStyles := w.open("word/styles.xml")
	if list != nil {
		w.ml.Numbering = wordml.NewNumbering(list, styles)
	}
	for _, c := range []io.Closer{closeList, closeStyles} {
		if c != nil {
			c.Close()
		}
	}
}

// each reads the parts whose name begins so. Headers and footers repeat for odd, even and first pages: once is enough.
func (w *docx) each(prefix string, once bool) {
	for _, n := range w.names {
		if path.Dir(n) != "word" || !strings.HasPrefix(path.Base(n), prefix) || path.Ext(n) != ".xml" {
			continue
		}
		src, closer := w.open(n)
		if src == nil {
			continue
		}
		blocks, err := w.ml.Read(src)
		closer.Close()
		w.put(blocks, once)
		if err != nil && !once {
			w.failed(err)
		}
	}
}

func (w *docx) put(blocks []flow.Block, once bool) {
	for _, b := range blocks {
		if b.Rows != nil {
			if w.r.putTable(&w.page, cellsOf(b.Rows)) != nil {
				return
			}
			continue
		}
		if once && w.seen[b.Text] {
			continue
		}
		w.seen[b.Text] = once
		put(&w.page, b.Text)
	}
}

func (w *docx) failed(err error) {
	if errors.Is(err, wordml.ErrLarge) {
		w.r.note(partial("DOCX 的文字或表格过多，其余没有读取"))
		return
	}
	w.r.note(problem(dossier.ErrCorrupt, "DOCX 的正文不完整，已读出的内容保留", "请用 Word 或 WPS 打开确认，另存后重新提供"))
}

func short(s string, n int) string {
	rs := []rune(oneLine(Clean(s)))
	if len(rs) > n {
		return string(rs[:n]) + "…"
	}
	return string(rs)
}
