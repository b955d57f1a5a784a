package read

import (
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
	"github.com/xindiao/xindiao/documents/read/internal/layout"
)

// matrix is a PDF transformation: x' = ax + cy + e, y' = bx + dy + f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{1, 0, 0, 1, 0, 0}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// then is m first, n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func fromPDF(m structs.FPDF_FS_MATRIX) matrix {
	return matrix{float64(m.A), float64(m.B), float64(m.C), float64(m.D), float64(m.E), float64(m.F)}
}

// objects collects the ruling lines of a page, and the part of the page that pictures cover (0..1).
func (d *pdf) objects(pg requests.Page, v view) (rules []layout.Rule, pictures float64) {
	n, err := d.inst.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: pg})
	if err != nil {
		return nil, 0
	}
	w := &objectWalk{d: d, v: v, left: maxObjects}
	for i := 0; i < n.Count && w.left > 0; i++ {
		o, err := d.inst.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: pg, Index: i})
		if err == nil {
			w.object(o.PageObject, identity, 0)
		}
	}
	return w.rules, min(w.area/max(v.w*v.h, 1), 1)
}

type objectWalk struct {
	d     *pdf
	v     view
	rules []layout.Rule
	area  float64
	left  int
}

func (w *objectWalk) object(o references.FPDF_PAGEOBJECT, outer matrix, depth int) {
	w.left--
	t, err := w.d.inst.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o})
	if err != nil || w.left < 0 {
		return
	}
	switch t.Type {
	case enums.FPDF_PAGEOBJ_PATH:
		w.path(o, outer)
	case enums.FPDF_PAGEOBJ_IMAGE:
		if b, err := w.d.inst.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: o}); err == nil {
			x0, y0 := outer.apply(float64(b.Left), float64(b.Bottom))
			x1, y1 := outer.apply(float64(b.Right), float64(b.Top))
			w.area += math.Abs(x1-x0) * math.Abs(y1-y0)
		}
	case enums.FPDF_PAGEOBJ_FORM:
		m := w.matrix(o).then(outer)
		n, err := w.d.inst.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: o})
		if err != nil || depth > 8 {
			return
		}
		for i := 0; i < n.Count && w.left > 0; i++ {
			if in, err := w.d.inst.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: o, Index: uint64(i)}); err == nil {
				w.object(in.PageObject, m, depth+1)
			}
		}
	}
}

func (w *objectWalk) matrix(o references.FPDF_PAGEOBJECT) matrix {
	m, err := w.d.inst.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: o})
	if err != nil {
		return identity
	}
	return fromPDF(m.Matrix)
}

// path takes straight strokes as rules, and thin filled rectangles, which is how many programs draw them.
func (w *objectWalk) path(o references.FPDF_PAGEOBJECT, outer matrix) {
	mode, err := w.d.inst.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: o})
	if err != nil || !mode.Stroke && mode.FillMode == 0 {
		return // clip paths and invisible ones
	}
	n, err := w.d.inst.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: o})
	if err != nil {
		return
	}
	m := w.matrix(o).then(outer)
	var poly [][2]float64
	end := func() {
		w.polygon(poly, mode.Stroke)
		poly = poly[:0]
	}
	for i := 0; i < n.Count && w.left > 0; i++ {
		w.left--
		s, err := w.d.inst.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: o, Index: i})
		if err != nil {
			return
		}
		kind, err1 := w.d.inst.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: s.PathSegment})
		pt, err2 := w.d.inst.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: s.PathSegment})
		if err1 != nil || err2 != nil {
			return
		}
		if kind.Type == enums.FPDF_SEGMENT_BEZIERTO {
			poly = poly[:0]
			return // rounded shapes and seals rule no tables
		}
		if kind.Type == enums.FPDF_SEGMENT_MOVETO {
			end()
		}
		x, y := w.v.point(m.apply(float64(pt.X), float64(pt.Y)))
		poly = append(poly, [2]float64{x, y})
		if c, err := w.d.inst.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: s.PathSegment}); err == nil && c.IsClose && len(poly) > 0 {
			poly = append(poly, poly[0])
		}
	}
	end()
}

const thin = 2.5 // points; a filled rectangle up to this is a line

func (w *objectWalk) polygon(poly [][2]float64, stroke bool) {
	if len(poly) < 2 {
		return
	}
	x0, y0, x1, y1 := poly[0][0], poly[0][1], poly[0][0], poly[0][1]
	for _, p := range poly[1:] {
		x0, y0, x1, y1 = min(x0, p[0]), min(y0, p[1]), max(x1, p[0]), max(y1, p[1])
	}
	switch {
	case y1-y0 <= thin && x1-x0 > 2*(y1-y0):
		w.rule(true, (y0+y1)/2, x0, x1)
	case x1-x0 <= thin && y1-y0 > 2*(x1-x0):
		w.rule(false, (x0+x1)/2, y0, y1)
	case stroke:
		for i := 1; i < len(poly); i++ {
			a, b := poly[i-1], poly[i]
			if math.Abs(a[1]-b[1]) < 0.5 {
				w.rule(true, (a[1]+b[1])/2, min(a[0], b[0]), max(a[0], b[0]))
			} else if math.Abs(a[0]-b[0]) < 0.5 {
				w.rule(false, (a[0]+b[0])/2, min(a[1], b[1]), max(a[1], b[1]))
			}
		}
	}
}

func (w *objectWalk) rule(horizontal bool, pos, from, to float64) {
	if to-from >= 1 && pos > -50 && !math.IsNaN(pos+from+to) && !math.IsInf(pos+from+to, 0) {
		w.rules = append(w.rules, layout.Rule{Horizontal: horizontal, Pos: pos, From: from, To: to})
	}
}
