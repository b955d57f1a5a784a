package read

import (
	"bytes"
	"errors"
	"io"
	"os"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
	"github.com/xindiao/xindiao/documents/read/internal/msword"
	"github.com/xindiao/xindiao/documents/read/internal/ole"
	"github.com/xindiao/xindiao/dossier"
)

// readDOC reads a Word 97-2003 or WPS document as one page: the body's paragraphs and tables, then notes, text boxes,
// headers and footers; every larger picture as a scanned page of its own.
func readDOC(r *reading) error {
	s, err := r.wordStreams()
	if err != nil {
		return err
	}
	d, err := msword.Read(s, r.lim.TextBytes)
	switch {
	case errors.Is(err, msword.ErrEncrypted):
		return &dossier.Error{Kind: dossier.ErrEncrypted, Msg: "DOC 文档设有打开密码，无法读取"}
	case err != nil:
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "DOC 已损坏或不完整，无法打开"}
	case d.Cut:
		r.note(problem(dossier.ErrPartial, "DOC 不完整，只读出一部分", "请用 Word 或 WPS 打开确认，另存后重新提供"))
	}
	p := dossier.Page{Number: 1}
	seen := map[string]bool{}
	for i, part := range [][]flow.Block{d.Body, d.Notes, d.Boxes, d.Headers} {
		for _, b := range part {
			if b.Rows != nil {
				if err := r.putTable(&p, cellsOf(b.Rows)); err != nil {
					return errors.Join(err, r.add(p, 1))
				}
			} else if i < 3 || !seen[b.Text] { // headers repeat for odd, even and first pages
				put(&p, b.Text)
				seen[b.Text] = i == 3
			}
		}
	}
	p.Doubts = append(p.Doubts, wordDoubts(d.Changes, d.Comments, d.Hidden)...)
	var list []embedded
	for _, b := range msword.Pictures(s) {
		list = append(list, func() (io.ReadSeeker, error) { return bytes.NewReader(b), nil })
	}
	return r.addWithPictures(p, list)
}

// wordDoubts says what a document shows in Word and does not say here.
func wordDoubts(changes, comments bool, hidden string) (out []string) {
	if changes {
		out = append(out, "文档含有未接受的修订，按修订后的文字读取，请核对是否为定稿")
	}
	if comments {
		out = append(out, "文档含有批注，未采用")
	}
	if hidden != "" {
		out = append(out, "文档含有隐藏文字，未采用："+short(hidden, 40))
	}
	return out
}

func cellsOf(rows [][]flow.Cell) [][]gridCell {
	out := make([][]gridCell, len(rows))
	for i, row := range rows {
		for _, c := range row {
			out[i] = append(out[i], gridCell{text: c.Text, cols: c.Cols, rows: c.Rows, continued: c.Covered})
		}
	}
	return out
}

func (r *reading) wordStreams() (s msword.Streams, err error) {
	f, err := os.Open(r.path)
	if err != nil {
		return s, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return s, err
	}
	c, err := ole.Open(f, st.Size())
	if err != nil {
		return s, &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "文件已损坏或不完整，无法打开"}
	}
	for name, to := range map[string]*[]byte{"WordDocument": &s.Word, "0Table": &s.T0, "1Table": &s.T1, "Data": &s.Data} {
		var err error
		if *to, err = c.Stream(name, r.lim.FileBytes); err != nil && len(*to) > 0 {
			r.note(problem(dossier.ErrPartial, "文件不完整，只读出一部分", "请用 Word 或 WPS 打开确认，另存后重新提供"))
		}
	}
	return s, nil
}
