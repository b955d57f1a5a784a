package read

import (
	"fmt"
	"image"
	"math"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/xindiao/xindiao/documents/read/internal/layout"
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
	loaded, err := d.inst.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: d.doc, Index: i})
	if err != nil {
		return p, err
	}
	ref := loaded.Page
	defer d.inst.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: ref})
	pg := requests.Page{ByReference: &ref}
	view, err := d.view(pg)
	if err != nil {
		return p, err
	}
	p.Width, p.Height = view.w, view.h
	glyphs, err := d.glyphs(pg, view)
	if err != nil {
		return p, err
	}
	if len(glyphs) >= maxGlyphs {
		p.Doubts = append(p.Doubts, "本页文字过多，只读取了一部分")
	}
	rules, pictures := d.objects(pg, view)
	if visible(glyphs) < fewGlyphs && pictures > 0.1 {
		d.r.count(i+1, d.pages)
		img, err := d.render(pg, p.Width, p.Height)
		if err != nil {
			return p, err
		}
		d.r.scan(&p, img)
		if len(p.Lines) > 0 {
			return p, nil
		}
	}
	if pictures > 0.7 && len(glyphs) > 0 {
		p.Doubts = append(p.Doubts, "文字层覆盖在整页图片上，可能来自他人的文字识别")
	}
	res := layout.Build(glyphs, rules, p.Width, p.Height)
	p.Lines, p.Tables = res.Lines, res.Tables
	return p, nil
}

func visible(glyphs []layout.Glyph) (n int) {
	for _, g := range glyphs {
		if g.R != ' ' {
			n++
		}
	}
	return n
}

// render draws the page for OCR, at most about 20 megapixels.
func (d *pdf) render(pg requests.Page, w, h float64) (image.Image, error) {
	dpi := scanDPI
	for dpi > 72 && w/72*float64(dpi)*h/72*float64(dpi) > 20e6 {
		dpi -= 10
	}
	res, err := d.inst.RenderPageInDPI(&requests.RenderPageInDPI{Page: pg, DPI: dpi})
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

func (d *pdf) view(pg requests.Page) (view, error) {
	box, err := d.inst.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: pg})
	if err != nil {
		return view{}, err
	}
	v := view{x0: float64(box.Rect.Left), y0: float64(box.Rect.Bottom), x1: float64(box.Rect.Right), y1: float64(box.Rect.Top)}
	if rot, err := d.inst.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: pg}); err == nil {
		v.turn = int(rot.PageRotation) & 3
	}
	v.w, v.h = v.x1-v.x0, v.y1-v.y0
	if v.turn%2 == 1 {
		v.w, v.h = v.h, v.w
	}
	return v, nil
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

func (v view) box(l, b, r, t float64) (x0, y0, x1, y1 float64) {
	x0, y0 = v.point(l, b)
	x1, y1 = v.point(r, t)
	return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
}

func (d *pdf) glyphs(pg requests.Page, v view) ([]layout.Glyph, error) {
	tp, err := d.inst.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: pg})
	if err != nil {
		return nil, err
	}
	defer d.inst.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: tp.TextPage})
	n, err := d.inst.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: tp.TextPage})
	if err != nil {
		return nil, nil // a page without a text layer
	}
	out := make([]layout.Glyph, 0, min(n.Count, maxGlyphs))
	for i := 0; i < n.Count && len(out) < maxGlyphs; i++ {
		if g, ok := d.glyph(tp.TextPage, i, v); ok {
			out = append(out, g)
		}
		if i%5000 == 4999 && d.r.ctx.Err() != nil {
			return nil, d.r.ctx.Err()
		}
	}
	return out, nil
}

func (d *pdf) glyph(tp references.FPDF_TEXTPAGE, i int, v view) (g layout.Glyph, ok bool) {
	u, err := d.inst.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: tp, Index: i})
	if err != nil {
		return g, false
	}
	r := rune(u.Unicode & 0x1fffff)
	if r == '\r' || r == '\n' || r == 0 {
		return g, false
	}
	if r = cleanRune(r); r < 0 {
		return g, false
	}
	if r == ' ' {
		gen, err := d.inst.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: tp, Index: i})
		g.Soft = err != nil || gen.IsGenerated
	}
	box, err := d.inst.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: tp, Index: i})
	if err != nil {
		return g, false
	}
	g.R, g.Seq = r, i
	g.X0, g.Y0, g.X1, g.Y1 = v.box(float64(box.Rect.Left), float64(box.Rect.Bottom), float64(box.Rect.Right), float64(box.Rect.Top))
	if o, err := d.inst.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: tp, Index: i}); err == nil {
		g.OX, g.OY = v.point(o.X, o.Y)
	} else {
		g.OX, g.OY = g.X0, g.Y1
	}
	if m, err := d.inst.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: tp, Index: i}); err == nil {
		ox, oy := v.point(0, 0)
		dx, dy := v.point(float64(m.Matrix.A), float64(m.Matrix.B))
		g.DX, g.DY = dx-ox, dy-oy
		if f, err := d.inst.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: tp, Index: i}); err == nil {
			g.Em = f.FontSize * math.Hypot(float64(m.Matrix.C), float64(m.Matrix.D))
		}
	}
	if c, err := d.inst.FPDFText_GetFillColor(&requests.FPDFText_GetFillColor{TextPage: tp, Index: i}); err == nil {
		g.Color = uint32(c.R&255)<<16 | uint32(c.G&255)<<8 | uint32(c.B&255)
	}
	return g, g.Finite()
}
