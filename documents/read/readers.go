package read

import (
	"context"

	"github.com/xindiao/xindiao/dossier"
)

type readers struct {
	opt Options
}

func newReaders(opt Options) *readers { return &readers{opt: opt} }
func (rs *readers) close()            {}

func (rs *readers) read(ctx context.Context, it item, doc *dossier.Document, count func(int, int)) {
	one(ctx, it, doc.Format, rs.opt.Limits, rs.opt.OCR, doc, func(p dossier.Page, pages int) {
		doc.Pages = append(doc.Pages, p)
		count(p.Number, pages)
	}, count)
}
