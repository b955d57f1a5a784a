package read

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/xindiao/xindiao/dossier"
	"golang.org/x/image/draw"
)

const (
	opPicture = "picture"
	maxWidth  = 4000 // pixels of a picture to look at
)

// drawers give page n (from 1) of the formats that can be looked at, as near to width pixels as comes cheap.
var drawers = map[string]func(r *reading, n, width int) (image.Image, error){
	fmtPDF:   drawPDF,
	fmtImage: drawImage,
}

// drawn draws a page and encodes it; what is wrong is noted.
func (r *reading) drawn(format string, n, width int) (out []byte) {
	defer func() {
		if p := recover(); p != nil {
			r.note(problem(dossier.ErrCrashed, "绘制页面时程序出错", "请用原软件打开查看"))
		}
	}()
	f := drawers[format]
	if f == nil {
		return nil
	}
	width = min(max(width, 100), maxWidth)
	img, err := f(r, n, width)
	if err != nil {
		r.note(problem(dossier.ErrPartial, fmt.Sprintf("第%d页无法绘制", n), "请用原软件打开查看"))
		return nil
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, fit(img, width), &jpeg.Options{Quality: 78}); err != nil {
		return nil
	}
	return b.Bytes()
}

// fit scales an image that is wider than width down to it.
func fit(img image.Image, width int) image.Image {
	b := img.Bounds()
	if b.Dx() <= width {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, width, max(1, b.Dy()*width/b.Dx())))
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, b, draw.Src, nil)
	return out
}

func drawImage(r *reading, n, _ int) (image.Image, error) { return r.decodeImage(r.path, n-1) }

func drawPDF(r *reading, n, width int) (image.Image, error) {
	if err := drawEngine.start(); err != nil {
		return nil, err
	}
	drawEngine.mu.Lock()
	defer drawEngine.mu.Unlock()
	f, err := os.Open(r.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	d := &pdf{r: r, eng: &drawEngine, file: f, size: st.Size()}
	defer d.close()
	if err := d.open(); err != nil {
		return nil, err
	}
	if n < 1 || n > d.pages {
		return nil, &dossier.Error{Kind: dossier.ErrNotFound, Msg: "没有这一页"}
	}
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: d.doc, Index: n - 1}}
	res, err := d.inst.RenderPageInPixels(&requests.RenderPageInPixels{Page: page, Width: width, Height: 4 * width,
		RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT, RenderForm: true, Document: &d.doc})
	if err != nil {
		return nil, err
	}
	defer res.Cleanup()
	src := res.Result.Image
	return &image.RGBA{Pix: append([]byte(nil), src.Pix...), Stride: src.Stride, Rect: src.Rect}, nil
}
