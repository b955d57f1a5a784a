package read

import (
	"archive/zip"
	"errors"
	"fmt"

	"github.com/xindiao/xindiao/documents/read/internal/pptx"
	"github.com/xindiao/xindiao/dossier"
)

// readPPTX reads a presentation, each slide a page: texts and tables in the order of their shapes, then the speaker's
// notes; every larger picture as a scanned page behind the slides.
func readPPTX(r *reading) error {
	z, err := zip.OpenReader(r.path)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "PPTX 已损坏或不完整，无法打开"}
	}
	defer z.Close()
	parts, names := zipParts(&z.Reader)
	if err := r.attached(parts, names, "ppt"); err != nil {
		return err
	}
	show, err := pptx.Open(parts, r.lim.TextBytes, r.lim.Cells)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "PPTX 已损坏或不完整，无法打开"}
	}
	total := show.Len()
	for i := range total {
		if i >= r.lim.Pages {
			r.note(partial("幻灯片过多，其余没有读取"))
			return errEnough
		}
		s, err := show.Slide(i)
		p := dossier.Page{Number: i + 1}
		if perr := r.slide(&p, s); perr != nil {
			return perr
		}
		switch {
		case errors.Is(err, pptx.ErrLarge):
			r.note(partial(fmt.Sprintf("文字或表格过多，第%d页起没有读取", i+1)))
			return errors.Join(r.add(p, total), errEnough)
		case err != nil:
			r.note(dossier.Problem{Kind: dossier.ErrPartial, Page: i + 1, Msg: fmt.Sprintf("第%d页幻灯片已损坏，只读出一部分", i+1),
				Remedy: "请用 PowerPoint 或 WPS 打开确认，另存后重新提供"})
		}
		if i < total-1 {
			if err := r.add(p, total); err != nil {
				return err
			}
			continue
		}
		return r.addWithPictures(p, r.zipPictures(parts, names, "ppt/media/"))
	}
	return nil
}

func (r *reading) slide(p *dossier.Page, s pptx.Slide) error {
	for _, b := range s.Blocks {
		if b.Rows == nil {
			put(p, b.Text)
		} else if err := r.putTable(p, cellsOf(b.Rows)); err != nil {
			return errors.Join(r.add(*p, p.Number), err)
		}
	}
	for i, b := range s.Notes {
		if i == 0 {
			line(p, "（演讲者备注）")
		}
		put(p, b.Text)
	}
	if s.Hidden {
		p.Doubts = append(p.Doubts, "隐藏的幻灯片")
	}
	if s.Unseen {
		p.Doubts = append(p.Doubts, "幻灯片含有隐藏的文字，未采用")
	}
	return nil
}
