package read

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/xindiao/xindiao/documents/read/internal/pdfium"
	"github.com/xindiao/xindiao/dossier"
)

// attachments takes out the files that a PDF carries: of a portfolio, or attached to the document.
func (d *pdf) attachments() error {
	files, err := d.raw.Files(d.r.unpack.Files+1, d.r.lim.FileBytes)
	for _, f := range files {
		if stop := d.attached(f); stop != nil {
			return stop
		}
	}
	if err != nil { // the engine has trapped
		d.r.note(problem(dossier.ErrPartial, "PDF 的附件无法全部取出", "请用 PDF 阅读器把附件另存后提供"))
		return d.open()
	}
	return nil
}

// attached hands one file on. Only a reading that has to end is an error.
func (d *pdf) attached(f pdfium.File) error {
	name := f.Name
	if name == "" {
		name = fmt.Sprintf("附件%d", d.r.unpack.serial+1)
	}
	if f.Data == nil {
		d.r.note(problem(dossier.ErrPartial, "PDF 的附件无法取出："+cleanName(name), "请用 PDF 阅读器把附件另存后提供"))
		return nil
	}
	if err := d.r.member(name, bytes.NewReader(f.Data)); err != nil && !errors.Is(err, errEnough) {
		return err
	}
	return nil
}

// pageFiles takes out what is attached to places on pages, without reading the pages.
func (d *pdf) pageFiles() error {
	for i := range min(d.pages, d.r.lim.Pages) {
		if err := d.r.ctx.Err(); err != nil {
			return err
		}
		pg, err := d.load(i)
		if err != nil {
			return err
		}
		notes, err := pg.Annotations()
		if err != nil {
			return err
		}
		for _, n := range notes {
			if n.File != nil {
				if err := d.attached(*n.File); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
