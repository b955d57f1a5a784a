package read

import (
	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/documents/read/internal/pdfium"
	"github.com/xindiao/xindiao/dossier"
)

// pageObjects collects the ruling lines of a page and what its pictures cover.
type pageObjects struct {
	v       view
	rules   []layout.Rule
	area    float64     // of the pictures, in square points
	picture dossier.Box // the largest
	covered bool        // it was drawn over text
	texts   int         // text objects
}

func (o *pageObjects) collect(pg *pdfium.Page) error {
	o.picture = dossier.Box{}
	largest := 0.0
	return pg.Walk(pdfium.Visitor{
		Text: func() { o.texts++ },
		Path: o.path,
		Image: func(b pdfium.Box) {
			box := clip(o.v.box(b), o.v.w, o.v.h)
			a := (box.X1 - box.X0) * (box.Y1 - box.Y0)
			o.area += a
			if a > largest {
				largest, o.picture, o.covered = a, box, o.texts > 0
			}
		},
	}, maxObjects)
}

// clip keeps what lies on the page; nothing of it is an empty box.
func clip(b dossier.Box, w, h float64) dossier.Box {
	b = dossier.Box{X0: max(b.X0, 0), Y0: max(b.Y0, 0), X1: min(b.X1, w), Y1: min(b.Y1, h)}
	if !(b.X1 > b.X0 && b.Y1 > b.Y0) {
		return dossier.Box{}
	}
	return b
}

// share is the part of the page that pictures cover, 0..1.
func (o *pageObjects) share() float64 { return min(o.area/max(o.v.w*o.v.h, 1), 1) }

// path takes straight strokes as rules, and thin filled rectangles, which is how many programs draw them.
func (o *pageObjects) path(segs []pdfium.Segment, stroke, _ bool) {
	var poly [][2]float64
	for _, s := range segs {
		if s.Kind == pdfium.MoveTo {
			o.polygon(poly, stroke)
			poly = poly[:0]
		}
		x, y := o.v.point(s.X, s.Y)
		poly = append(poly, [2]float64{x, y})
		if s.Close {
			poly = append(poly, poly[0])
		}
	}
	o.polygon(poly, stroke)
}

func (o *pageObjects) polygon(poly [][2]float64, stroke bool) {
	o.rules = append(o.rules, layout.Drawn(poly, stroke)...)
}
