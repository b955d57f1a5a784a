package chart

import (
	"bytes"
	_ "embed"
	"fmt"
	"image/color"
	"sync"

	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"

	"github.com/xindiao/xindiao/report"
)

//go:embed chartsans.otf
var fontFile []byte

var fonts = sync.OnceValues(func() (*font.Cache, error) {
	f, err := opentype.Parse(fontFile)
	if err != nil {
		return nil, fmt.Errorf("embedded chart font: %w", err)
	}
	return font.NewCache(font.Collection{{Font: fontKey, Face: f}}), nil
})

var fontKey = font.Font{Typeface: "chart"}

const dpi = 220

// PNG draws c at 220 dpi on white. An error tells why the chart cannot be drawn.
func PNG(c *report.Chart) ([]byte, error) {
	p, err := prepare(c)
	if err != nil {
		return nil, err
	}
	cache, err := fonts()
	if err != nil {
		return nil, err
	}
	cv := vgimg.NewWith(vgimg.UseWH(Width, Height), vgimg.UseDPI(dpi), vgimg.UseBackgroundColor(color.White))
	p.draw(&raster{cv, cache})
	var b bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: cv}).WriteTo(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

type raster struct {
	cv    *vgimg.Canvas
	fonts *font.Cache
}

func path(pts []point) vg.Path {
	var p vg.Path
	for i, q := range pts {
		at := vg.Point{X: vg.Length(q.x), Y: vg.Length(Height - q.y)}
		if i == 0 {
			p.Move(at)
		} else {
			p.Line(at)
		}
	}
	return p
}

func (r *raster) line(pts []point, width float64, c rgb, dash []float64) {
	r.cv.SetColor(rgba(c))
	r.cv.SetLineWidth(vg.Length(width))
	d := make([]vg.Length, len(dash))
	for i, v := range dash {
		d[i] = vg.Length(v)
	}
	r.cv.SetLineDash(d, 0)
	r.cv.Stroke(path(pts))
}

func (r *raster) fill(pts []point, c rgb) {
	r.cv.SetColor(rgba(c))
	p := path(pts)
	p.Close()
	r.cv.Fill(p)
}

func (r *raster) text(x, y, size float64, a anchor, c rgb, s string) {
	f := r.fonts.Lookup(fontKey, vg.Length(size))
	w := float64(f.Width(s))
	switch a {
	case middle:
		x -= w / 2
	case end:
		x -= w
	}
	r.cv.SetColor(rgba(c))
	r.cv.FillString(f, vg.Point{X: vg.Length(x), Y: vg.Length(Height - y)}, s)
}

func rgba(c rgb) color.RGBA { return color.RGBA{c.r, c.g, c.b, 0xff} }
