package read

import (
	"fmt"
	"image"

	"github.com/klippa-app/go-pdfium/requests"
	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/documents/read/internal/pdfium"
	"github.com/xindiao/xindiao/dossier"
)

const (
	maxGlyphs  = 60_000 // of a page; a dense A3 statement has about 10,000
	maxObjects = 60_000
	scanDPI    = 250
	fewGlyphs  = 12 // a page with fewer and with pictures is a scan, maybe with a stamp of text
)

// page reads page i (from 0). The Page is numbered and sized even when err says that its contents are lost.
func (d *pdf) page(i int) (p dossier.Page, err error) {
	p.Number = i + 1
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("page %d: %v", i+1, x)
		}
	}()
	pg, err := d.load(i)
	if err != nil {
		return p, err
	}
	box, turn, err := pg.Bounds()
	if err != nil {
		return p, err
	}
	v := newView(box, turn)
	p.Width, p.Height = v.w, v.h
	notes, err := pg.Annotations()
	if err != nil {
		return p, err
	}
	for _, n := range notes {
		if n.File != nil {
			if err := d.attached(*n.File); err != nil {
				return p, err
			}
		}
	}
	chars, err := pg.Chars(maxGlyphs, func() bool { return d.r.ctx.Err() != nil })
	if err != nil {
		return p, err
	}
	if err := d.r.ctx.Err(); err != nil {
		return p, err
	}
	if len(chars) >= maxGlyphs {
		p.Doubts = append(p.Doubts, "本页文字过多，只读取了一部分")
	}
	found := &pageObjects{v: v}
	if err := found.collect(pg); err != nil {
		return p, err
	}
	text := toGlyphs(chars, v)
	if text.lost > 2 && 50*text.lost > text.visible || text.visible == 0 && found.texts > 2 {
		p.Doubts = append(p.Doubts, lostGlyphs)
		if d.mended != nil { // its fonts were in the part that is missing: what comes out is no text
			d.r.note(dossier.Problem{Kind: dossier.ErrPartial, Page: i + 1, Msg: fmt.Sprintf("第%d页的字体在缺失的部分里，文字无法还原", i+1), Remedy: "请重新下载或导出完整的 PDF 后提供"})
			return p, nil
		}
	}
	pictures := found.share()
	garbled := text.garbled()
	if garbled {
		p.Doubts = append(p.Doubts, garbledText)
	}
	if text.spotty() {
		p.Doubts = append(p.Doubts, spottyText)
	}
	if garbled || pictures > 0.1 && text.within(found.picture) < fewGlyphs && (text.visible < fewGlyphs || pictures > 0.4) {
		d.r.count(i+1, d.pages)
		img, err := d.render(i, v.w, v.h)
		if err != nil {
			return p, err
		}
		d.r.scan(&p, img)
		if len(p.Lines) > 0 || text.visible == 0 {
			if !garbled {
				text.beside(&p, found.picture)
			}
			addNotes(&p, notes, v)
			return p, nil
		}
		p.Scan = false // a photograph or a logo: what is printed beside it counts
	}
	if pictures > 0.7 && text.visible > 0 && (2*text.invisible > text.visible || found.covered) {
		p.Doubts = append(p.Doubts, oldOCR)
	}
	res := layout.Build(append(text.glyphs, noteGlyphs(notes, v)...), found.rules, v.w, v.h)
	p.Lines, p.Tables = append(res.Lines, comments(notes, v)...), res.Tables
	return p, nil
}

// load opens page i and keeps it open until the next but one: PDFium forgets a font with the last page that uses it,
// and reading the fonts again was most of the time that a page took.
func (d *pdf) load(i int) (*pdfium.Page, error) {
	pg, err := d.raw.Load(i)
	if err != nil {
		return nil, err
	}
	if d.held[0] != nil {
		d.held[0].Close()
	}
	d.held[0], d.held[1] = d.held[1], pg
	return pg, nil
}

const spottyText = "本页个别字的编码可能有误（夹有异常字符），请核对原件"

const garbledText = "本页文字层的编码错乱（字体没有正确的对照表），已改用图像识别，请核对原件"

const oldOCR = "文字层藏在整页图片之下，可能是此前的文字识别结果，请与图片核对"

// render draws the page for OCR, at most about 20 megapixels.
func (d *pdf) render(i int, w, h float64) (image.Image, error) {
	dpi := scanDPI
	for dpi > 72 && w/72*float64(dpi)*h/72*float64(dpi) > 20e6 {
		dpi -= 10
	}
	res, err := d.inst.RenderPageInDPI(&requests.RenderPageInDPI{DPI: dpi, Page: requests.Page{ByIndex: &requests.PageByIndex{Document: d.doc, Index: i}}})
	if err != nil {
		return nil, err
	}
	defer res.Cleanup()
	src := res.Result.Image
	img := &image.RGBA{Pix: append([]byte(nil), src.Pix...), Stride: src.Stride, Rect: src.Rect}
	return img, nil
}

// view maps PDF user space to the page as it is shown: origin top left, rotation applied.
type view struct {
	x0, y0, x1, y1 float64
	turn           int // quarter turns clockwise
	w, h           float64
}

func newView(b pdfium.Box, turn int) view {
	v := view{x0: b.L, y0: b.B, x1: b.R, y1: b.T, turn: turn}
	v.w, v.h = v.x1-v.x0, v.y1-v.y0
	if v.turn%2 == 1 {
		v.w, v.h = v.h, v.w
	}
	return v
}

func (v view) point(x, y float64) (float64, float64) {
	switch v.turn {
	case 1:
		return y - v.y0, x - v.x0
	case 2:
		return v.x1 - x, y - v.y0
	case 3:
		return v.y1 - y, v.x1 - x
	}
	return x - v.x0, v.y1 - y
}

func (v view) box(b pdfium.Box) dossier.Box {
	x0, y0 := v.point(b.L, b.B)
	x1, y1 := v.point(b.R, b.T)
	return dossier.Box{X0: min(x0, x1), Y0: min(y0, y1), X1: max(x0, x1), Y1: max(y0, y1)}
}
