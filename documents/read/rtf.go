package read

import (
	"bytes"
	"errors"
	"io"
	"os"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
	"github.com/xindiao/xindiao/documents/read/internal/rtf"
	"github.com/xindiao/xindiao/dossier"
)

// readRTF reads a Rich Text document as one page: the body, then notes, headers and footers; larger pictures as scans.
func readRTF(r *reading) error {
	data, err := os.ReadFile(r.path)
	if err != nil {
		return err
	}
	d, err := rtf.Read(data, r.lim.TextBytes, r.lim.Cells)
	switch {
	case errors.Is(err, rtf.ErrFormat):
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "RTF 已损坏，无法打开"}
	case errors.Is(err, rtf.ErrLarge):
		r.note(partial("RTF 的文字、表格或层次过多，其余没有读取"))
	case err != nil:
		r.note(problem(dossier.ErrPartial, "RTF 不完整，只读出一部分", "请用 Word 或 WPS 打开确认，另存为 DOCX 后重新提供"))
	}
	p := dossier.Page{Number: 1}
	for _, part := range [][]flow.Block{d.Body, d.After} {
		for _, b := range part {
			if b.Rows == nil {
				put(&p, b.Text)
			} else if err := r.putTable(&p, cellsOf(b.Rows)); err != nil {
				return errors.Join(r.add(p, 1), err)
			}
		}
	}
	p.Doubts = append(p.Doubts, wordDoubts(d.Changes, false, d.Hidden)...)
	var list []embedded
	for _, b := range d.Pictures {
		list = append(list, func() (io.ReadSeeker, error) { return bytes.NewReader(b), nil })
	}
	return r.addWithPictures(p, list)
}
